"""The whole bot on a playground, and every call it makes, noted by the chat it is for."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from structlog.testing import LogCapture

from bot import app, logs, pace
from bot.house import House
from bot.lookup import Nowhere, Wanted
from bot.outbox import Outbox
from bot.places.likely import likely
from bot.places.models import Looked
from bot.playground.client import TOKEN, Playground
from bot.playground.server import Call
from bot.settings import Settings
from bot.storage.database import Database
from bot.transport import CALL_SECONDS, Transport
from bot.turns import Route, Turns
from conversations.schedule import zone_of
from tests.rare import watch

#: Seconds that a round may take on a slow machine.
PATIENCE = 60.0


class Offsets(Nowhere):
    """An atlas that only knows who lives by an offset, as that needs no child process."""

    async def look_up(self, wanted: Wanted, now: datetime) -> Looked:
        """As `Atlas`."""
        if not wanted.offset:
            return Looked(away=True)
        minutes = now.astimezone(zone_of(wanted.offset)).utcoffset() or timedelta()
        return likely(int(minutes.total_seconds() // 60), now)


class Arena:
    """A bot at work. `calls` holds what it asked of Telegram since `forget`, by chat.

    `answers` holds the ids of answered taps, `log` what was logged.
    """

    def __init__(self, play: Playground, folder: Path) -> None:
        self.play = play
        self.calls: dict[int | None, list[Call]] = defaultdict(list)
        self.answers: set[str] = set()
        self.log = LogCapture()
        self.house: House
        self.database: Database
        self._turns: Turns
        self._outbox: Outbox
        self._in_flight = 0
        self._settings = Settings(bot_token=TOKEN, api_url=play.api_url, data_dir=watch(folder))
        play.server.on_call.append(self._note)

    def forget(self) -> None:
        """What was called and logged until now is of no interest any more."""
        self.calls.clear()
        self.answers.clear()
        self.log.entries.clear()

    @property
    def failures(self) -> list[Mapping[str, Any]]:
        """What was logged as an error or a warning."""
        return [entry for entry in self.log.entries if entry["log_level"] in ("error", "warning")]

    async def run(self, stop: asyncio.Event) -> int:
        """The bot, until `stop`."""
        arena = self

        class Seen(Turns):
            def __init__(
                self, house: House, database: Database, outbox: Outbox, route: Route
            ) -> None:
                super().__init__(house, database, outbox, route)
                arena.house, arena.database = house, database
                arena._outbox, arena._turns = outbox, self

        class Counted(Transport):
            async def call(
                self,
                method: str,
                payload: Mapping[str, object],
                *,
                timeout: float = CALL_SECONDS,
            ) -> Any:
                arena._in_flight += method != "getUpdates"
                try:
                    return await super().call(method, payload, timeout=timeout)
                finally:
                    arena._in_flight -= method != "getUpdates"

        parts = app.Parts(transport=Counted, turns=Seen, atlas=Offsets)
        return await app.run(self._settings, parts, stop=stop)

    async def settle(self) -> None:
        """Wait until every update is handled, and all that follows from it has been asked for."""
        updates = self.play.world.updates
        async with asyncio.timeout(PATIENCE):
            await self.play.polled(PATIENCE)
            while len(updates) or self._turns.lookups.unfinished or self._busy:  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    @property
    def _busy(self) -> bool:
        return bool(self._outbox.waiting or self._in_flight)

    def _note(self, call: Call) -> None:
        if call.method == "answerCallbackQuery":
            self.answers.add(str(call.params["callback_query_id"]))
        elif call.chat_id is not None:
            self.calls[call.chat_id].append(call)


@asynccontextmanager
async def arena(folder: Path) -> AsyncIterator[Arena]:
    """A bot that everybody may flood, on files of its own."""
    before, burst = structlog.get_config(), pace.BURST
    async with Playground(seed=11) as play:
        made, stop = Arena(play, folder), asyncio.Event()
        structlog.configure(
            processors=[structlog.processors.add_log_level, logs.redact, made.log],
            cache_logger_on_first_use=False,
        )
        # What a library logs as an error, such as an exception of a task that nobody looked at.
        foreign = logs.Foreign(logging.ERROR)
        logging.getLogger().addHandler(foreign)
        pace.BURST = 1e6
        running = asyncio.ensure_future(made.run(stop))
        try:
            polled = asyncio.ensure_future(play.polled(PATIENCE))
            await asyncio.wait((running, polled), return_when=asyncio.FIRST_COMPLETED)
            await polled
            yield made
        finally:
            stop.set()
            await running
            pace.BURST = burst
            logging.getLogger().removeHandler(foreign)
            structlog.configure(**before)
