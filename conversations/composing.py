"""Composing: the text as it stands, any part of it to edit, to copy, and to keep when done.

A text that one tap can copy has a copy button; a longer one goes out as a message with nothing
else in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from conversations import bubbles
from conversations.answers import ANSWER_LIMIT, Refused
from conversations.blaming import read_blaming
from conversations.flow import Compose, Leaf
from conversations.letters import COPY, DONE, REWRITE, composed, fits_a_button, parts
from conversations.outcome import Moved, answered
from conversations.screen import Block, Button, Screen, arrange
from conversations.spoken import Spoken
from conversations.turn import Answer, Part, Said, State
from conversations.way import Way

#: Marks under which nobody is asked to look at the blame in their words.
QUIET_UNDER = frozenset(("unsafe", "danger", "coercion"))
#: Lines about blame that are shown at the most.
NOTICES = 6
_COPIED = "copied"
#: Makes a button of a step: its label and its choice.
Buttons = Callable[[Leaf, str, str], Button]


def tapped(leaf: Leaf, choice: str, way: Way) -> Moved | State | None:
    """What a tap does; None for a button that it does not have now."""
    assert isinstance(leaf.step, Compose)
    state = way.state
    if state.within.get("phase") == REWRITE:
        return None
    drafts = bubbles.without_draft(state.within, leaf.id)
    verb, _, name = choice.partition(".")
    if verb == REWRITE and name in parts(leaf.step, way):
        return replace(state, within={**drafts, "phase": REWRITE, "item": name})
    if choice == COPY:
        return replace(state, within={**drafts, "phase": _COPIED})
    if choice == DONE:
        return answered(leaf, Answer(at=way.known.at, chosen=(DONE,)), way)
    return None


def rewritten(leaf: Leaf, said: Said, way: Way) -> State | Refused:
    """A part of it in new words; the old ones stay behind them."""
    assert isinstance(leaf.step, Compose)
    if not said.text.strip():
        return Refused("empty")
    if len(said.text) > ANSWER_LIMIT:
        return Refused("too_long")
    state, name = way.state, way.state.within.get("item", "")
    within = {**bubbles.without_draft(state.within, leaf.id), "phase": "show"}
    if name not in parts(leaf.step, way):
        return replace(state, within=within)
    before = state.answers[name]
    changed = Answer(
        at=said.at, parts=(Part(said.text, said.message),), earlier=(*before.earlier, before.text)
    )
    anew = bubbles.with_answer(state, name, changed)
    return replace(anew, last=name, within={**within, "reworded": name})


# --- what it looks like --------------------------------------------------------------------------


def asks(leaf: Leaf, way: Way, spoken: Spoken) -> str:
    """The words above."""
    match way.state.within.get("phase"):
        case "rewrite":
            return spoken.phrase("composing.anew", number=_number(leaf, way))
        case "copied":
            return spoken.phrase("composing.copied")
    return spoken.text(leaf, "compose", way.kind)


def blocks(leaf: Leaf, way: Way, spoken: Spoken) -> list[Block]:
    """The text, part by part, and what may be said about it."""
    assert isinstance(leaf.step, Compose)
    phase, whole = way.state.within.get("phase"), parts(leaf.step, way)
    if phase == REWRITE:
        item = way.state.within.get("item", "")
        return [Block(whole[item], "quote")] if item in whole else []
    if phase == _COPIED:
        return []
    told: list[Block] = []
    for number, (name, text) in enumerate(whole.items(), 1):
        short = spoken.text(way.flow.by_id[name], "short", way.kind)
        told.append(Block(f"{number}. {short}".rstrip(), "heading"))
        told.append(Block(text, "quote"))
    if leaf.step.notice and not way.marks & QUIET_UNDER:
        told += _notices(whole, spoken)
    if fits_a_button(composed(leaf.step, way)):
        told.append(Block(spoken.phrase("composing.stays"), "lead"))
    return told


def rows(leaf: Leaf, way: Way, spoken: Spoken, button: Buttons) -> list[tuple[Button, ...]]:
    """Its buttons: each part, then copying and being done."""
    assert isinstance(leaf.step, Compose)
    text = composed(leaf.step, way)
    labels = dict(spoken.choices(leaf, way))
    last = []
    if (copy := labels.pop(COPY, None)) is not None:
        last.append(Button(copy, copy=text) if fits_a_button(text) else button(leaf, copy, COPY))
    if (done := labels.pop(DONE, None)) is not None:
        last.append(button(leaf, done, DONE))
    edits = [button(leaf, label, choice) for choice, label in labels.items()]
    return [*arrange(edits), *arrange(last)]


def bubbles_of(leaf: Leaf, way: Way, spoken: Spoken) -> tuple[Screen, ...]:
    """Where it is to be copied: one line, and the text with nothing else around it."""
    if not isinstance(leaf.step, Compose) or way.state.within.get("phase") != _COPIED:
        return ()
    line = Screen((Block(spoken.phrase("composing.stays")),))
    return line, Screen((Block(composed(leaf.step, way)),), anew=True)


def _notices(whole: Mapping[str, str], spoken: Spoken) -> list[Block]:
    blaming = read_blaming(spoken.language)
    found = [
        spoken.phrase("composing.blame", words=words, number=str(number))
        for number, text in enumerate(whole.values(), 1)
        for words in blaming.found(text)
    ]
    if not found:
        return []
    return [Block("\n".join((spoken.phrase("composing.notice"), *found[:NOTICES])))]


def _number(leaf: Leaf, way: Way) -> str:
    assert isinstance(leaf.step, Compose)
    names = list(parts(leaf.step, way))
    item = way.state.within.get("item", "")
    return str(names.index(item) + 1) if item in names else ""
