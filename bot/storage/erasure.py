"""Forgetting: one person at once and entirely, and everybody's traces when their time is over."""

from sqlalchemy import ColumnElement, Delete, Integer, Table, bindparam, delete, or_, select, tuple_

from bot.storage.connection import Connection
from bot.storage.dialect import upsert
from bot.storage.rows import SENT
from bot.storage.sealing import Keyring
from bot.storage.tables import (
    appointments,
    erasures,
    in_hand,
    metadata,
    outbox,
    people,
    received,
    seen_updates,
)

HOUR = 3_600_000
SEEN_FOR = 7 * 24 * HOUR  # Telegram restarts the numbers of updates after a silent week
DELIVERED_FOR = 48 * HOUR  # Telegram lets a bot delete nothing that is older


def _forget_everywhere() -> list[Delete]:
    """One statement for each table that has a column for the person, or for their chat."""
    statements = []
    for table in metadata.sorted_tables:
        names = ("id",) if table is people else ("person_id", "chat_id")
        columns = [table.c[name] for name in names if name in table.c]
        if columns:
            theirs = or_(*(column == bindparam("person") for column in columns))
            statements.append(delete(table).where(theirs))
    return statements


_FORGET = _forget_everywhere()
_NOTE_ERASURE = upsert(erasures)


def _some_older(table: Table, column: str, *only: ColumnElement[bool]) -> Delete:
    keys = table.primary_key.columns
    old = select(*keys).where(table.c[column] < bindparam("before"), *only)
    return delete(table).where(tuple_(*keys).in_(old.limit(bindparam("at_most", type_=Integer))))


_OLD = (
    (_some_older(seen_updates, "at"), SEEN_FOR),
    (_some_older(in_hand, "at"), SEEN_FOR),
    (_some_older(received, "at"), DELIVERED_FOR),
    (_some_older(outbox, "done_at"), DELIVERED_FOR),
    (_some_older(appointments, "next_at", appointments.c.rank == SENT), DELIVERED_FOR),
)


async def forget(conn: Connection, keyring: Keyring, person_id: int, at: int) -> None:
    """Delete a person's key and all their rows; only a keyed hash tells they were erased.

    After the commit, `Database.scrub` takes what was deleted out of the write-ahead log too.
    """
    for statement in _FORGET:
        await conn.execute(statement, {"person": person_id})
    digest = keyring.erasure_digest(person_id)
    await conn.execute(_NOTE_ERASURE, [{"digest": digest, "at": at}])


async def purge(conn: Connection, now: int, limit: int = 1_000) -> bool:
    """Delete the marks of seen updates after 7 days, of messages received and sent after 48 h.

    Single appointments go 48 h after they were sent. At most `limit` of each kind, so that nobody
    waits long; true where there may be more. Messages that are still on their way stay.
    """
    more = False
    for statement, kept_for in _OLD:
        gone = await conn.execute(statement, {"before": now - kept_for, "at_most": limit})
        more = more or gone.rowcount >= limit
    return more
