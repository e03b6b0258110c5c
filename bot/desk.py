"""The desk of one batch: opens the people concerned, collects what is written, writes it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from bot.appointments import Appointment
from bot.check_ins import CheckIn
from bot.house import House
from bot.person import Keepsake, Person, epoch_ms
from bot.storage import appointments, outbox, people, replay, words
from bot.storage.connection import Connection
from bot.storage.rows import OutboxRow, ReflectionRow
from bot.storage.sealing import PersonKey
from bot.visit import Changes, Visit
from conversations.turn import State

HIDEABLE_MS = 48 * 3_600_000


class Desk:
    """Also the `Shelf` that handlers read from, with all that the batch decided before in it."""

    def __init__(self, house: House, conn: Connection, now: datetime) -> None:
        self.house = house
        self.people: dict[int, Person] = {}
        self.posted: list[OutboxRow] = []
        self.received: list[tuple[int, int, int]] = []
        self.tapped: list[tuple[int, int]] = []
        self._conn = conn
        self._now = epoch_ms(now)
        self._touched: dict[int, Person] = {}
        self._new: dict[int, bytes] = {}
        self._changes: list[tuple[Person, Changes]] = []

    async def seat(self, chats: Collection[int]) -> None:
        """Open everyone among these chats who has agreed, with their ties and open talks."""
        rows = await people.load_people(self._conn, chats)
        if not rows:
            return
        ties = await people.load_ties(self._conn, list(rows))
        active = [(row.id, row.active_talk) for row in rows.values() if row.active_talk is not None]
        talks = await people.load_talks(self._conn, active)
        for chat, row in rows.items():
            talk = talks.get((chat, row.active_talk or 0))
            self.people[chat] = Person.open(row, ties.get(chat, []), talk, self.house.keyring)

    def welcome(self, chat: int) -> Person:
        """Someone who has just agreed gets a place and a key."""
        person = Person.new(chat, self._now, self.house.keyring)
        self.people[chat] = person
        self._new[chat] = person.row.wrapped
        return person

    def accept(self, visit: Visit) -> None:
        """What a visit decided is to be written."""
        self._touched[visit.person.row.id] = visit.person
        self._changes.append((visit.person, visit.changes))

    def touch(self, person: Person) -> None:
        """A person's row changed."""
        self._touched[person.row.id] = person

    # --- writing -------------------------------------------------------------------------------

    async def write(self) -> None:
        """Write everything collected so far."""
        conn = self._conn
        touched, self._touched = self._touched, {}
        changes, self._changes = self._changes, []
        new, self._new = self._new, {}
        if new:
            await people.add_keys(conn, new)
        if touched:
            await people.save_people(conn, [p.sealed_row() for p in touched.values()])
            await people.save_ties(conn, [t for p in touched.values() for t in p.sealed_ties()])
        await self._write_talks(changes)
        await self._write_words(changes)
        if self.received:
            await outbox.note_received(conn, self.received)
            self.received = []
        if self.tapped:
            await outbox.note_opened(conn, self.tapped, self._now)
            self.tapped = []
        if self.posted:
            await outbox.insert_outbox(conn, self.posted)
            self.posted = []

    async def _write_talks(self, changes: Iterable[tuple[Person, Changes]]) -> None:
        talks: dict[tuple[int, int], tuple[Person, State | None]] = {}
        finished: dict[tuple[int, int], tuple[Person, State]] = {}
        for person, change in changes:
            for number, state in change.talks.items():
                talks[person.row.id, number] = (person, state)
            for number, done in change.reflections.items():
                finished[person.row.id, number] = (person, done)
        kept = [p.seal_talk(state, self._now) for p, state in talks.values() if state is not None]
        if kept:
            await people.save_talks(self._conn, kept)
        gone = [pair for pair, (_, state) in talks.items() if state is None]
        if gone:
            await people.delete_talks(self._conn, gone)
        if finished:
            rows = [
                ReflectionRow(
                    p.row.id,
                    state.talk,
                    self._now,
                    p.key.seal("reflections.body", state.to_json().encode()),
                )
                for p, state in finished.values()
            ]
            await words.save_reflections(self._conn, rows)

    async def _write_words(self, changes: Iterable[tuple[Person, Changes]]) -> None:
        for person, change in changes:
            if change.unkept:
                await words.delete_kept(self._conn, person.row.id, change.unkept)
            if change.kept:
                rows = [keepsake.seal(person.row.id, person.key) for keepsake in change.kept]
                await words.save_kept(self._conn, rows)
            if change.check_ins:
                # Of two about the same day, the later one holds.
                days = {one.day: one for one in change.check_ins}
                noted = [one.seal(person.row.id, person.key) for one in days.values()]
                await words.save_check_ins(self._conn, noted)
            if change.cancelled:
                await appointments.delete_appointments(self._conn, change.cancelled)
            if change.appointments:
                sealed = [made.seal(person) for made in change.appointments]
                await appointments.save_appointments(self._conn, sealed)

    # --- reading (Shelf) -----------------------------------------------------------------------

    async def _write_for(self, person: Person) -> None:
        """What was decided for them earlier in this batch has to be there to be read."""
        if person.row.id in self._touched:
            await self.write()

    async def kept(self, person: Person) -> list[Keepsake]:
        """What they keep, in their own order."""
        await self._write_for(person)
        rows = await words.load_kept(self._conn, person.row.id)
        return [Keepsake.open(row, person.key) for row in rows]

    async def resting(self, person: Person) -> list[State]:
        """Their unfinished talks, the active one too."""
        await self._write_for(person)
        rows = await people.load_all_talks(self._conn, person.row.id)
        return [State.from_json(person.key.open("talks.body", r.body).decode()) for r in rows]

    async def reflections(self, person: Person) -> list[State]:
        """Their finished talks, the newest first."""
        await self._write_for(person)
        rows = await words.load_reflections(self._conn, person.row.id)
        states = [person.key.open("reflections.body", row.body).decode() for row in rows]
        return [State.from_json(text) for text in reversed(states)]

    async def appointments(self, person: Person) -> list[Appointment]:
        """What is to come, the next first."""
        await self._write_for(person)
        rows = await appointments.load_appointments(self._conn, person.row.id)
        return [Appointment.open(row, person) for row in rows]

    async def check_ins(self, person: Person, since: date | None = None) -> list[CheckIn]:
        """Their check-ins, from that local day on, the oldest first."""
        await self._write_for(person)
        first = since.toordinal() if since else None
        rows = await words.load_check_ins(self._conn, person.row.id, first)
        return [CheckIn.open(row, person.key) for row in rows]

    async def appointment(self, person: Person, number: int) -> Appointment | None:
        """One of their appointments by its id; a single one also for two days after it came."""
        await self._write_for(person)
        row = await appointments.find_appointment(self._conn, person.row.id, number)
        return Appointment.open(row, person) if row else None

    async def unopened(self, person: Person) -> tuple[int, str] | None:
        """The appointment, and the time of it, whose line stands newest and unopened."""
        return await outbox.newest_unopened(self._conn, person.row.id)

    # --- hiding and forgetting -----------------------------------------------------------------

    async def hide(self, chat: int) -> list[int]:
        """Drop what is unsent; the ids of all that stands in the chat, both sides, newest first."""
        await self.write()
        since = self._now - HIDEABLE_MS
        await outbox.drop_unsent(self._conn, chat)
        ids = {
            *await outbox.delivered_since(self._conn, chat, since),
            *await outbox.received_since(self._conn, chat, since),
        }
        return sorted(ids, reverse=True)

    async def unschedule(self, chat: int) -> list[int]:
        """Drop what the clock wrote for them and is not sent; the rows."""
        return await outbox.drop_unsent(self._conn, chat, scheduled_only=True)

    async def forget(self, chat: int) -> list[int]:
        """Destroy the key and every row; the ids of what stands in the chat."""
        ids = await self.hide(chat)
        house = self.house
        await replay.forget(self._conn, house.keyring, house.erased, chat, self._now)
        self.people.pop(chat, None)
        return ids


def sealed_call(key: PersonKey, method: str, payload: Mapping[str, Any]) -> bytes:
    """A Bot API call as the outbox table keeps it."""
    call = json.dumps({"method": method, "payload": payload}, ensure_ascii=False)
    return key.seal("outbox.body", call.encode())


def opened_call(key: PersonKey, body: bytes) -> tuple[str, dict[str, Any]]:
    """Method and payload of such a call."""
    call = json.loads(key.open("outbox.body", body))
    return call["method"], call["payload"]
