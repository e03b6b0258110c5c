"""What a flow file may contain: frozen, strict models, one a verb.

A flow is a TOML file; the order in the file is the order of the talk. Each step has one verb, and
may have conditions (`when`, `rests_under`) over earlier answers and facts of the tie. A step's key
is its id. Groups of steps have a title and give "2 of 3".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from conversations.conditions import Check, Clause, Strict, When, quick_check
from conversations.turn import PEOPLE

Needs = Literal["deciding", "staying", "strength", "afterwards"]
VERBS = ("say", "ask", "choose", "pick", "rate", "review", "tie", "moment", "wait", "offer")


class Block(Strict):
    """A paragraph of a `say`; a heading goes with its answer: without one, neither is shown."""

    text: str
    heading: str = ""


class Step(Strict):
    """What every verb shares.

    `received` is said before the next question when words were written; `short` names the answer
    where it is looked at again.
    """

    when: When = ()
    rests_under: tuple[str, ...] = ()
    optional: bool = False
    received: str = ""
    short: str = ""
    keep: str | None = None
    heard: Mapping[str, str] = Field(default_factory=dict)
    wording_for: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict, alias="for")

    @property
    def verb(self) -> str:
        """The key that makes this step what it is."""
        return type(self).__name__.lower()

    def field(self, name: str, kind: str | None) -> Any:
        """A field's source wording for a kind of tie: the closest `[steps.x.for]`, or the plain."""
        if kind is not None:
            for kinds, wording in self.wording_for.items():
                named = kinds.replace(",", " ").split()
                if name in wording and (kind in named or ("people" in named and kind in PEOPLE)):
                    return wording[name]
        return getattr(self, name)


class Say(Step):
    """Says something and goes on; shown with the next question. `links` are commands to tap."""

    say: str | tuple[Block, ...]
    links: Mapping[str, str] = Field(default_factory=dict)


class Ask(Step):
    """Asks for words. `quick` answers are one tap, and full answers."""

    ask: str
    quick: tuple[str, ...] = ()


class Choose(Step):
    """Asks for one of several. `rests` names the marks under which a choice is not offered."""

    choose: str
    choices: Mapping[str, str]
    rests: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


class Pick(Step):
    """Asks for any of several: choices of its own, or whole answers of earlier steps."""

    pick: str
    choices: Mapping[str, str] = Field(default_factory=dict)
    rests: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    of: tuple[str, ...] = Field(default=(), alias="from")


class Rate(Step):
    """Asks for a number from 1 to `scale`, both ends in words.

    Where it `stays`, its buttons stay below the next questions, and go on correcting it.
    """

    rate: str
    scale: int = Field(ge=2, le=10)
    ends: tuple[str, str]
    stays: bool = False


class Review(Step):
    """Shows earlier answers again, to keep or rewrite; `later` lets it come back another time.

    Where it was put off, the step named in `before` asks first whether to wait for it.
    """

    review: str
    of: tuple[str, ...]
    later: bool = False
    when_text: str = ""
    before: str | None = None


class Tie(Step):
    """Asks which tie this is about; silent where there is only one."""

    tie: str
    which: str
    other: str


class Moment(Step):
    """Asks for a day, a time of day or a length of time.

    `options` are the ones on buttons: "07:30" for a time, "20m", "1h", "2w" for a length. A day or
    a length may come back when it is over (`remind`), a time may come `daily`: what of.
    """

    moment: str
    of: Literal["day", "time", "length"]
    options: tuple[str, ...] = ()
    remind: bool = False
    daily: Literal["", "affirmation", "check_in"] = ""


class Wait(Step):
    """Lets time go by, and comes back: `length` is one, or the step that asked for one."""

    wait: str
    length: str


class Offer(Step):
    """Ends the talk and offers where to go from here: flows and commands."""

    offer: tuple[str, ...]
    say: str = ""


AnyStep = Say | Ask | Choose | Pick | Rate | Review | Tie | Moment | Wait | Offer
MODELS: Mapping[str, type[Step]] = {
    model.__name__.lower(): model
    for model in (Say, Ask, Choose, Pick, Rate, Review, Tie, Moment, Wait, Offer)
}


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
    """One exercise. An `aside` interrupts a talk, is never left unfinished, and gives it back."""

    id: str
    title: str
    command: str
    need: Needs
    open_to: tuple[str, ...]
    keeps: str | None = None
    aside: bool = False
    rests_under: tuple[str, ...] = ()
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
