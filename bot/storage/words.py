"""Queries about what a person keeps: their words, the talks they finished, their check-ins."""

from collections.abc import Collection

from sqlalchemy import BindParameter, bindparam, delete, select

from bot.storage.connection import Connection
from bot.storage.dialect import upsert
from bot.storage.rows import CheckInRow, KeptRow, ReflectionRow, parameters
from bot.storage.tables import check_ins, kept, reflections

_PERSON: BindParameter[int] = bindparam("person")
_ORDER = (kept.c.position, kept.c.id)
_LOAD_KEPT = select(kept).where(kept.c.person_id == _PERSON).order_by(*_ORDER)
_FIND_KEPT = (
    select(kept)
    .where(kept.c.person_id == _PERSON, kept.c.message_id == bindparam("message"))
    .order_by(*_ORDER)
)
_SAVE_KEPT = upsert(kept)
_DELETE_KEPT = delete(kept).where(
    kept.c.person_id == _PERSON, kept.c.id.in_(bindparam("ids", expanding=True))
)
_LOAD_REFLECTIONS = (
    select(reflections).where(reflections.c.person_id == _PERSON).order_by(reflections.c.talk)
)
_SAVE_REFLECTIONS = upsert(reflections)
_LOAD_CHECK_INS = (
    select(check_ins)
    .where(check_ins.c.person_id == _PERSON, check_ins.c.day >= bindparam("since"))
    .order_by(check_ins.c.day)
)
_SAVE_CHECK_INS = upsert(check_ins)


async def load_kept(conn: Connection, person: int) -> list[KeptRow]:
    """All that a person keeps, in their own order (position, then id)."""
    return [KeptRow(*row) for row in await conn.execute(_LOAD_KEPT, {"person": person})]


async def find_kept(conn: Connection, person: int, message_id: int) -> list[KeptRow]:
    """What a person keeps from one of their messages."""
    found = await conn.execute(_FIND_KEPT, {"person": person, "message": message_id})
    return [KeptRow(*row) for row in found]


async def save_kept(conn: Connection, rows: Collection[KeptRow]) -> None:
    """Write new and changed kept words."""
    if rows:
        await conn.execute(_SAVE_KEPT, parameters(KeptRow, rows))


async def delete_kept(conn: Connection, person: int, ids: Collection[int]) -> None:
    """Delete kept words by id; only the person's own go."""
    if ids:
        await conn.execute(_DELETE_KEPT, {"person": person, "ids": list(ids)})


async def load_reflections(conn: Connection, person: int) -> list[ReflectionRow]:
    """Every finished talk of a person, the oldest first."""
    found = await conn.execute(_LOAD_REFLECTIONS, {"person": person})
    return [ReflectionRow(*row) for row in found]


async def save_reflections(conn: Connection, rows: Collection[ReflectionRow]) -> None:
    """Write finished talks."""
    if rows:
        await conn.execute(_SAVE_REFLECTIONS, parameters(ReflectionRow, rows))


async def load_check_ins(
    conn: Connection, person: int, since_day: int | None = None
) -> list[CheckInRow]:
    """A person's check-ins from that day on (as `date.toordinal` counts), the oldest first."""
    found = await conn.execute(_LOAD_CHECK_INS, {"person": person, "since": since_day or 0})
    return [CheckInRow(*row) for row in found]


async def save_check_ins(conn: Connection, rows: Collection[CheckInRow]) -> None:
    """Write new and corrected check-ins; a day has one."""
    if rows:
        await conn.execute(_SAVE_CHECK_INS, parameters(CheckInRow, rows))
