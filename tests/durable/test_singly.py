"""Updates handled one by one: what counts as a death, and what does not."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.house import House, utc_now
from bot.person import epoch_ms
from bot.settings import StorageSettings
from bot.singly import DEATHS_TO_SET_ASIDE, Singly
from bot.storage import updates
from bot.storage.database import Database
from bot.storage.ids import IdSource
from bot.storage.keys import open_keyring
from bot.storage.replay import ErasureList
from bot.telegram_in import Incoming, read
from tests import shipped

RAW = {"update_id": 7, "message": {"message_id": 1, "chat": {"id": 5}, "text": "x", "date": 1}}


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(StorageSettings(data_dir=tmp_path))
    yield database
    await database.close()


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> House:
    keyring = await open_keyring(StorageSettings(data_dir=tmp_path), database)
    return House(*shipped.content(), keyring, IdSource(1), ErasureList(tmp_path / "erasures"))


async def in_hand(database: Database) -> set[bytes]:
    async with database.reading() as conn:
        return await updates.load_in_hand(conn)


async def test_a_database_that_is_away_for_long_is_not_taken_for_deaths(
    database: Database, house: House
) -> None:
    handled: list[Incoming] = []
    told: list[int] = []
    away = 2 * DEATHS_TO_SET_ASIDE

    async def turn(batch: Sequence[Incoming]) -> None:
        nonlocal away
        away -= 1
        if away >= 0:
            raise OperationalError("statement", {}, Exception("locked"))
        handled.extend(batch)

    singly, one = Singly(house, database, turn, told.append), read(RAW, utc_now())
    for _ in range(2 * DEATHS_TO_SET_ASIDE):
        with pytest.raises(OperationalError):
            await singly.noted([one], [RAW])
    await singly.noted([one], [RAW])
    assert handled == [one]
    assert told == []
    assert await in_hand(database) == set()


async def test_what_was_in_hand_at_three_deaths_is_set_aside_and_its_chat_told(
    database: Database, house: House
) -> None:
    one = read(RAW, utc_now())
    digest = house.keyring.digest(one.fingerprint)
    handled: list[Incoming] = []
    told: list[int] = []

    async def turn(batch: Sequence[Incoming]) -> None:
        handled.extend(batch)

    for _ in range(DEATHS_TO_SET_ASIDE):
        async with database.writing() as conn:
            await updates.put_in_hand(conn, digest, epoch_ms(utc_now()))
    await Singly(house, database, turn, told.append).noted([one], [RAW])
    assert (handled, told) == ([], [5])
    assert await in_hand(database) == set()


async def test_what_was_in_hand_at_a_death_waits_for_everybody_else(
    database: Database, house: House
) -> None:
    raws = [
        {**RAW, "update_id": n, "message": {**RAW["message"], "chat": {"id": chat}}}  # type: ignore[dict-item]
        for n, chat in enumerate((5, 6, 5, 7))
    ]
    batch = [read(raw, utc_now()) for raw in raws]
    async with database.writing() as conn:
        digest = house.keyring.digest(batch[0].fingerprint)
        await updates.put_in_hand(conn, digest, epoch_ms(utc_now()))
    order: list[int] = []

    async def turn(part: Sequence[Incoming]) -> None:
        order.extend(one.update_id for one in part)

    await Singly(house, database, turn, lambda _: None).noted(batch, raws)
    assert order == [1, 3, 0, 2]
