"""What a query needs of a connection, whatever the database.

SQLAlchemy's `AsyncConnection` fits as it is, which is how PostgreSQL will come in. SQLite gets
`AtOnce`: its statements run in place, because handing each to a thread and back costs several times
what the statement costs. Only what may wait for a lock or for the disk, the beginning and the end
of a transaction, runs in a thread (see `database`).
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol, TypeVar

import sqlalchemy
from sqlalchemy import CursorResult, Executable

Result = TypeVar("Result")


class Connection(Protocol):
    """Runs statements in the transaction it was given for."""

    async def execute(
        self, statement: Executable, parameters: Any = None, /
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement, once or for each of a list of parameters."""


class AtOnce:
    """A `Connection` on SQLite."""

    __slots__ = ("_conn",)

    def __init__(self, conn: sqlalchemy.Connection) -> None:
        self._conn = conn

    async def execute(
        self, statement: Executable, parameters: Any = None, /
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement in place."""
        return self._conn.execute(statement, parameters)


async def in_thread(work: Callable[[], Result]) -> Result:
    """Run `work` in a thread; a cancelled caller still waits for its end.

    So a commit is never left running behind the back of whoever uses the connection next.
    """
    running = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([running])
        raise
