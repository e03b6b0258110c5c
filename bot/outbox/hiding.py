"""Empties a chat (/hide): deletes what stands in it now and whatever lands in the next seconds."""

import asyncio
from collections.abc import Callable, Sequence

import structlog
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.transport import TooManyRequests, Transport

DELETED_AT_ONCE = 100  # deleteMessages takes no more at once
WATCH_SECONDS = 5.0
LONGEST_PAUSE = 2.0

_log = structlog.get_logger(__name__)


class Hiding:
    """Knows which chats are being hidden, and deletes beside every queue and pause."""

    def __init__(self, transport: Transport, clock: Callable[[], float]) -> None:
        self._transport = transport
        self._clock = clock  # seconds, monotonic
        self._until: dict[int, float] = {}

    def watch(self, chat: int) -> None:
        """For the next seconds `watches` says yes to this chat."""
        now = self._clock()
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        self._until[chat] = now + WATCH_SECONDS

    def watches(self, chat: int) -> bool:
        """Whether what lands in this chat is to be deleted."""
        return bool(self._until) and self._until.get(chat, 0.0) > self._clock()

    async def delete(self, chat: int, message_ids: Sequence[int]) -> None:
        """Delete all these messages, every batch at once, until Telegram has answered for each."""
        batches = [
            list(message_ids[at : at + DELETED_AT_ONCE])
            for at in range(0, len(message_ids), DELETED_AT_ONCE)
        ]
        await asyncio.gather(*(self._delete(chat, batch) for batch in batches))

    async def _delete(self, chat: int, batch: list[int]) -> None:
        pause = 0.02
        while True:
            try:
                await self._transport.call(
                    "deleteMessages", {"chat_id": chat, "message_ids": batch}
                )
            except (BadRequest, Forbidden, InvalidToken) as error:
                if len(batch) > 1 and isinstance(error, BadRequest):
                    # One message that is too old to be deleted must not keep the others standing.
                    half = len(batch) // 2
                    await self._delete(chat, batch[:half])
                    await self._delete(chat, batch[half:])
                else:
                    _log.warning("hide_refused", error=type(error).__name__)
                return
            except TooManyRequests as error:
                await asyncio.sleep(error.seconds)
            except TelegramError:
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)
            else:
                return
