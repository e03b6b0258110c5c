"""A database in a folder of its own, its keyring, and rows to put in it."""

import os
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.errors import StartError
from bot.settings import PREFIX, StorageSettings
from bot.storage import people
from bot.storage.database import Database
from bot.storage.keys import open_keyring
from bot.storage.rows import PersonRow
from bot.storage.sealing import Keyring, PersonKey
from bot.storage.tables import facts

NOW = 1_795_000_000_000


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches a test."""
    for name in list(os.environ):
        if name.startswith(PREFIX) or name == "PORT":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> StorageSettings:
    return StorageSettings(data_dir=tmp_path / "data")


@pytest.fixture
async def database(settings: StorageSettings) -> AsyncIterator[Database]:
    database = await Database.open(settings)
    yield database
    await database.close()


@pytest.fixture
async def keyring(settings: StorageSettings, database: Database) -> Keyring:
    return await open_keyring(settings, database)


async def add_person(database: Database, keyring: Keyring, person: int) -> PersonKey:
    key, wrapped = keyring.new_person_key(person)
    row = make_person(person, key.seal("people.profile", b"{}"), wrapped)
    async with database.writing() as conn:
        await people.save_people(conn, [row])
        await people.add_keys(conn, {person: wrapped})
    return key


def make_person(person: int, profile: bytes = b"profile", wrapped: bytes = b"key") -> PersonRow:
    return PersonRow(
        id=person,
        language="en",
        zone=None,
        created_at=NOW,
        seen_at=NOW,
        unreachable_since=None,
        active_talk=None,
        next_talk=1,
        next_tie=1,
        newest_row=None,
        last_message=None,
        profile=profile,
        wrapped=wrapped,
    )


async def refusal(settings: StorageSettings) -> StartError:
    with pytest.raises(StartError) as caught:
        await Database.open(settings)
    assert caught.value.message.endswith(".")
    assert "\n" not in caught.value.message
    return caught.value


def raw(settings: StorageSettings) -> sqlite3.Connection:
    assert settings.database.database is not None
    return sqlite3.connect(settings.database.database, isolation_level=None)


async def store(database: Database, *names: str, value: bytes = b"x") -> None:
    async with database.writing() as conn:
        for name in names:
            await conn.execute(insert(facts), {"name": name, "value": value})


async def stored(database: Database) -> list[str]:
    async with database.reading() as conn:
        return sorted((await conn.execute(select(facts.c.name))).scalars())
