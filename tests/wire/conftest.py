"""A local Telegram, a transport to it and an outbox whose marks are kept in a list."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from bot.outbox import REPLY, Draw, Mark, Outbox, Outcome, Outgoing, now_ms
from bot.outbox.drawing import nothing_drawn
from bot.playground.client import TOKEN, Call, Person, Playground
from bot.playground.faults import Kind
from bot.transport import Transport

PATIENCE = 20.0


class Desk:
    """An outbox at work on a playground, and shorthand for using it."""

    def __init__(self, play: Playground, transport: Transport, rate: float) -> None:
        self.play = play
        self.transport = transport
        self.written: list[Mark] = []
        self.wrote = asyncio.Event()
        self.ahead = 0  # milliseconds that the outbox's clock is ahead
        self.draws: Draw = nothing_drawn
        self.outbox = Outbox(
            transport,
            send_rate=rate,
            write_marks=self._write,
            draw=self._draw,
            clock=self.now,
        )
        self._rows = 0

    def now(self) -> int:
        """The outbox's clock: epoch milliseconds."""
        return now_ms() + self.ahead

    async def _draw(self, recipe: dict[str, Any]) -> bytes | None:
        return await self.draws(recipe)

    async def _write(self, marks: list[Mark]) -> None:
        self.written.extend(marks)
        self.wrote.set()

    async def person(self, name: str = "Ann") -> Person:
        """Someone the bot may write to."""
        person = self.play.person(name)
        await person.send("/start")
        return person

    def item(self, person: Person, text: str, **more: Any) -> Outgoing:
        """A message to this person, with the next row."""
        self._rows += 1
        payload = {"text": text, **more.pop("payload", {})}
        method = more.pop("method", "sendMessage")
        return Outgoing(self._rows, person.id, method, payload, **more)

    def say(self, person: Person, *texts: str, priority: int = REPLY) -> list[Outgoing]:
        """Hand over messages to this person."""
        items = [self.item(person, text, priority=priority) for text in texts]
        self.outbox.send(items)
        return items

    async def settled(self, items: Sequence[Outgoing], patience: float = PATIENCE) -> bool:
        """Whether all these are settled in time."""
        return await self.outbox.settled([item.row for item in items], patience)

    async def reached(self, kind: Kind = Kind.LATENCY) -> None:
        """Wait until a fault of that kind has struck: a call is with the server, unanswered."""
        async with asyncio.timeout(PATIENCE):
            while not self.play.faults.struck[kind]:  # noqa: ASYNC110 - a fault tells nobody
                await asyncio.sleep(0.005)

    async def all_paused(self) -> None:
        """Wait until the outbox has heard that everyone has to wait."""
        async with asyncio.timeout(PATIENCE):
            while not self.outbox._gate._held_until:  # noqa: ASYNC110 - nobody is told
                await asyncio.sleep(0.005)

    def outcomes(self) -> dict[int, Outcome]:
        """How the rows ended, so far."""
        return {mark.row: mark.outcome for mark in (*self.written, *self.outbox.take_marks())}

    def done(self, method: str = "sendMessage") -> list[Call]:
        """The calls of a method that took effect, in their order."""
        return [call for call in self.play.calls if call.method == method and call.done]


def texts(person: Person) -> list[str]:
    """What the bot's messages in this chat say, in their order."""
    return [message.text for message in person.messages if not message.mine]


@pytest.fixture
async def play() -> AsyncIterator[Playground]:
    async with Playground(seed=7) as play:
        yield play


@pytest.fixture
async def transport(play: Playground) -> AsyncIterator[Transport]:
    transport = Transport(play.api_url, TOKEN)
    yield transport
    await transport.close()


@pytest.fixture
async def desk(play: Playground, transport: Transport) -> AsyncIterator[Desk]:
    desk = Desk(play, transport, rate=25.0)
    await desk.outbox.start()
    yield desk
    await desk.outbox.stop(1.0)
