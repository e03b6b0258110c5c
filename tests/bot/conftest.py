"""The whole bot in process, over real HTTP with the playground, and a clock that can be moved."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import app, clock, pace
from bot.lookup import Atlas, Nowhere
from bot.pictures.artist import Artist
from bot.playground.client import TOKEN, Person, Playground
from bot.settings import PREFIX, Settings
from bot.storage.database import Database
from conversations.stage import START
from tests import shipped
from tests.rare import watch


class TheBot:
    """The bot at work on a playground. `tables` and `holds` look into its files from outside."""

    def __init__(self, play: Playground, folder: Path) -> None:
        self.play = play
        self.folder = watch(folder)
        self.atlas: Callable[[], Atlas] = Nowhere
        #: What draws: the real one, in its child process.
        self.artist: Callable[[], Artist] = Artist
        self._ahead = timedelta()
        self._stop = asyncio.Event()
        self._running: asyncio.Task[int] | None = None

    def now(self) -> datetime:
        """What the bot takes for the time, UTC."""
        return datetime.now(UTC) + self._ahead

    def set_clock(self, at: datetime) -> None:
        """From now on it is this moment (aware), for the bot and for Telegram."""
        self.pass_time(at - self.now())

    def pass_time(self, span: timedelta) -> None:
        """Let that much time go by."""
        self._ahead += span
        self.play.clock.advance(span.total_seconds())

    async def start(self) -> None:
        """Start, and wait until it asks for updates."""
        self._stop = asyncio.Event()
        settings = Settings(
            bot_token=TOKEN,
            api_url=self.play.api_url,
            data_dir=self.folder,
        )
        self._running = asyncio.ensure_future(self._run(settings))
        polled = asyncio.ensure_future(self.play.polled(60))
        await asyncio.wait((self._running, polled), return_when=asyncio.FIRST_COMPLETED)
        polled.cancel()
        if self._running.done():
            raise AssertionError(f"the bot ended at once: {self._running.exception()!r}")

    async def _run(self, settings: Settings) -> int:
        parts = app.Parts(atlas=self.atlas, artist=self.artist)
        return await app.run(settings, parts, now=self.now, stop=self._stop)

    async def stop(self) -> None:
        """End as SIGTERM ends it."""
        self._stop.set()
        assert self._running is not None
        assert await self._running == 0

    async def restart(self) -> None:
        """End, and start anew on the same files."""
        await self.stop()
        await self.start()

    def tables(self) -> dict[str, int]:
        """How many rows each table holds; tables that are empty are left out."""
        path = self.folder / "threshold.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
            names = [
                n for (n,) in conn.execute("select name from sqlite_master where type='table'")
            ]
            counts = {n: conn.execute(f'select count(*) from "{n}"').fetchone()[0] for n in names}
        return {name: count for name, count in counts.items() if count}

    async def noted(self) -> None:
        """Wait until what was sent is on record, as it is long before anything comes due."""
        query = "select count(*) from outbox where done_at is null"
        path = self.folder / "threshold.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
            async with asyncio.timeout(20):
                while conn.execute(query).fetchone()[0]:  # noqa: ASYNC110 - a file tells nobody
                    await asyncio.sleep(0.02)

    def holds(self, word: str) -> list[str]:
        """The files of the data folder in whose bytes this word can be read."""
        needle = word.encode()
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return [path.name for path in files if needle in path.read_bytes()]


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests type faster than people; `test_pace` looks at what becomes of that."""
    monkeypatch.setattr(pace, "BURST", 100_000.0)


@pytest.fixture(autouse=True)
def _content_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading it anew, as the bots of `tests/durable` do, would be most of a start."""
    monkeypatch.setattr(app, "read_content", shipped.content)


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches a test; the clock looks often."""
    for name in list(os.environ):
        if name.startswith(PREFIX) or name == "PORT":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(clock, "TICK_SECONDS", 0.05)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty database: made once, since a migration costs a second."""
    folder = tmp_path_factory.mktemp("migrated")

    async def make() -> None:
        settings = Settings(bot_token=TOKEN, data_dir=folder)
        await (await Database.open(settings)).close()

    asyncio.run(make())
    return folder


@pytest.fixture
async def play() -> AsyncIterator[Playground]:
    async with Playground(seed=11) as play:
        yield play


@pytest.fixture
def atlas() -> Callable[[], Atlas]:
    """What makes the bot's atlas; starting the whole one takes seconds, and few tests ask it."""
    return Nowhere


@pytest.fixture
async def bot(
    play: Playground, migrated: Path, tmp_path: Path, atlas: Callable[[], Atlas]
) -> AsyncIterator[TheBot]:
    """A bot that is up, at the moment at which transcripts begin: no test depends on today."""
    shutil.copytree(migrated, tmp_path / "data")
    bot = TheBot(play, tmp_path / "data")
    bot.atlas = atlas
    bot.set_clock(START)
    await bot.start()
    yield bot
    await bot.stop()


@pytest.fixture
def ann(play: Playground, bot: TheBot) -> Person:
    """Someone with a phone, whom the bot has never met."""
    return play.person("Ann")
