"""Queries about appointments: what the clock is to send, and when."""

from collections.abc import Collection

from sqlalchemy import Integer, bindparam, delete, select, update

from bot.storage.connection import Connection
from bot.storage.dialect import upsert
from bot.storage.rows import RANKS, SENT, AppointmentRow, parameters
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
    .where(
        appointments.c.person_id == bindparam("person"), appointments.c.rank >= bindparam("least")
    )
    .order_by(appointments.c.next_at, appointments.c.id)
)
_FIND = select(appointments).where(
    appointments.c.person_id == bindparam("person"), appointments.c.id == bindparam("number")
)
_SAVE = upsert(appointments)
_SENT = (
    update(appointments)
    .where(appointments.c.id.in_(bindparam("ids", expanding=True)))
    .values(rank=SENT, next_at=bindparam("at"))
)
_PUT_OFF = (
    update(appointments)
    .where(appointments.c.id == bindparam("number"))
    .values(next_at=bindparam("at"))
)
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


async def load_appointments(
    conn: Connection, person: int, *, sent: bool = False
) -> list[AppointmentRow]:
    """A person's appointments that are to come, the next first; with `sent` also those that came.

    Of single ones that came, only those of the last two days are there.
    """
    wanted = {"person": person, "least": SENT if sent else SENT + 1}
    return [AppointmentRow(*row) for row in await conn.execute(_LOAD, wanted)]


async def find_appointment(conn: Connection, person: int, number: int) -> AppointmentRow | None:
    """One appointment of that person by its id, also when it was sent already."""
    found = (await conn.execute(_FIND, {"person": person, "number": number})).first()
    return AppointmentRow(*found) if found else None


async def save_appointments(conn: Connection, rows: Collection[AppointmentRow]) -> None:
    """Write new and changed appointments."""
    if rows:
        await conn.execute(_SAVE, parameters(AppointmentRow, rows))


async def note_sent(conn: Connection, ids: Collection[int], at: int) -> None:
    """These single appointments were sent: they are not due again, but can be opened."""
    if ids:
        await conn.execute(_SENT, {"ids": list(ids), "at": at})


async def put_off(conn: Connection, number: int, until: int) -> None:
    """Nobody looks at this one before then; nothing else about it changes."""
    await conn.execute(_PUT_OFF, {"number": number, "at": until})


async def delete_appointments(conn: Connection, ids: Collection[int]) -> None:
    """Delete appointments by id."""
    if ids:
        await conn.execute(_DELETE, {"ids": list(ids)})
