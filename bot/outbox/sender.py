"""The outbox's worker: takes messages after the commit and sends each until it is settled."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from typing import Any

import structlog
from telegram.error import TelegramError

from bot.outbox import rules
from bot.outbox.alarm import Alarm
from bot.outbox.answers import TapAnswers
from bot.outbox.drawing import Draw, Drawing, called, is_recipe, nothing_drawn
from bot.outbox.endings import Endings
from bot.outbox.gate import Gate
from bot.outbox.hiding import Hiding
from bot.outbox.items import REPLY, Mark, Outcome, Outgoing, now_ms
from bot.outbox.lanes import Lane, Lanes
from bot.outbox.ledger import Ledger
from bot.outbox.pacing import Scheduled
from bot.outbox.playing import Playing
from bot.transport import Transport

LONGEST_SLEEP = 60.0  # a wait for a moment of the wall clock looks at the clock again

_log = structlog.get_logger(__name__)


class Outbox:
    """One per process, made inside its event loop.

    `send_rate` is in scheduled messages a second; `write_marks` writes marks in a transaction of
    its own when no turn comes by; `draw` makes pictures and files of recipes; `clock` gives epoch
    milliseconds, UTC. `fatal` gets one line when the Bot API refuses the token: nothing is sent
    after that and the process should end.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        send_rate: float,
        write_marks: Callable[[list[Mark]], Awaitable[None]],
        draw: Draw = nothing_drawn,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self.fatal: asyncio.Future[str] = self._loop.create_future()
        self.send_rate = send_rate
        self._transport = transport
        self._clock = clock
        self._gate = Gate()
        self._lanes = Lanes(self._loop, self._pump)
        self._scheduled = Scheduled(send_rate)
        self._ledger = Ledger(write_marks, clock)
        self._hiding = Hiding(transport, self._loop.time)
        self._answers = TapAnswers(transport, self._spawn)
        self._drawing = Drawing(draw, self._spawn, self._drawn)
        self._playing = Playing(transport, self._gate, self._spawn, self._paid)
        self._endings = Endings(
            self._ledger, self._hiding, self._playing, self._scheduled, self._spawn
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_flight = 0
        self._alarm = Alarm(self._loop, self._pump)
        self._running = False

    # What others call

    async def start(self) -> None:
        """Begin to send, also what was handed over before."""
        self._running = True
        self._pump()

    async def stop(self, grace: float) -> None:
        """Send nothing new, give what is in flight `grace` seconds, write the marks."""
        self._running = False
        self._answers.forget()
        self._drawing.forget()
        self._playing.end()
        self._lanes.stop_timers()
        self._alarm.stop()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._ledger.marks.close()

    def send(self, items: Sequence[Outgoing]) -> None:
        """Take over messages whose rows are committed; a row already in hand is passed over."""
        for item in items:
            if not self._ledger.open(item.row):
                continue
            if is_recipe(item):
                self._drawing.add(item)
            elif item.priority > REPLY:
                self._scheduled.push(item)
            else:
                self._playing.still(item.chat)
                self._lanes.append(item)
        self._pump()

    def still(self, chat: int) -> None:
        """The person has done something: what is played in their chat, or was to be, stops."""
        self._playing.still(chat)
        self._lanes.still(chat)

    async def settled(self, rows: Iterable[int], deadline: float) -> bool:
        """Wait at most `deadline` seconds from now; true when all these rows are settled."""
        return await self._ledger.settled(rows, deadline)

    def answer_callback(self, query_id: str, text: str | None = None) -> None:
        """Answer a tap, beside everything else; whether it worked is not looked at."""
        if self._running and not self._gate.down:
            self._answers.add(query_id, text)

    def take_marks(self) -> list[Mark]:
        """The marks to write in the turn's own transaction."""
        return self._ledger.marks.take()

    def give_back(self, marks: list[Mark]) -> None:
        """Marks taken into a transaction that failed."""
        self._ledger.marks.give_back(marks)

    def message_of(self, row: int) -> int | None:
        """The message id a row became; only the latest rows of this process are remembered."""
        return self._ledger.message_of(row)

    @property
    def scheduled(self) -> int:
        """Messages of the clock in hand that wait for their turn."""
        return len(self._scheduled)

    @property
    def waiting(self) -> int:
        """Rows in hand that are not settled."""
        return len(self._ledger)

    def drop(self, chat: int, rows: Iterable[int] | None = None) -> None:
        """Forget unsent messages of a chat: all, or these rows. No marks: their rows go too."""
        only = None if rows is None else set(rows)

        def unwanted(item: Outgoing) -> bool:
            return item.chat == chat and (only is None or item.row in only)

        for queue in (self._scheduled, self._drawing):
            for item in queue.remove(unwanted):
                self._ledger.close(item.row)
        for item in self._lanes.remove(chat, unwanted):
            self._ledger.close(item.row)
        self._pump()

    def hide(self, chat: int, message_ids: Sequence[int]) -> Awaitable[None]:
        """Empty a chat ahead of everything; wait for it to know that Telegram has answered for all.

        Drops the chat's unsent messages at once and deletes these ids, and what landed there while
        they were read. For five seconds it also deletes what lands there of what was in hand at
        this call or is sent by the clock. Replies handed over later stay: the person asked for
        them.
        """
        self._hiding.watch(chat)
        self._playing.still(chat)
        self.drop(chat)
        late = [one for one in self._ledger.landed(chat) if one not in message_ids]
        return asyncio.shield(self._spawn(self._hiding.delete(chat, [*late, *message_ids])))

    def _drawn(self, item: Outgoing) -> None:
        self._lanes.append(item)
        self._pump()

    # Who may go

    def _pump(self) -> None:
        if not self._running:
            return
        now = self._loop.time()
        if self._scheduled:
            if self._gate.held(now):
                self._alarm.within(self._gate.wait(now))
            else:
                self._release_scheduled(now)
        while self._lanes.ready and self._in_flight < self._gate.limit:
            wait = self._gate.wait(now)
            if wait > 0:
                self._alarm.within(wait)
                return
            self._gate.started(now)
            self._in_flight += 1
            self._spawn(self._work(self._lanes.take()))

    def _release_scheduled(self, now: float) -> None:
        now_ms = self._clock()
        # What cannot start yet stays behind: a reply must find neither a queue nor every way taken.
        while self._in_flight + len(self._lanes.ready) < self._gate.scheduled_limit:
            if (item := self._scheduled.pop(now, now_ms)) is None:
                break
            self._lanes.append(item)
        wait = self._scheduled.wait(now, now_ms)
        if wait:
            self._alarm.within(min(wait, LONGEST_SLEEP))

    def _paid(self) -> None:
        """What goes out at once is subtracted from what the clock may send."""
        self._scheduled.budget.spend(self._loop.time())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # One chat's turn

    async def _work(self, lane: Lane) -> None:
        verdict: rules.Verdict | None = None
        try:
            while lane.items and self._running:
                verdict = await self._attempt(lane, lane.items[0])
                if verdict is not None or self._lanes.ready:
                    break
        finally:
            self._in_flight -= 1
            pause = verdict.seconds if isinstance(verdict, rules.Flooded | rules.Trouble) else 0.0
            self._lanes.put_back(lane, pause, isinstance(verdict, rules.Flooded))
        self._pump()

    async def _attempt(self, lane: Lane, item: Outgoing) -> rules.Flooded | rules.Trouble | None:
        """One try; what to wait for before the next, or None when the message is settled."""
        if item.expires_at is not None and item.expires_at <= self._clock():
            self._endings.finish(lane, item, Outcome.EXPIRED)
            return None
        if item.priority <= REPLY:
            if item.not_before and (early := item.not_before - self._clock()) > 0:
                return rules.Trouble(min(LONGEST_SLEEP, early / 1000))
            self._paid()
        if item.follows is not None and "message_id" not in item.payload:
            found = rules.followed(item, self._ledger.message_of(item.follows))
            item.method, item.payload = found.method, found.payload
        last = lane.items[-1]
        if "message_id" in item.payload:
            await self._playing.settled(item.chat)
        try:
            result = await called(self._transport, item)
        except TelegramError as error:
            return self._after(lane, item, last, error)
        except Exception as error:  # a payload that cannot be written as JSON
            _log.error("message_unsendable", method=item.method, error=type(error).__name__)
            self._endings.finish(lane, item, Outcome.FAILED)
            return None
        self._server_answered()
        self._endings.finish(lane, item, Outcome.DELIVERED, rules.message_id(item, result))
        return None

    def _after(
        self, lane: Lane, item: Outgoing, last: Outgoing, error: TelegramError
    ) -> rules.Flooded | rules.Trouble | None:
        verdict = rules.judge(item, error, random.random())  # noqa: S311 (spreads retries)
        if not isinstance(verdict, rules.Trouble):
            self._server_answered()
        match verdict:
            case rules.Changed():
                item.method, item.payload, item.file = verdict.method, verdict.payload, None
            case rules.Settled(Outcome.UNREACHABLE):
                self._endings.give_up_chat(lane, item, last)
            case rules.Settled():
                if verdict.outcome is Outcome.FAILED:
                    _log.warning("message_refused", method=item.method, error=type(error).__name__)
                self._endings.finish(lane, item, verdict.outcome, item.payload.get("message_id"))
            case rules.Fatal():
                self._running = False
                if not self.fatal.done():
                    self.fatal.set_result(verdict.line)
            case rules.Flooded():
                item.attempts += 1
                if self._gate.flooded(item.chat, self._loop.time(), verdict.seconds):
                    _log.warning("all_chats_paused", seconds=verdict.seconds)
                return verdict
            case rules.Trouble():
                item.attempts += 1
                if self._gate.failed(item.chat):
                    _log.warning("server_away", error=type(error).__name__)
                # While the server is down the gate spaces the tries of all chats together.
                return rules.Trouble(0.0) if self._gate.down else verdict
        return None

    def _server_answered(self) -> None:
        if self._gate.worked():
            _log.info("server_back", waiting=len(self._ledger))
            self._lanes.end_rests()
