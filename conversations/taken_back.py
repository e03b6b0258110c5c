"""Words that were no answer after all leave it again: "I meant you"."""

from __future__ import annotations

import json
from dataclasses import replace

from conversations import bubbles, moves
from conversations.flow import Collect, Leaf, Moment, Review, Wait
from conversations.items import is_list, reworded
from conversations.outcome import consequences
from conversations.talk import Talk
from conversations.turn import (
    Answer,
    DropReminder,
    Effect,
    Finished,
    Part,
    Reworded,
    Show,
    State,
    TakenBack,
    Turn,
)
from conversations.way import Way


def holds(state: State, message: int) -> bool:
    """Whether a message is part of an answer, or waits beside one."""
    parts = [part.message for answer in state.answers.values() for part in answer.parts]
    return message in parts or _without_draft(state, message) is not None


def taken_back(talk: Talk, event: TakenBack) -> Turn:
    """The answer as it was before that message; what had none before is asked again."""
    state = _without_draft(talk.state, event.message) or talk.state
    for step, answer in state.answers.items():
        if any(part.message == event.message for part in answer.parts):
            return _out_of(talk.now(state), step, answer, event.message)
    return talk.now(state).turn()


def _out_of(talk: Talk, step: str, answer: Answer, message: int) -> Turn:
    leaf, state = talk.flow.leaf(step), talk.state
    rest = tuple(part for part in answer.parts if part.message != message)
    collects = leaf is not None and isinstance(leaf.step, Collect)
    if is_list(answer):
        rest = reworded(answer.parts, message, [])
    typed_choice = any(part.message == message and not part.text for part in answer.parts)
    if any(part.text for part in rest) or (answer.chosen and not typed_choice and not collects):
        changed = replace(answer, parts=rest)
    elif answer.earlier and not is_list(answer):
        *older, last = answer.earlier
        changed = replace(answer, parts=(Part(last),), chosen=(), earlier=tuple(older))
    else:
        return _unanswered(talk, step, leaf)
    state = bubbles.with_answer(state, step, changed)
    effects: list[Effect] = [Reworded(step, changed.text)]
    if leaf is not None:
        effects += consequences(leaf, changed, Way(talk.flow, state, talk.known))
    return _with(talk.now(state), effects)


def _unanswered(talk: Talk, step: str, leaf: Leaf | None) -> Turn:
    """Back to the question, which has no answer now. One at its end may be passed over instead."""
    state, nothing = talk.state, Answer(at=talk.known.at)
    passed_over = leaf is not None and (bool(leaf.fact) or (state.finished and leaf.step.optional))
    answers = {name: given for name, given in state.answers.items() if name != step}
    # A fact of the tie that is passed over is remembered, so its question needs to stay answered.
    state = replace(state, answers=answers | ({step: nothing} if passed_over else {}))
    if state.last == step:
        state = replace(state, last=None)
    if leaf is None or leaf.id not in Way(talk.flow, state, talk.known).ids:
        return _with(talk.now(state), [])
    way = Way(talk.flow, bubbles.with_answer(state, step, nothing), talk.known)
    effects = list(consequences(leaf, nothing, way))
    if isinstance(leaf.step, Moment | Review | Wait):
        effects.append(DropReminder(step))
    if not (state.finished and passed_over):
        within = bubbles.restored(bubbles.drafts(state), step, moves.opened(leaf, talk.way))
        state = replace(state, at=step, within=within, finished=False)
    return _with(talk.now(state), effects)


def _with(talk: Talk, effects: list[Effect]) -> Turn:
    ended = (Finished(),) if talk.state.finished else ()
    shown = () if talk.state.finished else (Show(talk.state.at),)
    return Turn(talk.state, (*effects, *ended, *shown))


def _without_draft(state: State, message: int) -> State | None:
    """The state without that message in what is held or ticked in; None where it is in none."""

    def without(texts: str) -> str:
        pairs = json.loads(texts)
        left = [pair for pair in pairs if pair[1] != message]
        return texts if left == pairs else json.dumps(left, ensure_ascii=False)

    within = bubbles.drafts_changed(state.within, without)
    return None if within == state.within else replace(state, within=within)
