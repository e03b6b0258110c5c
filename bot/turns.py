"""A batch of updates as one transaction: seen, decided, written; then sent and confirmed.

The order is the promise: nothing is sent before it is committed, and a batch is confirmed to
Telegram (by `handle` returning) only after both.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.aftermath import After, Aftermath
from bot.desk import Desk
from bot.house import House
from bot.logs import log_failure
from bot.lookup import LookupNeeded, Wanted, answered
from bot.lookups import Lookups
from bot.marks import note_marks
from bot.outbox import Outbox
from bot.pace import Pace
from bot.person import Person, epoch_ms
from bot.posting import is_reply_to_tap, post
from bot.singly import Singly
from bot.storage import updates
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.strangers import agrees, answer, hides, toast
from bot.telegram_in import Incoming, read
from bot.visit import Visit

#: Faults running in one talk after which that talk rests.
FAULTS_TO_REST = 3

Route = Callable[[Visit], Awaitable[None]]


class Turns:
    """Handles batches; `route` decides about one update of someone who has agreed."""

    def __init__(self, house: House, database: Database, outbox: Outbox, route: Route) -> None:
        self._house, self._database, self._outbox, self._route = house, database, outbox, route
        self._aftermath = Aftermath(house, database, outbox)
        self._singly = Singly(
            house, database, self._whole, partial(self._aftermath.tell, key="talks.trouble")
        )
        self.lookups = Lookups(house, self._whole, self._singly.alone)
        self._pace = Pace()
        self._first = True

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

    async def finish(self) -> None:
        """Wait for what runs beside the turns, but not for a server that is away."""
        await self.lookups.stop()
        await self._aftermath.finish()

    # --- a turn ---

    async def _whole(self, batch: Sequence[Incoming]) -> None:
        """A turn, and what had to be looked up for it as well."""
        if waiting := await self._turn(batch):
            await self._whole(await answered(waiting, self._house))

    async def _turn(
        self, batch: Sequence[Incoming], held: Container[object] = ()
    ) -> list[tuple[Incoming, Wanted | None]]:
        """One transaction; what needs an answer, or is of a `held` chat, is given back."""
        marks = self._outbox.take_marks()
        after = After()
        try:
            async with self._database.writing() as conn:
                await note_marks(conn, marks)
                await self._decide(conn, batch, after, held)
        except BaseException:
            self._outbox.give_back(marks)
            raise
        await self._aftermath.carry_out(after)
        return after.waiting

    async def _decide(
        self, conn: Connection, batch: Sequence[Incoming], after: After, held: Container[object]
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

    async def _visit(self, desk: Desk, one: Incoming, after: After) -> None:
        """One update: everything it decides is accepted, or nothing of it."""
        if is_reply_to_tap(one):
            after.taps.append((one.query, None))
        if one.kind == "nothing":
            return
        if one.kind == "group":
            after.unstored += self._aftermath.unstored.calls(
                one.chat, [self._aftermath.sentence("talks.group")]
            )
            after.unstored.append(self._aftermath.unstored.leave(one.chat))
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
        marks_before, row = person.marks(visit.now), person.row
        visit.idle = timedelta(milliseconds=visit.now_ms - row.seen_at)
        row.seen_at, row.unreachable_since = visit.now_ms, None
        try:
            await self._handle_kind(visit)
            self._pace.hold_back(visit)
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
        marked = person.marks(visit.now) - marks_before
        await self._scheduled(desk, visit, after, drop=visit.unschedules or bool(marked))
        await self._gone(desk, visit, after)

    def _welcome(self, desk: Desk, one: Incoming) -> Person:
        """Someone agrees: from here on it is known what stands in their chat, for /hide."""
        at = epoch_ms(self._house.now())
        stands = {*self._aftermath.footprints.take(one.chat), one.message}
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

    async def _scheduled(self, desk: Desk, visit: Visit, after: After, *, drop: bool) -> None:
        """What the clock sent is open now; what it has not sent yet may not be wanted any more."""
        if visit.incoming.kind == "tap" and visit.incoming.row:
            desk.tapped.append((visit.incoming.chat, visit.incoming.row))
        if drop:
            chat = visit.person.row.id
            after.unscheduled[chat] = await desk.unschedule(chat)

    async def _gone(self, desk: Desk, visit: Visit, after: After) -> None:
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

    def _stranger(self, one: Incoming, after: After) -> None:
        """Someone who has not agreed: answered, and only the hash of the update stays."""
        if one.kind in ("blocked", "unblocked"):
            return
        self._aftermath.footprints.note(one.chat, one.message)
        if is_reply_to_tap(one):
            after.taps[-1] = (one.query, toast(self._house, one))
        if hides(one):
            after.hidden[one.chat] = self._aftermath.footprints.take(one.chat)
            return
        calls = self._aftermath.unstored.calls(one.chat, answer(self._house, one))
        if calls:
            after.unseen.append(self._digest(one))
            after.unstored += calls

    def _digest(self, one: Incoming) -> bytes:
        return self._house.keyring.digest(one.fingerprint)
