"""Who is stored and who is due: seeds the bot's own storage, and times its clock on it.

All randomness has a fixed seed, so that every bot of a comparison gets the same people.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

from bot.app import read_content
from bot.appointments import Appointment
from bot.claiming import Claim
from bot.clock import CLAIM
from bot.house import House
from bot.person import Person, epoch_ms
from bot.settings import StorageSettings
from bot.storage import appointments, people
from bot.storage.database import Database
from bot.storage.ids import IdSource
from bot.storage.keys import open_keyring
from bot.storage.rows import AppointmentRow, PersonRow
from bot.storage.sealing import Keyring
from conversations.appointments import Repeat, Wish

FIRST_PERSON = 700_000_001
#: People written in one transaction while seeding.
BATCH = 5_000
#: Those who are not due come some time in these hours after it.
REST_FROM, REST_TO = timedelta(hours=30), timedelta(hours=50)
#: At so many different moments.
PARTS = 600
#: People who chat meanwhile; none of them is due.
CHATTING = 8
#: How often a tick with nobody due is timed, and how many due a claim takes.
TICKS, CLAIMED = 200, 1_000


def due_people(stored: int, due: int) -> list[int]:
    """The chats that are due, in no order; spread over all that are stored."""
    numbers = Random(stored).sample(range(CHATTING, stored), due)
    return [FIRST_PERSON + number for number in numbers]


async def seed(folder: Path, stored: int, due: int, at: datetime) -> None:
    """Store everyone with a morning line; `due` of them at that moment (aware, whole seconds)."""
    settings = StorageSettings(data_dir=folder)
    database = await Database.open(settings)
    try:
        keyring = await open_keyring(settings, database)
        rows = _rows(keyring, stored, due, at)
        while batch := list(islice(rows, BATCH)):
            async with database.writing() as conn:
                await people.save_people(conn, [person for person, _ in batch])
                await people.add_keys(conn, {person.id: person.wrapped for person, _ in batch})
                await appointments.save_appointments(conn, [made for _, made in batch])
    finally:
        await database.close()


def due_times(stored: int, due: int, at: datetime) -> Iterator[tuple[int, datetime]]:
    """Everyone's chat, and when their line is due next: at that moment, or long after it."""
    random, at_once = Random(stored + 1), set(due_people(stored, due))
    span = (REST_TO - REST_FROM) / PARTS
    moments = [(at + REST_FROM + span * part).replace(microsecond=0) for part in range(PARTS)]
    for chat in range(FIRST_PERSON, FIRST_PERSON + stored):
        yield chat, at if chat in at_once else random.choice(moments)


def _rows(
    keyring: Keyring, stored: int, due: int, at: datetime
) -> Iterator[tuple[PersonRow, AppointmentRow]]:
    now = epoch_ms(datetime.now(UTC))
    for chat, when in due_times(stored, due, at):
        person = Person.new(chat, now, keyring)
        person.row.zone = "UTC"
        made = Appointment.repeating(chat, "affirmation", _repeat(when))
        yield person.sealed_row(), made.seal(person)


@cache
def _repeat(at: datetime) -> Repeat:
    return Repeat(wish=Wish(at=at.time(), zone="UTC"), next_at=at, slot=at.date())


async def time_clock(folder: Path, due: int, at: datetime) -> tuple[float, float]:
    """Milliseconds of a look with nobody due, and of claiming those due at that moment.

    At most 1,000 are claimed, in transactions as the clock makes them; their messages are not
    sent. The database is left with them claimed.
    """
    settings = StorageSettings(data_dir=folder)
    database = await Database.open(settings)
    try:
        keyring = await open_keyring(settings, database)
        async with database.reading() as conn:
            ids = await IdSource.read(conn, epoch_ms(at))
        house = House(*read_content(), keyring, ids)
        before = epoch_ms(at) - 1
        looks = []
        for _ in range(TICKS):
            began = time.perf_counter()
            async with database.reading() as conn:
                assert not await appointments.any_due(conn, before)
            looks.append(time.perf_counter() - began)
        began, left = time.perf_counter(), min(due, CLAIMED)
        while left > 0:
            async with database.writing() as conn:
                took = await Claim(house, conn, at).take(min(CLAIM, left))
            assert took
            left -= took
        return 1_000 * median(looks), 1_000 * (time.perf_counter() - began)
    finally:
        await database.close()
