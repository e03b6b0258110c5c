"""What is looked for now and then: lines nobody opened, talks somebody left two days ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.appointments import Appointment
from bot.house import House
from bot.logs import log_failure
from bot.outbox import AFFIRMATION, Outgoing
from bot.person import Person, epoch_ms, from_ms
from bot.planning import quiet_hours, rests_until
from bot.posting import DELETE, sealed_row
from bot.storage import appointments, outbox, people
from bot.storage.connection import Connection
from bot.storage.erasure import DELIVERED_FOR
from bot.storage.rows import PersonRow, TalkRow, TieRow
from bot.storage.sealing import Unsealable
from conversations.singles import NUDGE_AFTER, Single, nudge
from conversations.turn import State

UNOPENED_FOR = timedelta(hours=40)
#: Rows looked at in one transaction.
SWEEP = 250
_DAY = timedelta(days=1)
#: Up to so much later it is still that hour of the day.
_ABOUT_THEN = timedelta(hours=1)


async def take_back(house: House, conn: Connection, now: datetime) -> list[Outgoing]:
    """Have scheduled messages deleted that nobody opened for 40 hours; the calls to send."""
    at = epoch_ms(now)
    found = await outbox.unopened(conn, at - UNOPENED_FOR // timedelta(milliseconds=1), SWEEP)
    rows = await people.load_people(conn, {chat for _, chat, _ in found})
    calls, posted = [], []
    for _, chat, message in found:
        if (person := _open(house, rows.get(chat), [])) is None:
            continue
        body = {"message_ids": [message]}
        # After 48 hours Telegram deletes nothing any more.
        expires = at + DELIVERED_FOR - UNOPENED_FOR // timedelta(milliseconds=1)
        number = house.ids.next()
        call = Outgoing(number, chat, DELETE, body, AFFIRMATION, expires_at=expires)
        calls.append(call)
        posted.append(sealed_row(person, call, at))
    await outbox.take_back(conn, [row for row, _, _ in found])
    await outbox.insert_outbox(conn, posted)
    return calls


async def nudge_left(house: House, conn: Connection, now: datetime) -> int:
    """Plan one nudge for talks that were left two days ago; how many talks were looked at."""
    at = epoch_ms(now)
    left = await people.left_talks(conn, at - NUDGE_AFTER // timedelta(milliseconds=1), SWEEP)
    rows = await people.load_people(conn, {talk.person_id for talk in left})
    ties = await people.load_ties(conn, list(rows))
    # Of several talks somebody left at the same time the newest stands for all.
    newest = {talk.person_id: talk for talk in left}
    planned = []
    for number, talk in newest.items():
        person = _open(house, rows.get(number), ties.get(number, []))
        if person is not None and await _wants_nudge(house, conn, person, talk, now):
            once = _nudge(person, talk, now)
            made = Appointment.single(house.ids.next(), "nudge", once, talk=talk.number)
            planned.append(made.seal(person))
    await people.note_nudged(conn, [(talk.person_id, talk.number) for talk in left])
    await appointments.save_appointments(conn, planned)
    return len(left)


def _open(house: House, row: PersonRow | None, ties: list[TieRow]) -> Person | None:
    """The person, without talks; None where their row cannot be opened or is gone."""
    try:
        return Person.open(row, ties, None, house.keyring) if row else None
    except Unsealable as error:  # it must not stand in the way of all others
        log_failure("person_unreadable", error)
        return None


async def _wants_nudge(
    house: House, conn: Connection, person: Person, talk: TalkRow, now: datetime
) -> bool:
    """Whether the talk has answers, nothing brings it back, and no nudge came these two days."""
    state = State.from_json(person.key.open("talks.body", talk.body).decode())
    flow = house.library.flows.get(state.flow)
    if flow is None or flow.aside or not state.answers:
        return False
    tie = person.ties.get(state.tie or 0)
    if tie is not None and tie.resting:
        return False
    if person.row.unreachable_since or person.marks(now) or rests_until(person, now):
        return False
    waiting = await appointments.load_appointments(conn, person.row.id, sent=True)
    return not any(
        made.talk == talk.number or made.kind == "nudge"
        for made in (Appointment.open(row, person) for row in waiting)
    )


def _nudge(person: Person, talk: TalkRow, now: datetime) -> Single:
    """Two days after it was left, outside quiet hours.

    Where the zone was never told, at the hour of the day at which they were last up and writing.
    """
    left, zone = from_ms(talk.updated_at), person.row.zone
    if zone is not None:
        return nudge(max(left, now - NUDGE_AFTER), zone, quiet_hours(person))
    days = max(NUDGE_AFTER, -(-(now - left - _ABOUT_THEN) // _DAY) * _DAY)
    return Single(next_at=left + days, zone="+00:00", quiet=quiet_hours(person))
