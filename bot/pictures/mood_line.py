"""The mood line: a dot for each day that is filled in, and a line where days follow each other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any

from bot.pictures.look import GRID, SHADES, WIDTH, card, dots, png, words

HEIGHT = 720
_LEFT, _RIGHT, _TOP, _BOTTOM = 100, 1030, 80, 560
_DAY = timedelta(days=1)
#: Up to so many days there is room for large dots and for more of the days' numbers.
_ROOMY = 28


def draw(recipe: dict[str, Any]) -> bytes:
    """The picture of a `mood_line` recipe, as a PNG."""
    first, last = date.fromisoformat(recipe["first"]), date.fromisoformat(recipe["last"])
    moods = {date.fromisoformat(day): mood for day, mood in sorted(recipe["days"].items())}
    span = (last - first).days

    def across(day: date) -> float:
        return _LEFT + 30 + (day - first).days * (_RIGHT - _LEFT - 60) / span

    def up(mood: int) -> float:
        return _BOTTOM - (mood - 1) * (_BOTTOM - _TOP) / 4

    figure, axes = card(HEIGHT)
    for mood in SHADES:
        axes.plot([_LEFT, _RIGHT], [up(mood)] * 2, color=GRID, linewidth=1.5, zorder=1)
        words(axes, _LEFT - 40, up(mood), str(mood), align="center")
    for before, after in pairwise(moods):
        if after - before == _DAY:
            ends = [across(before), across(after)], [up(moods[before]), up(moods[after])]
            axes.plot(*ends, color=SHADES[3], linewidth=3, alpha=0.6, zorder=2)
    spots = [(across(day), up(mood), mood) for day, mood in moods.items()]
    dots(axes, spots, size=240 if span <= _ROOMY else 110)
    every = 3 if span <= _ROOMY else 7
    numbers = [last - n * _DAY for n in range(0, span + 1, every)]
    for day in numbers:
        words(axes, across(day), _BOTTOM + 52, str(day.day), align="center")
    for _, days in groupby(reversed(numbers), key=lambda day: (day.year, day.month)):
        own = list(days)
        # In the middle below its days, and never over the edge.
        middle = (across(own[0]) + across(own[-1])) / 2
        name = recipe["months"][own[0].month - 1]
        words(axes, min(max(middle, 130), WIDTH - 120), _BOTTOM + 108, name, align="center")
    return png(figure)
