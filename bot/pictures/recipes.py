"""What a picture is drawn from: plain JSON, sealed with its outbox row until it is sent.

A recipe has the moods of days by ISO date (from 1 to 5) and the words that stand in the picture;
`draw` names the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.check_ins import CheckIn

Recipe = dict[str, Any]
MOOD_LINE, CALENDAR = "mood_line", "calendar"
#: The line runs over twelve weeks: more would not be told apart on a phone, ...
LONGEST = timedelta(weeks=12)
#: ... and over two at least, so that few days do not look like more than they are.
SHORTEST = timedelta(weeks=2)
#: A line takes two days.
LINE_FROM = 2


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


def _by_date(days: dict[date, int]) -> dict[str, int]:
    return {day.isoformat(): mood for day, mood in days.items()}
