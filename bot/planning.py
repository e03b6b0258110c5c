"""What is to come by itself for a person: made, changed, moved and rested, on their own clock.

Nothing here shows anything; every function only notes on the visit what is to be written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.appointments import Appointment, Kind
from bot.person import Person, epoch_ms, from_ms
from bot.visit import Visit
from conversations.appointments import EVERY_DAY, Repeat, Wish, spread_of
from conversations.quiet import NEVER, HardDate, Quiet
from conversations.schedule import TONIGHT_AT_LEAST, in_words, zone_of
from conversations.singles import Single, reminder

#: What stands for the zone of someone who would rather not say.
UNSAID_ZONE = "+00:00"
#: Those of which a person has one each.
DAILY: tuple[Kind, ...] = ("affirmation", "check_in", "look_back")
SUNDAY = 7
#: The days each of them comes on, unless others are chosen.
USUAL_DAYS = {"look_back": frozenset({SUNDAY})}
NEVER_MS = epoch_ms(NEVER)


@dataclass(frozen=True, slots=True)
class Planned:
    """A repeating appointment as it now is, and the local day it begins with (None: at rest)."""

    made: Appointment
    begins: date | None

    def starts_today(self, today: date) -> bool:
        """False where its hour is over for today, or its day done: then "from tomorrow" is said."""
        return self.begins is not None and self.begins <= today


def quiet_hours(person: Person) -> Quiet:
    """Their quiet hours, 22:00 to 07:00 unless changed."""
    profile, usual = person.profile, Quiet()
    begins = time.fromisoformat(profile.quiet_begins) if profile.quiet_begins else usual.begins
    ends = time.fromisoformat(profile.quiet_ends) if profile.quiet_ends else usual.ends
    return Quiet(begins=begins, ends=ends)


def hard_dates(person: Person) -> tuple[HardDate, ...]:
    """The days of the year that are to be gentler or silent, January first."""
    dates = (HardDate(**entry) for entry in person.profile.hard_dates)
    return tuple(sorted(dates, key=lambda hard: (hard.month, hard.day)))


def rests_until(person: Person, now: datetime) -> datetime | None:
    """Until when `/quiet` holds everything back; None where it does not, `NEVER` for good."""
    until = person.profile.quiet_until
    return from_ms(until) if until > epoch_ms(now) else None


def for_good(until: datetime) -> bool:
    """Whether a rest has no end."""
    return until >= NEVER


def day_in_words(visit: Visit, at: datetime) -> str:
    """The day of an aware moment on the person's own clock: "Sunday 29 November"."""
    day = visit.person.local(at).date().isoformat()
    return in_words(day, visit.house.library.phrases, visit.person.language)


def wish_of(person: Person, at: time, days: Iterable[int] = EVERY_DAY) -> Wish:
    """A named hour on the person's own clock; with "around this time", spread."""
    spread = spread_of(str(person.row.id)) if person.profile.around else timedelta(0)
    return Wish(
        at=at,
        zone=person.row.zone or UNSAID_ZONE,
        days=frozenset(days),
        spread=spread,
        quiet=quiet_hours(person),
    )


async def to_come(visit: Visit) -> list[Appointment]:
    """All appointments with what this visit changed, the next first; those turned off are last.

    Hiding by itself is none that anybody sees, puts off or silences.
    """
    found = {made.id: made for made in await visit.shelf.appointments(visit.person)}
    found |= {made.id: made for made in visit.changes.appointments}
    gone = set(visit.changes.cancelled)
    return sorted(
        (m for m in found.values() if m.id not in gone and m.kind != "hide"),
        key=lambda m: m.next_at,
    )


async def upcoming(visit: Visit) -> list[Appointment]:
    """What really comes, the next first."""
    return [made for made in await to_come(visit) if made.next_at < NEVER_MS]


async def daily(visit: Visit, kind: str) -> Appointment | None:
    """The one repeating appointment of a kind that has one, also where it is turned off."""
    return next((m for m in await to_come(visit) if m.kind == kind and m.repeat is not None), None)


async def is_on(visit: Visit, kind: str) -> bool:
    """Whether that kind is wished for; it may be at rest for a while all the same."""
    return kind not in visit.person.profile.off and await daily(visit, kind) is not None


def save(visit: Visit, made: Appointment) -> None:
    """Write it in place of what this visit noted under the same id."""
    changes = visit.changes
    changes.appointments = [m for m in changes.appointments if m.id != made.id] + [made]


def cancel(visit: Visit, made: Appointment) -> None:
    """It comes no more."""
    changes = visit.changes
    changes.appointments = [m for m in changes.appointments if m.id != made.id]
    changes.cancelled.append(made.id)


# --- making and changing ---


async def plan(
    visit: Visit, kind: Kind, at: time | None = None, days: Iterable[int] | None = None
) -> Planned:
    """Turn a daily kind on, or change its hour or its days; what is left out stays as it was.

    Raises ValueError where there is neither an hour nor an earlier one.
    """
    before = await daily(visit, kind)
    person = visit.person
    person.keep_profile(off=[name for name in person.profile.off if name != kind])
    if before is None:
        if at is None:
            raise ValueError("a new appointment needs its hour")
        return repeat_anew(visit, kind, at, days or USUAL_DAYS.get(kind, EVERY_DAY))
    return change(visit, before, at, days)


def repeat_anew(
    visit: Visit, kind: Kind, at: time, days: Iterable[int], *, flow: str = ""
) -> Planned:
    """A new repeating appointment, at rest while `/quiet` holds."""
    repeat = Repeat.begin(visit.now, wish_of(visit.person, at, days))
    if until := rests_until(visit.person, visit.now):
        repeat = repeat.rested(visit.now, until)
    made = Appointment.repeating(visit.house.ids.next(), kind, repeat, flow=flow)
    return _planned(visit, made)


def change(
    visit: Visit,
    made: Appointment,
    at: time | None = None,
    days: Iterable[int] | None = None,
) -> Planned:
    """Another hour or other days for a repeating one; one that was turned off comes again."""
    assert made.repeat is not None
    repeat, now = made.repeat, visit.now
    until = rests_until(visit.person, now)
    if repeat.rests and repeat.rests != until:
        repeat = repeat.rested(now, until) if until else repeat.resumed(now)
    wish = wish_of(visit.person, at or repeat.wish.at, days or repeat.wish.days)
    return _planned(visit, made.then(repeat.changed(now, wish).repeat))


def _planned(visit: Visit, made: Appointment) -> Planned:
    save(visit, made)
    assert made.repeat is not None
    return Planned(made, None if made.next_at >= NEVER_MS else made.repeat.slot)


def remind_once(
    visit: Visit,
    day: date,
    at: time,
    *,
    flow: str,
    item: int = 0,
    made: Appointment | None = None,
) -> Appointment:
    """A reminder of an exercise, or of one kept item, on one local day.

    `made` is moved there where it is given.
    """
    person = visit.person
    once = reminder(day, at, person.row.zone or UNSAID_ZONE, quiet_hours(person))
    if made is None:
        new = Appointment.single(visit.house.ids.next(), "reminder", once, flow=flow, item=item)
    else:
        new = made.then(once)
    save(visit, new)
    return new


async def turn_off(visit: Visit, kind: Kind) -> None:
    """It comes no more until it is turned on; its hour and the days on record stay."""
    if (made := await daily(visit, kind)) is None or made.repeat is None:
        return
    off = visit.person.profile.off
    visit.person.keep_profile(off=[*(name for name in off if name != kind), kind])
    save(visit, made.then(made.repeat.rested(visit.now, NEVER)))


async def skip_today(visit: Visit, made: Appointment) -> Planned | None:
    """Nothing more of it today; None where it is no repeating one."""
    if made.repeat is None:
        return None
    return _planned(visit, made.then(made.repeat.skipped(visit.now)))


# --- all of them ---


async def renew(visit: Visit) -> None:
    """Quiet hours or the spread changed: every repeating one follows."""
    for made in await to_come(visit):
        if made.repeat is not None:
            wish = wish_of(visit.person, made.repeat.wish.at, made.repeat.wish.days)
            save(visit, made.then(made.repeat.changed(visit.now, wish).repeat))


async def move(visit: Visit, zone: str) -> None:
    """The person's clock is that of another zone: all that is to come follows it."""
    row, now, quiet = visit.person.row, visit.now, quiet_hours(visit.person)
    before, row.zone = row.zone, zone
    for made in await to_come(visit):
        if made.repeat is None and made.next_at >= NEVER_MS:
            continue  # at rest with its tie: the local time is all there is to it
        rule = made.rule(before or UNSAID_ZONE, quiet)
        if before is None and isinstance(rule, Single):
            save(visit, made.then(_first_told(rule, now, zone)))
        else:
            save(visit, made.then(rule.moved(now, zone)))


def _first_told(once: Single, now: datetime, zone: str) -> Single:
    """Wished for before the clock was known: "tonight" may be past on it, then it is later on."""
    there = once.moved(now, zone)
    if there.held is None:
        return there
    due = (now + TONIGHT_AT_LEAST).astimezone(zone_of(zone))
    return Single(next_at=due, zone=zone, quiet=once.quiet, local=due.replace(tzinfo=None))


async def rest_all(visit: Visit, until: datetime) -> None:
    """`/quiet`: nothing before that moment (`NEVER`: for good), and nothing that is on its way."""
    person, now = visit.person, visit.now
    person.keep_profile(quiet_until=epoch_ms(until))
    visit.unschedules = True
    for made in await to_come(visit):
        if made.repeat is not None and made.kind in person.profile.off:
            continue
        if made.repeat is None and made.next_at >= NEVER_MS:
            continue
        rule = made.rule(person.row.zone or UNSAID_ZONE, quiet_hours(person))
        rested = rule.rested(now, until) if isinstance(rule, Repeat) else rule.rested(until)
        if rested is None:
            cancel(visit, made)
        elif rested != rule:
            save(visit, made.then(rested))


async def resume_all(visit: Visit) -> None:
    """The quiet is over before its time; what was missed is not made up for."""
    person = visit.person
    person.keep_profile(quiet_until=0)
    for made in await to_come(visit):
        if made.repeat is not None and made.repeat.rests and made.kind not in person.profile.off:
            save(visit, made.then(made.repeat.resumed(visit.now)))
