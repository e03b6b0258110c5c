"""What a flow file may contain: its steps in groups, and the head above them.

A flow is a TOML file; the order in the file is the order of the talk. Each step has one verb (see
`steps`), and may have conditions (`when`, `rests_under`) over earlier answers and facts of the
tie. A step's key is its id. Groups of steps have a title and give "2 of 3".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field

from conversations.conditions import Check, Clause, Strict, When, quick_check

# The steps belong to what a flow file may contain.
from conversations.steps import MODELS as MODELS  # noqa: PLC0414
from conversations.steps import VERBS as VERBS  # noqa: PLC0414
from conversations.steps import AnyStep as AnyStep  # noqa: PLC0414
from conversations.steps import Ask as Ask  # noqa: PLC0414
from conversations.steps import Block as Block  # noqa: PLC0414
from conversations.steps import Breathe as Breathe  # noqa: PLC0414
from conversations.steps import Choose as Choose  # noqa: PLC0414
from conversations.steps import Compose as Compose  # noqa: PLC0414
from conversations.steps import Moment as Moment  # noqa: PLC0414
from conversations.steps import Offer as Offer  # noqa: PLC0414
from conversations.steps import Pick as Pick  # noqa: PLC0414
from conversations.steps import Rate as Rate  # noqa: PLC0414
from conversations.steps import Review as Review  # noqa: PLC0414
from conversations.steps import Say as Say  # noqa: PLC0414
from conversations.steps import Step as Step  # noqa: PLC0414
from conversations.steps import Tie as Tie  # noqa: PLC0414
from conversations.steps import Wait as Wait  # noqa: PLC0414
from conversations.turn import PEOPLE

Needs = Literal["deciding", "staying", "strength", "afterwards"]


class Group(Strict):
    """Steps under one title and one condition."""

    title: str
    steps: Mapping[str, AnyStep | Group]
    when: When = ()
    rests_under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A step in its place: the groups it stands in, outermost first, and all their conditions.

    `fact` is the fact of the tie that it asks for, empty where it asks for none; of each entry of
    `checks` one has to hold.
    """

    id: str
    step: AnyStep
    groups: tuple[str, ...]
    when: tuple[tuple[Clause, ...], ...]
    rests_under: frozenset[str]
    verb: str
    fact: str
    checks: tuple[tuple[Check, ...], ...]


class Flow(Strict):
    """One exercise. An `aside` interrupts a talk, is never left unfinished, and gives it back.

    Where `strict` holds, a farewell is being written (see `farewells`).
    """

    id: str
    title: str
    command: str
    need: Needs
    open_to: tuple[str, ...]
    keeps: str | None = None
    aside: bool = False
    rests_under: tuple[str, ...] = ()
    strict: When = ()
    renamed: Mapping[str, str] = Field(default_factory=dict)
    steps: Mapping[str, AnyStep | Group]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every step, in the order of the talk."""
        return tuple(_leaves(self.steps, (), (), frozenset()))

    @cached_property
    def by_id(self) -> Mapping[str, Leaf]:
        """The leaf of a step id."""
        return {leaf.id: leaf for leaf in self.leaves}

    @cached_property
    def asks_for_facts(self) -> tuple[Leaf, ...]:
        """The steps that ask for a fact of the tie."""
        return tuple(leaf for leaf in self.leaves if leaf.fact)

    @cached_property
    def tested(self) -> tuple[str, ...]:
        """The steps whose answers conditions ask about."""
        return tuple({n: None for c in self._checks for n, _ in (*c.answers, *c.no_answers)})

    @cached_property
    def tested_facts(self) -> tuple[str, ...]:
        """The facts of the tie that conditions ask about."""
        return tuple({n: None for c in self._checks for n, _ in (*c.facts, *c.no_facts)})

    @cached_property
    def looked_at_before(self) -> Mapping[str, Leaf]:
        """By step: the review that, where it was put off, is asked about before that step."""
        return {
            leaf.step.before: leaf
            for leaf in self.leaves
            if isinstance(leaf.step, Review) and leaf.step.before is not None
        }

    @property
    def _checks(self) -> Iterator[Check]:
        return (check for leaf in self.leaves for checks in leaf.checks for check in checks)

    # Two flows are the same where they are one object: they are read once, and never change.
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of the outermost groups, by group id, in order."""
        return {key: item.title for key, item in self.steps.items() if isinstance(item, Group)}

    def is_open_to(self, kind: str) -> bool:
        """Whether this exercise is meant for a kind of tie."""
        return kind in self.open_to or ("people" in self.open_to and kind in PEOPLE)


def _leaves(
    steps: Mapping[str, AnyStep | Group],
    groups: tuple[str, ...],
    when: tuple[tuple[Clause, ...], ...],
    rests: frozenset[str],
) -> Iterator[Leaf]:
    for key, item in steps.items():
        conditions = (*when, item.when) if item.when else when
        resting = rests | set(item.rests_under)
        if isinstance(item, Group):
            yield from _leaves(item.steps, (*groups, key), conditions, resting)
        else:
            keep = item.keep or ""
            fact = keep.removeprefix("tie.") if keep.startswith("tie.") else ""
            yield Leaf(
                id=key,
                step=item,
                groups=groups,
                when=conditions,
                rests_under=resting,
                verb=item.verb,
                fact=fact,
                checks=tuple(tuple(map(quick_check, clauses)) for clauses in conditions),
            )
