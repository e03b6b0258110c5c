"""Breathing within a talk: one message that says in and out; a tap or words go on at any time."""

from __future__ import annotations

from dataclasses import replace

from conversations.answers import ANSWER_LIMIT, Refused, match_label
from conversations.flow import Leaf
from conversations.outcome import Moved, answered
from conversations.screen import Block, Screen
from conversations.spoken import Spoken
from conversations.turn import Answer, Part, Said
from conversations.way import Way
from conversations.wording import Phrases

GO_ON = "go_on"
#: The phrase at the end of the last breath.
END = "breathing.end"


def breaths(turns: int, phrases: Phrases, language: str, end: str = END) -> tuple[str, ...]:
    """What stands in the message, one breath in or out after another, and at the end."""
    told = [
        phrases(f"breathing.{way}", language, number=str(number), total=str(turns))
        for number in range(1, turns + 1)
        for way in ("in", "out")
    ]
    return (*told, phrases(end, language))


def breathing(
    screen: Screen, turns: int, phrases: Phrases, language: str, end: str = END
) -> Screen:
    """The screen with a breath below its words: its first moment stands, the others are played.

    `end` is the phrase that stands there afterwards.
    """
    first, *others = breaths(turns, phrases, language, end)
    return replace(screen, blocks=(*screen.blocks, Block(first)), frames=tuple(others))


def ended(leaf: Leaf, way: Way, parts: tuple[Part, ...] = ()) -> Moved:
    """On from here; what was written beside it stays beside it, also from the time before."""
    before = way.state.answers.get(leaf.id)
    beside = (*(before.parts if before else ()), *parts)
    return answered(leaf, Answer(at=way.known.at, chosen=(GO_ON,), parts=beside), way)


def said(leaf: Leaf, said: Said, way: Way, spoken: Spoken) -> Moved | Refused:
    """Words during a breath: they go on, and are kept beside it unless they only say so."""
    if not said.text.strip():
        return Refused("empty")
    if match_label(said.text, spoken.choices(leaf, way)) == GO_ON:
        return ended(leaf, way)
    if len(said.text) > ANSWER_LIMIT:
        return Refused("too_long")
    moved = ended(leaf, way, (Part(said.text, said.message),))
    answer = replace(moved.state.answers[leaf.id], at=said.at)
    return replace(
        moved, state=replace(moved.state, answers={**moved.state.answers, leaf.id: answer})
    )
