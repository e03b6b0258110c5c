"""What "tonight", "tomorrow" and "in a month" mean on a person's own clock."""

from datetime import UTC, date, datetime, time

import pytest

from conversations.schedule import (
    day_ahead,
    in_words,
    offset_from_clock,
    on,
    tomorrow,
    tonight,
    zone_of,
)
from tests import shipped

BERLIN = zone_of("Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "comes"),
    [
        ("2026-11-22 04:22", "2026-11-22 19:30"),
        ("2026-11-22 19:29", "2026-11-22 19:30"),
        ("2026-11-22 19:30", "2026-11-22 22:30"),
        ("2026-11-22 23:10", "2026-11-23 02:10"),
        # The clocks jump from 2 to 3 on 29 March, and fall back from 3 to 2 on 25 October.
        ("2026-03-28 23:30", "2026-03-29 03:30"),
    ],
)
def test_tonight_is_half_past_seven_or_in_three_hours(now: str, comes: str) -> None:
    """By the person's own clock, on a time that exists there."""
    at = tonight(datetime.fromisoformat(now).replace(tzinfo=BERLIN))
    assert f"{at:%Y-%m-%d %H:%M}" == comes


@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24", "2026-11-22", "2026-12-31"])
def test_tomorrow_is_nine_in_the_morning_whatever_the_clocks_do(day: str) -> None:
    """Nine by the clock on the wall, also in the night the clocks change."""
    at = tomorrow(datetime.fromisoformat(f"{day} 22:00").replace(tzinfo=BERLIN))
    assert at.time() == time(9, 0)
    assert (at.date() - date.fromisoformat(day)).days == 1


def test_a_time_the_clocks_jump_over_comes_soon_after_the_jump() -> None:
    """Half past two does not exist that night."""
    at = on(date(2026, 3, 29), time(2, 30), BERLIN)
    assert at.date() == date(2026, 3, 29)
    assert time(3, 0) <= at.time() <= time(3, 30)


@pytest.mark.parametrize(
    ("choice", "today", "day"),
    [
        ("tomorrow", "2026-12-31", "2027-01-01"),
        ("three_days", "2026-11-28", "2026-12-01"),
        ("week", "2026-11-22", "2026-11-29"),
        ("two_weeks", "2026-12-24", "2027-01-07"),
        ("month", "2027-01-31", "2027-02-28"),
        ("month", "2028-01-31", "2028-02-29"),
        ("month", "2026-12-05", "2027-01-05"),
        ("quarter", "2026-11-30", "2027-02-28"),
    ],
)
def test_days_ahead_stay_within_their_month(choice: str, today: str, day: str) -> None:
    """A month after the last day of January is the last of February."""
    assert day_ahead(choice, date.fromisoformat(today)).isoformat() == day


@pytest.mark.parametrize(
    ("shown", "now", "offset"),
    [
        ("12:00", "12:04", "+00:00"),
        ("13:01", "12:00", "+01:00"),
        ("17:44", "12:00", "+05:45"),
        ("07:00", "12:00", "-05:00"),
        ("01:30", "12:30", "+13:00"),
        ("02:15", "12:30", "+13:45"),
        ("02:30", "12:30", "-10:00"),
        ("23:50", "00:20", "-00:30"),
        ("00:20", "23:50", "+00:30"),
    ],
)
def test_a_clock_tells_its_offset(shown: str, now: str, offset: str) -> None:
    """To the nearest quarter of an hour, across midnight too."""
    utc = datetime.fromisoformat(f"2026-11-22 {now}").replace(tzinfo=UTC)
    assert offset_from_clock(time.fromisoformat(shown), utc) == offset
    assert zone_of(offset).utcoffset(utc) is not None


def test_a_zone_that_is_not_known_is_utc() -> None:
    """Nobody is left without a clock."""
    assert zone_of(None) is UTC
    assert zone_of("") is UTC


def test_a_day_is_said_as_people_say_it() -> None:
    """With its weekday, its number and its month."""
    assert in_words("2026-11-29", shipped.library().phrases, "en") == "Sunday 29 November"
