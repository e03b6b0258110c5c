"""getUpdates: hands out what is pending, or waits for it."""

import asyncio
from typing import Literal

from telegram.constants import PollingLimit

from bot.playground.updates import UpdateQueue
from bot.playground.wire import Params, RefusedError

LONGEST_WAIT = 50
_Woken = Literal["update", "conflict", "reset"]


class DisconnectError(Exception):
    """The connection is to be reset instead of answered."""


class Polling:
    """One bot may wait here at a time; a second one sends the first away with 409."""

    def __init__(self, updates: UpdateQueue) -> None:
        self._updates = updates
        self._waiting: asyncio.Future[_Woken] | None = None
        self.someone_waits = asyncio.Event()
        updates.listeners.append(lambda: self._wake("update"))

    async def get_updates(self, params: Params) -> bytes:
        """The body of the answer. Raises `RefusedError` 409, or `DisconnectError` in an outage."""
        self._wake("conflict")
        if "allowed_updates" in params:
            kinds = params.structure("allowed_updates", "allowed updates")
            self._updates.ask_for([str(kind) for kind in kinds or []])
        self._updates.confirm(params.whole("offset"))
        seconds = min(params.whole("timeout"), LONGEST_WAIT)
        if not len(self._updates) and seconds > 0:
            await self._wait(seconds)
        limit = min(max(params.whole("limit", 100), 1), int(PollingLimit.MAX_LIMIT))
        raws = [entry.raw for entry in self._updates.head(limit)]
        return b'{"ok":true,"result":[' + b",".join(raws) + b"]}"

    def disconnect(self) -> None:
        """Reset the connection of a bot that waits."""
        self._wake("reset")

    async def _wait(self, seconds: float) -> None:
        waiting: asyncio.Future[_Woken] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        self.someone_waits.set()
        try:
            woken = await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            return
        finally:
            if self._waiting is waiting:
                self._waiting = None
                self.someone_waits.clear()
        if woken == "reset":
            raise DisconnectError
        if woken == "conflict":
            raise RefusedError(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            )

    def _wake(self, why: _Woken) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(why)
