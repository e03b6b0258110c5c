"""After a rotation everything opens under the new key, and nothing under the old one."""

import asyncio
import os
import sys
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import select

from bot.errors import StartError
from bot.settings import StorageSettings
from bot.storage import rotation
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.keys import KEY_FILE, open_keyring, read_key_file
from bot.storage.people import add_keys, load_people, wrapped_keys
from bot.storage.tables import facts
from tests.storage.conftest import add_person

PEOPLE = range(1, 8)
QUIET = Console(quiet=True)


def _given(settings: StorageSettings, *masters: bytes) -> StorageSettings:
    keys = ",".join(urlsafe_b64encode(master).decode() for master in masters)
    return StorageSettings(data_dir=settings.data_dir, secret_keys=keys)


async def _fill(settings: StorageSettings) -> tuple[dict[int, bytes], bytes]:
    """People with sealed words; and a digest that has to stay the same."""
    database = await Database.open(settings)
    try:
        keyring = await open_keyring(settings, database)
        keys = {person: await add_person(database, keyring, person) for person in PEOPLE}
        return (
            {person: key.seal("kept.body", b"words") for person, key in keys.items()},
            keyring.digest(b"an update"),
        )
    finally:
        await database.close()


async def _all_open(settings: StorageSettings, sealed: dict[int, bytes], digest: bytes) -> None:
    database = await Database.open(settings)
    try:
        keyring = await open_keyring(settings, database)
        async with database.reading() as conn:
            rows = await load_people(conn, list(PEOPLE))
            names = list((await conn.execute(select(facts.c.name))).scalars())
            wrapped = await wrapped_keys(conn, 0, 100)
        assert all(
            keyring.unwrap(p, rows[p].wrapped).open("kept.body", s) == b"words"
            for p, s in sealed.items()
        )
        assert keyring.digest(b"an update") == digest
        assert [n for n in names if n.startswith("master:")] == [f"master:{keyring.newest.hex()}"]
        assert {key[:4] for key in wrapped.values()} == {keyring.newest}
    finally:
        await database.close()


async def test_with_a_key_file_a_new_key_is_made_and_the_old_one_is_gone(
    settings: StorageSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    sealed, digest = await _fill(settings)
    path = settings.data_dir / KEY_FILE
    (old,) = read_key_file(path)
    assert await rotation.rotate(settings, QUIET) == len(PEOPLE)
    (new,) = read_key_file(path)
    assert new != old
    await _all_open(settings, sealed, digest)
    database = await Database.open(settings)
    with pytest.raises(StartError):
        await open_keyring(_given(settings, old), database)
    await database.close()


async def test_keys_of_the_settings_are_rotated_to_the_first_of_them(
    settings: StorageSettings,
) -> None:
    old, new = b"o" * 32, b"n" * 32
    sealed, digest = await _fill(_given(settings, old))
    await rotation.rotate(_given(settings, new, old), QUIET)
    await _all_open(_given(settings, new), sealed, digest)
    assert not (settings.data_dir / KEY_FILE).exists()


async def test_one_that_was_stopped_is_taken_up_again(
    settings: StorageSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed, digest = await _fill(settings)
    path = settings.data_dir / KEY_FILE
    with monkeypatch.context() as patch:
        patch.setattr(rotation, "BATCH", 3)
        real = add_keys
        calls: list[Mapping[int, bytes]] = []

        async def dies(conn: Connection, wrapped: Mapping[int, bytes]) -> None:
            calls.append(wrapped)
            if len(calls) == 2:
                raise KeyboardInterrupt
            await real(conn, wrapped)

        patch.setattr(rotation, "add_keys", dies)
        with pytest.raises(KeyboardInterrupt):
            await rotation.rotate(settings, QUIET)
    assert len(read_key_file(path)) == 2
    new = read_key_file(path)[0]
    assert await rotation.rotate(settings, QUIET) == len(PEOPLE) - 3
    assert read_key_file(path) == [new]
    await _all_open(settings, sealed, digest)


async def _command(settings: StorageSettings) -> tuple[int | None, str, str]:
    root = str(Path(__file__).parents[2])
    data = str(settings.data_dir)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "rotate-keys"),
        env={**os.environ, "PYTHONPATH": root, "THRESHOLD_DATA_DIR": data},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def test_the_command_says_what_to_do_next_and_refuses_beside_a_running_bot(
    settings: StorageSettings,
) -> None:
    await _fill(settings)
    code, out, err = await _command(settings)
    assert (code, err) == (0, "")
    assert "7 people's keys" in out
    database = await Database.open(settings)
    try:
        code, _, err = await _command(settings)
    finally:
        await database.close()
    assert code == 1
    assert err.count("\n") == 1
