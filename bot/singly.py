"""Handles updates one by one: after a death, and where a batch does not go through as a whole.

So an update that cannot be handled, or that kills the process, holds up nobody but its own chat.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError

from bot.house import House
from bot.logs import log_failure
from bot.person import epoch_ms
from bot.storage import updates
from bot.storage.database import Database
from bot.telegram_in import Incoming

#: Deaths with one update alone in hand after which it is set aside.
DEATHS_TO_SET_ASIDE = 3
#: Tries of one update whose transaction fails, before it is set aside.
TRIES = 3

_log = structlog.get_logger(__name__)


class Singly:
    """`turn` handles updates in one transaction; `tell` tells a chat that something went wrong."""

    def __init__(
        self,
        house: House,
        database: Database,
        turn: Callable[[Sequence[Incoming]], Awaitable[None]],
        tell: Callable[[int], None],
    ) -> None:
        self._house, self._database = house, database
        self._turn, self._tell = turn, tell
        self._deaths: dict[bytes, int] = {}

    async def noted(self, incoming: Sequence[Incoming], batch: Sequence[dict[str, Any]]) -> None:
        """Handle a batch, each update noted beforehand in case it is what kills the process.

        What was in hand at an earlier death goes last, with all that follows it in its chat.
        """
        async with self._database.reading() as conn:
            suspects = await updates.load_in_hand(conn)
        chats = {one.chat for one in incoming if self._digest(one) in suspects}
        pairs = list(zip(incoming, batch, strict=True))
        done: list[bytes] = []
        for one, raw in sorted(pairs, key=lambda pair: pair[0].chat in chats):
            digest = self._digest(one)
            if digest not in self._deaths:  # else it is the same life: the database was away
                async with self._database.writing() as conn:
                    await updates.clear_in_hand(conn, done)
                    deaths = await updates.put_in_hand(conn, digest, epoch_ms(self._house.now()))
                self._deaths[digest], done = deaths, []
            if self._deaths[digest] >= DEATHS_TO_SET_ASIDE:
                await self._set_aside(one, raw)
            else:
                await self.alone(one, raw)
            done.append(digest)
        async with self._database.writing() as conn:
            await updates.clear_in_hand(conn, done)
        self._deaths.clear()

    async def alone(self, one: Incoming, raw: dict[str, Any]) -> None:
        """One update in a transaction of its own; set aside where that fails again and again."""
        for attempt in range(1, TRIES + 1):
            try:
                await self._turn([one])
            except OperationalError:
                raise  # the database is away or full: the update is sound, and comes again
            except Exception as error:
                log_failure("update_failed", error, attempt=attempt)
                await asyncio.sleep(0.1 * attempt)
            else:
                return
        await self._set_aside(one, raw)

    async def _set_aside(self, one: Incoming, raw: dict[str, Any]) -> None:
        """Keep it sealed, and tell the person; raises where not even that can be written."""
        _log.error("update_set_aside")
        now, digest = epoch_ms(self._house.now()), self._digest(one)
        # Where somebody is, is never stored.
        kept = {} if one.point else raw
        body = self._house.keyring.system.seal("set_aside.body", json.dumps(kept).encode())
        async with self._database.writing() as conn:
            await updates.note_seen(conn, [digest], now)
            await updates.put_aside(conn, digest, now, body, one.chat or None)
        if one.chat and one.kind != "nothing":
            self._tell(one.chat)

    def _digest(self, one: Incoming) -> bytes:
        return self._house.keyring.digest(one.fingerprint)
