"""Collecting a list: one item a message until it is done, each to be reworded or taken away.

While a list is collected its items are the answer already; `DONE` is chosen when it is complete.
Within the step, `phase` is "item" while one item is looked at, "rewrite" while it is reworded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from conversations import bubbles, items, paging
from conversations.answers import Refused, fold_label
from conversations.flow import Leaf
from conversations.items import DONE
from conversations.outcome import Moved, Stayed, answered, item_reworded, kept_again
from conversations.spoken import Spoken
from conversations.turn import Answer, Effect, Part, Said, State
from conversations.way import Way

#: Phases in which one item stands alone, and "back" leads to the list.
INSIDE = ("item", "rewrite")


def tapped(leaf: Leaf, choice: str, way: Way, spoken: Spoken) -> Moved | Stayed | Refused | None:
    """What a tap on one of its buttons does; None for a button it does not have."""
    state, answer = way.state, way.state.answers.get(leaf.id)
    verb, _, value = choice.partition(".")
    item = state.within.get("item", "") if state.within.get("phase") in INSIDE else ""
    quick = spoken.quick(leaf, way.kind)
    if choice == DONE:
        return done(leaf, way)
    if choice in quick:
        has = next((p for p in items.items_in(answer) if p.text == quick[choice]), None)
        if has is not None:
            return _without(leaf, has, way, undo=False)
        return _with(leaf, [quick[choice]], None, way)
    match verb:
        case "page" if paging.is_page(value):
            return Stayed(_within(state, page=value))
        case "i" if _item(answer, value):
            return Stayed(_within(state, phase="item", item=value))
        case "list":
            return Stayed(_within(state))
        case "reword" if _item(answer, item):
            return Stayed(_within(state, phase="rewrite", item=item))
        case "gone" if part := _item(answer, item):
            return _without(leaf, part, way)
        case "undo" if "undo" in state.within:
            return _put_back(leaf, way)
    return None


def typed(leaf: Leaf, said: Said, way: Way, spoken: Spoken) -> Moved | Stayed | Refused:
    """What a typed text does: "done", an item's number, or an item (or several, line by line)."""
    if not said.text.strip():
        return Refused("empty")
    state, answer = way.state, way.state.answers.get(leaf.id)
    if state.within.get("phase") == "rewrite":
        return _reworded(leaf, said, way)
    text = fold_label(said.text)
    if text == fold_label(spoken.phrase("talk.done")):
        return done(leaf, way)
    listed = items.items_in(answer)
    if text.isdecimal() and len(text) < 4 and 1 <= int(text) <= len(listed):
        return Stayed(_within(state, phase="item", item=listed[int(text) - 1].id))
    has = {part.text for part in listed}
    known = [q for q in spoken.quick(leaf, way.kind).values() if fold_label(q) == text]
    if known and known[0] in has:
        return Stayed(_within(state))
    return _with(leaf, known[:1] or items.lines_of(said.text), said, way)


def done(leaf: Leaf, way: Way) -> Moved | Refused:
    """The list is complete; an empty one only where it may be passed over."""
    before = way.state.answers.get(leaf.id)
    if not items.items_in(before):
        if not leaf.step.optional:
            return Refused("required")
        return answered(leaf, Answer(at=way.known.at), way)
    assert before is not None
    return answered(leaf, replace(before, at=way.known.at, chosen=(DONE,)), way)


def _with(leaf: Leaf, texts: list[str], said: Said | None, way: Way) -> Stayed | Refused:
    answer = way.state.answers.get(leaf.id) or Answer(at=way.known.at)
    if note := items.refusal(answer, texts):
        return Refused(note)
    message = said.message if said is not None else None
    parts = items.added(answer.parts, (Part(text, message) for text in texts))
    at = said.at if said is not None else way.known.at
    return _changed(leaf, replace(answer, parts=parts, at=at), way, last=said is not None)


def _without(leaf: Leaf, part: Part, way: Way, *, undo: bool = True) -> Stayed:
    answer = way.state.answers[leaf.id]
    changed = replace(answer, parts=items.without(answer.parts, part.id))
    stayed = _changed(leaf, changed, way)
    if not undo:
        return stayed
    taken = json.dumps([part.text, part.message, part.id], ensure_ascii=False)
    within = {**stayed.state.within, "undo": taken}
    return replace(stayed, state=replace(stayed.state, within=within), note="taken_away")


def _put_back(leaf: Leaf, way: Way) -> Stayed:
    text, message, item = json.loads(way.state.within["undo"])
    answer = way.state.answers.get(leaf.id) or Answer(at=way.known.at)
    others = (part for part in answer.parts if part.id != item)
    parts = sorted((*others, Part(text, message, id=item)), key=lambda part: int(part.id))
    return _changed(leaf, replace(answer, parts=tuple(parts)), way)


def _reworded(leaf: Leaf, said: Said, way: Way) -> Stayed | Refused:
    if len(said.text) > items.ITEM_CHARACTERS:
        return Refused("too_long")
    item = way.state.within.get("item", "")
    answer = way.state.answers.get(leaf.id)
    part = _item(answer, item)
    if part is None or answer is None:
        return _with(leaf, [said.text], said, way)
    anew = replace(part, text=said.text, message=said.message)
    parts = tuple(anew if p is part else p for p in answer.parts)
    changed = replace(answer, parts=parts, at=said.at, earlier=(*answer.earlier, part.text))
    return _changed(leaf, changed, way, (item_reworded(leaf, anew),), last=True)


def _changed(
    leaf: Leaf, answer: Answer, way: Way, effects: tuple[Effect, ...] = (), *, last: bool = False
) -> Stayed:
    """The state with the list as it is now; what is kept of it already follows."""
    state = bubbles.with_answer(_within(way.state), leaf.id, answer)
    state = replace(state, last=leaf.id if last else state.last)
    if DONE in answer.chosen:
        effects = (*effects, *kept_again(leaf, answer, Way(way.flow, state, way.known)))
    return Stayed(state, effects)


def _item(answer: Answer | None, item: str) -> Part | None:
    return next((part for part in items.items_in(answer) if part.id == item), None)


def _within(state: State, **here: str) -> State:
    """The state at the list, or at one of its items; the drafts of other steps stay."""
    kept: Mapping[str, str] = bubbles.without_draft(state.within, state.at or "")
    return replace(state, within={**kept, **here})
