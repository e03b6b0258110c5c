"""What one message looks like before anyone decides how to send it: blocks of text and buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Style = Literal["plain", "heading", "quote", "lead"]

#: Characters that fit on a button at one, two or three a row on a small phone.
LABEL_LIMITS = {1: 24, 2: 12, 3: 7}
#: Seconds of one breath in, or out.
BREATH = 4.0


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. `quote` holds a person's own words, code point for code point."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what a tap means: `press` is a short id, never text; `copy` copies instead."""

    label: str
    press: str = ""
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """One thing to show. `anew` screens never replace the message that was tapped.

    `frames` are played: each in turn takes the place of the last block, `pace` seconds after the
    one before, until the person does anything.
    """

    blocks: tuple[Block, ...]
    rows: tuple[tuple[Button, ...], ...] = field(default=())
    protect: bool = False
    anew: bool = False
    frames: tuple[str, ...] = ()
    pace: float = BREATH

    @property
    def text(self) -> str:
        """All blocks as plain text, a blank line between them."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button, in reading order."""
        return tuple(button for row in self.rows for button in row)


def arrange(buttons: tuple[Button, ...] | list[Button]) -> tuple[tuple[Button, ...], ...]:
    """Rows as wide as the labels allow: three short ones, two of middle length, or one."""
    rows: list[tuple[Button, ...]] = []
    rest = list(buttons)
    while rest:
        for width in (3, 2, 1):
            row = rest[:width]
            if width == 1 or (
                len(row) == width and all(len(b.label) <= LABEL_LIMITS[width] for b in row)
            ):
                rows.append(tuple(row))
                rest = rest[len(row) :]
                break
    return tuple(rows)
