"""Pictures and files to be sent: made beside every queue, then sent like anything else.

A row with a `recipe` waits here and not in its chat's queue: making it takes a while, and no answer
waits behind it. What cannot be made becomes the sentence that its row has `instead`.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.outbox import rules
from bot.outbox.items import Outgoing
from bot.transport import Transport

#: What a picture is called; any other name is that of a document.
PICTURE = "picture.png"
Draw = Callable[[dict[str, Any]], Awaitable[bytes | None]]


async def nothing_drawn(_recipe: dict[str, Any]) -> bytes | None:
    """Where nobody draws, every picture and file is put in words."""
    return None


def is_recipe(item: Outgoing) -> bool:
    """Whether this has to be made before it can be sent."""
    return "recipe" in item.payload


async def called(transport: Transport, item: Outgoing) -> Any:
    """Make the call, with its file where it has one; the `result`, or the transport's errors."""
    payload = {"chat_id": item.chat, **item.payload}
    if item.file is not None:
        name = item.name or PICTURE
        field = "photo" if name == PICTURE else "document"
        return await transport.upload(item.method, payload, field, name, item.file)
    return await transport.call(item.method, payload)


class Drawing:
    """Makes one thing at a time; `done` gets each, ready to be sent."""

    def __init__(
        self,
        draw: Draw,
        spawn: Callable[[Coroutine[Any, Any, None]], object],
        done: Callable[[Outgoing], None],
    ) -> None:
        self._draw, self._spawn, self._done = draw, spawn, done
        self._waiting: deque[Outgoing] = deque()  # the first stays while it is being drawn
        self._busy = False

    def add(self, item: Outgoing) -> None:
        """Make this one when those before it are done."""
        self._waiting.append(item)
        if not self._busy:
            self._busy = True
            self._spawn(self._work())

    def remove(self, unwanted: Callable[[Outgoing], bool]) -> list[Outgoing]:
        """Take these out, also the one being made."""
        gone = [item for item in self._waiting if unwanted(item)]
        self._waiting = deque(item for item in self._waiting if not unwanted(item))
        return gone

    def forget(self) -> None:
        """Make no more: the rows stay in their table for the next start."""
        self._waiting.clear()

    async def _work(self) -> None:
        try:
            while self._waiting:
                item = self._waiting[0]
                made = await self._draw(item.payload["recipe"])
                if self._waiting and self._waiting[0] is item:
                    self._waiting.popleft()
                    self._done(_ready(item, made))
        finally:
            self._busy = False


def _ready(item: Outgoing, made: bytes | None) -> Outgoing:
    """The row with its file in place of the recipe, or in words."""
    said = dict(item.payload)
    del said["recipe"]
    item.instead, item.name = said.pop("instead"), said.pop("name", "")
    item.payload, item.file = said, made
    if made is None:
        words = rules.in_words(item)
        item.method, item.payload = words.method, words.payload
    return item
