"""Messages are owed in order, lose their text once done, and are found again to be hidden."""

from dataclasses import replace
from pathlib import Path

from bot.storage import outbox, tables
from bot.storage.database import Database
from bot.storage.ids import IdSource
from bot.storage.rows import (
    DoneRow,
    OutboxRow,
)
from tests.storage.conftest import NOW

ROOT = Path(__file__).parents[2]


def message(row: int, chat: int = 1, priority: int = 0) -> OutboxRow:
    return OutboxRow(row, chat, chat, priority, NOW, body=b"sealed")


async def test_messages_on_their_way_come_in_the_order_they_were_written(
    database: Database,
) -> None:
    queue = [message(3), message(1, chat=2), replace(message(2), not_before=NOW, follows=1)]
    async with database.writing() as conn:
        await outbox.insert_outbox(conn, queue)
        assert await outbox.pending(conn) == [queue[1], queue[2], queue[0]]
        await outbox.note_attempts(conn, [(3, 4)])
        assert [row.attempts for row in await outbox.pending(conn)] == [0, 0, 4]


async def test_a_message_that_is_done_keeps_its_id_and_loses_its_text(database: Database) -> None:
    async with database.writing() as conn:
        await outbox.insert_outbox(conn, [message(1), message(2), message(3)])
        await outbox.mark_done(
            conn, [DoneRow(1, 71, NOW), DoneRow(2, None, NOW, failed=True), DoneRow(99, 5, NOW)]
        )
        assert [row.id for row in await outbox.pending(conn)] == [3]
        assert await outbox.message_of(conn, [1, 2, 3]) == {1: 71}
        found = await conn.execute(tables.outbox.select().where(tables.outbox.c.id < 3))
        assert [(row.message_id, row.failed, row.body) for row in found] == [
            (71, False, None),
            (None, True, None),
        ]


async def test_dropping_a_chat_leaves_what_was_sent_and_every_other_chat(
    database: Database,
) -> None:
    queue = [message(1), message(2, priority=2), message(3), message(4, chat=2), message(5)]
    async with database.writing() as conn:
        await outbox.insert_outbox(conn, queue)
        await outbox.mark_done(conn, [DoneRow(5, 9, NOW)])
        assert await outbox.drop_unsent(conn, 1, scheduled_only=True) == [2]
        assert await outbox.drop_unsent(conn, 1) == [1, 3]
        assert await outbox.drop_unsent(conn, 1) == []
        assert [row.id for row in await outbox.pending(conn)] == [4]
        assert await outbox.delivered_since(conn, 1, NOW) == [9]


async def test_a_chats_messages_of_both_sides_are_found_by_time(database: Database) -> None:
    async with database.writing() as conn:
        await outbox.insert_outbox(conn, [message(1), message(2), message(3), message(4, chat=2)])
        await outbox.mark_done(
            conn,
            [
                DoneRow(1, 20, NOW - 1),
                DoneRow(2, 21, NOW),
                DoneRow(3, 21, NOW),
                DoneRow(4, 22, NOW),
            ],
        )
        assert await outbox.delivered_since(conn, 1, NOW) == [21]
        assert await outbox.delivered_since(conn, 1, NOW - 1) == [20, 21]
        await outbox.note_received(conn, [(1, 30, NOW), (1, 29, NOW - 1), (2, 31, NOW)])
        await outbox.note_received(conn, [(1, 30, NOW)])
        assert await outbox.received_since(conn, 1, NOW) == [30]
        assert await outbox.received_since(conn, 1, 0) == [29, 30]


async def test_ids_are_never_given_out_again(database: Database) -> None:
    async with database.writing() as conn:
        first = await IdSource.read(conn, NOW)
        given = [first.next() for _ in range(1_000)]
        assert given == sorted(set(given))
        await outbox.insert_outbox(conn, [message(given[-1] + 10**6)])
        assert (await IdSource.read(conn, NOW)).next() > given[-1] + 10**6
        assert (await IdSource.read(conn, 0)).next() > given[-1] + 10**6
        await outbox.drop_unsent(conn, 1)
        # Even when every row is gone: the clock went on by a second since.
        assert (await IdSource.read(conn, NOW + 1_000)).next() > given[-1]
