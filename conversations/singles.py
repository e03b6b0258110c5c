"""What comes once: a reminder on a day, a timer, a snooze, one nudge for an unfinished talk.

A single appointment is due at one instant, and that instant is its slot. A reminder and a snooze
until an hour of the day also know the local time they stand for, and follow the person to another
zone; a timer is a length of time, the same wherever they are.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime

from conversations.appointments import JUMPED, known_zone
from conversations.quiet import NEVER, Frozen, Quiet
from conversations.schedule import EVENING, on, tomorrow, zone_of

Snooze = Literal["hour", "evening", "tomorrow"]
NUDGE_AFTER = timedelta(days=2)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


class Single(Frozen):
    """Due once, at `next_at`. `local` is the wished local time without a zone; None for a timer.

    `held` says why it is due at another time than the wished one.
    """

    next_at: Annotated[AwareDatetime, AfterValidator(_utc)]
    zone: Annotated[str, AfterValidator(known_zone)]
    quiet: Quiet = Quiet()
    local: datetime | None = None
    held: Literal["moved", "late"] | None = None

    @property
    def slot(self) -> str:
        """The UTC instant, to the second, ISO."""
        return self.next_at.isoformat(timespec="seconds")

    def moved(self, now: datetime, zone: str) -> Single:
        """On the clocks of another zone; what the change jumped over comes within the hour."""
        if self.local is None:
            return self._but(zone=zone)
        there = on(self.local.date(), self.local.time(), zone_of(zone))
        if there > now:
            return self._but(next_at=there, zone=zone, held=None)
        due = self.quiet.over(min(self.next_at, now + JUMPED), zone)
        return self._but(next_at=due, zone=zone, held=self.held or "moved")

    def rested(self, until: datetime) -> Single | None:
        """Not before that moment; None for a timer or nudge that would be too late by then.

        What would rest for good (`NEVER`) is None as well.
        """
        if self.next_at > until:
            return self
        if self.local is None or until == NEVER:
            return None
        due = self.quiet.over(until, self.zone)
        shown = due.astimezone(zone_of(self.zone)).replace(tzinfo=None)
        return self._but(next_at=due, local=shown, held=None)

    def held_until_morning(self, now: datetime) -> Single:
        """Late, at the end of the quiet hours that hold now."""
        return self._but(next_at=self.quiet.over(now, self.zone), held="late")

    def _but(self, **changes: Any) -> Single:
        return Single(**dict(self) | changes)


def reminder(day: date, at: time, zone: str, quiet: Quiet) -> Single:
    """On that local day at that time, or at the first after it that exists."""
    local = datetime.combine(day, at)
    return Single(next_at=on(day, at, zone_of(zone)), zone=zone, quiet=quiet, local=local)


def timer(now: datetime, length: timedelta, zone: str, quiet: Quiet) -> Single:
    """That long from now; it comes in quiet hours too, since it was asked for."""
    return Single(next_at=now + length, zone=zone, quiet=quiet)


def nudge(now: datetime, zone: str, quiet: Quiet) -> Single:
    """Two days after a talk was left, outside quiet hours."""
    return Single(next_at=quiet.over(now + NUDGE_AFTER, zone), zone=zone, quiet=quiet)


def snooze_choices(now: datetime, zone: str) -> tuple[Snooze, ...]:
    """What to offer: "this evening" only while it is more than an hour away."""
    local = now.astimezone(zone_of(zone))
    if on(local.date(), EVENING, local.tzinfo) - now.astimezone(UTC) > timedelta(hours=1):
        return ("hour", "evening", "tomorrow")
    return ("hour", "tomorrow")


def snooze(now: datetime, choice: Snooze, zone: str, quiet: Quiet) -> Single:
    """Once more: in an hour, this evening (where that is over, tomorrow), or tomorrow morning."""
    if choice == "hour":
        return timer(now, timedelta(hours=1), zone, quiet)
    local = now.astimezone(zone_of(zone))
    evening = on(local.date(), EVENING, local.tzinfo)
    due = evening if choice == "evening" and evening > local else tomorrow(local)
    return Single(next_at=due, zone=zone, quiet=quiet, local=due.replace(tzinfo=None))
