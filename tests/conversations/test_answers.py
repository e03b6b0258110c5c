"""What a typed text means where buttons, numbers and days are asked for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers import match_label, numbers_in, read_day

LABELS = {"never": "Never", "once": "Once or twice", "many": "Many times", "cannot": "I cannot"}
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("Never", "never"),
        ("  never. ", "never"),
        ("NEVER!!", "never"),
        ("once", "once"),
        ("once or twise", "once"),
        ("many tmes", "many"),
        ("i cannot", "cannot"),
        ("2", "once"),
        ("２", "once"),
        ("5", None),
        ("0", None),
        ("99999999999999999999", None),
        ("nobody", None),
        ("we never talk about it", None),
        ("", None),
        ("...", None),
    ],
)
def test_a_label_is_found_by_its_words_its_number_or_nearly(typed: str, choice: str | None) -> None:
    """Small mistakes are forgiven; a sentence is not taken for a label."""
    assert match_label(typed, LABELS) == choice


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1", [1]),
        ("1, 3 and 4", [1, 3, 4]),
        ("2 2", [2, 2]),
        ("1 more thing", []),
        ("", []),
        ("9" * 4_096, []),
    ],
)
def test_numbers_are_read_where_nothing_else_is_said(typed: str, numbers: list[int]) -> None:
    """A sentence that begins with a number is words."""
    assert list(numbers_in(typed)) == numbers


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tomorrow", "2026-11-23"),
        ("in 10 days", "2026-12-02"),
        ("two weeks", "2026-12-06"),
        ("in a month", "2026-12-22"),
        ("1 March", "2027-03-01"),
        ("1st of march", "2027-03-01"),
        ("March 1", "2027-03-01"),
        ("Dec 24, 2026", "2026-12-24"),
        ("2027-01-02", "2027-01-02"),
        ("22 November", "2027-11-22"),
        ("29 February", None),
        ("31 April", None),
        ("yesterday", None),
        ("in 0 days", None),
        ("in 999 months", None),
        ("2026-11-22", None),
        ("2099-01-01", None),
        ("ma 3", None),
        ("someday", None),
    ],
)
def test_a_day_ahead_is_read_as_people_write_it(typed: str, day: str | None) -> None:
    """Only days ahead, and no further than three years."""
    read = read_day(typed, TODAY)
    assert (read.isoformat() if read else None) == day


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_looked_at(text: str) -> None:
    """Whatever is typed, it is a day ahead and a label, or it is not."""
    day = read_day(text, TODAY)
    assert day is None or day > TODAY
    assert match_label(text, LABELS) in {None, *LABELS}
    assert all(isinstance(number, int) for number in numbers_in(text))
