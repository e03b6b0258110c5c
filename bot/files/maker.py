"""Makes what a sealed recipe says, after the commit: a picture, or a file to read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.files import document, reader
from bot.files.everything import gather
from bot.house import House
from bot.logs import log_failure
from bot.storage.database import Database

Recipe = dict[str, Any]
Make = Callable[[Recipe], Awaitable[bytes | None]]
#: What a recipe of everything has under `write`, beside the `person` whose it is.
PAGE, DATA = "everything.html", "everything.json"


class Maker:
    """Knows who makes what; `draw` makes pictures."""

    def __init__(self, draw: Make, house: House, database: Database) -> None:
        self._draw, self._house, self._database = draw, house, database

    async def make(self, recipe: Recipe) -> bytes | None:
        """The picture or the file; None where it could not be made. Never raises."""
        if "draw" in recipe:
            return await self._draw(recipe)
        try:
            return await self._written(recipe)
        except Exception as error:
            log_failure("file_failed", error)
            return None

    async def _written(self, recipe: Recipe) -> bytes | None:
        # A long one takes a while, and nobody waits for it in a thread of its own.
        if recipe["write"] == document.DOCUMENT:
            return await asyncio.to_thread(document.html, recipe)
        async with self._database.reading() as conn:
            all_of_it = await gather(conn, self._house.keyring, recipe["person"])
        if all_of_it is None:
            return None
        if recipe["write"] == DATA:
            return await asyncio.to_thread(all_of_it.to_json)
        library, now = self._house.library, self._house.now()
        return await asyncio.to_thread(reader.page, all_of_it, library, now)
