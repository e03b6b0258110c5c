"""The calendar of a year: twelve small months, weeks from Monday, a dot for each day filled in."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from matplotlib.axes import Axes

from bot.pictures.look import FAINT, SHADES, WIDTH, card, dots, png, words

HEIGHT = 1400
_ACROSS = 3
_CELL = 41
_MONTH_WIDTH, _MONTH_HEIGHT = 340, 305
_LEFT, _TOP = 72, 66


def draw(recipe: dict[str, Any]) -> bytes:
    """The picture of a `calendar` recipe, as a PNG."""
    year, moods = recipe["year"], recipe["days"]
    figure, axes = card(HEIGHT)
    filled: list[tuple[float, float, int]] = []
    empty: list[tuple[float, float]] = []
    for month in range(1, 13):
        row, column = divmod(month - 1, _ACROSS)
        left, top = _LEFT + column * _MONTH_WIDTH, _TOP + row * _MONTH_HEIGHT
        words(axes, left - 14, top, recipe["months"][month - 1])
        before, length = monthrange(year, month)
        for number in range(1, length + 1):
            week, weekday = divmod(before + number - 1, 7)
            x, y = left + weekday * _CELL, top + 50 + week * _CELL
            mood = moods.get(date(year, month, number).isoformat())
            if mood is None:
                empty.append((x, y))
            else:
                filled.append((x, y, mood))
    axes.scatter([x for x, _ in empty], [y for _, y in empty], s=14, c=FAINT, linewidths=0)
    dots(axes, filled)
    _foot(axes, year)
    return png(figure)


def _foot(axes: Axes, year: int) -> None:
    """The year, and which dot is which number."""
    height = HEIGHT - 72
    words(axes, _LEFT - 14, height, str(year))
    for mood in SHADES:
        x = WIDTH - 520 + (mood - 1) * 100
        dots(axes, [(x, height, mood)])
        words(axes, x + 24, height, str(mood))
