"""Somebody who takes the batches of a poller, or fails to, as a test says."""

import asyncio
from collections.abc import Callable

from bot.intake import Poller
from bot.readable import Update
from bot.transport import Transport


class Reader:
    """Handles batches as told and remembers them."""

    def __init__(self, transport: Transport, fail: Callable[[int], bool] = lambda _: False) -> None:
        self.batches: list[list[Update]] = []
        self.unfinished: set[int] = set()
        self.calls = 0
        self.stop = asyncio.Event()
        self.poller = Poller(transport, self._handle, lambda: self.unfinished, poll_seconds=1)
        self._fail = fail
        self._stirred = asyncio.Event()

    async def _handle(self, updates: list[Update]) -> None:
        self.calls += 1
        self._stirred.set()
        if self._fail(self.calls):
            raise OSError("the database is away")
        self.batches.append(updates)

    def texts(self) -> list[str]:
        return [
            update.get("message", {}).get("text", "?") for batch in self.batches for update in batch
        ]

    async def until(self, holds: Callable[["Reader"], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds(self):
                self._stirred.clear()
                await self._stirred.wait()

    async def __aenter__(self) -> "Reader":
        self.task = asyncio.create_task(self.poller.run(self.stop))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.stop.set()
        async with asyncio.timeout(5):
            await self.task
