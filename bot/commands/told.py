"""A finished talk in words: every question on its way, and the answer as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.commands.talk_words import known_to
from bot.visit import Visit
from conversations.flow import Flow, Leaf
from conversations.retold import Retold
from conversations.schedule import in_words
from conversations.spoken import Spoken, tie_label
from conversations.turn import Known, State
from conversations.way import Way
from conversations.wording import Phrases

#: Verbs whose answer the title says already, or that asked for nothing to be read again.
_LEFT_OUT = ("tie", "say", "offer", "review", "wait", "breathe")


@dataclass(frozen=True, slots=True)
class Told:
    """One finished talk: `answers` are by step, in the order of the talk, as (question, answer).

    `day` is that of its last answer, in words, `time` the time of it, both on the person's clock.
    """

    talk: int
    title: str
    day: str
    time: str
    answers: Mapping[str, tuple[str, str]]


async def told(visit: Visit, flow: Flow, state: State) -> Told:
    """The talk in words."""
    answers = answers_of(flow, state, await known_to(visit, flow), visit.house.library.phrases)
    at = visit.person.local(last_answer(state, visit.now))
    title = title_of(visit, flow, state)
    return Told(state.talk, title, day_in_words(visit, at.date()), f"{at:%H:%M}", answers)


def answers_of(
    flow: Flow, state: State, known: Known, phrases: Phrases
) -> Mapping[str, tuple[str, str]]:
    """Every answer on the way through a talk by its step, as (question, answer)."""
    way = Way(flow, state, known)
    retold = Retold(way, Spoken(flow, phrases, known.language))
    return {
        leaf.id: (retold.name_of(leaf.id), words)
        for leaf in way.leaves
        if not _left_out(leaf) and (words := retold.answer(leaf.id))
    }


def _left_out(leaf: Leaf) -> bool:
    """What is no answer to be read again: facts of the tie, and what was picked out of the rest."""
    keep = leaf.step.keep or ""
    return leaf.verb in _LEFT_OUT or keep.startswith("tie.") or keep == "reason"


def title_of(visit: Visit, flow: Flow, state: State) -> str:
    """The exercise, and which tie it is about."""
    if state.tie not in visit.person.ties:
        return flow.title
    known = visit.person.known(visit.now)
    return f"{flow.title} · {tie_label(state.tie or 0, known, visit.house.library.phrases)}"


def last_answer(state: State, otherwise: datetime) -> datetime:
    """When the newest answer of a talk was given; `otherwise` where there is none."""
    return max((answer.at for answer in state.answers.values()), default=otherwise)


def day_in_words(visit: Visit, day: date) -> str:
    """A local day; with its year where that is another than this one."""
    words = in_words(day.isoformat(), visit.house.library.phrases, visit.person.language)
    this_year = visit.person.local(visit.now).year
    if day.year == this_year:
        return words
    return visit.phrase("then.with_year", day=words, year=str(day.year))
