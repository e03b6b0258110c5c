"""Knows of every row in hand: whether it is settled, which message it became, what to note."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable

from bot.outbox.items import Mark, Outcome, Outgoing
from bot.outbox.marks import MarkBook

REMEMBERED_ROWS = 4_000
#: Milliseconds in which a delivered message may stand in no table yet: its mark is still written.
LATELY = 60_000


class Ledger:
    """The rows handed over and not settled, the messages of the latest ones, their marks."""

    def __init__(
        self, write: Callable[[list[Mark]], Awaitable[None]], clock: Callable[[], int]
    ) -> None:
        self.marks = MarkBook(write)
        self._clock = clock  # epoch milliseconds, UTC
        self._open: set[int] = set()
        #: By row: chat, message id, and when it landed, in epoch milliseconds UTC.
        self._messages: OrderedDict[int, tuple[int, int, int]] = OrderedDict()
        self._waiters: list[tuple[set[int], asyncio.Future[None]]] = []

    def __len__(self) -> int:
        return len(self._open)

    def open(self, row: int) -> bool:
        """Take a row in hand; false when it is already."""
        if row in self._open:
            return False
        self._open.add(row)
        return True

    def close(self, row: int) -> None:
        """The row is settled, or dropped."""
        self._open.discard(row)
        for missing, done in self._waiters:
            missing.discard(row)
            if not missing and not done.done():
                done.set_result(None)

    def note(self, item: Outgoing, outcome: Outcome, message_id: int | None) -> None:
        """Mark how a row ended, unless it stands in no table, and remember its message."""
        if outcome is Outcome.DELIVERED and message_id is not None:
            self._messages[item.row] = (item.chat, message_id, self._clock())
            if len(self._messages) > REMEMBERED_ROWS:
                self._messages.popitem(last=False)
        if item.row >= 0:
            self.marks.add(Mark(item.row, item.chat, message_id, self._clock(), outcome))

    def message_of(self, row: int) -> int | None:
        """The message a row became, if that was lately."""
        return found[1] if (found := self._messages.get(row)) else None

    def landed(self, chat: int) -> list[int]:
        """The ids of what was delivered to a chat in the last minute."""
        since = self._clock() - LATELY
        return [
            message
            for to, message, at in reversed(self._messages.values())
            if to == chat and at >= since
        ]

    async def settled(self, rows: Iterable[int], seconds: float) -> bool:
        """Wait until none of these rows is in hand; false when that takes too long."""
        missing = self._open.intersection(rows)
        if not missing:
            return True
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiter = (missing, done)
        self._waiters.append(waiter)
        try:
            await asyncio.wait_for(done, seconds)
        except TimeoutError:
            return False
        finally:
            self._waiters.remove(waiter)
        return True
