"""Brings a database to the tables this version knows, or says why it cannot.

A new database gets its tables at once. One from an older version is migrated in a child process,
because Alembic would weigh on the running bot's memory for good.
"""

import asyncio
import sys

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    select,
)

from bot.errors import ENVIRONMENT_FAULT, SETTINGS_FAULT, StartError
from bot.settings import StorageSettings
from bot.storage.tables import REVISIONS, metadata

# As Alembic itself makes it, so that a later migration starts from here.
_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def bring_up(conn: Connection) -> bool:
    """Make the tables of a new database; False when an older one must first be migrated.

    Raises `StartError` (exit code 2) for a database from a newer version, or of another program.
    """
    tables = inspect(conn).get_table_names()
    if _version.name in tables:
        found = conn.scalars(select(_version.c.version_num)).all()
        if unknown := set(found) - set(REVISIONS):
            raise StartError(
                f"The database is from a newer version of Threshold ({', '.join(unknown)}): "
                "update Threshold, or restore a backup from before.",
                SETTINGS_FAULT,
            )
        return list(found) == [REVISIONS[-1]]
    if tables:
        raise StartError("The database belongs to another program.", SETTINGS_FAULT)
    metadata.create_all(conn, checkfirst=False)
    _version.create(conn)
    conn.execute(insert(_version).values(version_num=REVISIONS[-1]))
    return True


async def migrate_in_child(settings: StorageSettings) -> None:
    """Run the migrations in a process of their own, or raise `StartError`."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.storage.migrate"),
        env=settings.child_environment(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await child.communicate()
    if child.returncode:
        lines = said.decode(errors="replace").splitlines()
        reason = lines[0] if len(lines) == 1 else f"The migration ended with {child.returncode}."
        raise StartError(f"The database could not be migrated. {reason}", ENVIRONMENT_FAULT)
