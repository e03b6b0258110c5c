"""Collects the marks of finished rows until a turn takes them or they are written by themselves."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.outbox.items import Mark

IDLE_SECONDS = 0.1
LONGEST_PAUSE = 5.0

_log = structlog.get_logger(__name__)


class MarkBook:
    """The marks not yet in the database.

    A turn takes them into its own transaction, which costs nothing; only when none came for
    100 ms are they written through `write`. A failed write loses none.
    """

    def __init__(self, write: Callable[[list[Mark]], Awaitable[None]]) -> None:
        self._write = write
        self._marks: list[Mark] = []
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None
        self._taken = False

    def add(self, mark: Mark) -> None:
        """Note a mark."""
        self._marks.append(mark)
        if self._timer is None and self._writing is None:
            self._taken = False
            self._arm()

    def take(self) -> list[Mark]:
        """All marks so far; whoever takes them writes them, or gives them back."""
        marks, self._marks = self._marks, []
        self._taken = True
        return marks

    def give_back(self, marks: list[Mark]) -> None:
        """Marks whose transaction failed."""
        self._marks[:0] = marks
        if marks and self._timer is None and self._writing is None:
            self._arm()

    def _arm(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._fire)

    def _fire(self) -> None:
        self._timer = None
        if not self._marks:
            return
        if self._taken:  # turns are passing by: leave it to the next one
            self._taken = False
            self._arm()
            return
        self._writing = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        failures = 0
        try:
            while self._marks:
                if not await self._write_once():
                    if not failures:
                        _log.warning("marks_not_written", marks=len(self._marks))
                    failures += 1
                    await asyncio.sleep(min(LONGEST_PAUSE, 0.1 * 2 ** min(failures, 10)))
        finally:
            self._writing = None

    async def _write_once(self) -> bool:
        marks, self._marks = self._marks, []
        try:
            await self._write(marks)
        except Exception as error:  # whatever ails the database, the marks are kept
            _log.debug("marks_write_failed", error=type(error).__name__)
            self._marks[:0] = marks
            return False
        except BaseException:
            self._marks[:0] = marks
            raise
        return True

    async def close(self) -> None:
        """Write what is left, once."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
        if self._marks and not await self._write_once():
            _log.error("marks_lost", marks=len(self._marks))
