"""What the clocks of a zone really show, found from offsets alone: the measure for every rule.

Nothing here asks the code under test. A zone is walked hour by hour, each change of its offset is
narrowed to the second, and between two changes a clock is plain addition.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
#: Beginning, end (UTC) and offset.
Period = tuple[datetime, datetime, timedelta]


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


@cache
def periods(name: str, first_year: int, last_year: int) -> tuple[Period, ...]:
    """The times of equal offset from a few days before the first year until after the last."""
    zone = ZoneInfo(name)
    start = datetime(first_year, 1, 1, tzinfo=UTC) - timedelta(days=5)
    end = datetime(last_year + 1, 1, 1, tzinfo=UTC) + timedelta(days=10)
    found: list[Period] = []
    began, offset, moment = start, _offset(zone, start), start
    while moment < end:
        after = moment + HOUR
        if _offset(zone, after) != offset:
            low, high = moment, after
            while high - low > SECOND:
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if _offset(zone, middle) == offset else (low, middle)
            found.append((began, high, offset))
            began, offset = high, _offset(zone, high)
        moment = after
    return (*found, (began, end, offset))


def shows(name: str, day: date, at: time, years: tuple[int, int]) -> datetime:
    """The first instant, UTC, at which clocks there show that time or have jumped past it."""
    wished = datetime.combine(day, at, UTC)
    for began, end, offset in periods(name, *years):
        # Written as if clocks showed UTC, so that only plain addition is needed.
        if wished < end + offset:
            return max(began, wished - offset)
    raise AssertionError("beyond the walk")


@cache
def days(name: str, years: tuple[int, int]) -> tuple[date, ...]:
    """Every local day that exists in those years, in order."""
    found: set[date] = set()
    for began, end, offset in periods(name, *years):
        day, last = (began + offset).date(), (end + offset - SECOND).date()
        while day <= last:
            found.add(day)
            day += timedelta(days=1)
    return tuple(sorted(day for day in found if years[0] <= day.year <= years[1]))


def wished_after(
    name: str, after: datetime, at: time, years: tuple[int, int], done: set[date]
) -> tuple[datetime, date]:
    """The first wished instant later than `after` whose day exists and is not done; its day."""
    known = days(name, years)
    start = bisect_right(known, after.date() - timedelta(days=4))
    return min(
        (shows(name, day, at, years), day)
        for day in known[start : start + 16]
        if day not in done and shows(name, day, at, years) > after
    )
