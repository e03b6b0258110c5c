"""What rests: a tie that was put to rest with all that belongs to it, or words of their own.

Nothing is lost: what rests is listed apart, and comes again when it is taken up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot import planning
from bot.appointments import Appointment
from bot.holding import WATCHED
from bot.person import Keepsake
from bot.visit import Visit
from conversations.schedule import on, zone_of
from conversations.singles import reminder
from conversations.turn import State, Tie

_DAY = timedelta(days=1)
#: The kind of kept words that speak well of a tie.
THANKS = "gratitude"


def rests(visit: Visit, kept: Keepsake) -> bool:
    """Whether these words rest by themselves, or with their tie."""
    return kept.rests or tie_rests(visit, kept.tie)


def tie_rests(visit: Visit, number: int | None) -> bool:
    """Whether that tie was put to rest."""
    tie = visit.person.ties.get(number or 0)
    return tie is not None and tie.resting


def held_under_a_mark(visit: Visit, kept: Keepsake) -> bool:
    """Whether these words must not come back by themselves now: heard in, or for leaving.

    Old reasons for leaving, and thanks, rest while someone may be in danger.
    """
    loosens = kept.direction == "leaving" or kept.kind == THANKS
    return kept.listened or (loosens and unsafe_now(visit, visit.person.ties.get(kept.tie or 0)))


def comes_by_itself(visit: Visit, kept: Keepsake) -> bool:
    """Whether these words may be handed back without being asked for."""
    return not (rests(visit, kept) or held_under_a_mark(visit, kept))


def unsafe_now(visit: Visit, tie: Tie | None) -> bool:
    """Whether a mark of danger or coercion holds, or it is not safe to speak one's mind there."""
    unsafe = tie is not None and tie.is_unsafe
    return unsafe or not WATCHED.isdisjoint(visit.person.marks(visit.now))


def wanted(visit: Visit, talks: list[State]) -> list[State]:
    """Those of the talks that are about no tie that rests."""
    return [state for state in talks if not tie_rests(visit, state.tie)]


# --- a tie is put to rest, and taken up again ---


async def put_to_rest(visit: Visit, tie: Tie) -> None:
    """Its reasons, reminders and offers rest with it; an open talk about it is left."""
    visit.person.keep_tie(replace(tie, resting=True))
    if visit.person.talk is not None and visit.person.talk.tie == tie.number:
        visit.rest()
    for made in await _appointments(visit, tie):
        if made.local:
            never = planning.NEVER_MS
            planning.save(visit, replace(made, next_at=never, slot=str(never)))
        else:
            # A timer or a nudge is of that hour only; its talk stays where it was.
            planning.cancel(visit, made)


async def take_up(visit: Visit, tie: Tie) -> None:
    """All of it comes again; a reminder whose day went by comes at its hour, on the next day."""
    visit.person.keep_tie(replace(tie, resting=False))
    for made in await _appointments(visit, tie):
        if made.next_at >= planning.NEVER_MS:
            planning.save(visit, _again(visit, made))


def _again(visit: Visit, made: Appointment) -> Appointment:
    person, local = visit.person, datetime.fromisoformat(made.local)
    zone, quiet = person.row.zone or planning.UNSAID_ZONE, planning.quiet_hours(person)
    day = local.date()
    if on(day, local.time(), zone_of(zone)) <= visit.now:
        day = person.local(visit.now).date()
        if on(day, local.time(), zone_of(zone)) <= visit.now:
            day += _DAY
    return made.then(reminder(day, local.time(), zone, quiet))


async def _appointments(visit: Visit, tie: Tie) -> list[Appointment]:
    """The single ones that come back to a talk about it, or to something kept of it."""
    states = [*await visit.shelf.resting(visit.person)]
    states += await visit.shelf.reflections(visit.person)
    talks = {state.talk for state in states if state.tie == tie.number}
    kept = {k.id for k in await visit.shelf.kept(visit.person) if k.tie == tie.number}
    return [
        made
        for made in await planning.to_come(visit)
        if made.repeat is None and (made.talk in talks or made.item in kept)
    ]
