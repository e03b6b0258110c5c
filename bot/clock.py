"""A handful of periodic jobs: who is due, what is old, what still has to be swept away."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import sweeping
from bot.claiming import Claim
from bot.house import House
from bot.logs import log_failure
from bot.outbox import Outbox
from bot.person import epoch_ms
from bot.retention import Retention
from bot.storage import appointments, erasure
from bot.storage.database import Database

TICK_SECONDS = 1
SWEEP_SECONDS = 60
PURGE_SECONDS = 3_600
#: How often it is looked whether the wall clock jumped, and what counts as a jump.
WATCH_SECONDS, JUMP_SECONDS = 5.0, 2.0
#: Appointments claimed in one transaction: few, because replies wait while one runs.
CLAIM = 100
#: Slices of the people gone through in an hour, for what nobody comes back for.
SLICES = 200
#: How many seconds of sending are claimed ahead at most.
AHEAD = 2

_log = structlog.get_logger(__name__)


def wall_clock_lead() -> float:
    """Seconds that the wall clock is ahead of the monotonic one: constant, unless it is set."""
    return time.time() - time.monotonic()


class Clock:
    """APScheduler runs the ticks; never a job a person."""

    def __init__(self, house: House, database: Database, outbox: Outbox) -> None:
        self._house, self._database, self._outbox = house, database, outbox
        self._retention = Retention(house)
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._running: set[asyncio.Task[None]] = set()
        self._watching: asyncio.Task[None] | None = None
        self._ending = False

    def start(self) -> None:
        """Begin to tick."""
        self._add(self.tick, TICK_SECONDS)
        self._add(self.sweep, SWEEP_SECONDS)
        self._add(self.purge, PURGE_SECONDS)
        self._scheduler.start()
        self._watching = asyncio.ensure_future(self._watch(wall_clock_lead()))

    async def stop(self) -> None:
        """No more ticks; a transaction that runs is finished."""
        self._ending = True
        if self._watching is not None:
            self._watching.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._running:
            await asyncio.wait(self._running)

    def _add(self, job: Callable[[], Coroutine[Any, Any, None]], seconds: float) -> None:
        async def attempt() -> None:
            try:
                await job()
            except Exception as error:
                log_failure("clock_job_failed", error, job=job.__name__)

        async def run() -> None:
            # A task of its own: the scheduler cancels what it runs when it is shut down.
            task = asyncio.ensure_future(attempt())
            self._running.add(task)
            task.add_done_callback(self._running.discard)
            with suppress(asyncio.CancelledError):
                await asyncio.shield(task)

        self._scheduler.add_job(run, "interval", seconds=seconds, id=job.__name__)

    async def _watch(self, before: float) -> None:
        """The scheduler goes by the wall clock: where that jumps, its next times are set anew."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            now = wall_clock_lead()
            if abs(now - before) > JUMP_SECONDS:
                _log.warning("clock_jumped")
                for job in self._scheduler.get_jobs():
                    job.reschedule(job.trigger)
            before = now

    async def tick(self) -> None:
        """Claim who is due, at most two seconds of sending ahead; nobody due is one read."""
        async with self._database.reading() as conn:
            if not await appointments.any_due(conn, epoch_ms(self._house.now())):
                return
        while not self._ending and (room := self._room()) > 0:
            at_most = min(CLAIM, room)
            async with self._database.writing() as conn:
                claim = Claim(self._house, conn, self._house.now())
                looked_at = await claim.take(at_most)
            self._outbox.send(claim.calls)
            if looked_at < at_most:
                return
            await asyncio.sleep(0)

    def _room(self) -> int:
        """How many messages more may wait for their turn."""
        return max(1, int(self._outbox.send_rate * AHEAD)) - self._outbox.scheduled

    async def sweep(self) -> None:
        """Take back what was not opened; plan a nudge for talks that were left."""
        more = True
        while more and not self._ending:
            if self._room() <= 0:
                await asyncio.sleep(TICK_SECONDS)
                continue
            async with self._database.writing() as conn:
                calls = await sweeping.take_back(self._house, conn, self._house.now())
                left = await sweeping.nudge_left(self._house, conn, self._house.now())
            self._outbox.send(calls)
            more = max(len(calls), left) >= sweeping.SWEEP
            await asyncio.sleep(0)

    async def purge(self) -> None:
        """Delete what its time is over for, in the tables and in the chats."""
        await self.sweep()
        more = True
        while more and not self._ending:
            async with self._database.writing() as conn:
                more = await erasure.purge(conn, epoch_ms(self._house.now()))
            await asyncio.sleep(0)
        await self.retain()

    async def retain(self) -> None:
        """Let go what nobody came back for, as far as an hour's share of the people goes."""
        erased = False
        for _ in range(SLICES):
            if self._ending or self._room() <= 0:
                break
            async with self._database.writing() as conn:
                kept = await self._retention.look(conn, self._house.now())
            self._outbox.send(kept.calls)
            erased = erased or bool(kept.erased)
            if not kept.more:
                break
            await asyncio.sleep(0)
        if erased:
            await self._database.scrub()
