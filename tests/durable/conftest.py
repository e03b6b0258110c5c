"""A playground for each test, and a bot beside it that is gone afterwards."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.client import Playground
from tests.durable.processes import Bot


@pytest.fixture
async def play() -> AsyncIterator[Playground]:
    async with Playground() as playground:
        yield playground


@pytest.fixture
async def bot(play: Playground, tmp_path: Path) -> AsyncIterator[Bot]:
    """A bot that is up."""
    async with Bot(play, tmp_path) as started:
        await started.up()
        yield started
