"""The sorting board: two columns side by side, the person's own items under their headings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font

from bot.pictures.look import DPI, GRID, LETTERS, WIDTH, card, png, words

_MARGIN, _BETWEEN, _LINE = 64, 56, 44
_COLUMN = (WIDTH - 2 * _MARGIN - _BETWEEN) // 2
#: Between two items, and above a heading that is not the first.
_GAP, _ABOVE = 14, 40
#: In front of an item; its further lines begin where its words do.
_DOT, _INDENT = "·", 26

Line = tuple[float, float, str, bool]


def draw(recipe: dict[str, Any]) -> bytes:
    """The picture of a `board` recipe, as a PNG."""
    lines: list[Line] = []
    lowest = 0.0
    for place, sections in enumerate(recipe["columns"]):
        left = _MARGIN + place * (_COLUMN + _BETWEEN)
        column = list(_column(sections, left))
        lines += column
        lowest = max([lowest, *(y for _, y, _, _ in column)])
    figure, axes = card(int(lowest) + _MARGIN + _LINE // 2)
    middle = _MARGIN + _COLUMN + _BETWEEN / 2
    axes.plot([middle, middle], [_MARGIN, lowest], color=GRID, linewidth=1.5)
    for x, y, text, heading in lines:
        words(axes, x, y, text, bold=heading)
    return png(figure)


def _column(sections: list[dict[str, Any]], left: float) -> Iterator[Line]:
    """The lines of one column: where each stands, and whether it is a heading."""
    y = float(_MARGIN)
    for number, section in enumerate(sections):
        y += _ABOVE if number else 0
        for line in wrapped(section["heading"], _COLUMN, bold=True):
            yield left, y, line, True
            y += _LINE
        for item in section["items"]:
            y += _GAP
            yield left, y, _DOT, False
            for line in wrapped(item, _COLUMN - _INDENT):
                yield left + _INDENT, y, line, False
                y += _LINE


def wrapped(text: str, width: float, *, bold: bool = False) -> list[str]:
    """A text in lines of at most `width` pixels; a word that is wider is broken."""
    lines, line = [], ""
    for word in _drawable(text, bold).split():
        rest = word
        while rest:
            longer = f"{line} {rest}" if line else rest
            if _wide(longer, bold) <= width:
                line, rest = longer, ""
            elif line:
                lines.append(line)
                line = ""
            else:
                fits = next(n for n in range(len(rest), 0, -1) if _fits(rest[:n], width, bold))
                lines.append(rest[:fits])
                rest = rest[fits:]
    return [*lines, line] if line else lines or ["…"]


def _fits(piece: str, width: float, bold: bool) -> bool:
    return len(piece) == 1 or _wide(piece, bold) <= width


def _drawable(text: str, bold: bool) -> str:
    """The text without signs the font has no picture of; the words beside the board have them."""
    has = _signs(bold)
    return "".join(
        sign if ord(sign) in has else " " if sign.isspace() else ""
        for sign in unicodedata.normalize("NFC", text)
    )


@cache
def _font(bold: bool) -> FT2Font:
    font = FT2Font(findfont(FontProperties(weight="bold" if bold else "normal")))
    font.set_size(LETTERS, DPI)
    return font


@cache
def _signs(bold: bool) -> frozenset[int]:
    return frozenset(_font(bold).get_charmap())


def _wide(text: str, bold: bool) -> float:
    font = _font(bold)
    font.set_text(text)
    # In 64ths of a pixel.
    return font.get_width_height()[0] / 64
