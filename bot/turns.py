"""A batch of updates as one transaction: seen, decided, written; then sent and confirmed.

The order is the promise: nothing is sent before it is committed, and a batch is confirmed to
Telegram (by `handle` returning) only after both.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Container, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.desk import Desk
from bot.house import House
from bot.logs import log_failure
from bot.lookup import LookupNeeded, Wanted, answered
from bot.lookups import Lookups
from bot.marks import note_marks
from bot.outbox import Outbox, Outgoing
from bot.person import DEFAULT_LANGUAGE, Person, epoch_ms
from bot.posting import Unstored, is_reply_to_tap, post
from bot.singly import Singly
from bot.storage import updates
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.strangers import Footprints, agrees, answer, hides, toast
from bot.telegram_in import Incoming, read
from bot.visit import Visit
from conversations.screen import Block, Screen

#: Faults running in one talk after which that talk rests.
FAULTS_TO_REST = 3
#: Tries to empty the write-ahead log after an erasure, a second apart.
SCRUBS = 3
#: How long work that is kept in memory only may hold back the confirmation, in seconds.
UNSEEN_WAIT = 3.0
#: How long what runs beside the turns may go on at the end, in seconds.
GRACE = 1.0

Route = Callable[[Visit], Awaitable[None]]


@dataclass(slots=True)
class _After:
    """What is to be done once the transaction has committed."""

    calls: list[Outgoing] = field(default_factory=list)
    taps: list[tuple[str, str | None]] = field(default_factory=list)
    hidden: dict[int, list[int]] = field(default_factory=dict)
    forgotten: dict[int, list[int]] = field(default_factory=dict)
    unscheduled: dict[int, list[int]] = field(default_factory=dict)
    unstored: list[Outgoing] = field(default_factory=list)
    unseen: list[bytes] = field(default_factory=list)
    waiting: list[tuple[Incoming, Wanted | None]] = field(default_factory=list)


class Turns:
    """Handles batches; `route` decides about one update of someone who has agreed."""

    def __init__(self, house: House, database: Database, outbox: Outbox, route: Route) -> None:
        self._house, self._database, self._outbox, self._route = house, database, outbox, route
        self._unstored = Unstored()
        self._footprints = Footprints()
        self._singly = Singly(house, database, self._whole, self._tell_of_trouble)
        self.lookups = Lookups(house, self._whole, self._singly.alone)
        self._first = True
        self._beside: set[asyncio.Task[Any]] = set()

    async def handle(self, batch: Sequence[dict[str, Any]]) -> None:
        """Handle a batch of raw updates; raises only where the database is away."""
        now = self._house.now()
        incoming = [read(update, now) for update in batch]
        for one in incoming:
            self._outbox.still(one.chat)
        if self._first:
            await self._singly.noted(incoming, batch)
            self._first = False
            return
        raws = dict(zip(incoming, batch, strict=True))
        try:
            for one, wanted in await self._turn(incoming, self.lookups):
                self.lookups.add((one, wanted), raws[one])
        except Exception as error:
            log_failure("batch_failed", error, updates=len(batch))
            for one, raw in raws.items():
                await self._singly.alone(one, raw)

    # --- a turn ---

    async def _whole(self, batch: Sequence[Incoming]) -> None:
        """A turn, and what had to be looked up for it as well."""
        if waiting := await self._turn(batch):
            await self._whole(await answered(waiting, self._house.atlas, self._house.now()))

    async def _turn(
        self, batch: Sequence[Incoming], held: Container[object] = ()
    ) -> list[tuple[Incoming, Wanted | None]]:
        """One transaction; what needs an answer, or is of a `held` chat, is given back."""
        marks = self._outbox.take_marks()
        after = _After()
        try:
            async with self._database.writing() as conn:
                await note_marks(conn, marks)
                await self._decide(conn, batch, after, held)
        except BaseException:
            self._outbox.give_back(marks)
            raise
        await self._carry_out(after)
        return after.waiting

    async def _decide(
        self, conn: Connection, batch: Sequence[Incoming], after: _After, held: Container[object]
    ) -> None:
        now = self._house.now()
        digests = {self._digest(one): one for one in reversed(batch)}
        new = await updates.note_seen(conn, list(digests), epoch_ms(now))
        fresh = [one for digest, one in reversed(digests.items()) if digest in new]
        desk = Desk(self._house, conn, now)
        await desk.seat({one.chat for one in fresh if one.kind != "group"})
        for one in fresh:
            if one.chat in held or any(one.chat == other.chat for other, _ in after.waiting):
                after.waiting.append((one, None))  # after the one it follows
            else:
                await self._visit(desk, one, after)
        await desk.write()
        if unseen := after.unseen + [self._digest(one) for one, _ in after.waiting]:
            await updates.take_back_seen(conn, unseen)

    async def _visit(self, desk: Desk, one: Incoming, after: _After) -> None:
        """One update: everything it decides is accepted, or nothing of it."""
        if is_reply_to_tap(one):
            after.taps.append((one.query, None))
        if one.kind == "nothing":
            return
        if one.kind == "group":
            after.unstored += self._unstored.calls(one.chat, [self._phrase("talks.group")])
            after.unstored.append(self._unstored.leave(one.chat))
            after.unseen.append(self._digest(one))
            return
        person = desk.people.get(one.chat)
        if person is None and not agrees(one):
            self._stranger(one, after)
            return
        if person is None:
            person = self._welcome(desk, one)
        visit = Visit(self._house, person, one, desk, self._house.now())
        before = person.snapshot()
        row = person.row
        row.seen_at, row.unreachable_since = visit.now_ms, None
        try:
            await self._handle_kind(visit)
            if one.kind != "tap" and one.message is not None:
                row.last_message = max(row.last_message or 0, one.message)
            rows, calls = post(visit)
        except SQLAlchemyError:
            raise
        except LookupNeeded as question:
            person.restore(before)
            after.waiting.append((one, question.wanted))
            del after.taps[len(after.taps) - is_reply_to_tap(one) :]
            return
        except Exception as error:
            log_failure("handler_failed", error)
            person.restore(before)
            visit = Visit(self._house, person, one, desk, self._house.now())
            self._faulted(visit)
            rows, calls = post(visit)
        else:
            if person.profile.faults and before[1].faults == person.profile.faults:
                person.keep_profile(faults=0)
        desk.received += visit.received
        desk.accept(visit)
        desk.posted += rows
        after.calls += calls
        if is_reply_to_tap(one):
            after.taps[-1] = (one.query, visit.toast)
        marked = person.profile.marks.keys() - before[1].marks.keys()
        await self._scheduled(desk, visit, after, drop=visit.unschedules or bool(marked))
        await self._gone(desk, visit, after)

    def _welcome(self, desk: Desk, one: Incoming) -> Person:
        """Someone agrees: from here on it is known what stands in their chat, for /hide."""
        at = epoch_ms(self._house.now())
        stands = {*self._footprints.take(one.chat), one.message}
        desk.received += [(one.chat, number, at) for number in stands if number is not None]
        return desk.welcome(one.chat)

    async def _handle_kind(self, visit: Visit) -> None:
        if visit.incoming.kind == "blocked":
            visit.person.row.unreachable_since = visit.now_ms
            visit.unschedules = True
        elif visit.incoming.kind != "unblocked":
            await self._route(visit)

    def _faulted(self, visit: Visit) -> None:
        """A kind sentence; the third fault running rests the talk it happens in."""
        person = visit.person
        faults = person.profile.faults + 1
        if faults >= FAULTS_TO_REST and person.talk is not None:
            visit.rest()
            visit.say("talks.rested_by_trouble", visit.button("offers.today", "cmd:today"))
            faults = 0
        else:
            visit.say("talks.trouble")
        person.keep_profile(faults=faults)

    async def _scheduled(self, desk: Desk, visit: Visit, after: _After, *, drop: bool) -> None:
        """What the clock sent is open now; what it has not sent yet may not be wanted any more."""
        if visit.incoming.kind == "tap" and visit.incoming.row:
            desk.tapped.append((visit.incoming.chat, visit.incoming.row))
        if drop:
            chat = visit.person.row.id
            after.unscheduled[chat] = await desk.unschedule(chat)

    async def _gone(self, desk: Desk, visit: Visit, after: _After) -> None:
        """/hide and /forget, as far as they belong into the transaction."""
        if not visit.hides and not visit.forgets:
            return
        chat, own = visit.person.row.id, visit.incoming.message
        after.calls = [call for call in after.calls if call.chat != chat]
        ids = await (desk.forget(chat) if visit.forgets else desk.hide(chat))
        if own is not None:
            ids = [own, *(number for number in ids if number != own)]
        (after.forgotten if visit.forgets else after.hidden)[chat] = ids
        after.unseen.append(self._digest(visit.incoming))

    def _stranger(self, one: Incoming, after: _After) -> None:
        """Someone who has not agreed: answered, and only the hash of the update stays."""
        if one.kind in ("blocked", "unblocked"):
            return
        self._footprints.note(one.chat, one.message)
        if is_reply_to_tap(one):
            after.taps[-1] = (one.query, toast(self._house, one))
        if hides(one):
            after.hidden[one.chat] = self._footprints.take(one.chat)
            return
        calls = self._unstored.calls(one.chat, answer(self._house, one))
        if calls:
            after.unseen.append(self._digest(one))
            after.unstored += calls

    # --- after the commit ---

    async def _carry_out(self, after: _After) -> None:
        self._outbox.send(after.calls)
        for query, said in after.taps:
            self._outbox.answer_callback(query, said)
        for chat, ids in after.unscheduled.items():
            self._outbox.drop(chat, ids)
        beside = [self._spawn(self._outbox.hide(*each)) for each in after.hidden.items()]
        beside += [self._spawn(self._forgotten(*each)) for each in after.forgotten.items()]
        if after.unstored:
            self._outbox.send(after.unstored)
        if after.unseen:
            await self._done_before_seen(after, beside)

    async def _done_before_seen(self, after: _After, beside: Sequence[asyncio.Task[None]]) -> None:
        """Only now are these updates seen: what follows from them stands nowhere, so it goes first.

        It is replies to people who have not agreed, groups to be left, and chats to be emptied.
        """
        rows = [call.row for call in after.unstored]
        settled = asyncio.ensure_future(self._outbox.settled(rows, UNSEEN_WAIT))
        await asyncio.wait((settled, *beside), timeout=UNSEEN_WAIT)
        for call in after.unstored:
            self._footprints.note(call.chat, self._outbox.message_of(call.row))
        async with self._database.writing() as conn:
            await updates.note_seen(conn, after.unseen, epoch_ms(self._house.now()))

    async def _forgotten(self, chat: int, ids: list[int]) -> None:
        """The rows are gone; now their traces, the chat's messages, and one last word."""
        await self._outbox.hide(chat, ids)
        for _ in range(SCRUBS):
            if await self._database.scrub():
                break
            await asyncio.sleep(1)
        self._outbox.send(self._unstored.calls(chat, [self._phrase("forget.done")]))

    async def finish(self) -> None:
        """Wait for what runs beside the turns, but not for a server that is away."""
        await self.lookups.stop()
        if self._beside:
            _, late = await asyncio.wait(self._beside, timeout=GRACE)
            for task in late:
                task.cancel()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)
        return task

    def _tell_of_trouble(self, chat: int) -> None:
        self._outbox.send(self._unstored.calls(chat, [self._phrase("talks.trouble")]))

    def _digest(self, one: Incoming) -> bytes:
        return self._house.keyring.digest(one.fingerprint)

    def _phrase(self, key: str) -> Screen:
        return Screen((Block(self._house.library.phrases(key, DEFAULT_LANGUAGE)),))
