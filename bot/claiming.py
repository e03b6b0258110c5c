"""Claims what is due: decides about each, writes its message and its next time, all at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.appointments import Appointment
from bot.desk import Desk
from bot.due_line import due_line
from bot.holding import WATCHED, another_day, held_back, left_to_specialists
from bot.house import House
from bot.logs import log_failure
from bot.outbox import DELETED_AT_ONCE, Outgoing
from bot.person import Keepsake, Person, epoch_ms
from bot.planning import UNSAID_ZONE, hard_dates, quiet_hours
from bot.posting import DELETE, SEND, sealed_row
from bot.storage import appointments, outbox, people, words
from bot.storage.connection import Connection
from bot.storage.rows import AppointmentRow, OutboxRow
from bot.telegram_out import keyboard, pages, payload
from conversations.lateness import LINE_HOLDS, LINES, Decision, decide
from conversations.singles import NUDGE_AFTER

#: An appointment that cannot be read or decided about is looked at again after this long.
FAULT_PAUSE = timedelta(hours=1)
#: Somebody who was seen so shortly ago is in the chat still.
IN_USE = timedelta(minutes=10)
#: What could not be sent by then would soon be taken back unopened.
WORTH_SENDING = timedelta(hours=40)


@dataclass(slots=True)
class _Written:
    """What the transaction writes."""

    posted: list[OutboxRow] = field(default_factory=list)
    saved: list[AppointmentRow] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


class Claim:
    """One claim, in one transaction; the caller commits, then sends `calls`."""

    def __init__(self, house: House, conn: Connection, now: datetime) -> None:
        self.calls: list[Outgoing] = []
        self._house, self._conn, self._now = house, conn, now
        self._at = epoch_ms(now)
        self._people: dict[int, Person] = {}
        self._written = _Written()

    async def take(self, at_most: int) -> int:
        """Claim up to `at_most` of what is due; how many were looked at."""
        due = await appointments.due_appointments(self._conn, self._at, at_most)
        rows = await people.load_people(self._conn, {row.person_id for row in due})
        told = await outbox.slots_sent(self._conn, [row.id for row in due])
        for row in due:
            try:
                person = self._people.get(row.person_id)
                if person is None:
                    # Ties and talks are seldom needed to say that something is due.
                    person = Person.open(rows[row.person_id], [], None, self._house.keyring)
                    self._people[row.person_id] = person
                made = Appointment.open(row, person)
                if made.kind == "hide":
                    await self._hide(made, person)
                    continue
                self._settle(made, person, await self._decide(made, person), told)
            except Exception as error:  # this one must not stand in the way of all others
                log_failure("appointment_failed", error)
                later = self._at + FAULT_PAUSE // timedelta(milliseconds=1)
                await appointments.put_off(self._conn, row.id, later)
        await self._write()
        return len(due)

    async def _decide(self, made: Appointment, person: Person) -> Decision:
        zone, quiet = person.row.zone or UNSAID_ZONE, quiet_hours(person)
        rule = made.rule(zone, quiet)
        if (held := held_back(made.kind, rule, person, self._now, made.flow)) is not None:
            return held
        if left_to_specialists(made.flow, WATCHED) and await self._is_unsafe(made, person):
            return Decision(None, another_day(rule, self._now))
        if made.kind == "nudge" and not await self._still_left(made, person):
            return Decision(None, None)
        return decide(made.lateness, rule, self._now, hard_dates(person))

    async def _is_unsafe(self, made: Appointment, person: Person) -> bool:
        """Whether it is about something kept of a tie in which it is not safe to speak freely."""
        number = person.row.id
        ties = (await people.load_ties(self._conn, [number])).get(number, [])
        person = Person.open(person.row, ties, None, self._house.keyring)
        unsafe = {tie.number for tie in person.ties.values() if tie.is_unsafe}
        kept = await words.load_kept(self._conn, number) if unsafe else []
        item = next((row for row in kept if row.id == made.item), None)
        return item is not None and Keepsake.open(item, person.key).tie in unsafe

    async def _still_left(self, made: Appointment, person: Person) -> bool:
        pair = (person.row.id, made.talk)
        talk = (await people.load_talks(self._conn, [pair])).get(pair)
        two_days = NUDGE_AFTER // timedelta(milliseconds=1)
        return talk is not None and talk.updated_at <= self._at - two_days

    def _settle(
        self, made: Appointment, person: Person, decision: Decision, told: set[tuple[int, str]]
    ) -> None:
        """Note what becomes of one: its message, and the next time or the end of it."""
        sends = decision.slot is not None
        if decision.then is None:
            (self._written.sent if sends else self._written.gone).append(made.id)
        else:
            self._written.saved.append(made.then(decision.then).seal(person))
        if decision.slot is None:
            return
        # A single one keeps the slot it was written with; a repeating one may stand for more days.
        slot = decision.slot if made.repeat is not None else made.slot
        if (made.id, slot) not in told:
            self._post(made, person, slot, decision)

    async def _hide(self, made: Appointment, person: Person) -> None:
        """Empty a chat as /hide does, unless somebody is writing in it just now."""
        if self._at - person.row.seen_at < IN_USE // timedelta(milliseconds=1):
            later = self._at + IN_USE // timedelta(milliseconds=1)
            await appointments.put_off(self._conn, made.id, later)
            return
        self._written.gone.append(made.id)
        desk = Desk(self._house, self._conn, self._now)
        ids = await desk.hide(person.row.id)
        for begin in range(0, len(ids), DELETED_AT_ONCE):
            body = {"message_ids": ids[begin : begin + DELETED_AT_ONCE]}
            call = Outgoing(self._house.ids.next(), person.row.id, DELETE, body, made.priority)
            self.calls.append(call)
            self._written.posted.append(sealed_row(person, call, self._at))
        person.row.active_talk, person.row.newest_row = None, None
        await people.save_people(self._conn, [person.sealed_row()])

    def _post(self, made: Appointment, person: Person, slot: str, decision: Decision) -> None:
        day = person.local(self._now).date()
        if made.repeat is not None:
            day = date.fromisoformat(slot)
        screen = due_line(
            made.kind,
            made.name(slot),
            day,
            self._house.library.phrases,
            person.language,
            late=decision.late,
            gentle=decision.gentle,
        )
        number = self._house.ids.next()
        holds = LINE_HOLDS if made.lateness in LINES else WORTH_SENDING
        call = Outgoing(
            number,
            person.row.id,
            SEND,
            # Opened, it may show the person's own words where it stands.
            payload(pages(screen)[0], keyboard(screen, number), protect=True),
            priority=made.priority,
            expires_at=epoch_ms(self._now + holds),
        )
        row = sealed_row(person, call, self._at)
        row.appointment, row.slot = made.id, slot
        self.calls.append(call)
        self._written.posted.append(row)

    async def _write(self) -> None:
        conn, written = self._conn, self._written
        # The people are left as they are: a row of theirs stands anywhere in a large table.
        await appointments.save_appointments(conn, written.saved)
        await appointments.note_sent(conn, written.sent, self._at)
        await appointments.delete_appointments(conn, written.gone)
        await outbox.insert_outbox(conn, written.posted)
