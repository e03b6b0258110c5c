"""Talks that come between: they interrupt another, are never left unfinished, and give it back.

Whatever was answered in one is kept as it is answered, so that leaving it at any point loses
nothing; it is over when its last question is answered, when it is left, or after a while.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from conversations import bubbles
from conversations.flow import Flow, Leaf, Rate
from conversations.turn import Effect, Finished, GiveBack, Known, State
from conversations.way import Way

#: An open question of one waits this long for words; what is written later is not meant for it.
LASTS = timedelta(hours=2)


def over(state: State, now: datetime) -> bool:
    """Whether one that was begun has waited so long that words are meant for something else."""
    newest = max((answer.at for answer in state.answers.values()), default=None)
    begun = datetime.fromisoformat(state.begun) if state.begun else now
    return now - max(newest or begun, begun) > LASTS


def closed(flow: Flow, state: State) -> tuple[State, tuple[Effect, ...]]:
    """The end of one, and what is given back; any other flow stays as it is."""
    if not flow.aside:
        return state, ()
    ended = replace(state, at=None, within=bubbles.drafts(state), finished=True)
    return ended, (Finished(), *given_back(flow, state))


def given_back(flow: Flow, state: State) -> tuple[GiveBack, ...]:
    """The talk it had interrupted."""
    return (GiveBack(state.between),) if flow.aside and state.between else ()


def hushed(state: State) -> State:
    """The talk given back under a care message: it will go on without cheer."""
    return replace(state, within={**state.within, "cared": state.within.get("cared", "")})


def staying(way: Way, at: Leaf) -> Leaf | None:
    """The rating right before, whose buttons stay below this question."""
    before = way.before(at.id)
    stays = before is not None and isinstance(before.step, Rate) and before.step.stays
    return before if stays and before and before.id in way.state.answers else None


def begun(flow: Flow, state: State, known: Known, between: int, day: str) -> State:
    """The state of a new talk; of one that comes between, with what it is about."""
    if not flow.aside:
        return state
    today = known.at.date().isoformat()
    return replace(state, between=between, day=day or today, begun=known.at.isoformat())
