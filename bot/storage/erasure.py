"""Forgetting: one person at once and entirely, and everybody's traces when their time is over."""

from sqlalchemy import Delete, bindparam, delete, or_

from bot.storage.connection import Connection
from bot.storage.dialect import upsert
from bot.storage.sealing import Keyring
from bot.storage.tables import erasures, in_hand, metadata, outbox, people, received, seen_updates

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
_OLD_SEEN = delete(seen_updates).where(seen_updates.c.at < bindparam("before"))
_OLD_IN_HAND = delete(in_hand).where(in_hand.c.at < bindparam("before"))
_OLD_RECEIVED = delete(received).where(received.c.at < bindparam("before"))
_OLD_DELIVERED = delete(outbox).where(outbox.c.done_at < bindparam("before"))


async def forget(conn: Connection, keyring: Keyring, person_id: int, at: int) -> None:
    """Delete a person's key and all their rows; only a keyed hash tells they were erased.

    After the commit, `Database.scrub` takes what was deleted out of the write-ahead log too.
    """
    for statement in _FORGET:
        await conn.execute(statement, {"person": person_id})
    digest = keyring.erasure_digest(person_id)
    await conn.execute(_NOTE_ERASURE, [{"digest": digest, "at": at}])


async def purge(conn: Connection, now: int) -> None:
    """Delete the marks of seen updates after 7 days, of messages received and sent after 48 h.

    Messages that are still on their way stay, however old.
    """
    await conn.execute(_OLD_SEEN, {"before": now - SEEN_FOR})
    await conn.execute(_OLD_IN_HAND, {"before": now - SEEN_FOR})
    await conn.execute(_OLD_RECEIVED, {"before": now - DELIVERED_FOR})
    await conn.execute(_OLD_DELIVERED, {"before": now - DELIVERED_FOR})
