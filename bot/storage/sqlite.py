"""How SQLite is opened: durable, forgetful about what was deleted, one writer at a time."""

import sqlite3
from contextlib import closing

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from bot.errors import ENVIRONMENT_FAULT, StartError

_PATIENCE = 5.0  # seconds to wait for a lock that another program holds

_CACHE = "PRAGMA cache_size = -1000"  # KiB; the system caches the file as well
_PRAGMAS = (
    _CACHE,
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit is on the disk before Telegram hears of it
    # The log is copied back beside the work (see `database`); a commit does it only if that stalls.
    "PRAGMA wal_autocheckpoint = 16384",  # pages: 64 MiB
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten
    "PRAGMA temp_store = MEMORY",
)
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def writing_engine(url: URL) -> Engine:
    """An engine of one connection, whose transactions take the write lock as they begin."""
    return _engine(url, _PRAGMAS, "BEGIN IMMEDIATE")


def reading_engine(url: URL) -> Engine:
    """An engine of one connection that cannot write; a transaction sees one moment throughout."""
    return _engine(url, (_CACHE, "PRAGMA query_only = ON"), "BEGIN")


def copy_log(url: URL) -> None:
    """Copy what the log holds into the database, beside whoever reads and writes."""
    with closing(sqlite3.connect(str(url.database), timeout=_PATIENCE)) as conn:
        conn.execute("PRAGMA wal_checkpoint(PASSIVE)")


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
        sentence = f"The database {url.database} cannot be used ({name})."
    return StartError(sentence, ENVIRONMENT_FAULT)


def _engine(url: URL, pragmas: tuple[str, ...], begin: str) -> Engine:
    engine = create_engine(
        url,
        # The driver is to begin nothing by itself: `begin` says how a transaction begins.
        connect_args={"isolation_level": None, "timeout": _PATIENCE},
        hide_parameters=True,
        pool_size=1,
        max_overflow=0,
        pool_reset_on_return=None,
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _: object) -> None:
        for pragma in pragmas:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
