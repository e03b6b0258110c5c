"""Plays a message: after it was sent it is edited again and again, beside the chat's order.

What is played stands in memory only. It ends at the person's next update and when the bot ends;
then the message stays as it is, with its buttons. A frame that cannot be shown is left out.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from telegram.error import TelegramError

from bot.outbox.gate import Gate
from bot.outbox.items import Frames
from bot.transport import TooManyRequests, Transport

#: What every pace is multiplied by.
TEMPO = 1.0
#: Messages that are played at once; any other stays as it was sent.
MOST = 1_000
#: A frame that takes longer is given up: what comes next for that message waits for it.
SECONDS = 3.0


@dataclass(slots=True, eq=False)
class _Show:
    """One message that is being played."""

    chat: int
    message_id: int
    frames: Frames
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    #: Set while no frame is under way.
    quiet: asyncio.Event = field(default_factory=asyncio.Event)


class Playing:
    """One message a chat at the most; `paid` is called for every frame that goes out."""

    def __init__(
        self,
        transport: Transport,
        gate: Gate,
        spawn: Callable[[Coroutine[Any, Any, None]], object],
        paid: Callable[[], None],
    ) -> None:
        self._transport, self._gate, self._spawn, self._paid = transport, gate, spawn, paid
        self._shows: dict[int, _Show] = {}

    def begin(self, chat: int, message_id: int, frames: Frames) -> None:
        """Play these in that message, which shows what stands before the first of them."""
        self.still(chat)
        if len(self._shows) < MOST:
            show = self._shows[chat] = _Show(chat, message_id, frames)
            show.quiet.set()
            self._spawn(self._play(show))

    def still(self, chat: int) -> None:
        """Show no further frame in this chat."""
        if show := self._shows.get(chat):
            show.stopped.set()

    def end(self) -> None:
        """Show no further frame anywhere."""
        for show in self._shows.values():
            show.stopped.set()

    async def settled(self, chat: int) -> None:
        """Wait for a frame that is under way, so that it cannot take back what comes after it."""
        if show := self._shows.get(chat):
            await show.quiet.wait()

    async def _play(self, show: _Show) -> None:
        loop = asyncio.get_running_loop()
        pace = show.frames.pace * TEMPO
        begun, may_again = loop.time(), 0.0
        last = len(show.frames.payloads)
        try:
            for place, frame in enumerate(show.frames.payloads, 1):
                due = begun + place * pace
                if place == last:
                    # The end is not left out: it says that there is no more to come.
                    due = max(due, may_again)
                if await _passed(show.stopped, due - loop.time()):
                    return
                now = loop.time()
                if now >= may_again and not (self._gate.down or self._gate.held(now)):
                    may_again = loop.time() + await self._show(show, frame)
        finally:
            if self._shows.get(show.chat) is show:
                del self._shows[show.chat]

    async def _show(self, show: _Show, frame: dict[str, Any]) -> float:
        """Show one frame; the seconds for which Telegram wants no other."""
        self._paid()
        show.quiet.clear()
        payload = {"chat_id": show.chat, "message_id": show.message_id, **frame}
        try:
            await self._transport.call("editMessageText", payload, timeout=SECONDS)
        except TooManyRequests as error:
            return float(error.seconds)
        except TelegramError:
            # Gone, blocked, or a server that is away: the messages themselves notice that.
            return 0.0
        finally:
            show.quiet.set()
        return 0.0


async def _passed(stopped: asyncio.Event, seconds: float) -> bool:
    """Wait so long; true where it was stopped before."""
    try:
        await asyncio.wait_for(stopped.wait(), max(0.0, seconds))
    except TimeoutError:
        return stopped.is_set()
    return True
