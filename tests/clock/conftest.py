"""A database with people and what is to come for them, claimed as the clock claims it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.appointments import Appointment, Kind
from bot.claiming import Claim
from bot.house import House
from bot.person import Person, epoch_ms
from bot.settings import StorageSettings
from bot.storage import appointments, people
from bot.storage import outbox as outbox_table
from bot.storage.database import Database
from bot.storage.ids import IdSource
from bot.storage.keys import open_keyring
from bot.storage.replay import ErasureList
from bot.storage.rows import DoneRow
from conversations.appointments import Repeat, Wish
from conversations.quiet import Quiet
from conversations.singles import Single
from tests import shipped

#: A Monday noon, UTC.
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass
class Line:
    """A message as it was written for the outbox."""

    chat: int
    row: int
    text: str
    presses: list[str]
    body: str


class Room:
    """Plans for people, and claims what is due at a moment."""

    def __init__(self, house: House, database: Database) -> None:
        self.house, self.database = house, database
        self.people: dict[int, Person] = {}

    async def person(self, number: int = 1, zone: str = "UTC", **profile: Any) -> Person:
        """Someone who has agreed."""
        person = Person.new(number, epoch_ms(NOON), self.house.keyring)
        person.row.zone = zone
        person.keep_profile(**profile)
        self.people[number] = person
        await self.save(person)
        return person

    async def save(self, person: Person) -> None:
        """Write a person as they now are."""
        async with self.database.writing() as conn:
            await people.save_people(conn, [person.sealed_row()])
            await people.add_keys(conn, {person.row.id: person.row.wrapped})

    async def once(self, person: Person, kind: Kind, at: datetime, **more: Any) -> Appointment:
        """A single appointment."""
        local = at.astimezone(UTC).replace(tzinfo=None)
        once = Single(next_at=at, zone=person.row.zone or "UTC", quiet=Quiet(), local=local)
        made = Appointment.single(self.house.ids.next(), kind, once, **more)
        return await self.plan(person, made)

    async def daily(self, person: Person, kind: Kind, at: time, before: datetime) -> Appointment:
        """A repeating one, first due after `before`."""
        wish = Wish(at=at, zone=person.row.zone or "UTC")
        repeat = Repeat.begin(before, wish)
        return await self.plan(person, Appointment.repeating(self.house.ids.next(), kind, repeat))

    async def plan(self, person: Person, made: Appointment) -> Appointment:
        """Write an appointment."""
        async with self.database.writing() as conn:
            await appointments.save_appointments(conn, [made.seal(person)])
        return made

    async def to_come(self, person: Person) -> list[Appointment]:
        """What is still to come for them."""
        async with self.database.reading() as conn:
            rows = await appointments.load_appointments(conn, person.row.id)
        return [Appointment.open(row, person) for row in rows]

    async def claim(self, at: datetime, at_most: int = 250) -> list[Line]:
        """What one claim sends."""
        async with self.database.writing() as conn:
            claim = Claim(self.house, conn, at)
            await claim.take(at_most)
        return [
            Line(
                call.chat,
                call.row,
                call.payload["text"],
                [
                    button["callback_data"].partition("|")[2]
                    for row in call.payload["reply_markup"]["inline_keyboard"]
                    for button in row
                ],
                json.dumps(call.payload),
            )
            for call in sorted(claim.calls, key=lambda call: call.priority)
        ]

    async def deliver(self, lines: list[Line], at: datetime) -> None:
        """Note these as sent."""
        done = [DoneRow(line.row, 100 + n, epoch_ms(at)) for n, line in enumerate(lines)]
        async with self.database.writing() as conn:
            await outbox_table.mark_done(conn, done)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    settings = StorageSettings(data_dir=tmp_path / "data")
    database = await Database.open(settings)
    keyring = await open_keyring(settings, database)
    async with database.reading() as conn:
        ids = await IdSource.read(conn, epoch_ms(NOON))
    yield Room(House(*shipped.content(), keyring, ids, ErasureList.of(settings)), database)
    await database.close()
