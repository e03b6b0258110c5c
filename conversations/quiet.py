"""When nothing comes, or comes gently: quiet hours, hard dates, and `/quiet` for a while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from conversations.schedule import instant, on, zone_of

Manner = Literal["plain", "gentler", "silent"]
#: Later than any clock: what is at rest for good, and kept.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


class Frozen(BaseModel):
    """Unknown keys are faults; nothing changes after construction."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Quiet(Frozen):
    """Local hours in which only timers and hours the person named come; none where both are equal.

    `begins` is quiet, `ends` is not; they may lie on both sides of midnight.
    """

    begins: time = time(22)
    ends: time = time(7)

    def holds(self, moment: datetime, zone: str | None) -> bool:
        """Whether the clocks of `zone` show a quiet hour at that aware moment."""
        shown = moment.astimezone(zone_of(zone)).time()
        if self.begins < self.ends:
            return self.begins <= shown < self.ends
        return self.begins != self.ends and (shown >= self.begins or shown < self.ends)

    def over(self, moment: datetime, zone: str | None) -> datetime:
        """The moment itself, or the end of the quiet hours it falls in; UTC."""
        where = zone_of(zone)
        moment = moment.astimezone(UTC)
        while self.holds(moment, zone):
            today = moment.astimezone(where).date()
            # The second fold is for an end that a clock set back shows once more.
            ends = (
                instant(today + timedelta(days=ahead), self.ends, where, fold=fold)
                for ahead in (0, 1)
                for fold in (0, 1)
            )
            moment = min(end for end in ends if end > moment)
        return moment


class HardDate(Frozen):
    """A day of every year, such as a birthday, that is to be silent or gentler."""

    month: int
    day: int
    manner: Literal["gentler", "silent"]

    def falls_on(self, day: date) -> bool:
        """29 February falls on the 28th in years that have no 29th."""
        if (self.month, self.day) == (2, 29) and (day + timedelta(days=1)).month == 3:
            return day.month == 2
        return (day.month, day.day) == (self.month, self.day)


def manner_on(day: date, dates: Iterable[HardDate]) -> Manner:
    """How that local day is to be; silence wins over gentleness."""
    manners = {hard.manner for hard in dates if hard.falls_on(day)}
    if "silent" in manners:
        return "silent"
    return "gentler" if manners else "plain"


def quiet_for_a_week(now: datetime) -> datetime:
    """The same local time seven days on. `now` is aware and local."""
    return on(now.date() + timedelta(days=7), now.time(), now.tzinfo)


def quiet_until_day(day: date, zone: str | None) -> datetime:
    """The beginning of that local day, aware."""
    return on(day, time.min, zone_of(zone))
