"""Who is stored and who is due: seeds the bot's own storage, and times its clock on it.

All randomness has a fixed seed, so that every bot of a comparison gets the same people.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
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
from bot.storage.replay import ErasureList
from bot.storage.sealing import Keyring
from conversations.appointments import Repeat, Wish

FIRST_PERSON = 700_000_001
#: People written in one transaction while seeding.
BATCH = 5_000
#: Those who are not due come some time in these hours after it.
REST_FROM, REST_TO = timedelta(hours=30), timedelta(hours=50)
#: At so many different moments.
PARTS = 600
#: People who chat meanwhile: so many more, who have no line.
CHATTING = 8
#: How often a tick with nobody due is timed, and how many due a claim takes.
TICKS, CLAIMED = 200, 1_000


def chatting_people(stored: int) -> range:
    """The chats of those who chat meanwhile."""
    return range(FIRST_PERSON + stored, FIRST_PERSON + stored + CHATTING)


def due_people(stored: int, due: int) -> list[int]:
    """The chats that are due, in no order; spread over all that are stored."""
    numbers = Random(stored).sample(range(stored), due)
    return [FIRST_PERSON + number for number in numbers]


async def seed(folder: Path, stored: int, due: int, at: datetime) -> None:
    """Store everyone with a morning line; `due` of them at that moment (aware, whole seconds)."""
    settings = StorageSettings(data_dir=folder)
    database = await Database.open(settings)
    try:
        keyring = await open_keyring(settings, database)
        await _write(database, [(_new(keyring, chat), None) for chat in chatting_people(stored)])
        times = due_times(stored, due, at)
        while batch := list(islice(times, BATCH)):
            await _write(database, [(_new(keyring, chat), when) for chat, when in batch])
    finally:
        await database.close()


def due_times(stored: int, due: int, at: datetime) -> Iterator[tuple[int, datetime]]:
    """Everyone's chat, and when their line is due next: at that moment, or long after it."""
    random, at_once = Random(stored + 1), set(due_people(stored, due))
    span = (REST_TO - REST_FROM) / PARTS
    moments = [(at + REST_FROM + span * part).replace(microsecond=0) for part in range(PARTS)]
    for chat in range(FIRST_PERSON, FIRST_PERSON + stored):
        yield chat, at if chat in at_once else random.choice(moments)


async def _write(database: Database, batch: list[tuple[Person, datetime | None]]) -> None:
    planned = [
        Appointment.repeating(person.row.id, "affirmation", _repeat(when)).seal(person)
        for person, when in batch
        if when is not None
    ]
    async with database.writing() as conn:
        await people.save_people(conn, [person.sealed_row() for person, _ in batch])
        await people.add_keys(conn, {person.row.id: person.row.wrapped for person, _ in batch})
        await appointments.save_appointments(conn, planned)


def _new(keyring: Keyring, chat: int) -> Person:
    person = Person.new(chat, epoch_ms(datetime.now(UTC)), keyring)
    person.row.zone = "UTC"
    return person


@cache
def _repeat(at: datetime) -> Repeat:
    return Repeat(wish=Wish(at=at.time(), zone="UTC"), next_at=at, slot=at.date())


async def time_clock(folder: Path, due: int, at: datetime) -> tuple[float, float]:
    """Milliseconds of a look with nobody due, and of claiming those due at that moment.

    At most 1,000 are claimed, in transactions as the clock makes them, and the median of these
    stands for each. Their messages are not sent. The database is left with them claimed.
    """
    settings = StorageSettings(data_dir=folder)
    database = await Database.open(settings)
    try:
        keyring = await open_keyring(settings, database)
        async with database.reading() as conn:
            ids = await IdSource.read(conn, epoch_ms(at))
        house = House(*read_content(), keyring, ids, ErasureList.of(settings))
        before = epoch_ms(at) - 1
        looks = []
        for _ in range(TICKS):
            began = time.perf_counter()
            async with database.reading() as conn:
                assert not await appointments.any_due(conn, before)
            looks.append(time.perf_counter() - began)
        claims, left = [], min(due, CLAIMED)
        while left > 0:
            began = time.perf_counter()
            async with database.writing() as conn:
                took = await Claim(house, conn, at).take(min(CLAIM, left))
            assert took
            claims.append(time.perf_counter() - began)
            left -= took
        return 1_000 * median(looks), 1_000 * median(claims) * len(claims)
    finally:
        await database.close()


def main() -> int:
    """Time the clock on the database of a folder, in a process as fresh as the bot's own."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--due", type=int, required=True)
    parser.add_argument("--at", type=int, required=True, help="when they are due, Unix seconds")
    given = parser.parse_args()
    at = datetime.fromtimestamp(given.at, UTC)
    print(json.dumps(asyncio.run(time_clock(given.folder, given.due, at))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
