"""The master key is made once, and never in place of one that is missing or wrong."""

import stat
from base64 import urlsafe_b64encode

import pytest
from sqlalchemy import select

from bot.errors import StartError
from bot.settings import StorageSettings
from bot.storage import erasure
from bot.storage.database import Database
from bot.storage.keys import KEY_FILE, open_keyring
from bot.storage.people import load_people
from bot.storage.sealing import Keyring
from bot.storage.tables import facts
from tests.storage.conftest import NOW, add_person


def keys(*masters: bytes) -> str:
    return ",".join(urlsafe_b64encode(master).decode() for master in masters)


A, B, C = (bytes([number]) * 32 for number in b"abc")


def given(settings: StorageSettings, *masters: bytes) -> StorageSettings:
    return StorageSettings(data_dir=settings.data_dir, secret_keys=keys(*masters))


async def refusal(settings: StorageSettings, database: Database) -> str:
    before = await known_facts(database)
    with pytest.raises(StartError) as caught:
        await open_keyring(settings, database)
    assert caught.value.exit_code == 2
    assert "\n" not in caught.value.message
    assert await known_facts(database) == before
    return caught.value.message


async def known_facts(database: Database) -> list[tuple[str, bytes]]:
    async with database.reading() as conn:
        return [(row[0], row[1]) for row in await conn.execute(select(facts))]


async def opens(keyring: Keyring, database: Database, person: int, sealed: bytes) -> bool:
    async with database.reading() as conn:
        row = (await load_people(conn, [person]))[person]
    return keyring.unwrap(person, row.wrapped).open("kept.body", sealed) == b"words"


async def test_the_first_start_makes_a_key_file_for_its_owner_only(
    settings: StorageSettings, database: Database
) -> None:
    await open_keyring(settings, database)
    path = settings.data_dir / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_text().strip()) == 44
    assert [file.name for file in settings.data_dir.glob("*.new")] == []


async def test_words_open_again_after_a_restart(
    settings: StorageSettings, database: Database, keyring: Keyring
) -> None:
    key = await add_person(database, keyring, 1)
    again = await open_keyring(settings, database)
    assert await opens(again, database, 1, key.seal("kept.body", b"words"))
    assert again.digest(b"update") == keyring.digest(b"update")


async def test_a_half_written_key_file_of_a_crash_does_no_harm(
    settings: StorageSettings, database: Database
) -> None:
    (settings.data_dir / (KEY_FILE + ".new")).write_text("half")
    await open_keyring(settings, database)
    await open_keyring(settings, database)


async def test_a_missing_key_file_with_people_present_is_said_and_none_is_made(
    settings: StorageSettings, database: Database, keyring: Keyring
) -> None:
    await add_person(database, keyring, 1)
    (settings.data_dir / KEY_FILE).unlink()
    assert "missing" in await refusal(settings, database)
    assert not (settings.data_dir / KEY_FILE).exists()


async def test_a_wrong_key_file_with_people_present_is_said(
    settings: StorageSettings, database: Database, keyring: Keyring
) -> None:
    await add_person(database, keyring, 1)
    (settings.data_dir / KEY_FILE).write_text(keys(A))
    assert "wrong" in await refusal(settings, database)


async def test_a_damaged_key_file_is_said_even_when_nobody_is_known(
    settings: StorageSettings, database: Database, keyring: Keyring
) -> None:
    (settings.data_dir / KEY_FILE).write_text("oops")
    assert "damaged" in await refusal(settings, database)
    (settings.data_dir / KEY_FILE).write_bytes(b"\xff\xfe")
    assert "damaged" in await refusal(settings, database)


async def test_a_lost_check_value_with_people_present_is_said(
    settings: StorageSettings, database: Database, keyring: Keyring
) -> None:
    await add_person(database, keyring, 1)
    async with database.writing() as conn:
        await conn.execute(facts.delete())
    assert "wrong" in await refusal(settings, database)


async def test_a_damaged_check_value_with_people_present_is_said(
    settings: StorageSettings, database: Database, keyring: Keyring
) -> None:
    await add_person(database, keyring, 1)
    async with database.writing() as conn:
        await conn.execute(facts.update().values(value=bytes(64)))
    assert "wrong" in await refusal(settings, database)


async def test_a_key_file_may_be_lost_while_nobody_is_known(
    settings: StorageSettings, database: Database, keyring: Keyring
) -> None:
    (settings.data_dir / KEY_FILE).unlink()
    again = await open_keyring(settings, database)
    assert again.digest(b"update") != keyring.digest(b"update")
    assert len(await known_facts(database)) == 1


async def test_the_key_still_matters_when_the_last_person_was_erased(
    settings: StorageSettings, database: Database, keyring: Keyring
) -> None:
    await add_person(database, keyring, 1)
    async with database.writing() as conn:
        await erasure.forget(conn, keyring, 1, NOW)
    (settings.data_dir / KEY_FILE).unlink()
    await refusal(settings, database)


async def test_keys_in_the_settings_win_and_no_file_is_made(
    settings: StorageSettings, database: Database
) -> None:
    await open_keyring(given(settings, A), database)
    assert not (settings.data_dir / KEY_FILE).exists()


async def test_a_rotation_keeps_old_words_open_until_the_old_key_is_gone(
    settings: StorageSettings, database: Database
) -> None:
    first = await open_keyring(given(settings, A), database)
    sealed = (await add_person(database, first, 1)).seal("kept.body", b"words")
    second = await open_keyring(given(settings, B, A), database)
    assert await opens(second, database, 1, sealed)
    await add_person(database, second, 2)
    assert second.digest(b"update") == first.digest(b"update")
    assert "wrong" in await refusal(given(settings, B), database)
    assert "wrong" in await refusal(given(settings, A), database)
    assert "wrong" in await refusal(given(settings, C), database)
    third = await open_keyring(given(settings, C, A, B), database)
    assert await opens(third, database, 1, sealed)


async def test_a_key_file_in_a_folder_that_cannot_be_written_is_said(
    settings: StorageSettings, database: Database
) -> None:
    (settings.data_dir / (KEY_FILE + ".new")).mkdir()
    with pytest.raises(StartError) as caught:
        await open_keyring(settings, database)
    assert caught.value.exit_code == 1
    assert await known_facts(database) == []
    assert not (settings.data_dir / KEY_FILE).exists()
