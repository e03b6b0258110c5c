"""Who makes what of a recipe; what cannot be made is nothing, and no error."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.files.document import recipe
from bot.files.maker import Maker
from bot.house import House
from bot.settings import StorageSettings
from bot.storage.database import Database
from bot.storage.ids import IdSource
from bot.storage.keys import open_keyring
from bot.storage.replay import ErasureList
from tests import shipped


async def _draw(_recipe: object) -> bytes | None:
    return b"drawn"


@pytest.fixture
async def maker(tmp_path: Path) -> AsyncIterator[Maker]:
    settings = StorageSettings(data_dir=tmp_path / "data")
    database = await Database.open(settings)
    keyring = await open_keyring(settings, database)
    house = House(*shipped.content(), keyring, IdSource(1), ErasureList.of(settings))
    yield Maker(_draw, house, database)
    await database.close()
    shutil.rmtree(tmp_path / "data")


async def test_a_picture_is_drawn_and_a_document_written(maker: Maker) -> None:
    assert await maker.make({"draw": "line"}) == b"drawn"
    made = await maker.make(recipe("T", "L", [], "en"))
    assert made is not None
    assert made.startswith(b"<!doctype html>")


@pytest.mark.parametrize("kind", ["document", "everything.json", "everything.html", "nothing"])
async def test_what_cannot_be_made_is_nothing(maker: Maker, kind: str) -> None:
    assert await maker.make({"write": kind, "person": 7}) is None
