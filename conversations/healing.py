"""A talk whose flow was edited under it: moved ids are followed, and no answer is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from conversations import bubbles
from conversations.flow import Flow, Pick
from conversations.items import numbered
from conversations.turn import Answer, State


def heal(flow: Flow, state: State) -> State:
    """A state from before the flow was edited, with moved ids followed and lost ones left."""
    return _numbered(flow, _moved(flow, state))


def renamed(name: str, moved: Mapping[str, str]) -> str:
    """The name a step has now, or an answer about an item ("bear@3"), or an item of a step."""
    step, about, item = name.partition("@")
    if item in moved or "@" in item:
        item = renamed(item, moved)
    return f"{moved.get(step, step)}{about}{item}"


def _moved(flow: Flow, state: State) -> State:
    moved = flow.renamed
    here = state.at is None or flow.leaf(state.at) is not None
    if here and (not moved or not moved.keys() & _names(state)):
        return state
    at = renamed(state.at, moved) if state.at is not None else None
    kept = flow.leaf(at) is not None
    return replace(
        state,
        answers=_under_new_names(flow, state.answers),
        later={renamed(step, moved): due for step, due in state.later.items()},
        last=renamed(state.last, moved) if state.last is not None else None,
        at=at if kept else None,
        within=state.within if kept and at == state.at else bubbles.drafts(state),
    )


def _names(state: State) -> set[str]:
    """Every step that the state names."""
    names = {*state.answers, *state.later, state.at or "", state.last or ""}
    return {part for name in names for part in name.split("@")}


def _under_new_names(flow: Flow, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers by their steps' new names; where both names have one, the words of both stay."""
    named: dict[str, Answer] = {}
    for step, before in answers.items():
        name, answer = renamed(step, flow.renamed), before
        leaf = flow.leaf(name)
        if leaf is not None and isinstance(leaf.step, Pick) and leaf.step.of:
            chosen = (renamed(picked, flow.renamed) for picked in answer.chosen)
            answer = replace(answer, chosen=tuple(chosen))
        named[name] = _both(named[name], answer) if name in named else answer
    return named


def _both(one: Answer, other: Answer) -> Answer:
    return replace(
        other,
        chosen=other.chosen or one.chosen,
        parts=(*one.parts, *other.parts),
        earlier=(*one.earlier, *other.earlier),
    )


def _numbered(flow: Flow, state: State) -> State:
    """Words that came to a list without becoming its items (it had moved, or rested) are items."""
    if not flow.collects:
        return state
    changed = {
        name: replace(answer, parts=parts)
        for name in flow.collects
        if (answer := state.answers.get(name)) is not None
        and (parts := numbered(answer.parts)) != answer.parts
    }
    return replace(state, answers={**state.answers, **changed}) if changed else state
