"""Answers taps (answerCallbackQuery): from memory, never retried, beside every chat's order."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import TelegramError

from bot.transport import Transport

AT_ONCE = 24
WAITING = 1000
SECONDS = 5.0


class TapAnswers:
    """A tap that gets no answer only turns its little clock a while longer, so failures pass."""

    def __init__(
        self, transport: Transport, spawn: Callable[[Coroutine[Any, Any, None]], object]
    ) -> None:
        self._transport = transport
        self._spawn = spawn
        self._waiting: deque[dict[str, str]] = deque(maxlen=WAITING)  # the oldest fall out
        self._running = 0

    def add(self, query_id: str, text: str | None) -> None:
        """Answer the tap `query_id`, with a short notice or with none."""
        payload = {"callback_query_id": query_id}
        if text:
            payload["text"] = text
        self._waiting.append(payload)
        if self._running < AT_ONCE:
            self._running += 1
            self._spawn(self._work())

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._answer(self._waiting.popleft())
        finally:
            self._running -= 1

    async def _answer(self, payload: dict[str, str]) -> None:
        try:
            await self._transport.call("answerCallbackQuery", payload, timeout=SECONDS)
        except TelegramError:
            # A token that is refused or a server that is away is noticed by the messages.
            await asyncio.sleep(0)

    def forget(self) -> None:
        """Drop those that have not gone out."""
        self._waiting.clear()
