"""Every local day that exists comes exactly once, in zones whose clocks do awkward things."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from conversations.appointments import Repeat, Wish, next_time
from conversations.lateness import Kind, decide
from conversations.quiet import Quiet
from tests.time.readings import days, periods, shows

#: Zone, first of two years that hold its rule, a local day on which it does something awkward.
ZONES = [
    ("Australia/Lord_Howe", 2024, date(2024, 10, 6)),  # half an hour forward
    ("Pacific/Chatham", 2024, date(2024, 9, 29)),  # at 02:45, by three quarters past
    ("Asia/Kathmandu", 1985, date(1986, 1, 1)),  # a quarter of an hour, once, at midnight
    ("Africa/Casablanca", 2024, date(2024, 3, 10)),  # back for Ramadan
    ("Africa/El_Aaiun", 2025, date(2025, 2, 23)),
    ("Africa/Cairo", 2023, date(2023, 4, 28)),  # midnight does not exist
    ("America/Santiago", 2022, date(2022, 9, 11)),  # the same, a week late that year
    ("Asia/Gaza", 2023, date(2023, 10, 28)),
    ("Asia/Beirut", 2022, date(2022, 3, 27)),
    ("Asia/Tehran", 2021, date(2021, 3, 22)),
    ("America/Havana", 2024, date(2024, 11, 3)),  # midnight comes twice
    ("America/Nuuk", 2023, date(2024, 3, 30)),  # the last hour of a day does not exist
    ("America/Caracas", 2007, date(2007, 12, 9)),  # half an hour back
    ("Antarctica/Troll", 2024, date(2024, 3, 31)),  # two hours at once
    ("Pacific/Apia", 2011, date(2011, 12, 31)),  # a day left out
    ("Pacific/Kiritimati", 1994, date(1995, 1, 1)),  # another
    ("Pacific/Kwajalein", 1993, date(1993, 8, 22)),  # and another
    ("Europe/Berlin", 2024, date(2024, 3, 31)),
    ("America/New_York", 2024, date(2024, 11, 3)),
]
LEFT_OUT = {
    "Pacific/Apia": date(2011, 12, 30),
    "Pacific/Kiritimati": date(1994, 12, 31),
    "Pacific/Kwajalein": date(1993, 8, 21),
}
HOURS = [time(0), time(0, 30), time(2, 10), time(2, 50), time(7), time(23, 30), time(23, 59)]
each_zone = pytest.mark.parametrize(("name", "year", "awkward"), ZONES)


def _begin(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC) - timedelta(days=3)


@each_zone
def test_every_day_that_exists_comes_once_at_its_minute(
    name: str, year: int, awkward: date
) -> None:
    years = (year, year + 1)
    offsets = {offset for _, _, offset in periods(name, *years)}
    assert len(offsets) > 1, "these years do not hold the zone's rule"
    assert (LEFT_OUT.get(name) in days(name, years)) is False
    for at in HOURS:
        wish = Wish(at=at, zone=name)
        expected = [shows(name, day, at, years) for day in days(name, years)]
        got, moment = [], next_time(expected[0] - timedelta(seconds=1), wish)
        while moment <= expected[-1]:
            got.append(moment)
            moment = next_time(moment, wish)
        assert got == expected, at


@each_zone
def test_the_awkward_day_is_not_an_ordinary_one(name: str, year: int, awkward: date) -> None:
    years = (year, year + 1)
    begins = shows(name, awkward, time(0), years)
    ends = shows(name, awkward + timedelta(days=1), time(0), years)
    changes = [period[0] for period in periods(name, *years)]
    assert any(begins - timedelta(minutes=1) <= change <= ends for change in changes)


@each_zone
def test_a_weekly_one_keeps_to_its_weekday(name: str, year: int, awkward: date) -> None:
    years = (year, year + 1)
    wish = Wish(at=time(2, 10), zone=name, days=frozenset({awkward.isoweekday()}))
    sundays = [day for day in days(name, years) if day.isoweekday() == awkward.isoweekday()]
    moment = _begin(year)
    while next_time(moment, wish) < shows(name, sundays[0], wish.at, years):
        moment = next_time(moment, wish)
    for day in sundays:
        moment = next_time(moment, wish)
        assert moment == shows(name, day, wish.at, years)


@each_zone
@pytest.mark.parametrize("at", [time(0), time(2, 30), time(23, 58)])
def test_sent_by_a_late_ticking_clock_each_day_is_on_record_once(
    name: str, year: int, awkward: date, at: time
) -> None:
    years = (year, year + 1)
    wish = Wish(at=at, zone=name, spread=timedelta(minutes=7, seconds=5))
    made = Repeat.begin(_begin(year), wish)
    sent: list[date] = []
    while made.slot.year <= year + 1:
        # Through its stored form each time, and claimed by a tick that is up to 59 s late.
        made = Repeat.read(made.next_at, made.slot, made.body())
        now = made.next_at + timedelta(seconds=len(sent) % 60)
        done = decide(Kind.AFFIRMATION, made, now)
        assert done.slot is not None
        wished = shows(name, date.fromisoformat(done.slot), at, years)
        assert abs(made.next_at - wished) < timedelta(minutes=10)
        sent.append(date.fromisoformat(done.slot))
        assert isinstance(done.then, Repeat)
        made = done.then
    assert tuple(day for day in sent if day.year >= year) == days(name, years)


@each_zone
def test_quiet_hours_end_at_their_minute_or_the_first_after_it(
    name: str, year: int, awkward: date
) -> None:
    years = (year, year + 1)
    quiet = Quiet(begins=time(22), ends=time(2, 15))
    begins = shows(name, awkward - timedelta(days=1), time(12), years)
    for minutes in range(0, 36 * 60, 7):
        moment = begins + timedelta(minutes=minutes)
        over = quiet.over(moment, name)
        assert over >= moment
        assert not quiet.holds(over, name)
        # Every minute between is quiet: it waits no longer than it has to.
        waited = int((over - moment).total_seconds() // 60)
        for minute in range(0, waited, 5):
            assert quiet.holds(moment + timedelta(minutes=minute), name)
