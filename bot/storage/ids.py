"""Ids for rows of `kept`, `appointments` and `outbox`, given out before the rows are written."""

from sqlalchemy import func, select

from bot.storage.connection import Connection
from bot.storage.tables import appointments, kept, outbox

_HIGHEST = [select(func.max(table.c.id)) for table in (kept, appointments, outbox)]
_PER_MILLISECOND = 16


class IdSource:
    """Gives ever greater ids, one sequence for all three tables."""

    def __init__(self, first: int) -> None:
        self._next = first

    @classmethod
    async def read(cls, conn: Connection, now: int) -> "IdSource":
        """Go on above every id in the tables, and above the clock.

        The clock, because the highest rows may have been deleted since: an old button or a row's
        `follows` must never come to mean somebody else's row.
        """
        highest = [(await conn.execute(query)).scalar() or 0 for query in _HIGHEST]
        return cls(max(*highest, now * _PER_MILLISECOND) + 1)

    def next(self) -> int:
        """A fresh id."""
        fresh = self._next
        self._next += 1
        return fresh
