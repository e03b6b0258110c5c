"""The database opens for one process, says why when it cannot, and survives a full disk."""

import asyncio
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.settings import StorageSettings
from bot.storage.connection import Connection, in_thread
from bot.storage.database import Database
from bot.storage.sqlite import start_error
from bot.storage.tables import facts
from tests.storage.conftest import raw, refusal, store, stored

ROOT = Path(__file__).parents[2]
OPEN_AND_WAIT = """
import asyncio, sys
from bot.settings import load_storage_settings
from bot.storage.database import Database
async def main():
    await Database.open(load_storage_settings())
    print("open", flush=True)
    sys.stdin.readline()
asyncio.run(main())
"""


async def test_what_was_committed_is_there_when_the_database_opens_again(
    settings: StorageSettings,
) -> None:
    database = await Database.open(settings)
    await store(database, "a")
    await database.close()
    database = await Database.open(settings)
    assert await stored(database) == ["a"]
    await database.close()


async def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    await store(database, "there")
    with pytest.raises(IntegrityError):
        await store(database, "new", "there")
    assert await stored(database) == ["there"]
    await store(database, "after")
    assert await stored(database) == ["after", "there"]


async def test_a_cancelled_transaction_leaves_nothing_and_the_next_goes_on(
    database: Database,
) -> None:
    inside = asyncio.Event()

    async def half() -> None:
        async with database.writing() as conn:
            await conn.execute(insert(facts), {"name": "half", "value": b"x"})
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(half())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await store(database, "whole")
    assert await stored(database) == ["whole"]


async def test_work_in_a_thread_has_ended_when_the_cancellation_arrives() -> None:
    started, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        go_on.wait(10)
        ended.set()

    task = asyncio.create_task(in_thread(work))
    await asyncio.to_thread(started.wait, 10)
    task.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()


async def test_two_writers_in_one_process_take_turns(database: Database) -> None:
    await asyncio.gather(*(store(database, f"{number:02}") for number in range(20)))
    assert len(await stored(database)) == 20


async def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    async with database.reading() as conn:
        assert (await conn.execute(select(facts))).all() == []
        await store(database, "new")
        assert (await conn.execute(select(facts))).all() == []
    assert await stored(database) == ["new"]


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(OperationalError):
        async with database.reading() as conn:
            await conn.execute(insert(facts), {"name": "a", "value": b"x"})
    await store(database, "b")


async def test_an_error_of_the_database_does_not_tell_the_parameters(database: Database) -> None:
    await store(database, "rareword")
    with pytest.raises(IntegrityError) as caught:
        await store(database, "rareword")
    assert "rareword" not in str(caught.value)


async def test_a_full_disk_is_an_error_that_loses_nothing_and_passes(database: Database) -> None:
    await store(database, "before")
    async with database.writing() as conn:
        pages = await in_place(conn, "PRAGMA page_count")
        await in_place(conn, f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(OperationalError):
        await store(database, "much", value=bytes(1_000_000))
    assert await stored(database) == ["before"]
    async with database.writing() as conn:
        await in_place(conn, "PRAGMA max_page_count = 1000000")
    await store(database, "much", value=bytes(1_000_000))
    assert await stored(database) == ["before", "much"]


FULL_AT_COMMIT = """
import asyncio, resource
from sqlalchemy.exc import OperationalError
from bot.settings import load_storage_settings
from bot.storage.database import Database
from tests.storage.conftest import store, stored
async def main():
    database = await Database.open(load_storage_settings())
    await store(database, "before")
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    try:
        await store(database, "much", value=bytes(1_000_000))
    except OperationalError as error:
        print(error.orig.sqlite_errorname)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    await store(database, "after")
    print(*await stored(database))
    await database.close()
asyncio.run(main())
"""


def test_a_commit_that_cannot_be_written_is_undone_and_the_next_one_goes_on(
    settings: StorageSettings,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_AT_COMMIT],
        env=settings.child_environment() | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    error, names = done.stdout.splitlines() or [done.stderr, ""]
    assert error.startswith(("SQLITE_IOERR", "SQLITE_FULL")), error
    assert names == "after before"


async def test_a_refused_commit_is_undone_and_the_next_one_goes_on(database: Database) -> None:
    async with database.writing() as conn:
        await conn.execute(
            text("CREATE TABLE a (b REFERENCES facts DEFERRABLE INITIALLY DEFERRED)")
        )
    connection = database._writer.raw_connection()
    connection.cursor().execute("PRAGMA foreign_keys = ON")
    connection.close()
    with pytest.raises(IntegrityError):
        async with database.writing() as conn:
            await conn.execute(text("INSERT INTO a VALUES ('nobody')"))
    await store(database, "after")
    assert await stored(database) == ["after"]


async def in_place(conn: Connection, pragma: str) -> int:
    return int((await conn.execute(text(pragma))).scalar_one())


async def test_every_commit_is_on_the_disk_and_every_deletion_is_overwritten(
    database: Database,
) -> None:
    async with database.writing() as conn:
        assert await in_place(conn, "PRAGMA synchronous") == 2
        assert await in_place(conn, "PRAGMA secure_delete") == 1


async def test_files_are_readable_by_their_owner_only(
    settings: StorageSettings, database: Database
) -> None:
    await store(database, "a")
    assert stat.S_IMODE(settings.data_dir.stat().st_mode) == 0o700
    for file in settings.data_dir.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


async def test_a_second_bot_is_refused_and_may_come_when_the_first_is_gone(
    settings: StorageSettings,
) -> None:
    first = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", OPEN_AND_WAIT),
        env=settings.child_environment() | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert first.stdout is not None
    assert await first.stdout.readline() == b"open\n"
    error = await refusal(settings)
    assert error.exit_code == 1
    assert "another threshold is using" in error.message.lower()
    first.kill()
    await first.wait()
    await (await Database.open(settings)).close()


async def test_a_database_from_a_newer_version_is_refused_untouched(
    settings: StorageSettings,
) -> None:
    await (await Database.open(settings)).close()
    conn = raw(settings)
    conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.execute("DROP TABLE ties")
    conn.close()
    error = await refusal(settings)
    assert error.exit_code == 2
    assert "newer version" in error.message
    conn = raw(settings)
    assert conn.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    assert conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'ties'").fetchall() == []
    conn.close()


async def test_a_database_of_another_program_is_refused_untouched(
    settings: StorageSettings,
) -> None:
    settings.data_dir.mkdir()
    conn = raw(settings)
    conn.execute("CREATE TABLE recipes (id INTEGER)")
    conn.close()
    assert (await refusal(settings)).exit_code == 2
    conn = raw(settings)
    assert conn.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]
    conn.close()


async def test_a_damaged_database_is_said(settings: StorageSettings) -> None:
    settings.data_dir.mkdir()
    (settings.data_dir / "threshold.db").write_bytes(b"not a database at all" * 500)
    error = await refusal(settings)
    assert error.exit_code == 1
    assert "damaged" in error.message


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    error = await refusal(StorageSettings(data_dir=tmp_path / "file" / "data"))
    assert error.exit_code == 1


async def test_a_database_that_is_a_folder_is_said(settings: StorageSettings) -> None:
    (settings.data_dir / "threshold.db").mkdir(parents=True)
    assert (await refusal(settings)).exit_code == 1


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (sqlite3.SQLITE_CORRUPT | 1 << 8, "damaged"),
        (sqlite3.SQLITE_BUSY, "held by another program"),
        (sqlite3.SQLITE_FULL, "no room left"),
        (sqlite3.SQLITE_READONLY, "cannot be used (SQLITE_READONLY)"),
    ],
)
def test_every_fault_of_the_surroundings_is_told_apart(code: int, word: str) -> None:
    fault = sqlite3.OperationalError("rareword")
    fault.sqlite_errorcode, fault.sqlite_errorname = code, "SQLITE_READONLY"
    error = start_error(DBAPIError("rareword", {}, fault), make_url("sqlite:///a.db"))
    assert word in error.message
    assert "a.db" in error.message
    assert "rareword" not in error.message
    assert error.exit_code == 1
