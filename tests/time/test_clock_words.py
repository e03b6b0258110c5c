"""Times of day as people type them, and what is asked where a text is none."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.clock_words import Unclear, Why, read_time
from conversations.wording import read_phrases

READ = {
    "7": "07:00",
    "07": "07:00",
    "7am": "07:00",
    "7 AM": "07:00",
    "7 a.m.": "07:00",
    "7a": "07:00",
    "7pm": "19:00",
    "7 p. m.": "19:00",
    "12am": "00:00",
    "12pm": "12:00",
    "12:30 am": "00:30",
    "0:00": "00:00",
    "00:15": "00:15",
    "07:30": "07:30",
    "7.30": "07:30",
    "19.30": "19:30",
    "19:30 pm": "19:30",
    "19,30": "19:30",
    "19h30": "19:30",
    "7 h": "07:00",
    "7h": "07:00",
    "19 Uhr": "19:00",
    "19 30": "19:30",
    "0730": "07:30",
    "730": "07:30",
    "1930": "19:30",
    "14:20:05": "14:20",
    "７：００": "07:00",
    "１９：３０": "19:30",
    "٧:٣٠": "07:30",
    "७:००": "07:00",
    "noon": "12:00",
    "Noon.": "12:00",
    "12 noon": "12:00",
    "midday": "12:00",
    "midnight": "00:00",
    "12 midnight": "00:00",
    "midnigth": "00:00",
    "half past seven": "07:30",
    "half seven": "07:30",
    "Half past 7 in the evening": "19:30",
    "quarter to 8": "07:45",
    "a quarter to eight": "07:45",
    "a quarter to eight in the evening": "19:45",
    "7 p": "19:00",
    "quarter past eight pm": "20:15",
    "quarter to one": "12:45",
    "quarter to 1 pm": "12:45",
    "quarter to midnight": "23:45",
    "quarter past midnight": "00:15",
    "ten to eight": "07:50",
    "5 past 7": "07:05",
    "twenty five past six": "06:25",
    "five minutes to six in the evening": "17:55",
    "seven": "07:00",
    "seven o'clock": "07:00",
    "seven o’clock": "07:00",
    "seven thirty": "07:30",
    "seven oh five": "07:05",
    "seven forty five": "07:45",
    "nineteen thirty": "19:30",
    "twenty one thirty": "21:30",
    "at 7 in the evening": "19:00",
    "at 7 in the evning": "19:00",
    "8 in the morning": "08:00",
    "8 am in the morning": "08:00",
    "every morning at 6:45": "06:45",
    "11 at night": "23:00",
    "12 at night": "00:00",
    "3 at night": "03:00",
    "12 in the afternoon": "12:00",
    "2 in the afternoon": "14:00",
    "it is 14:20 here": "14:20",
    "my clock shows 9:15": "09:15",
    "around 8, please": "08:00",
    " 7 ": "07:00",
}
NOT_READ: dict[str, Why] = {
    "24:00": "end_of_day",
    "24": "end_of_day",
    "07:60": "minutes",
    "7:5": "minutes",
    "7.5": "minutes",
    "25:00": "hour",
    "2560": "minutes",
    "99": "hour",
    "13 am": "hour",
    "0 pm": "hour",
    "19 in the morning": "hour",
    "12 in the morning": "noon_or_midnight",
    "7 or 8": "several",
    "8 am in the evening": "several",
    "7-8": "several",
    "between 7 and 8": "not_a_time",
    "7 and 19": "several",
    "": "not_a_time",
    "soon": "not_a_time",
    "when I wake up": "not_a_time",
    "-7": "not_a_time",
    "7/8": "not_a_time",
    "am": "not_a_time",
    "half": "not_a_time",
    "half past": "not_a_time",
    "three times 7 8 9": "not_a_time",
    "I have not spoken to her for 7 years": "not_a_time",
    "7 8 9": "not_a_time",
    "12345": "hour",
    "9" * 50: "hour",
}


@pytest.mark.parametrize("typed", READ)
def test_a_time_is_read_as_people_type_it(typed: str) -> None:
    assert read_time(typed) == time.fromisoformat(READ[typed])


@pytest.mark.parametrize("typed", NOT_READ)
def test_what_is_no_time_is_asked_about_by_its_reason(typed: str) -> None:
    assert read_time(typed) == Unclear(NOT_READ[typed])


def test_every_reason_has_a_sentence() -> None:
    phrases = read_phrases()
    for why in set(NOT_READ.values()):
        assert phrases(f"clock_words.{why}")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8", "20:00"),
        ("8:30", "20:30"),
        ("half past eight", "20:30"),
        ("08:30", "08:30"),
        ("8 am", "08:00"),
        ("8 in the morning", "08:00"),
        ("20:30", "20:30"),
        ("12", "12:00"),
        ("midnight", "00:00"),
    ],
)
def test_for_the_evening_a_bare_eight_is_twenty(typed: str, read: str) -> None:
    assert read_time(typed, afternoon=True) == time.fromisoformat(read)


@given(st.times(), st.sampled_from(["%H:%M", "%H.%M", "%Hh%M", "%H%M", "%I:%M %p", "%I.%M%p"]))
def test_every_time_is_read_back_from_every_usual_spelling(at: time, spelling: str) -> None:
    assert read_time(at.strftime(spelling)) == at.replace(second=0, microsecond=0)


@given(st.text(max_size=80))
def test_any_text_is_a_time_or_unclear(text: str) -> None:
    assert isinstance(read_time(text), time | Unclear)
