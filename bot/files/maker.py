"""Makes what a sealed recipe says, after the commit: a picture, or a file to read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.files import document
from bot.logs import log_failure

Recipe = dict[str, Any]
Make = Callable[[Recipe], Awaitable[bytes | None]]


class Maker:
    """Knows who makes what; `draw` makes pictures."""

    def __init__(self, draw: Make) -> None:
        self._draw = draw

    async def make(self, recipe: Recipe) -> bytes | None:
        """The picture or the file; None where it could not be made. Never raises."""
        if "draw" in recipe:
            return await self._draw(recipe)
        try:
            # A long one takes a while, and nobody waits for it here.
            return await asyncio.to_thread(document.html, recipe)
        except Exception as error:
            log_failure("file_failed", error)
            return None
