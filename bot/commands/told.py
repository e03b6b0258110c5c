"""A finished talk in words: every question on its way, and the answer as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.commands.talk_words import known_to
from bot.visit import Visit
from conversations.flow import Flow
from conversations.retold import Retold
from conversations.schedule import in_words
from conversations.spoken import Spoken, tie_label
from conversations.turn import Known, State
from conversations.way import Way
from conversations.wording import Phrases

#: Questions whose answer the title says already, or that asked for nothing to be read again.
_LEFT_OUT = ("tie", "say", "offer", "review", "wait", "breathe")


@dataclass(frozen=True, slots=True)
class Told:
    """One finished talk: `answers` are by step, in the order of the talk, as (question, answer)."""

    talk: int
    title: str
    day: str
    answers: Mapping[str, tuple[str, str]]


async def told(visit: Visit, flow: Flow, state: State) -> Told:
    """The talk in words; `day` is the local day of its last answer."""
    answers = answers_of(flow, state, await known_to(visit, flow), visit.house.library.phrases)
    return Told(state.talk, title_of(visit, flow, state), day_of(visit, state), answers)


def answers_of(
    flow: Flow, state: State, known: Known, phrases: Phrases
) -> Mapping[str, tuple[str, str]]:
    """Every answer on the way through a talk by its step, as (question, answer)."""
    way = Way(flow, state, known)
    retold = Retold(way, Spoken(flow, phrases, known.language))
    return {
        leaf.id: (retold.name_of(leaf.id), words)
        for leaf in way.leaves
        if leaf.verb not in _LEFT_OUT and (words := retold.answer(leaf.id))
    }


def title_of(visit: Visit, flow: Flow, state: State) -> str:
    """The exercise, and which tie it is about."""
    if state.tie not in visit.person.ties:
        return flow.title
    known = visit.person.known(visit.now)
    return f"{flow.title} · {tie_label(state.tie or 0, known, visit.house.library.phrases)}"


def day_of(visit: Visit, state: State) -> str:
    """The local day of the newest answer, in words."""
    newest = max((answer.at for answer in state.answers.values()), default=visit.now)
    day = visit.person.local(newest).date().isoformat()
    return in_words(day, visit.house.library.phrases, visit.person.language)
