"""Kept words in pages: which stand on which, and the buttons by which they are opened."""

from __future__ import annotations

from collections.abc import Sequence

from bot.person import Keepsake
from bot.telegram_out import UNITS, split, units
from conversations.screen import Button, arrange

#: Items on one page, and the units they may take together; longer ones have pages of their own.
PAGE, ROOM = 8, UNITS - 600
#: Units that the lines around one item take at most, and that its beginning takes.
_BESIDE, BEGINNING = 50, 360

Page = list[tuple[int, str]]


def paged(kept: Sequence[Keepsake], *, whole: bool = True) -> list[Page]:
    """Pages of (place in the list, text): up to eight whole items, a long one over several.

    Not `whole`, there are eight on every page, and a long one shows its beginning.
    """
    if not whole:
        begun = [(place, _beginning(item.text)) for place, item in enumerate(kept)]
        return [begun[first : first + PAGE] for first in range(0, len(begun), PAGE)]
    pages: list[Page] = [[]]
    used = 0
    for place, item in enumerate(kept):
        for part in (item.text,) if units(item.text) <= ROOM else split(item.text, ROOM):
            size = units(part) + _BESIDE
            if pages[-1] and (used + size > ROOM or len(pages[-1]) == PAGE):
                pages.append([])
                used = 0
            pages[-1].append((place, part))
            used += size
    return pages


def _beginning(text: str) -> str:
    first = next(split(text, BEGINNING), "")
    return text if first == text else f"{first.rstrip()}…"


def page_of(kept: Sequence[Keepsake], item: Keepsake, *, whole: bool = True) -> int:
    """The page, from 1, on which an item begins."""
    for number, page in enumerate(paged(kept, whole=whole), 1):
        if any(kept[place].id == item.id for place, _ in page):
            return number
    return 1


def numbered(buttons: list[Button]) -> tuple[tuple[Button, ...], ...]:
    """Short numbers stand four a row, and evenly: 3 and 3, not 4 and 2."""
    if any(len(button.label) > 3 for button in buttons):
        return arrange(buttons)
    rows = -(-len(buttons) // 4)
    width = -(-len(buttons) // rows)
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))
