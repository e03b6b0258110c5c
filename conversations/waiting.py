"""A timer within a talk: it begins when the talk comes to it, and the talk goes on when it is over.

What is written meanwhile is held, and kept with the step.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from conversations import bubbles, lengths
from conversations.answers import Refused, match_label
from conversations.flow import Leaf, Wait
from conversations.outcome import Moved, answered
from conversations.spoken import Spoken
from conversations.turn import Answer, Effect, Remind, Said, State
from conversations.way import Way

GO_ON, CAME = "go_on", "came"


def length_of(step: Wait, way: Way) -> str:
    """How long it is: as the file says, or as the person answered; empty where they passed over."""
    if lengths.is_length(step.length):
        return step.length
    answer = way.state.answers.get(step.length)
    return answer.chosen[0] if answer is not None and answer.chosen else ""


def begun(leaf: Leaf, way: Way) -> tuple[State, tuple[Effect, ...]]:
    """The state with the timer running, and the reminder of its end."""
    if not isinstance(leaf.step, Wait) or leaf.id in way.state.later:
        return way.state, ()
    length = length_of(leaf.step, way)
    due = lengths.after(length, way.known.at)
    later = {**way.state.later, leaf.id: due.isoformat()}
    # A day or longer ends on some morning, by the person's own clock.
    hours = lengths.is_timer(length)
    remind = Remind(leaf.id, due, "timer" if hours else "second_look")
    return replace(way.state, later=later), (remind,)


def is_over(leaf: Leaf, way: Way) -> bool:
    """Whether its time is up."""
    due = way.state.later.get(leaf.id)
    return due is not None and datetime.fromisoformat(due) <= way.known.at


def ended(leaf: Leaf, way: Way, how: str = GO_ON) -> Moved:
    """On from here: because it came back, or because nobody wants to wait any longer."""
    moved = answered(leaf, Answer(at=way.known.at, chosen=(how,)), way)
    return replace(moved, state=stopped(leaf, moved.state))


def stopped(leaf: Leaf, state: State) -> State:
    """The state without the timer."""
    return replace(state, later={k: v for k, v in state.later.items() if k != leaf.id})


def said(leaf: Leaf, said: Said, way: Way, spoken: Spoken) -> Moved | Refused:
    """Words while it runs: going on, or something to hold; after its time they are kept at once."""
    if match_label(said.text, spoken.choices(leaf, way)) == GO_ON:
        return ended(leaf, way)
    if not said.text.strip():
        return Refused("empty")
    if not is_over(leaf, way):
        return Refused("held")
    held = bubbles.hold(way.state, said, None)
    return ended(leaf, Way(way.flow, held, way.known), CAME)
