"""The rules of what comes again: a wish on a person's own clock, and the instant it is due.

A repeating appointment is a *wish* (a local time of day, some days of the week, a zone) and one
*slot*: the local day it comes for next, with the instant it is due (`next_at`, UTC). It remembers
the last few days that are on record, and nothing else; a day on record never comes again.

- A time that clocks jump over goes out at the first that exists; one shown twice, at the first.
- A day the zone left out has no slot. A time that is jumped over at the end of a day goes out
  as the next day begins, for the day it was wished for.
- After a change of zone it is the first wished time after now whose day is not on record. If the
  change jumped over the slot's time it comes within the hour instead, for that same slot, or at
  the end of quiet hours; where the next slot is due by then, that one stands for both.
- A zone is at most 26 hours from another, so a change leads at most two local days back, and
  four remembered days are enough.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from hashlib import sha256
from itertools import count
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from conversations.quiet import NEVER, Frozen, Quiet
from conversations.schedule import day_exists, instant, zone_of

EVERY_DAY = frozenset(range(1, 8))
#: "Around this time" is at most this much later.
WIDEST_SPREAD = timedelta(minutes=10)
#: What a change of zone jumped over comes this much later: within the hour, not into the settings.
JUMPED = timedelta(minutes=30)
REMEMBERED_DAYS = 4
_DAY = timedelta(days=1)
#: From here on any spread still ends on the same day.
_LAST_WIDE = time(23, 50)


def _no_zone(at: time) -> time:
    if at.tzinfo is not None:
        raise ValueError("a wished time of day is local: it has no zone of its own")
    return at


def known_zone(name: str) -> str:
    """The name itself; ValueError where it names no zone."""
    if not name:
        raise ValueError("unknown zone")
    try:
        zone_of(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("unknown zone") from error
    return name


def spread_of(seed: str) -> timedelta:
    """A person's own fixed offset for "around this time": 1 s to 9 min 59 s, the same everywhere.

    Never nothing, so that whoever goes first (`Repeat.first`) is due before everyone else.
    """
    number = int.from_bytes(sha256(seed.encode()).digest()[:8], "big")
    return timedelta(seconds=1 + number % (int(WIDEST_SPREAD.total_seconds()) - 1))


class Wish(Frozen):
    """When something is wished for. `at` is local, `days` ISO weekdays, `zone` as in `zone_of`.

    `named` says that the person named the hour: it comes in quiet hours too.
    """

    at: Annotated[time, AfterValidator(_no_zone)]
    zone: Annotated[str, AfterValidator(known_zone)]
    days: Annotated[frozenset[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1)] = EVERY_DAY
    spread: Annotated[timedelta, Field(ge=timedelta(0), lt=WIDEST_SPREAD)] = timedelta(0)
    quiet: Quiet = Quiet()
    named: bool = True

    @property
    def where(self) -> tzinfo:
        """The zone itself."""
        return zone_of(self.zone)

    def instant(self, day: date) -> datetime:
        """When it is due for that local day, UTC."""
        # A spread must not lead into the next day: late in the evening it begins earlier.
        at = min(self.at, _LAST_WIDE) if self.spread else self.at
        moment = instant(day, at, self.where) + self.spread
        return moment if self.named else self.quiet.over(moment, self.zone)

    def wants(self, day: date) -> bool:
        """Whether that local day exists and is one of the wished ones."""
        return day.isoweekday() in self.days and day_exists(day, self.where)

    def today(self, moment: datetime) -> date:
        """The local date."""
        return moment.astimezone(self.where).date()


def next_time(after: datetime, wish: Wish) -> datetime:
    """The first wished instant later than the aware `after`, UTC. ValueError where it is naive."""
    return next_slot(after, wish)[0]


def next_slot(
    after: datetime, wish: Wish, recorded: Collection[date] = ()
) -> tuple[datetime, date]:
    """The first wished instant later than `after` whose local day is not on record, and that day.

    Errors as `next_time`.
    """
    if after.utcoffset() is None:
        raise ValueError("a moment needs its zone")
    # A slot may be due after its own day is over: where clocks jump over midnight, or where quiet
    # hours hold it, over a left-out day at the longest. So the search begins before today.
    start = wish.today(after) - (_DAY if wish.named else 2 * _DAY)
    for ahead in count():
        day = start + ahead * _DAY
        if day in recorded:
            continue
        due = wish.instant(day)
        if due > after and wish.wants(day):
            return due, day
    raise AssertionError("unreachable: a wish names at least one weekday")


class Repeat(Frozen):
    """A repeating appointment: `slot` is the local day it comes for next, due at `next_at`.

    `held` says why it is due at another time than the wished one. `first` drops the spread, and
    asks whoever sends to take this one before others: it was left out the time before. Until
    `rests` nothing comes; `NEVER` keeps the wish, and nothing is due.
    """

    wish: Wish
    next_at: AwareDatetime
    slot: date
    recorded: Annotated[tuple[date, ...], Field(max_length=REMEMBERED_DAYS)] = ()
    held: Literal["moved", "late"] | None = None
    first: bool = False
    rests: AwareDatetime | None = None

    @staticmethod
    def begin(now: datetime, wish: Wish) -> Repeat:
        """A new one, from the first wished time after `now`."""
        due, slot = next_slot(now, wish)
        return Repeat(wish=wish, next_at=due, slot=slot)

    @staticmethod
    def read(next_at: datetime, slot: date, body: str) -> Repeat:
        """What `body` wrote, with the two values that stand beside it."""
        return Repeat(next_at=next_at, slot=slot, **json.loads(body))

    def body(self) -> str:
        """All but `next_at` and `slot`, as JSON; only what differs from the defaults."""
        return self.model_dump_json(exclude={"next_at", "slot"}, exclude_defaults=True)

    def but(self, **changes: Any) -> Repeat:
        """The same with other values, checked as at first construction."""
        return Repeat(**dict(self) | changes)

    def due_for(self, day: date) -> datetime:
        """When it is due for that local day if nothing holds it; without spread where `first`."""
        return _spread(self.wish, self.first).instant(day)

    def again(self, now: datetime, recorded: date | None = None, *, first: bool = False) -> Repeat:
        """The next slot after now, and after its rest; `recorded` goes on record."""
        days = {*self.recorded, recorded} if recorded else set(self.recorded)
        kept = tuple(sorted(days))[-REMEMBERED_DAYS:]
        rests = self.rests if self.rests and self.rests > now else None
        if rests == NEVER:
            due, slot = NEVER, self.slot
        else:
            due, slot = next_slot(rests or now, _spread(self.wish, first), kept)
        return self.but(next_at=due, slot=slot, recorded=kept, held=None, first=first, rests=rests)

    def moved(self, now: datetime, zone: str) -> Repeat:
        """The same wish on the clocks of another zone. ValueError where there is none."""
        there = self.but(wish=Wish(**dict(self.wish) | {"zone": zone}))
        regular = there.again(now, first=self.first)
        if regular.rests or self.slot in self.recorded or there.due_for(self.slot) > now:
            return regular
        # Still to come in the old zone, over in the new one: jumped over, or in hand just now.
        due = there.wish.quiet.over(min(self.next_at, now + JUMPED), zone)
        if regular.next_at <= due:
            return regular
        return there.but(next_at=due, held=self.held or "moved")

    def changed(self, now: datetime, wish: Wish) -> Changed:
        """Another hour or other days, in the same zone; what is held or in hand still comes."""
        if wish.zone != self.wish.zone:
            raise ValueError("a change of zone is a move")
        fresh = self.but(wish=wish)
        regular = fresh.again(now, first=self.first)
        waits = (self.held or self.next_at <= now) and self.next_at < regular.next_at
        keeps = waits and self.slot < regular.slot and not regular.rests
        return Changed(fresh if keeps else regular, wish.today(now) in self.recorded)

    def skipped(self, now: datetime) -> Repeat:
        """Nothing more today: the local day goes on record, and what was held for before goes."""
        today = self.wish.today(now)
        return self if self.slot > today else self.again(now, today)

    def rested(self, now: datetime, until: datetime) -> Repeat:
        """Nothing until that moment, which may be `NEVER`; the wish stays."""
        return self.but(rests=until).again(now)

    def resumed(self, now: datetime) -> Repeat:
        """From now on again, before its rest is over; what was missed meanwhile is not made up."""
        return self.but(rests=None).again(now)


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed wish. `day_done`: today is on record, so that a person is told "from tomorrow".

    `repeat.slot` is the local day it begins with.
    """

    repeat: Repeat
    day_done: bool


def _spread(wish: Wish, first: bool) -> Wish:
    return wish.model_copy(update={"spread": timedelta(0)}) if first else wish
