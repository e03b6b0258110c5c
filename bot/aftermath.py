"""What follows a turn once it is committed: sending, hiding, erasing traces, and confirming."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.house import House
from bot.lookup import Wanted
from bot.outbox import Outbox, Outgoing
from bot.person import DEFAULT_LANGUAGE, epoch_ms
from bot.posting import Unstored
from bot.storage import updates
from bot.storage.database import Database
from bot.strangers import Footprints
from bot.telegram_in import Incoming
from conversations.screen import Block, Screen

#: Tries to empty the write-ahead log after an erasure, a second apart.
SCRUBS = 3
#: How long work that is kept in memory only may hold back the confirmation, in seconds.
UNSEEN_WAIT = 3.0
#: How long what runs beside the turns may go on at the end, in seconds.
GRACE = 1.0


@dataclass(slots=True)
class After:
    """What is to be done once the transaction has committed."""

    calls: list[Outgoing] = field(default_factory=list)
    taps: list[tuple[str, str | None]] = field(default_factory=list)
    hidden: dict[int, list[int]] = field(default_factory=dict)
    forgotten: dict[int, list[int]] = field(default_factory=dict)
    unscheduled: dict[int, list[int]] = field(default_factory=dict)
    unstored: list[Outgoing] = field(default_factory=list)
    unseen: list[bytes] = field(default_factory=list)
    waiting: list[tuple[Incoming, Wanted | None]] = field(default_factory=list)


class Aftermath:
    """Carries out what a turn left to be done. `unstored` makes calls that stand in no table."""

    def __init__(self, house: House, database: Database, outbox: Outbox) -> None:
        self.unstored = Unstored()
        self.footprints = Footprints()
        self._house, self._database, self._outbox = house, database, outbox
        self._beside: set[asyncio.Future[None]] = set()

    async def carry_out(self, after: After) -> None:
        # First, since it drops what is unsent: what answers a later update of the batch stays.
        emptied = {chat: self._outbox.hide(chat, ids) for chat, ids in after.hidden.items()}
        forgotten = {chat: self._outbox.hide(chat, ids) for chat, ids in after.forgotten.items()}
        self._outbox.send(after.calls)
        for query, said in after.taps:
            self._outbox.answer_callback(query, said)
        for chat, ids in after.unscheduled.items():
            self._outbox.drop(chat, ids)
        beside = [self._spawn(self._forgotten(*each)) for each in forgotten.items()]
        beside += [self._spawn(each) for each in emptied.values()]
        if after.unstored:
            self._outbox.send(after.unstored)
        if after.unseen:
            await self._done_before_seen(after, beside)

    async def _done_before_seen(self, after: After, beside: Sequence[asyncio.Future[None]]) -> None:
        """Only now are these updates seen: what follows from them stands nowhere, so it goes first.

        It is replies to people who have not agreed, groups to be left, and chats to be emptied.
        """
        rows = [call.row for call in after.unstored]
        settled = asyncio.ensure_future(self._outbox.settled(rows, UNSEEN_WAIT))
        waited: list[asyncio.Future[Any]] = [settled, *beside]
        await asyncio.wait(waited, timeout=UNSEEN_WAIT)
        for call in after.unstored:
            self.footprints.note(call.chat, self._outbox.message_of(call.row))
        async with self._database.writing() as conn:
            await updates.note_seen(conn, after.unseen, epoch_ms(self._house.now()))

    async def _forgotten(self, chat: int, emptied: Awaitable[None]) -> None:
        """The rows are gone; now their traces, the chat's messages, and one last word."""
        await emptied
        for _ in range(SCRUBS):
            if await self._database.scrub():
                break
            await asyncio.sleep(1)
        self.tell(chat, "forget.done")

    async def finish(self) -> None:
        """Wait for what runs beside the turns, but not for a server that is away."""
        if self._beside:
            _, late = await asyncio.wait(self._beside, timeout=GRACE)
            for task in late:
                task.cancel()

    def _spawn(self, work: Awaitable[None]) -> asyncio.Future[None]:
        task = asyncio.ensure_future(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)
        return task

    def tell(self, chat: int, key: str) -> None:
        """Send one phrase that stands in no table."""
        self._outbox.send(self.unstored.calls(chat, [self.sentence(key)]))

    def sentence(self, key: str) -> Screen:
        """One phrase, for somebody of whom no language is known."""
        return Screen((Block(self._house.library.phrases(key, DEFAULT_LANGUAGE)),))
