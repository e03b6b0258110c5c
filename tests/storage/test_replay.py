"""A backup that is put back knows people again who were erased since: they are erased anew."""

import shutil
import stat
from pathlib import Path

from bot.settings import StorageSettings
from bot.storage import people, replay
from bot.storage.database import Database
from bot.storage.keys import open_keyring
from bot.storage.replay import ErasureList
from tests.storage.conftest import NOW, add_person, make_person

ERASED_AT = NOW + 1_000


async def _known(database: Database) -> list[int]:
    async with database.reading() as conn:
        return sorted(await people.load_people(conn, range(10)))


async def _two_people_and_a_backup(settings: StorageSettings, backup: Path) -> None:
    """The backup has both of them; one is erased since."""
    database = await Database.open(settings)
    keyring = await open_keyring(settings, database)
    for person in (1, 2):
        await add_person(database, keyring, person)
    await database.close()
    shutil.copytree(settings.data_dir, backup)
    database = await Database.open(settings)
    listed = ErasureList.of(settings)
    async with database.writing() as conn:
        await replay.forget(conn, keyring, listed, 1, ERASED_AT)
    assert await replay.replay(database, keyring, listed) == 0
    await database.close()


async def test_a_backup_put_back_forgets_again_and_nobody_else(
    settings: StorageSettings, tmp_path: Path
) -> None:
    await _two_people_and_a_backup(settings, tmp_path / "backup")
    for file in (tmp_path / "backup").glob("threshold.db*"):
        shutil.copy(file, settings.data_dir / file.name)
    database = await Database.open(settings)
    keyring = await open_keyring(settings, database)
    assert await _known(database) == [1, 2]
    assert await replay.replay(database, keyring, ErasureList.of(settings)) == 1
    assert await _known(database) == [2]
    assert await replay.replay(database, keyring, ErasureList.of(settings)) == 0
    await database.close()


async def test_who_agreed_again_after_the_erasure_stays(
    settings: StorageSettings, tmp_path: Path
) -> None:
    await _two_people_and_a_backup(settings, tmp_path / "backup")
    (settings.data_dir / replay.FILE).rename(tmp_path / "list")
    shutil.rmtree(settings.data_dir)
    shutil.copytree(tmp_path / "backup", settings.data_dir)
    database = await Database.open(settings)
    keyring = await open_keyring(settings, database)
    key, wrapped = keyring.new_person_key(1)
    row = make_person(1, key.seal("people.profile", b"{}"), wrapped)
    row.created_at = ERASED_AT + 1
    async with database.writing() as conn:
        await people.save_people(conn, [row])
        await people.add_keys(conn, {1: wrapped})
    assert await replay.replay(database, keyring, ErasureList(tmp_path / "list")) == 0
    assert await _known(database) == [1, 2]
    await database.close()


def test_the_list_is_for_its_owner_only_and_a_line_cut_short_is_passed_over(
    tmp_path: Path,
) -> None:
    listed = ErasureList(tmp_path / "erasures")
    assert listed.read() == {}
    listed.note(b"a" * 16, 5)
    listed.note(b"b" * 16, 6)
    with (tmp_path / "erasures").open("a") as file:
        file.write("6161")
    assert listed.read() == {b"a" * 16: 5, b"b" * 16: 6}
    assert stat.S_IMODE((tmp_path / "erasures").stat().st_mode) == 0o600
