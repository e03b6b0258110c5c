"""Tells from inside a bot where it is, and kills it exactly there when a test asks for it."""

import mmap
import os
import signal
import struct
from collections.abc import Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, ClassVar

from bot.outbox import REPLY, Mark, Outbox, Outgoing
from bot.posting import LEAVE
from bot.routing import route
from bot.transport import CALL_SECONDS, Transport
from bot.visit import Visit

#: Texts at which a probed bot's handler fails.
RAISES, DIES = "let the handler raise", "let the process die"
SHOWS = ("sendMessage", "editMessageText")


class Point(IntEnum):
    """Where a bot is, or where it is to die."""

    NOWHERE = 0
    FETCHED = 1
    """Updates have come, nothing of them is committed."""
    DECIDING = 2
    """In the transaction, in the middle of a batch."""
    COMMITTED = 3
    """The transaction is committed, nothing of it is sent."""
    SENT = 4
    """A new message has arrived, and that is not noted."""
    HIDING = 5
    """A chat is about to be emptied."""
    DUE = 6
    """What the clock sends is committed, and not sent."""
    LEAVING = 7
    """A group is about to be left."""


class Marks:
    """A mapped file, so that what it says outlives the bot: the bot's place, and the killer's wish.

    A bot that comes to the wished point for the wished time kills itself with SIGKILL.
    """

    _LAYOUT = struct.Struct("=iii")  # place, wish, how many times more

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(self._LAYOUT.size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), self._LAYOUT.size)

    @property
    def place(self) -> Point:
        """Where the bot is, or was when it died."""
        return Point(self._LAYOUT.unpack_from(self._map)[0])

    def wish(self, point: Point, times: int = 1) -> None:
        """Let the bot die when it comes to `point` for that time."""
        self._LAYOUT.pack_into(self._map, 0, self.place, point, times)

    def come_to(self, point: Point, *, place: Point | None = None) -> None:
        """The bot comes by here."""
        before, wish, times = self._LAYOUT.unpack_from(self._map)
        times -= wish == point
        self._LAYOUT.pack_into(self._map, 0, before if place is None else place, wish, times)
        if wish == point != Point.NOWHERE and times <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


class ProbedTransport(Transport):
    """Notes what arrives and what has been sent."""

    marks: ClassVar[Marks]

    async def call(
        self, method: str, payload: Mapping[str, object], *, timeout: float = CALL_SECONDS
    ) -> Any:
        result = await super().call(method, payload, timeout=timeout)
        if method == "getUpdates" and result:
            self.marks.come_to(Point.FETCHED, place=Point.FETCHED)
        elif method == "sendMessage":
            self.marks.come_to(Point.SENT)
        return result


class ProbedOutbox(Outbox):
    """Notes commits: a turn takes the marks as it begins, and hands over messages after it."""

    marks: ClassVar[Marks]
    _in_turn = False

    def take_marks(self) -> list[Mark]:
        self._in_turn = True
        self.marks.come_to(Point.NOWHERE, place=Point.FETCHED)
        return super().take_marks()

    def send(self, items: Sequence[Outgoing]) -> None:
        if self._in_turn:
            self._in_turn = False
            self.marks.come_to(Point.NOWHERE, place=Point.COMMITTED)
            if items:
                self.marks.come_to(Point.COMMITTED)
        if any(item.priority > REPLY for item in items):
            self.marks.come_to(Point.DUE)
        if any(item.method == LEAVE for item in items):
            self.marks.come_to(Point.LEAVING)
        super().send(items)

    async def hide(self, chat: int, message_ids: Sequence[int]) -> None:
        self.marks.come_to(Point.HIDING)
        await super().hide(chat, message_ids)


async def probed_route(visit: Visit) -> None:
    """The real handlers, but where a text asks for a failure."""
    ProbedTransport.marks.come_to(Point.DECIDING)
    if visit.incoming.text == RAISES:
        raise LookupError(visit.incoming.text)
    if visit.incoming.text == DIES:
        os.kill(os.getpid(), signal.SIGKILL)
    await route(visit)
