"""What to do with an appointment whose time has come, perhaps a while ago: send, hold, leave out.

The state comes back as it is afterwards, so that claiming, sending and the next time are written
together. What was missed during an outage is never made up one by one: of several days missed,
the newest stands for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from conversations.appointments import Repeat
from conversations.quiet import HardDate, manner_on
from conversations.schedule import MORNING, zone_of
from conversations.singles import Single, reminder

#: Longer than this after its time, a reminder says that it is late, and quiet hours hold.
ON_TIME = timedelta(minutes=10)
#: A line belongs to its hour: older than this it is left out.
LINE_HOLDS = timedelta(hours=3)


class Kind(StrEnum):
    """What is sent, in the order in which it is sent when much is due at once."""

    TIMER = "timer"
    REMINDER = "reminder"
    LOOK_BACK = "look_back"
    NUDGE = "nudge"
    CHECK_IN = "check_in"
    AFFIRMATION = "affirmation"

    @property
    def rank(self) -> int:
        """0 goes before 1."""
        return list(Kind).index(self)


#: These are about one hour of one day; anything else can wait.
LINES = frozenset({Kind.CHECK_IN, Kind.AFFIRMATION})
#: Nobody promised these an hour, so there is nothing to apologise for.
UNPROMISED = frozenset({Kind.NUDGE, *LINES})


@dataclass(frozen=True, slots=True)
class Decision:
    """`slot` names what is sent now, once; None where nothing is. `then` is what is still to come.

    `late` asks for a word of apology, `gentle` for the gentler form.
    """

    slot: str | None
    then: Repeat | Single | None
    late: bool = False
    gentle: bool = False


def decide(
    kind: Kind, made: Repeat | Single, now: datetime, hard_dates: Iterable[HardDate] = ()
) -> Decision:
    """What becomes of a due appointment. `now` is aware and not before `made.next_at`."""
    if now < made.next_at:
        raise ValueError("not due yet")
    if isinstance(made, Single):
        return _single(kind, made, now, tuple(hard_dates))
    return _repeat(kind, made, now, tuple(hard_dates))


def _single(kind: Kind, made: Single, now: datetime, hard_dates: tuple[HardDate, ...]) -> Decision:
    manner = manner_on(today := _today(now, made.zone), hard_dates)
    late = made.held == "late" or now - made.next_at > ON_TIME
    if manner == "silent" and kind is not Kind.TIMER:
        at = made.local.time() if made.local else MORNING
        while manner_on(today, hard_dates) == "silent":
            today += timedelta(days=1)
        return Decision(None, reminder(today, at, made.zone, made.quiet))
    if _asleep(kind, now - made.next_at) and made.quiet.holds(now, made.zone):
        return Decision(None, made.held_until_morning(now))
    return Decision(made.slot, None, late and kind not in UNPROMISED, manner == "gentler")


def _repeat(kind: Kind, made: Repeat, now: datetime, hard_dates: tuple[HardDate, ...]) -> Decision:
    if made.held is None and (due := made.due_for(made.slot)) > now:
        # The zone's rules were changed after `next_at` was set, so it is not time yet.
        return Decision(None, made.but(next_at=due))
    due, slot = _newest(made, now)
    age, wish = now - due, made.wish
    manner = manner_on(wish.today(now), hard_dates)
    if manner == "silent":
        return Decision(None, made.again(now, slot))
    quiet = wish.quiet.holds(now, wish.zone) and (age > ON_TIME or not wish.named)
    if kind in LINES and (age > LINE_HOLDS or quiet):
        return Decision(None, made.again(now, first=True))
    if quiet:
        morning = wish.quiet.over(now, wish.zone)
        held = made.but(next_at=morning, slot=slot, held="late")
        # Where the next one is due by then, it stands for both.
        after = made.again(now, slot)
        return Decision(None, held if morning < after.next_at else after)
    held_back = made.held == "late" and slot == made.slot
    late = (held_back or age > ON_TIME) and kind not in UNPROMISED
    return Decision(slot.isoformat(), made.again(now, slot), late, manner == "gentler")


def _newest(made: Repeat, now: datetime) -> tuple[datetime, date]:
    """The last slot due by now, and its time; what is held keeps the time it was given."""
    day = made.wish.today(now)
    oldest = max(made.slot, day - timedelta(days=8))
    while day > oldest:
        due = made.due_for(day)
        if made.next_at < due <= now and day not in made.recorded and made.wish.wants(day):
            return due, day
        day -= timedelta(days=1)
    return made.next_at, made.slot


def _asleep(kind: Kind, age: timedelta) -> bool:
    """Whether quiet hours hold it back: not what was asked for at this very hour."""
    if kind is Kind.TIMER:
        return age > LINE_HOLDS
    return age > ON_TIME or kind is Kind.NUDGE


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(UTC).astimezone(zone_of(zone)).date()
