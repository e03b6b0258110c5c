"""Pictures among what is to be sent: drawn beside every queue, then sent like anything else.

A row with a `recipe` waits here and not in its chat's queue: drawing takes a while, and no answer
waits behind it. A picture that cannot be drawn becomes the sentence that its row has `instead`.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.outbox import rules
from bot.outbox.items import Outgoing
from bot.transport import Transport

Draw = Callable[[dict[str, Any]], Awaitable[bytes | None]]


async def nothing_drawn(_recipe: dict[str, Any]) -> bytes | None:
    """Where nobody draws, every picture is put in words."""
    return None


def is_recipe(item: Outgoing) -> bool:
    """Whether this has to be drawn before it can be sent."""
    return "recipe" in item.payload


async def called(transport: Transport, item: Outgoing) -> Any:
    """Make the call, with its picture where it has one; the `result`, or the transport's errors."""
    payload = {"chat_id": item.chat, **item.payload}
    if item.photo is not None:
        return await transport.upload_photo(item.method, payload, item.photo)
    return await transport.call(item.method, payload)


class Drawing:
    """Draws one picture at a time; `done` gets each, ready to be sent."""

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
        """Draw this one when those before it are done."""
        self._waiting.append(item)
        if not self._busy:
            self._busy = True
            self._spawn(self._work())

    def remove(self, unwanted: Callable[[Outgoing], bool]) -> list[Outgoing]:
        """Take these out, also the one being drawn."""
        gone = [item for item in self._waiting if unwanted(item)]
        self._waiting = deque(item for item in self._waiting if not unwanted(item))
        return gone

    def forget(self) -> None:
        """Draw no more: the rows stay in their table for the next start."""
        self._waiting.clear()

    async def _work(self) -> None:
        try:
            while self._waiting:
                item = self._waiting[0]
                photo = await self._draw(item.payload["recipe"])
                if self._waiting and self._waiting[0] is item:
                    self._waiting.popleft()
                    self._done(_ready(item, photo))
        finally:
            self._busy = False


def _ready(item: Outgoing, photo: bytes | None) -> Outgoing:
    """The row with its picture in place of the recipe, or in words."""
    said = dict(item.payload)
    del said["recipe"]
    item.payload, item.photo, item.instead = said, photo, said.pop("instead")
    if photo is None:
        words = rules.in_words(item)
        item.method, item.payload = words.method, words.payload
    return item
