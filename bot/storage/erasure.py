"""Forgetting: one person at once and entirely, and everybody's traces when their time is over."""

from collections.abc import Mapping

from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    Integer,
    bindparam,
    delete,
    or_,
    select,
    tuple_,
)

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
_ERASED = select(erasures.c.digest, erasures.c.at)


class _Aged:
    """Some of what is older than its time: `old` finds it, `delete` deletes it."""

    def __init__(self, column: Column[int], kept_for: int, *only: ColumnElement[bool]) -> None:
        keys = column.table.primary_key.columns
        old = select(*keys).where(column < bindparam("before"), *only)
        self.old = old.limit(bindparam("at_most", type_=Integer))
        self.delete = delete(column.table).where(tuple_(*keys).in_(self.old))
        self.kept_for = kept_for


_OLD = (
    _Aged(seen_updates.c.at, SEEN_FOR),
    _Aged(in_hand.c.at, SEEN_FOR),
    _Aged(received.c.at, DELIVERED_FOR),
    _Aged(outbox.c.done_at, DELIVERED_FOR),
    _Aged(appointments.c.next_at, DELIVERED_FOR, appointments.c.rank == SENT),
)


async def forget(conn: Connection, keyring: Keyring, person_id: int, at: int) -> None:
    """Delete a person's key and all their rows; only a keyed hash tells they were erased.

    After the commit, `Database.scrub` takes what was deleted out of the write-ahead log too.
    """
    for statement in _FORGET:
        await conn.execute(statement, {"person": person_id})
    await note_erased(conn, {keyring.erasure_digest(person_id): at})


async def note_erased(conn: Connection, erased_at: Mapping[bytes, int]) -> None:
    """These were erased, by digest, at epoch milliseconds."""
    rows = [{"digest": digest, "at": at} for digest, at in erased_at.items()]
    await conn.execute(_NOTE_ERASURE, rows)


async def erased(conn: Connection) -> dict[bytes, int]:
    """When each was erased, by digest."""
    return {row[0]: row[1] for row in await conn.execute(_ERASED)}


async def purge(conn: Connection, now: int, limit: int = 1_000) -> bool:
    """Delete the marks of seen updates after 7 days, of messages received and sent after 48 h.

    Single appointments go 48 h after they were sent. At most `limit` of each kind, so that nobody
    waits long; true where there may be more. Messages that are still on their way stay.
    """
    more = False
    for aged in _OLD:
        given = {"before": now - aged.kept_for, "at_most": limit}
        gone = await conn.execute(aged.delete, given)
        more = more or gone.rowcount >= limit
    return more
