"""Accepts, or kindly refuses, one answer to one step.

Typed text always works where buttons are shown: a label, its number, or a near spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz, process

from conversations.flow import Ask, Choose, Pick, Rate, Step
from conversations.folding import unaccented
from conversations.schedule import day_ahead
from conversations.turn import Answer, Note, Part, Said

#: Characters one answer may hold, over all its messages.
ANSWER_LIMIT = 20_000
#: How alike (0 to 100) a typed word and a label must be to be taken for it.
LIKENESS = 84
DAY_CHOICES = ("week", "two_weeks", "month", "quarter", "none")

_MONTHS = "january february march april may june july august september october november december"
_IN_DAYS = re.compile(r"(?:in\s+)?(\d{1,3}|a|one|two|three|four|six)\s+(day|week|month)s?$")
_WORDS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}


@dataclass(frozen=True, slots=True)
class Refused:
    """Not an answer to this question; the note says why, kindly."""

    note: Note


def accept(step: Step, said: Said, choices: Mapping[str, str]) -> Answer | Refused:
    """The answer a typed text gives to a step; `choices` are the labels as they are shown."""
    if not said.text.strip():
        return Refused("empty")
    match step:
        case Ask():
            if len(said.text) > ANSWER_LIMIT:
                return Refused("too_long")
            return Answer(at=said.at, parts=(Part(said.text, said.message),))
        case Choose():
            choice = match_label(said.text, choices)
            if choice is None and step.own in choices:
                return _own_words(step.own, said)
            return chose(said, choice) if choice else Refused("not_a_choice")
        case Rate():
            number = _number(said.text)
            if number is None or not 1 <= number <= step.scale:
                return Refused("not_a_number")
            return chose(said, str(number))
        case Pick():
            return Refused("not_a_choice")
    raise TypeError(step.verb)


def _own_words(choice: str, said: Said) -> Answer | Refused:
    """The choice that is for everything else, with the words themselves."""
    if len(said.text) > ANSWER_LIMIT:
        return Refused("too_long")
    return Answer(at=said.at, chosen=(choice,), parts=(Part(said.text, said.message),))


def chose(said: Said, choice: str) -> Answer:
    """The answer of a typed choice."""
    # The empty part remembers the message, so that an edit of it can change the choice.
    return Answer(at=said.at, chosen=(choice,), parts=(Part("", said.message),))


def fold(text: str) -> str:
    """For comparing: compatibility forms, no case, no punctuation, single spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\s]", " ", plain).split())


def fold_label(text: str) -> str:
    """The same without accents too, as a label is typed on a phone."""
    return fold(unaccented(text))


def match_label(text: str, choices: Mapping[str, str]) -> str | None:
    """The choice a typed text means: its number, its label, its beginning, or a near spelling."""
    typed = fold(text)
    if not typed:
        return None
    number = _number(typed)
    if number is not None and 1 <= number <= len(choices):
        return list(choices)[number - 1]
    labels = {key: fold(label) for key, label in choices.items()}
    exact = [key for key, label in labels.items() if label == typed]
    if exact:
        return exact[0]
    begins = [key for key, label in labels.items() if label.startswith(f"{typed} ")]
    if len(begins) == 1:
        return begins[0]
    if len(typed) < 3:
        return None
    near = process.extract(typed, labels, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=2)
    if near and (len(near) == 1 or near[0][1] > near[1][1]):
        return str(near[0][2])
    return None


def numbers_in(text: str) -> Sequence[int]:
    """The numbers of "1, 3 and 4"; empty where anything else is said too."""
    words = [w for w in fold(text).split() if w != "and"]
    return (
        [int(w) for w in words]
        if words and all(w.isdecimal() and len(w) <= 3 for w in words)
        else ()
    )


def _number(text: str) -> int | None:
    digits = fold(text)
    return int(digits) if digits.isdecimal() and len(digits) <= 3 else None


def read_day(text: str, today: date) -> date | None:
    """The day ahead that a typed text means: "in 10 days", "tomorrow", "1 March", "2027-03-01"."""
    typed = unicodedata.normalize("NFKC", text).casefold().strip(" .")
    if typed == "tomorrow":
        return today + timedelta(days=1)
    if length := _IN_DAYS.match(typed):
        return _ahead(length[1], length[2], today)
    day = _iso(typed) or _named(typed, today)
    return day if day is not None and today < day <= today + timedelta(days=3 * 366) else None


def _ahead(amount: str, unit: str, today: date) -> date | None:
    count = _WORDS.get(amount) or int(amount)
    if not 1 <= count * {"day": 1, "week": 7, "month": 30}[unit] <= 3 * 366:
        return None
    if unit == "month":
        day = today
        for _ in range(count):
            day = day_ahead("month", day)
        return day
    return today + timedelta(days=count * (7 if unit == "week" else 1))


def _iso(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _named(typed: str, today: date) -> date | None:
    found = re.match(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})(?: (\d{4}))?$", typed)
    if found is None:
        found = re.match(r"([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$", typed)
        if found is None:
            return None
        name, number, year = found[1], int(found[2]), found[3]
    else:
        number, name, year = int(found[1]), found[2], found[3]
    months = [i for i, month in enumerate(_MONTHS.split(), 1) if month.startswith(name)]
    if len(months) != 1:
        return None
    try:
        day = date(int(year or today.year), months[0], number)
        return day.replace(year=day.year + 1) if day <= today and not year else day
    except ValueError:
        return None
