"""Queries about appointments: what the clock is to send, and when."""

from collections.abc import Collection

from sqlalchemy import Integer, bindparam, delete, select

from bot.storage.connection import Connection
from bot.storage.dialect import upsert
from bot.storage.rows import RANKS, AppointmentRow, parameters
from bot.storage.tables import appointments

_ANY_DUE = (
    select(appointments.c.id)
    .where(appointments.c.rank.in_(RANKS), appointments.c.next_at <= bindparam("now"))
    .limit(1)
)
_DUE = (
    select(appointments)
    .where(appointments.c.rank == bindparam("rank"), appointments.c.next_at <= bindparam("now"))
    .order_by(appointments.c.next_at, appointments.c.id)
    .limit(bindparam("at_most", type_=Integer))
)
_LOAD = (
    select(appointments)
    .where(appointments.c.person_id == bindparam("person"))
    .order_by(appointments.c.next_at, appointments.c.id)
)
_SAVE = upsert(appointments)
_DELETE = delete(appointments).where(appointments.c.id.in_(bindparam("ids", expanding=True)))


async def any_due(conn: Connection, now: int) -> bool:
    """Whether any appointment's time has come."""
    return (await conn.execute(_ANY_DUE, {"now": now})).first() is not None


async def due_appointments(conn: Connection, now: int, limit: int) -> list[AppointmentRow]:
    """Up to `limit` appointments whose time has come: by rank, then the longest due first."""
    due: list[AppointmentRow] = []
    # One look for each rank: sorting all that is due would cost more, the more is due.
    for rank in RANKS:
        if len(due) < limit:
            wanted = {"rank": rank, "now": now, "at_most": limit - len(due)}
            due += [AppointmentRow(*row) for row in await conn.execute(_DUE, wanted)]
    return due


async def load_appointments(conn: Connection, person: int) -> list[AppointmentRow]:
    """A person's appointments, the next first."""
    return [AppointmentRow(*row) for row in await conn.execute(_LOAD, {"person": person})]


async def save_appointments(conn: Connection, rows: Collection[AppointmentRow]) -> None:
    """Write new and changed appointments."""
    if rows:
        await conn.execute(_SAVE, parameters(AppointmentRow, rows))


async def delete_appointments(conn: Connection, ids: Collection[int]) -> None:
    """Delete appointments by id."""
    if ids:
        await conn.execute(_DELETE, {"ids": list(ids)})
