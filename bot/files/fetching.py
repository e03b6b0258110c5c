"""A file that a person sent back: fetched and read before the turn, never in it."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from telegram.error import TelegramError

from bot.files.brought import Brought
from bot.files.checked import checked
from bot.files.everything import LARGEST, Everything
from bot.logs import log_failure
from bot.transport import Transport

#: Seconds that fetching and reading may take.
DEADLINE = 20.0


class Fetcher:
    """Gets files from the Bot API server."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def fetch(self, file: str) -> Brought:
        """The file of that Telegram id, read. Never raises."""
        try:
            async with asyncio.timeout(DEADLINE):
                return await self._fetch(file)
        except (TelegramError, TimeoutError) as error:
            log_failure("file_not_fetched", error)
            return Brought(fault="away")
        except Exception as error:
            log_failure("file_unreadable", error)
            return Brought(fault="unreadable")

    async def _fetch(self, file: str) -> Brought:
        found = await self._transport.call("getFile", {"file_id": file})
        if int(found.get("file_size", 0)) > LARGEST:
            return Brought(fault="large")
        url = self._transport.file_url(str(found["file_path"]))
        status, data = await self._transport.exchange("GET", url, DEADLINE)
        if status != HTTPStatus.OK:
            return Brought(fault="away")
        if len(data) > LARGEST:
            return Brought(fault="large")
        return Brought(await asyncio.to_thread(_read, data))


def _read(data: bytes) -> Everything:
    return checked(Everything.from_json(data))
