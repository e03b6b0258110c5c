"""An older database is brought up to date, wholly or not at all, and a new one is made alike."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import StorageSettings
from bot.storage import migrate
from bot.storage.database import Database
from bot.storage.sqlite import writing_engine
from bot.storage.tables import REVISIONS, metadata
from tests.storage.conftest import raw, refusal, store

ROOT = Path(__file__).parents[2]


async def test_an_older_database_is_migrated_in_a_child_process(
    settings: StorageSettings,
) -> None:
    # What Alembic leaves of a database that was taken back to before the first migration.
    settings.data_dir.mkdir()
    conn = raw(settings)
    conn.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    conn.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        database = await Database.open(settings)
    await store(database, "a")
    await database.close()
    conn = raw(settings)
    assert conn.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISIONS[-1],)]
    conn.close()


async def test_a_migration_that_fails_is_one_line_and_changes_nothing(
    settings: StorageSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.data_dir.mkdir()
    conn = raw(settings)
    conn.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    conn.execute("CREATE TABLE erasures (other INTEGER)")  # the last table a migration would make
    conn.close()
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    error = await refusal(settings)
    assert error.exit_code == 1
    conn = raw(settings)
    names = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert sorted(names) == [("alembic_version",), ("erasures",)]
    conn.close()


def test_migrations_end_in_the_very_tables_the_code_describes(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    settings = StorageSettings(data_dir=tmp_path)
    migrate.upgrade(settings.database)
    engine = writing_engine(settings.database)
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    scripts = ScriptDirectory.from_config(migrate.configuration())
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(revisions)) == REVISIONS


async def test_a_new_database_is_made_as_the_migrations_would_make_it(
    settings: StorageSettings, tmp_path: Path
) -> None:
    await (await Database.open(settings)).close()
    migrated = StorageSettings(data_dir=tmp_path / "migrated")
    (tmp_path / "migrated").mkdir()
    migrate.upgrade(migrated.database)
    assert shape(settings) == shape(migrated)


def shape(settings: StorageSettings) -> dict[str, object]:
    """Every table's columns, every index's statement; not how a table came to be as it is."""
    conn = raw(settings)
    found = conn.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    shapes: dict[str, object] = {}
    for kind, name, sql in found.fetchall():
        columns = sorted(conn.execute(f"PRAGMA table_xinfo({name})").fetchall())
        rowid = "WITHOUT ROWID" in sql
        shapes[name] = " ".join(sql.split()) if kind == "index" else (columns, rowid)
    conn.close()
    return shapes


def test_the_migrate_command_migrates_and_says_when_a_bot_runs(
    settings: StorageSettings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THRESHOLD_DATA_DIR", str(settings.data_dir))
    assert migrate.main() == 0
    assert migrate.main() == 0

    async def while_open() -> int:
        database = await Database.open(settings)
        try:
            return await asyncio.to_thread(migrate.main)
        finally:
            await database.close()

    assert asyncio.run(while_open()) == 1
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert "Another Threshold is using" in printed.err


def test_the_running_bot_imports_neither_alembic_nor_the_orm() -> None:
    code = (
        "import sys, bot.storage.database, bot.storage.keys, bot.storage.people,"
        "bot.storage.outbox, bot.storage.updates, bot.storage.words, bot.storage.erasure;"
        "print(*[m for m in sys.modules if m in ('alembic', 'sqlalchemy.orm', 'aiosqlite')])"
    )
    seen = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True)
    assert seen.strip() == ""
