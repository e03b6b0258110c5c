"""Pure time rules: what "tonight" and "in a month" mean on a person's own clock."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from conversations.wording import Phrases

EVENING = time(19, 30)
MORNING = time(9, 0)
#: Days that a program can be asked about; beyond them a date is an accident, or forged.
_YEARS = range(1900, 3000)
#: Where the evening has begun already, "tonight" is this much later.
TONIGHT_AT_LEAST = timedelta(hours=3)

DAYS_AHEAD = {"tomorrow": 1, "three_days": 3, "week": 7, "two_weeks": 14}
MONTHS_AHEAD = {"month": 1, "quarter": 3}


def zone_of(name: str | None) -> tzinfo:
    """The zone by name: an IANA name, or a plain offset such as "+05:45"; UTC where unknown."""
    if not name:
        return UTC
    if name[0] in "+-":
        hours, _, minutes = name[1:].partition(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(offset if name[0] == "+" else -offset)
    return ZoneInfo(name)


def read_date(text: str) -> date | None:
    """The day of "2030-06-02"; None where it is none, or centuries away."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def tonight(now: datetime) -> datetime:
    """Half past seven this evening; three hours from now where that is past. Aware, local."""
    evening = on(now.date(), EVENING, now.tzinfo)
    later = (now.astimezone(UTC) + TONIGHT_AT_LEAST).astimezone(now.tzinfo)
    return evening if now < evening else later


def tomorrow(now: datetime) -> datetime:
    """Nine tomorrow morning, local."""
    return on(now.date() + timedelta(days=1), MORNING, now.tzinfo)


def day_ahead(choice: str, today: date) -> date:
    """The day a choice such as "week" or "month" means; no later than the last of its month."""
    if choice in DAYS_AHEAD:
        return today + timedelta(days=DAYS_AHEAD[choice])
    months = today.month - 1 + MONTHS_AHEAD[choice]
    year, month = today.year + months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def on(day: date, at: time, zone: tzinfo | None) -> datetime:
    """That local time on that day, or the first after it where clocks jump over it. Aware, local.

    A day that the zone left out is the next one that it has.
    """
    where = zone or UTC
    while not day_exists(day, where):
        day += timedelta(days=1)
    return instant(day, at, where).astimezone(where)


def instant(day: date, at: time, zone: tzinfo, *, fold: int = 0) -> datetime:
    """When the clocks of `zone` show that, in UTC; the first time after it where they jump over it.

    Of a time that is shown twice, `fold` 0 means the first.
    """
    local = datetime.combine(day, at if at.fold == fold else at.replace(fold=fold), zone)
    moment = local.astimezone(UTC)
    # A time that is jumped over is read with the offset from before, and shown with the one after.
    if moment.astimezone(zone).utcoffset() == local.utcoffset():
        return moment
    # The offset from after the jump gives a moment before it, the one from before a moment after.
    before = int(local.replace(fold=1).timestamp())
    after = int(local.replace(fold=0).timestamp())
    jumped = _offset_at(after, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset_at(middle, zone) == jumped:
            after = middle
        else:
            before = middle
    return datetime.fromtimestamp(after, UTC)


def _offset_at(timestamp: int, zone: tzinfo) -> timedelta | None:
    return datetime.fromtimestamp(timestamp, zone).utcoffset()


def day_exists(day: date, zone: tzinfo) -> bool:
    """False for a day that the zone left out, such as 30 December 2011 in Apia."""
    return instant(day, time.min, zone).astimezone(zone).date() == day


def offset_from_clock(shown: time, now_utc: datetime) -> str:
    """The offset "+HH:MM" of a clock that shows `shown`, to the nearest quarter of an hour."""
    minutes = (shown.hour * 60 + shown.minute) - (now_utc.hour * 60 + now_utc.minute)
    quarters = round(minutes / 15) * 15
    # Offsets run from -12:00 to +14:00 and a clock shows no date: where two fit, take the one that
    # more people live by (New Zealand in its summer, not Niue; Hawaii, not the Line Islands).
    while quarters > 13 * 60 + 45:
        quarters -= 24 * 60
    while quarters <= -(10 * 60 + 15):
        quarters += 24 * 60
    sign = "-" if quarters < 0 else "+"
    return f"{sign}{abs(quarters) // 60:02d}:{abs(quarters) % 60:02d}"


def in_words(day: str, phrases: Phrases, language: str) -> str:
    """An ISO date as people say it, such as "Sunday 29 November"."""
    when = date.fromisoformat(day)
    return phrases(
        "time.day",
        language,
        weekday=phrases(f"time.weekday_{when.isoweekday()}", language),
        day=str(when.day),
        month=phrases(f"time.month_{when.month}", language),
    )


def day_name(day: date, today: date, phrases: Phrases, language: str) -> str:
    """ "Today", "Yesterday", or the day as people say it."""
    if (today - day).days in (0, 1):
        return phrases("time.today" if day == today else "time.yesterday", language)
    return in_words(day.isoformat(), phrases, language)
