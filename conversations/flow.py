"""What a flow file may contain: its steps in groups, and the head above them.

A flow is a TOML file; the order in the file is the order of the talk. Each step has one verb (see
`steps`), and may have conditions (`when`, `rests_under`) over earlier answers and facts of the
tie. A step's key is its id. Groups of steps have a title and give "2 of 3".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import Literal

from pydantic import Field

from conversations.conditions import Check, Clause, Strict, When, quick_check
from conversations.lists import ListOf

# The steps belong to what a flow file may contain.
from conversations.steps import MODELS as MODELS  # noqa: PLC0414
from conversations.steps import VERBS as VERBS  # noqa: PLC0414
from conversations.steps import AnyStep as AnyStep  # noqa: PLC0414
from conversations.steps import Ask as Ask  # noqa: PLC0414
from conversations.steps import Block as Block  # noqa: PLC0414
from conversations.steps import Breathe as Breathe  # noqa: PLC0414
from conversations.steps import Choose as Choose  # noqa: PLC0414
from conversations.steps import Collect as Collect  # noqa: PLC0414
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
#: Steps about single items remembered at a time.
ITEMS_REMEMBERED = 4_096
_KEPT = re.compile(r"\{kept\.([a-z_]+)\}")


class Group(Strict):
    """Steps under one title and one condition."""

    title: str
    steps: Mapping[str, AnyStep | Group]
    when: When = ()
    rests_under: tuple[str, ...] = ()


class Each(Strict):
    """Steps that are asked once for every item of a list; with a title they are a group."""

    each: str
    steps: Mapping[str, AnyStep]
    title: str = ""
    when: When = ()
    rests_under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A step in its place: the groups it stands in, outermost first, and all their conditions.

    `fact` is the fact of the tie that it asks for, empty where it asks for none; of each entry of
    `checks` one has to hold. `only` has such checks by choice.

    A step of an `each` names it (`each`) and the list it goes `over`. For one `item` its id is
    "name@item", and its conditions mean the answers about that item.
    """

    id: str
    step: AnyStep
    groups: tuple[str, ...]
    when: tuple[tuple[Clause, ...], ...]
    rests_under: frozenset[str]
    verb: str
    fact: str
    checks: tuple[tuple[Check, ...], ...]
    name: str = ""
    each: str = ""
    over: str = ""
    item: str = ""
    only: Mapping[str, tuple[Check, ...]] = field(default_factory=dict)

    @property
    def asked_facts(self) -> Iterator[str]:
        """The facts that the conditions of its choices ask about."""
        checks = (check for checks in self.only.values() for check in checks)
        return (name for check in checks for name, _ in (*check.facts, *check.no_facts))


class Flow(Strict):
    """One exercise. An `aside` interrupts a talk, is never left unfinished, and gives it back.

    Where `strict` holds, a farewell is being written (see `farewells`). `afresh`: another of its
    kind that is unfinished is not asked about. `about_safety`: a mark in force is not heard anew.
    """

    id: str
    title: str
    command: str
    need: Needs
    open_to: tuple[str, ...]
    keeps: str | None = None
    aside: bool = False
    afresh: bool = False
    about_safety: bool = False
    rests_under: tuple[str, ...] = ()
    strict: When = ()
    renamed: Mapping[str, str] = Field(default_factory=dict)
    lists: Mapping[str, ListOf] = Field(default_factory=dict)
    steps: Mapping[str, AnyStep | Group | Each]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every step, in the order of the talk; those of an `each` once."""
        return tuple(_leaves(self.steps, (), (), frozenset()))

    @cached_property
    def by_id(self) -> Mapping[str, Leaf]:
        """The leaf of a step id."""
        return {leaf.id: leaf for leaf in self.leaves}

    def leaf(self, step: str | None) -> Leaf | None:
        """The leaf of a step id, also of one about an item ("bear@3"); None for no step's."""
        if step is None or "@" not in step:
            return self.by_id.get(step or "")
        name, _, item = step.partition("@")
        leaf = self.by_id.get(name)
        if leaf is None or not leaf.each or not item:
            return None
        found = self._about.get(step)
        if found is None:
            if len(self._about) >= ITEMS_REMEMBERED:
                self._about.clear()
            found = self._about[step] = self._of_item(leaf, item)
        return found

    @cached_property
    def _about(self) -> dict[str, Leaf]:
        return {}

    def _of_item(self, leaf: Leaf, item: str) -> Leaf:
        names = self.asked_of(leaf.over)
        only = {choice: _about(checks, item, names) for choice, checks in leaf.only.items()}
        return replace(
            leaf,
            id=f"{leaf.name}@{item}",
            item=item,
            checks=tuple(_about(checks, item, names) for checks in leaf.checks),
            only=only,
        )

    # --- lists -------------------------------------------------------------------------------

    def root_of(self, name: str) -> str:
        """The step whose items a list has; empty for no list's name."""
        for _ in range(len(self.lists) + 1):
            if name not in self.lists:
                leaf = self.by_id.get(name)
                return name if leaf is not None and isinstance(leaf.step, Collect | Pick) else ""
            name = self.lists[name].of
        return ""

    def asked_of(self, name: str) -> frozenset[str]:
        """The steps that are asked of every item of that list, or of a part of it."""
        root = self.root_of(name)
        return frozenset(x.id for x in self.leaves if x.each and self.root_of(x.over) == root)

    @cached_property
    def list_names(self) -> tuple[str, ...]:
        """Every list: the steps that have items, and what [lists] makes of them."""
        steps = (leaf.id for leaf in self.leaves if isinstance(leaf.step, Collect | Pick))
        return (*steps, *self.lists)

    @cached_property
    def collects(self) -> tuple[str, ...]:
        """The steps that collect items, each of them once."""
        return tuple(x.id for x in self.leaves if isinstance(x.step, Collect))

    @cached_property
    def has_lists(self) -> bool:
        """Whether the path can depend on items."""
        asks = any(c.lists or c.no_lists for c in self._checks)
        goes_over = any(x.each or isinstance(x.step, Collect) for x in self.leaves)
        picks = (n for x in self.leaves if isinstance(x.step, Choose | Pick) for n in x.step.of)
        return asks or goes_over or bool(self.lists) or not {*picks}.isdisjoint(self.list_names)

    @cached_property
    def blocks(self) -> tuple[tuple[str, tuple[Leaf, ...]], ...]:
        """The steps in order, those of one `each` together, with the list they go over."""
        return tuple(
            (over, tuple(leaves))
            for (_, over), leaves in groupby(self.leaves, key=lambda x: (x.each or x.id, x.over))
        )

    @cached_property
    def reads_kept(self) -> frozenset[str]:
        """The kinds of kept words that its texts show, its picks offer, or its conditions test."""
        written = json.dumps([leaf.step.model_dump(mode="json") for leaf in self.leaves])
        tests = (*self.tested_facts, *(n for leaf in self.leaves for n in leaf.asked_facts))
        picked = (n for x in self.leaves if isinstance(x.step, Pick) for n in x.step.of)
        named = (n.removeprefix("kept.") for n in (*tests, *picked) if n.startswith("kept."))
        return frozenset((*_KEPT.findall(written), *named))

    # --- what conditions ask about ---------------------------------------------------------------

    @cached_property
    def asks_for_facts(self) -> tuple[Leaf, ...]:
        """The steps that ask for a fact of the tie."""
        return tuple(leaf for leaf in self.leaves if leaf.fact)

    @cached_property
    def tested(self) -> tuple[str, ...]:
        """The steps whose answers conditions ask about."""
        narrowing = {name: None for made in self.lists.values() for name in made.asked}
        asked = {n: None for c in self._checks for n, _ in (*c.answers, *c.no_answers)}
        return tuple({**asked, **narrowing})

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
        groups = {k: item for k, item in self.steps.items() if isinstance(item, Group | Each)}
        return {key: group.title for key, group in groups.items() if group.title}

    def is_open_to(self, kind: str) -> bool:
        """Whether this exercise is meant for a kind of tie."""
        return kind in self.open_to or ("people" in self.open_to and kind in PEOPLE)


def _leaves(
    steps: Mapping[str, AnyStep | Group | Each],
    groups: tuple[str, ...],
    when: tuple[tuple[Clause, ...], ...],
    rests: frozenset[str],
    each: tuple[str, str] = ("", ""),
) -> Iterator[Leaf]:
    for key, item in steps.items():
        conditions = (*when, item.when) if item.when else when
        resting = rests | set(item.rests_under)
        if isinstance(item, Group):
            yield from _leaves(item.steps, (*groups, key), conditions, resting)
        elif isinstance(item, Each):
            within = (*groups, key) if item.title else groups
            yield from _leaves(item.steps, within, conditions, resting, (key, item.each))
        else:
            keep = item.keep or ""
            fact = keep.removeprefix("tie.") if keep.startswith("tie.") else ""
            only = item.only if isinstance(item, Choose | Pick) else {}
            yield Leaf(
                id=key,
                step=item,
                groups=groups,
                when=conditions,
                rests_under=resting,
                verb=item.verb,
                fact=fact,
                checks=tuple(tuple(map(quick_check, clauses)) for clauses in conditions),
                name=key,
                each=each[0],
                over=each[1],
                only={c: tuple(map(quick_check, clauses)) for c, clauses in only.items()},
            )


def _about(checks: tuple[Check, ...], item: str, names: frozenset[str]) -> tuple[Check, ...]:
    return tuple(check.about(item, names) for check in checks)
