"""A tick claims at most two seconds of sending ahead; where nobody is due it is one read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from bot.clock import CLAIM, Clock
from bot.outbox import Outbox, Outgoing
from bot.storage.connection import Connection
from bot.storage.database import Database
from tests.clock.conftest import HOUR, NOON, Room


class Waiting(Outbox):
    """Takes lines and sends them when told."""

    def __init__(self, rate: float) -> None:
        self.send_rate = rate
        self.lines: list[Outgoing] = []

    @property
    def scheduled(self) -> int:
        return len(self.lines)

    def send(self, items: Sequence[Outgoing]) -> None:
        self.lines += items


class Counted(Database):
    """Counts the transactions made with another database."""

    def __init__(self, database: Database) -> None:
        self.reads = self.writes = 0
        self._real = database

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        self.reads += 1
        async with self._real.reading() as conn:
            yield conn

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Connection]:
        self.writes += 1
        async with self._real.writing() as conn:
            yield conn


def clock_at(room: Room, at: datetime, outbox: Outbox, database: Database | None = None) -> Clock:
    object.__setattr__(room.house, "now", lambda: at)
    return Clock(room.house, database or room.database, outbox)


async def many_due(room: Room, count: int) -> None:
    person = await room.person()
    for _ in range(count):
        await room.once(person, "reminder", NOON)


@pytest.mark.parametrize(("rate", "ahead"), [(25, 50), (0.2, 1), (1, 2)])
async def test_no_more_than_two_seconds_of_sending_are_claimed_ahead(
    room: Room, rate: float, ahead: int
) -> None:
    await many_due(room, 60)
    outbox = Waiting(rate)
    clock = clock_at(room, NOON, outbox)
    await clock.tick()
    assert len(outbox.lines) == ahead
    await clock.tick()
    assert len(outbox.lines) == ahead
    del outbox.lines[0]
    await clock.tick()
    assert len(outbox.lines) == ahead


async def test_all_that_is_due_is_claimed_in_one_tick_where_there_is_room(room: Room) -> None:
    await many_due(room, CLAIM + 20)
    outbox = Waiting(1_000)
    await clock_at(room, NOON, outbox).tick()
    assert len({line.row for line in outbox.lines}) == CLAIM + 20


async def test_a_tick_with_nobody_due_is_one_read(room: Room) -> None:
    await many_due(room, 3)
    database = Counted(room.database)
    await clock_at(room, NOON - HOUR, Waiting(25), database).tick()
    assert (database.reads, database.writes) == (1, 0)
