"""Updates that wait for a slow answer: looked up beside the turns, then handled, chat by chat.

What waits is confirmed to Telegram only once it has been handled, so a death in between loses
nothing; all other chats go on meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.house import House
from bot.logs import log_failure
from bot.lookup import Wanted, answered
from bot.telegram_in import Incoming

#: Seconds between two tries while the database is away.
PAUSE = 1.0

Question = tuple[Incoming, Wanted | None]


class Lookups:
    """Who waits for what. `turn` handles updates as one transaction, `alone` a single one."""

    def __init__(
        self,
        house: House,
        turn: Callable[[Sequence[Incoming]], Awaitable[None]],
        alone: Callable[[Incoming, dict[str, Any]], Awaitable[None]],
    ) -> None:
        self._house, self._turn, self._alone = house, turn, alone
        self._queues: dict[int, list[tuple[Question, dict[str, Any]]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def __contains__(self, chat: object) -> bool:
        """Whether something of that chat waits: what follows in it waits too."""
        return chat in self._queues

    @property
    def unfinished(self) -> frozenset[int]:
        """The numbers of the updates that wait: none of these may be confirmed yet."""
        return frozenset(one.update_id for queue in self._queues.values() for (one, _), _ in queue)

    def add(self, question: Question, raw: dict[str, Any]) -> None:
        """Let an update wait for its answer, or (without a question) for those before it."""
        chat = question[0].chat
        if chat in self._queues:
            self._queues[chat].append((question, raw))
            return
        self._queues[chat] = [(question, raw)]
        task = asyncio.create_task(self._look_up(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Leave what waits to the next start: Telegram still has it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _look_up(self, chat: int) -> None:
        queue = self._queues[chat]
        while queue:
            taken = queue[:]
            found = await answered([question for question, _ in taken], self._house)
            if await self._handled(found, [raw for _, raw in taken]):
                del queue[: len(taken)]
            else:
                await asyncio.sleep(PAUSE)
        del self._queues[chat]

    async def _handled(self, found: Sequence[Incoming], raws: Sequence[dict[str, Any]]) -> bool:
        """Handle them together, else one by one; false where the database is away."""
        try:
            await self._turn(found)
        except Exception as error:
            log_failure("batch_failed", error, updates=len(found))
            try:
                for one, raw in zip(found, raws, strict=True):
                    await self._alone(one, raw)
            except SQLAlchemyError as away:
                log_failure("lookup_not_written", away)
                return False
        return True
