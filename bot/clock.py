"""A handful of periodic jobs: who is due, what is old, what still has to be swept away."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.desk import Desk
from bot.house import House
from bot.logs import log_failure
from bot.outbox import REMINDER, Outbox, Outgoing
from bot.person import Person, epoch_ms
from bot.posting import SEND, sealed_row
from bot.storage import appointments, erasure
from bot.storage import outbox as outbox_table
from bot.storage.database import Database
from bot.storage.rows import AppointmentRow, OutboxRow
from bot.telegram_out import keyboard, pages, payload
from bot.visit import Appointment
from conversations.answers import fold
from conversations.screen import Block, Button, Screen

TICK_SECONDS = 1
PURGE_SECONDS = 3_600
#: How often it is looked whether the wall clock jumped, and what counts as a jump.
WATCH_SECONDS, JUMP_SECONDS = 5.0, 2.0
#: A neutral line that nobody opened is taken back after 40 hours; from 48 on Telegram refuses.
UNOPENED_FOR = 40 * 3_600_000
DELETE = "deleteMessage"
#: Appointments claimed in one transaction.
CLAIM = 250

_log = structlog.get_logger(__name__)


def wall_clock_lead() -> float:
    """Seconds that the wall clock is ahead of the monotonic one: constant, unless it is set."""
    return time.time() - time.monotonic()


class Clock:
    """APScheduler runs the ticks; never a job a person."""

    def __init__(self, house: House, database: Database, outbox: Outbox) -> None:
        self._house, self._database, self._outbox = house, database, outbox
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._running: set[asyncio.Task[None]] = set()
        self._watching: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to tick."""
        self._add(self.tick, TICK_SECONDS)
        self._add(self.purge, PURGE_SECONDS)
        self._scheduler.start()
        self._watching = asyncio.ensure_future(self._watch(wall_clock_lead()))

    async def stop(self) -> None:
        """No more ticks; one that runs is finished."""
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
        """Claim who is due and write their messages, in one transaction; then send."""
        now = epoch_ms(self._house.now())
        async with self._database.reading() as conn:
            if not await appointments.due_appointments(conn, now, 1):
                return
        calls: list[Outgoing] = []
        async with self._database.writing() as conn:
            due = await appointments.due_appointments(conn, now, CLAIM)
            desk = Desk(self._house, conn, self._house.now())
            await desk.seat({row.person_id for row in due})
            for row in due:
                person = desk.people.get(row.person_id)
                if person is not None and person.row.unreachable_since is None:
                    posted, call = self._remind(person, row, now)
                    desk.posted.append(posted)
                    desk.touch(person)
                    calls.append(call)
            await appointments.delete_appointments(conn, [row.id for row in due])
            await desk.write()
        self._outbox.send(calls)

    def _remind(self, person: Person, row: AppointmentRow, now: int) -> tuple[OutboxRow, Outgoing]:
        """A neutral line with a button; what it is about shows when it is opened."""
        made = Appointment.open(row, person)
        number = self._house.ids.next()
        screen = self._screen(person, made)
        (button,) = screen.buttons
        person.keep_profile(typed={fold(button.label): button.press})
        body: dict[str, Any] = payload(pages(screen)[0], keyboard(screen, number), protect=False)
        person.row.newest_row = number
        call = Outgoing(number, person.row.id, SEND, body, priority=REMINDER)
        return sealed_row(person, call, now), call

    def _screen(self, person: Person, made: Appointment) -> Screen:
        phrases, language = self._house.library.phrases, person.language
        press = f"due:{made.purpose}:{made.talk}:{made.step}"
        button = Button(phrases("talks.due_open_button", language), press)
        return Screen((Block(phrases("talks.due", language)),), ((button,),))

    async def purge(self) -> None:
        """Delete what its time is over for, in the tables and in the chats."""
        now = epoch_ms(self._house.now())
        calls: list[Outgoing] = []
        async with self._database.writing() as conn:
            stale = await outbox_table.unopened(conn, now - UNOPENED_FOR)
            desk = Desk(self._house, conn, self._house.now())
            await desk.seat({chat for chat, _ in stale})
            for chat, message in stale:
                if (person := desk.people.get(chat)) is not None:
                    body = {"message_id": message}
                    calls.append(Outgoing(self._house.ids.next(), chat, DELETE, body))
                    desk.posted.append(sealed_row(person, calls[-1], now))
            await desk.write()
            await erasure.purge(conn, now)
        self._outbox.send(calls)
