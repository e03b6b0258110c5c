"""Lengths of time as people say and type them: "20 minutes", "an hour", "two weeks", "3 months".

A length is kept as a number and a unit: m, h, d, w or mo, as in "20m" and "3mo".
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta

from conversations.schedule import MORNING, day_ahead, on
from conversations.wording import Phrases

#: What a step that asks for a length shows, unless it names others.
USUAL = ("1w", "2w", "1mo", "3mo")
LONGEST = {"m": 24 * 60, "h": 72, "d": 3 * 366, "w": 3 * 52, "mo": 36}
_LENGTH = re.compile(r"([1-9]\d{0,3})(mo|[mhdw])", re.ASCII)
_UNITS = {"m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month"}
_SHORT = {"min": "m", "hr": "h", **{name: short for short, name in _UNITS.items()}}
_TYPED = re.compile(
    r"(?:in |for |about )*(?:(\d{1,4}|[a-z]+|a couple of|couple of|a few) ?)??"
    r"(minute|min|hour|hr|day|week|month|mo|m|h|d|w)s?",
    re.ASCII,
)
_WORDS = {"": 1, "a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "couple of": 2}
_WORDS |= {"three": 3, "few": 3, "a few": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_WORDS |= {
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
}


def is_length(text: str) -> bool:
    """Whether it is a length as it is kept, and none too long."""
    found = _LENGTH.fullmatch(text)
    return found is not None and int(found[1]) <= LONGEST[found[2]]


def read_length(text: str) -> str | None:
    """The length that a typed text means; None where it means none, or one too long."""
    typed = unicodedata.normalize("NFKC", text).casefold().strip(" .")
    if typed in ("half an hour", "half hour"):
        return "30m"
    found = _TYPED.fullmatch(typed)
    if found is None:
        return None
    said, unit = found[1] or "", found[2]
    number = int(said) if said.isdecimal() else _WORDS.get(said, 0)
    length = f"{number}{_SHORT.get(unit, unit)}"
    return length if is_length(length) else None


def after(length: str, now: datetime) -> datetime:
    """When that length from `now` (aware, local) is over: days and longer end in the morning."""
    number, unit = _parts(length)
    if unit in ("m", "h"):
        span = timedelta(minutes=number) if unit == "m" else timedelta(hours=number)
        return (now.astimezone(UTC) + span).astimezone(now.tzinfo)
    day = now.date()
    if unit == "mo":
        for _ in range(number):
            day = day_ahead("month", day)
    else:
        day += timedelta(days=number * (7 if unit == "w" else 1))
    return on(day, MORNING, now.tzinfo)


def is_timer(length: str) -> bool:
    """Whether it ends within hours, at its minute, and not on some morning."""
    return _parts(length)[1] in ("m", "h")


def in_words(length: str, phrases: Phrases, language: str) -> str:
    """ "20 minutes"."""
    number, unit = _parts(length)
    key = f"lengths.{_UNITS[unit]}{'' if number == 1 else 's'}"
    return phrases(key, language, number=str(number))


def _parts(length: str) -> tuple[int, str]:
    found = _LENGTH.fullmatch(length)
    if found is None:
        raise ValueError("a length is a number and one of m, h, d, w, mo")
    return int(found[1]), found[2]
