"""Queries about messages: those on their way, those delivered, those received, those unopened."""

from collections.abc import Collection, Iterable

from sqlalchemy import Integer, bindparam, delete, insert, null, select, update

from bot.storage.connection import Connection
from bot.storage.dialect import insert_new
from bot.storage.rows import REPLY, DoneRow, OutboxRow, parameters
from bot.storage.tables import outbox, received

_CHAT = outbox.c.chat_id == bindparam("chat")
_UNSENT = outbox.c.done_at.is_(None)

_INSERT = insert(outbox)
_PENDING = select(outbox).where(_UNSENT).order_by(outbox.c.id)
_MARK = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        message_id=bindparam("message"),
        done_at=bindparam("at"),
        failed=bindparam("bad"),
        body=null(),
    )
)
_ATTEMPTS = (
    update(outbox).where(outbox.c.id == bindparam("row")).values(attempts=bindparam("count"))
)
_DROP = delete(outbox).where(_CHAT, _UNSENT).returning(outbox.c.id)
_DROP_SCHEDULED = (
    delete(outbox).where(_CHAT, _UNSENT, outbox.c.priority > REPLY).returning(outbox.c.id)
)
_DELIVERED = (
    select(outbox.c.message_id)
    .where(_CHAT, outbox.c.message_id.is_not(None), outbox.c.done_at >= bindparam("since"))
    .distinct()
    .order_by(outbox.c.message_id)
)
_MESSAGE_OF = select(outbox.c.id, outbox.c.message_id).where(
    outbox.c.id.in_(bindparam("ids", expanding=True)), outbox.c.message_id.is_not(None)
)
_RECEIVED = insert_new(received)
_RECEIVED_SINCE = (
    select(received.c.message_id)
    .where(received.c.chat_id == bindparam("chat"), received.c.at >= bindparam("since"))
    .order_by(received.c.message_id)
)


_SLOTS = select(outbox.c.appointment, outbox.c.slot).where(
    outbox.c.appointment.in_(bindparam("ids", expanding=True))
)
_OPENED = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("row"),
        _CHAT,
        outbox.c.appointment.is_not(None),
        outbox.c.opened_at.is_(None),
    )
    .values(opened_at=bindparam("at"))
)
_UNOPENED = (
    select(outbox.c.id, outbox.c.chat_id, outbox.c.message_id)
    .where(
        outbox.c.appointment.is_not(None),
        outbox.c.opened_at.is_(None),
        outbox.c.message_id.is_not(None),
        outbox.c.done_at <= bindparam("before"),
    )
    .order_by(outbox.c.done_at)
    .limit(bindparam("at_most", type_=Integer))
)
_NEWEST_UNOPENED = (
    select(outbox.c.appointment, outbox.c.slot)
    .where(
        _CHAT,
        outbox.c.appointment.is_not(None),
        outbox.c.opened_at.is_(None),
        outbox.c.message_id.is_not(None),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_TAKEN_BACK = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(message_id=null())
)


async def insert_outbox(conn: Connection, rows: Collection[OutboxRow]) -> None:
    """Write new rows; each id must be fresh (see `ids.IdSource`)."""
    if rows:
        await conn.execute(_INSERT, parameters(OutboxRow, rows))


async def pending(conn: Connection) -> list[OutboxRow]:
    """Every row not done yet, in id order, which is the order each chat is owed."""
    return [OutboxRow(*row) for row in (await conn.execute(_PENDING)).all()]


async def mark_done(conn: Connection, marks: Collection[DoneRow]) -> None:
    """Note what became of rows and drop their text; a row that is gone is passed over."""
    if marks:
        await conn.execute(
            _MARK,
            [
                {
                    "row": mark.id,
                    "message": mark.message_id,
                    "at": mark.done_at,
                    "bad": mark.failed,
                }
                for mark in marks
            ],
        )


async def note_attempts(conn: Connection, attempts: Iterable[tuple[int, int]]) -> None:
    """Note how often each row was tried, as (row id, count)."""
    if counts := [{"row": row, "count": count} for row, count in attempts]:
        await conn.execute(_ATTEMPTS, counts)


async def drop_unsent(conn: Connection, chat_id: int, *, scheduled_only: bool = False) -> list[int]:
    """Delete a chat's rows that are not done; the ids of those deleted, in order."""
    gone = await conn.execute(_DROP_SCHEDULED if scheduled_only else _DROP, {"chat": chat_id})
    return sorted(gone.scalars())


async def slots_sent(conn: Connection, ids: Collection[int]) -> set[tuple[int, str]]:
    """Which of these appointments have a message already, as (appointment, slot)."""
    if not ids:
        return set()
    return {(row[0], row[1]) for row in await conn.execute(_SLOTS, {"ids": list(ids)})}


async def note_opened(conn: Connection, taps: Iterable[tuple[int, int]], at: int) -> None:
    """Buttons were tapped, as (chat id, row id); rows that are not the clock's are passed over."""
    if tapped := [{"chat": chat, "row": row, "at": at} for chat, row in taps]:
        await conn.execute(_OPENED, tapped)


async def unopened(conn: Connection, before: int, limit: int) -> list[tuple[int, int, int]]:
    """Scheduled messages delivered by then and never tapped: (row id, chat id, message id)."""
    found = await conn.execute(_UNOPENED, {"before": before, "at_most": limit})
    return [(row[0], row[1], row[2]) for row in found]


async def newest_unopened(conn: Connection, chat_id: int) -> tuple[int, str] | None:
    """What the newest unopened scheduled message of a chat is for: (appointment, slot)."""
    found = (await conn.execute(_NEWEST_UNOPENED, {"chat": chat_id})).first()
    return (found[0], found[1]) if found else None


async def take_back(conn: Connection, ids: Collection[int]) -> None:
    """The messages of these rows are to be deleted: the rows no longer stand for any."""
    if ids:
        await conn.execute(_TAKEN_BACK, {"ids": list(ids)})


async def delivered_since(conn: Connection, chat_id: int, since: int) -> list[int]:
    """The message ids the bot's messages got or changed in a chat since a time, each once."""
    found = await conn.execute(_DELIVERED, {"chat": chat_id, "since": since})
    return list(found.scalars())


async def message_of(conn: Connection, row_ids: Collection[int]) -> dict[int, int]:
    """The message id each row became; rows that became none are absent."""
    if not row_ids:
        return {}
    found = await conn.execute(_MESSAGE_OF, {"ids": list(row_ids)})
    return {row[0]: row[1] for row in found}


async def note_received(conn: Connection, messages: Collection[tuple[int, int, int]]) -> None:
    """Note messages that arrived, as (chat id, message id, time)."""
    if messages:
        await conn.execute(
            _RECEIVED,
            [{"chat_id": chat, "message_id": message, "at": at} for chat, message, at in messages],
        )


async def received_since(conn: Connection, chat_id: int, since: int) -> list[int]:
    """The ids of a chat's messages that arrived since a time."""
    found = await conn.execute(_RECEIVED_SINCE, {"chat": chat_id, "since": since})
    return list(found.scalars())
