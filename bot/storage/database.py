"""The database: opened once by one process, one connection that writes and one that reads."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Self

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from bot.logs import log_failure
from bot.settings import StorageSettings
from bot.storage import schema, sqlite
from bot.storage.connection import AtOnce, Connection, in_thread
from bot.storage.lock import FileLock, unusable

#: Bytes of the log from which on it is copied back.
LONG_LOG = 16 * 1024 * 1024


class Database:
    """Transactions on the database; make one with `open`, end it with `close`."""

    def __init__(self, url: URL, lock: FileLock) -> None:
        self._writer = sqlite.writing_engine(url)
        self._reader = sqlite.reading_engine(url)
        self._write_turn = asyncio.Lock()
        self._read_turn = asyncio.Lock()
        self._lock = lock
        self._url, self._log = url, Path(f"{url.database}-wal")
        self._copying: asyncio.Future[None] | None = None

    @classmethod
    async def open(cls, settings: StorageSettings) -> Self:
        """Open the database of these settings, made or migrated where needed.

        Raises `StartError`: exit code 1 when another bot holds it, when it is damaged or cannot be
        written; 2 when it is from a newer version or belongs to another program.
        """
        url = settings.database
        lock = await take_database(url)
        database = cls(url, lock)
        try:
            if not await in_thread(database._bring_up):
                await schema.migrate_in_child(settings)
        except DBAPIError as error:
            await database.close()
            raise sqlite.start_error(error, url) from None
        except BaseException:
            await database.close()
            raise
        return database

    async def close(self) -> None:
        """Close both connections and let another process open the database."""
        async with self._write_turn, self._read_turn:
            await self._copied()
            self._reader.dispose()
            await in_thread(self._writer.dispose)
            self._lock.release()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Connection]:
        """A transaction that may write: one at a time, committed at the end, undone on an error.

        Cancelled while it commits, it has committed by the time the cancellation arrives.
        """
        async with self._write_turn:
            with self._writer.connect() as conn:
                transaction = await in_thread(conn.begin)
                try:
                    yield AtOnce(conn)
                except BaseException:
                    transaction.rollback()
                    raise
                try:
                    await in_thread(transaction.commit)
                except BaseException:
                    conn.connection.rollback()  # SQLite may keep a refused commit's changes open
                    raise
        self._copy_long_log()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """A transaction that only reads, beside the one that writes; sees what was committed."""
        async with self._read_turn:
            with self._reader.connect() as conn:
                yield AtOnce(conn)

    async def scrub(self) -> bool:
        """After an erasure: empty the write-ahead log, which still holds what was deleted.

        False when another program reads the database just now, so that it must be tried again.
        """
        async with self._write_turn, self._read_turn:
            await self._copied()
            return await in_thread(self._checkpoint)

    def _copy_long_log(self) -> None:
        """Copy the log back once it is long: in a thread and beside the work.

        In a large database its pages lie far apart: a commit that did it would hold up everyone.
        """
        if self._copying is not None and not self._copying.done():
            return
        with suppress(FileNotFoundError):
            if self._log.stat().st_size > LONG_LOG:
                loop = asyncio.get_running_loop()
                self._copying = loop.run_in_executor(None, self._copy_log)

    def _copy_log(self) -> None:
        try:
            sqlite.copy_log(self._url)
        except sqlite3.Error as error:  # the next one will do it, or in the end a commit
            log_failure("log_not_copied", error)

    async def _copied(self) -> None:
        if self._copying is not None:
            await self._copying

    def _checkpoint(self) -> bool:
        borrowed = self._writer.raw_connection()
        try:
            cursor = borrowed.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            row = cursor.fetchone()
            return row is not None and row[0] == 0
        finally:
            borrowed.close()

    def _bring_up(self) -> bool:
        with self._writer.begin() as conn:
            return schema.bring_up(conn)


async def take_database(url: URL) -> FileLock:
    """Make the database's file where it is missing, readable by its owner only, and lock it."""
    path = Path(url.database or "")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unusable(path.parent, error) from None
    lock = await FileLock.take(path.with_name(path.name + ".lock"))
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        lock.release()
        raise unusable(path.parent, error) from None
    return lock
