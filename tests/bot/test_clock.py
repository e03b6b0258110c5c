"""The clock itself: it ends in order, and goes on when the machine's time is set."""

import asyncio

import pytest
from apscheduler.job import Job

from bot import clock
from bot.clock import Clock
from bot.house import House
from bot.outbox import Outbox
from bot.storage.database import Database


class Ticking(Clock):
    """A clock whose tick only tells that it ran, and may be held."""

    def __init__(self) -> None:
        # Nothing of these is touched by a tick that does nothing.
        super().__init__(House.__new__(House), Database.__new__(Database), Outbox.__new__(Outbox))
        self.ticked = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.ended = 0

    async def tick(self) -> None:
        self.ticked.set()
        await self.may_end.wait()
        self.ended += 1

    async def sweep(self) -> None:
        return

    async def purge(self) -> None:
        return


async def test_a_running_tick_is_finished_when_the_bot_ends() -> None:
    ticking = Ticking()
    ticking.may_end.clear()
    ticking.start()
    await ticking.ticked.wait()
    ending = asyncio.ensure_future(ticking.stop())
    await asyncio.sleep(0)
    assert not ending.done()
    ticking.may_end.set()
    await ending
    assert ticking.ended == 1


async def test_a_tick_that_fails_is_followed_by_the_next() -> None:
    class Failing(Ticking):
        async def tick(self) -> None:
            first = not self.ticked.is_set()
            self.ticked.set()
            if first:
                raise ValueError
            self.may_end.set()

    failing = Failing()
    failing.may_end.clear()
    failing.start()
    await asyncio.wait_for(failing.may_end.wait(), 10)
    await failing.stop()


async def test_a_wall_clock_that_is_set_back_stops_no_tick(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lead = 0.0
    monkeypatch.setattr(clock, "WATCH_SECONDS", 0.02)
    monkeypatch.setattr(clock, "TICK_SECONDS", 3_600)
    monkeypatch.setattr(clock, "wall_clock_lead", lambda: lead)
    set_anew, both = [], asyncio.Event()

    def reschedule(job: Job, trigger: object) -> None:
        set_anew.append(job.id)
        if len(set_anew) == 3:
            both.set()

    monkeypatch.setattr(Job, "reschedule", reschedule)
    ticking = Ticking()
    ticking.start()
    lead = -7_200.0
    await asyncio.wait_for(both.wait(), 10)
    await ticking.stop()
    assert sorted(set_anew) == ["purge", "sweep", "tick"]
