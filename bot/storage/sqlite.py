"""How SQLite is opened: durable, forgetful about what was deleted, one writer at a time."""

import sqlite3
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import ENVIRONMENT_FAULT, StartError

_PATIENCE = 5.0  # seconds to wait for a lock that another program holds

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit is on the disk before Telegram hears of it
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten
    "PRAGMA temp_store = MEMORY",
)
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def writing_engine(url: URL) -> AsyncEngine:
    """An engine of one connection, whose transactions take the write lock as they begin."""
    engine = create_async_engine(url, **_options())
    _prepare(engine.sync_engine, _PRAGMAS, "BEGIN IMMEDIATE")
    return engine


def reading_engine(url: URL) -> AsyncEngine:
    """An engine of one connection that cannot write; a transaction sees one moment throughout."""
    engine = create_async_engine(url, **_options())
    _prepare(engine.sync_engine, ("PRAGMA query_only = ON",), "BEGIN")
    return engine


def migrating_engine(url: URL) -> Engine:
    """As `writing_engine`, without asyncio; a migration happens wholly or not at all."""
    engine = create_engine(url.set(drivername="sqlite+pysqlite"), **_options())
    _prepare(engine, _PRAGMAS, "BEGIN IMMEDIATE")
    return engine


def start_error(error: DBAPIError, url: URL) -> StartError:
    """What an operator is told when the database cannot be used."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED:
        sentence = f"The database {url.database} is damaged: restore it from a backup."
    elif code == sqlite3.SQLITE_BUSY:
        sentence = f"The database {url.database} is held by another program."
    elif code == sqlite3.SQLITE_FULL:
        sentence = f"There is no room left on the disk of {url.database}."
    else:
        name = getattr(error.orig, "sqlite_errorname", type(error).__name__)
        sentence = f"The database {url.database} cannot be opened for writing ({name})."
    return StartError(sentence, ENVIRONMENT_FAULT)


def _options() -> dict[str, Any]:
    return {
        # The driver is to begin nothing by itself: `_prepare` says how a transaction begins.
        "connect_args": {"isolation_level": None, "timeout": _PATIENCE},
        "hide_parameters": True,
        "pool_size": 1,
        "max_overflow": 0,
        "pool_reset_on_return": None,
    }


def _prepare(engine: Engine, pragmas: tuple[str, ...], begin: str) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
