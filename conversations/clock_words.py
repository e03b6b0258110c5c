"""Times of day as people type them: "7", "7am", "07:30", "half past seven", "19.30", "noon".

Reading goes in three steps: the text becomes plain words and numbers, what says the half of the
day is taken out, and what is left over has to be one time, whole. Anything else is unclear, for a
reason that the next sentence can name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import time
from typing import Literal

from rapidfuzz.distance import OSA

#: Why a text is not a time; each has its sentence in `phrases/clock_words.toml`.
Why = Literal["not_a_time", "hour", "minutes", "end_of_day", "noon_or_midnight", "several"]
Half = Literal["morning", "afternoon", "evening", "night", "am", "pm"]

#: A longer text is about something else.
LONGEST = 60
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_NUMBERS = {word: number for number, word in enumerate(_UNITS.split())} | {"o": 0, "oh": 0}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_HALVES: dict[str, Half] = {
    "am": "am",
    "pm": "pm",
    "morning": "morning",
    "mornings": "morning",
    "afternoon": "afternoon",
    "evening": "evening",
    "evenings": "evening",
    "night": "night",
    "tonight": "night",
}
_SAME = {"till": "to", "til": "to", "before": "to", "after": "past", "midday": "noon"}
_ALONE = {"noon": 12, "midnight": 0}
_BESIDE = (
    "a at by around about it it's its is i'd like please the in my clock shows says here now time "
    "o'clock oclock sharp h hr hrs hour hours uhr every each day daily this make set let's ok "
    "okay yes hi hello thanks minutes minute min mins"
)
_FILLERS = frozenset(_BESIDE.split())
_PARTS = frozenset({"half", "quarter", "past", "to"})
_KNOWN = _FILLERS | _PARTS | set(_HALVES) | set(_SAME) | set(_ALONE) | set(_NUMBERS) | set(_TENS)
#: A shorter word is never taken for a slip of the finger.
_SHORTEST_SLIP = 5
_AM_PM = re.compile(r"(?<![^\W\d_])([ap])\s?\.?\s?m\b\.?|(?<=\d)\s?([ap])\b(?!\s?\.?\s?m)")
_PIECE = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|\S")
_BETWEEN = frozenset(":.,h")
_SILENT = frozenset(".,!?~;")
_EITHER = frozenset({"-", "–", "or", "and"})


@dataclass(frozen=True, slots=True)
class Unclear:
    """Not one time of day, and why."""

    why: Why


@dataclass(frozen=True, slots=True)
class _Number:
    """`digits` as typed; empty for a number in words."""

    value: int
    digits: str = ""


_Token = _Number | str


def _is_number(token: _Token) -> bool:
    return isinstance(token, _Number)


def read_time(text: str, *, afternoon: bool = False) -> time | Unclear:
    """The local time of day that was typed, or why it is none.

    `afternoon` reads a bare "8" as 20:00, for what belongs to the evening; "08" and "8 am" stay.
    """
    words = _words(text) if len(text) <= LONGEST else None
    if words is None:
        return Unclear("not_a_time")
    if "or" in words:
        several = sum(map(_is_number, words)) > 1
        return Unclear("several" if several else "not_a_time")
    halves = {_HALVES[word] for word in words if isinstance(word, str) and word in _HALVES}
    rest = [word for word in words if word not in _HALVES and word not in _FILLERS]
    found = _expression(rest)
    if isinstance(found, Unclear):
        return found
    hour, minute, plain = found
    if not halves:
        return time(hour + 12 if afternoon and plain and 1 <= hour < 12 else hour, minute)
    # "8 am in the morning" says it twice; "8 am in the evening" says two things.
    meant = {_in_half(hour, half) for half in halves}
    if len(meant) > 1:
        return Unclear("several")
    only = meant.pop()
    return only if isinstance(only, Unclear) else time(only, minute)


def _words(text: str) -> list[_Token] | None:
    """Lower case, digits of any script as numbers, slips mended; None where a word is unknown."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    found: list[_Token] = []
    pieces = _PIECE.findall(_AM_PM.sub(r" \1\2m ", digits))
    for piece, following in zip(pieces, [*pieces[1:], ""], strict=False):
        if piece.isdecimal():
            found.append(_Number(int(piece[:9]), piece))
        elif piece in _BETWEEN and following.isdecimal() and found and _is_number(found[-1]):
            found.append(":")
        elif piece in _SILENT:
            continue
        elif piece in _EITHER:
            found.append("or")
        elif (word := _mended(piece)) is not None:
            _append(found, _SAME.get(word, word))
        else:
            return None
    return found


def _append(found: list[_Token], word: str) -> None:
    """Put a word behind the others, a number word as a number: "twenty", "five" are one."""
    if word in _TENS:
        found.append(_Number(_TENS[word]))
    elif word in _NUMBERS:
        last, value = (found[-1] if found else None), _NUMBERS[word]
        joins = isinstance(last, _Number) and not last.digits and last.value in _TENS.values()
        if joins and isinstance(last, _Number) and 1 <= value <= 9:
            found[-1] = _Number(last.value + value)
        elif isinstance(last, _Number) and last == _Number(0) and len(found) > 1:
            found[-1] = _Number(value)  # "seven oh five"
        else:
            found.append(_Number(value))
    else:
        found.append(word)


def _mended(piece: str) -> str | None:
    if piece in _KNOWN:
        return piece
    if len(piece) < _SHORTEST_SLIP:
        return None
    near = [word for word in sorted(_KNOWN) if OSA.distance(word, piece, score_cutoff=1) <= 1]
    return near[0] if near else None


def _expression(rest: list[_Token]) -> tuple[int, int, bool] | Unclear:
    """Hour, minute, and whether the hour is one of twelve as people say it."""
    tokens = [_Number(_ALONE[t], "00") if isinstance(t, str) and t in _ALONE else t for t in rest]
    match tokens:
        case [_Number() as hour]:
            return _compact(hour)
        case [_Number(value=12), _Number(value=alone, digits="00")] if "noon" in rest or (
            "midnight" in rest
        ):
            return alone, 0, False
        case [_Number() as hour, _Number() as minute]:
            return _checked(hour, minute)
        case [_Number() as hour, ":", _Number() as minute]:
            return _checked(hour, minute)
        case [_Number() as hour, ":", _Number() as minute, ":", _Number(value=second)]:
            return _checked(hour, minute) if second < 60 else Unclear("minutes")
        case ["half", "past", _Number() as hour] | ["half", _Number() as hour]:
            return _checked(hour, _Number(30))
        case ["quarter", "past", _Number() as hour]:
            return _checked(hour, _Number(15))
        case ["quarter", "to", _Number() as hour]:
            return _before(hour, 15)
        case [_Number() as minute, "past", _Number() as hour]:
            return _checked(hour, _Number(minute.value))
        case [_Number(value=minute), "to", _Number() as hour]:
            return _before(hour, minute)
    return Unclear("not_a_time")


def _compact(number: _Number) -> tuple[int, int, bool] | Unclear:
    """ "7", "07", and "730" or "0730" without anything between."""
    if len(number.digits) in (3, 4):
        hour, minute = number.digits[:-2], number.digits[-2:]
        return _checked(_Number(int(hour), hour), _Number(int(minute), minute))
    return _checked(number, _Number(0))


def _checked(hour: _Number, minute: _Number) -> tuple[int, int, bool] | Unclear:
    if len(minute.digits) == 1 or minute.value > 59:
        return Unclear("minutes")
    if hour.value == 24 and minute.value == 0:
        return Unclear("end_of_day")
    if hour.value > 23:
        return Unclear("hour")
    return hour.value, minute.value, not hour.digits.startswith("0")


def _before(hour: _Number, minutes: int) -> tuple[int, int, bool] | Unclear:
    """ "Quarter to one" is 12:45, and "quarter to midnight" is 23:45."""
    checked = _checked(hour, _Number(60 - minutes if 0 < minutes < 60 else 60))
    if isinstance(checked, Unclear):
        return checked
    last, minute, plain = checked
    return (12 if last == 1 and plain else (last - 1) % 24), minute, plain


def _in_half(hour: int, half: Half) -> int | Unclear:
    """The hour of 24 that an hour of that half of the day is."""
    if half == "night":
        half = "am" if hour <= 5 or hour == 12 else "pm"
    elif hour == 12 and half in ("morning", "evening"):
        return Unclear("noon_or_midnight")
    if half in ("am", "morning"):
        return Unclear("hour") if hour > 12 else hour % 12
    if hour == 0:
        return Unclear("hour")
    return hour if hour >= 12 else hour + 12
