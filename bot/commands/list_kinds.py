"""The kinds of kept words that are lists, and what can be done with the items of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.commands.keeping import REASON
from bot.person import Keepsake
from bot.visit import Visit

#: The kind of kept words that the safety plan is made of; nothing that is offered holds it back.
SAFETY = "safety"


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of list; its wording is in `phrases/lists.toml`, by its id.

    `flow` is the exercise that fills it. Items of one that `ticks` can be done (a need: met), of
    one that is `dated` they may have a day. With `several`, lines that begin with a dash or a
    number are items of their own. `newest` says that what is added goes on top, `chance` that one
    may be given back at random, `copied` that it is meant to be sent somewhere,
    `whole` that its pages show also long ones whole; one that is not `tied` is about no tie.
    `met` is what says that an item is done where its exercise asks for that: the step and the
    answer.
    """

    id: str
    flow: str = ""
    ticks: bool = False
    dated: bool = True
    several: bool = False
    newest: bool = False
    chance: bool = False
    copied: bool = False
    whole: bool = False
    tied: bool = True
    met: tuple[str, str] | None = None


_ALL = (
    ListKind(REASON, "three_questions", dated=False, newest=True, chance=True, whole=True),
    ListKind("boundary", "boundaries", several=True),
    ListKind("need", "needs", ticks=True, several=True, met=("met", "met")),
    ListKind("supporter", "support", several=True),
    ListKind("growth", "growth", ticks=True, several=True),
    ListKind("plan", "plan", ticks=True, several=True),
    # Never dated: a note that comes by itself could be seen.
    ListKind(SAFETY, "safety", dated=False, several=True, tied=False),
    ListKind("letter", "kind_words", newest=True, copied=True),
    ListKind("note", newest=True),
    ListKind("lesson", "lessons", newest=True),
    ListKind("gratitude", "release", newest=True),
)
KINDS: Mapping[str, ListKind] = {kind.id: kind for kind in _ALL}


async def plan_language(visit: Visit) -> str:
    """The language that the safety plan was last gone through in; empty for the person's own."""
    talks = [*await visit.shelf.resting(visit.person)]
    talks += await visit.shelf.reflections(visit.person)
    plans = [state for state in talks if state.flow == KINDS[SAFETY].flow]
    return max(plans, key=lambda state: state.talk).language if plans else ""


def is_done(item: Keepsake) -> bool:
    """Whether an item is ticked, or a need met."""
    met = KINDS[item.kind].met
    return item.done if met is None else item.facts.get(met[0]) == met[1]


def ticked(item: Keepsake, *, done: bool) -> Keepsake:
    """The item done, or not done after all."""
    met = KINDS[item.kind].met
    if met is None:
        return replace(item, done=done)
    others = {name: said for name, said in item.facts.items() if name != met[0]}
    return replace(item, facts=others | ({met[0]: met[1]} if done else {}))
