"""What became of outbox rows, written down: delivered, failed, or nobody there."""

from __future__ import annotations

from collections.abc import Sequence

from bot.outbox import Mark, Outcome
from bot.storage import outbox as outbox_table
from bot.storage import people
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.rows import DoneRow


async def write_marks(database: Database, marks: list[Mark]) -> None:
    """What became of rows, where no turn came by to take it along."""
    async with database.writing() as conn:
        await note_marks(conn, marks)


async def note_marks(conn: Connection, marks: Sequence[Mark]) -> None:
    """As part of a transaction that runs anyway."""
    if not marks:
        return
    done = [
        DoneRow(m.row, m.message_id, m.at, failed=m.outcome is not Outcome.DELIVERED) for m in marks
    ]
    await outbox_table.mark_done(conn, done)
    away = {m.chat: m.at for m in marks if m.outcome is Outcome.UNREACHABLE}
    if away:
        await people.note_unreachable(conn, away)
