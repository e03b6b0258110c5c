"""Towns with their zones, and which of them share a clock. Runs in the child."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

#: What fits on a button.
_BUTTON = 24
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"})
_ASCII_WORD = re.compile(r"[a-z0-9]+")


class City(NamedTuple):
    """A town; `region` is its country's code, with its state's behind it for the United States."""

    name: str
    region: tuple[str, str]
    zone: str
    people: int


def plain(text: str) -> str:
    """Small letters and digits with single spaces, without accents."""
    if text.isascii():  # most names, and several times as fast
        return re.sub(r"\bsaint\b", "st", " ".join(_ASCII_WORD.findall(text.lower())))
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    letters = (c if c.isalnum() else " " for c in text if unicodedata.category(c) != "Mn")
    words = " ".join("".join(letters).split())
    return re.sub(r"\bsaint\b", "st", words)


def lies_in(city: City, regions: Iterable[tuple[str, str]]) -> bool:
    """Whether it is in one of those countries or states."""
    return any(city.region == region or (city.region[0], "") == region for region in regions)


def by_zone(cities: Iterable[City]) -> list[City]:
    """The largest town of each zone, the largest first."""
    largest: dict[str, City] = {}
    for city in cities:
        if city.zone not in largest or largest[city.zone].people < city.people:
            largest[city.zone] = city
    return sorted(largest.values(), key=lambda city: -city.people)


def by_rule(cities: Iterable[City], moment: datetime) -> list[City]:
    """The largest town of each set of zones whose clocks agree."""
    largest: dict[tuple[timedelta | None, ...], City] = {}
    for city in by_zone(cities):
        largest.setdefault(rule(city.zone, moment), city)
    return list(largest.values())


def rule(zone: str, moment: datetime) -> tuple[timedelta | None, ...]:
    """What the clocks there will show for two years, asked twice a month."""
    there, start = ZoneInfo(zone), moment.astimezone(UTC)
    return tuple((start + timedelta(days=15 * n)).astimezone(there).utcoffset() for n in range(48))


def together(names: Iterable[str]) -> str:
    """As many names as a button holds, at least one."""
    label = ""
    for name in names:
        longer = f"{label}, {name}" if label else name
        if label and len(longer) > _BUTTON:
            break
        label = longer
    return label
