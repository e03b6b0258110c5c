"""What a picture is drawn from: plain JSON, sealed with its outbox row until it is sent.

A recipe has the words that stand in the picture, and what it shows: the moods of days by ISO date
(from 1 to 5), or a person's own items. `draw` names the drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from bot.check_ins import CheckIn

Recipe = dict[str, Any]
MOOD_LINE, CALENDAR, BOARD = "mood_line", "calendar", "board"
#: The line runs over twelve weeks: more would not be told apart on a phone, ...
LONGEST = timedelta(weeks=12)
#: ... and over two at least, so that few days do not look like more than they are.
SHORTEST = timedelta(weeks=2)
#: A line takes two days.
LINE_FROM = 2
#: Items in one column of a board, shared by its sections, and characters of one: more would not be
#: read on a phone. The words beside the picture have all of it.
COLUMN_ITEMS, ITEM_EXCERPT = 16, 120


def mood_line(check_ins: Sequence[CheckIn], today: date, months: Sequence[str]) -> Recipe | None:
    """The last twelve weeks as a line; None where fewer than two of their days are filled in."""
    begin = today - LONGEST + timedelta(days=1)
    days = {one.day: one.mood for one in check_ins if begin <= one.day <= today}
    if len(days) < LINE_FROM:
        return None
    first = min(*days, today - SHORTEST + timedelta(days=1))
    return {
        "draw": MOOD_LINE,
        "first": first.isoformat(),
        "last": today.isoformat(),
        "days": _by_date(days),
        "months": list(months),
    }


def calendar(check_ins: Sequence[CheckIn], year: int, months: Sequence[str]) -> Recipe:
    """A year, each day that is filled in as a dot."""
    days = {one.day: one.mood for one in check_ins if one.day.year == year}
    return {"draw": CALENDAR, "year": year, "days": _by_date(days), "months": list(months)}


def board(
    columns: Sequence[Sequence[tuple[str, Sequence[str]]]], more: Callable[[int], str]
) -> Recipe | None:
    """Columns of (heading, items); None where there is no item. `more` says how many are left."""
    if not any(items for column in columns for _, items in column):
        return None
    return {
        "draw": BOARD,
        "columns": [
            [
                {"heading": heading, "items": _shortened(items, most, more)}
                for heading, items in column
            ]
            for column in columns
            for most in (max(3, COLUMN_ITEMS // max(1, len(column))),)
        ],
    }


def _shortened(items: Sequence[str], most: int, more: Callable[[int], str]) -> list[str]:
    shown = [
        item if len(item) <= ITEM_EXCERPT else f"{item[: ITEM_EXCERPT - 1].rstrip()}…"
        for item in items[:most]
    ]
    return [*shown, more(len(items) - most)] if len(items) > most else shown


def _by_date(days: dict[date, int]) -> dict[str, int]:
    return {day.isoformat(): mood for day, mood in days.items()}
