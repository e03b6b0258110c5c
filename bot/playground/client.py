"""The playground in process: a server, its world and its people, for tests and for trying."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Self

from bot.playground import profile
from bot.playground.admin import add_admin
from bot.playground.faults import Faults
from bot.playground.person import PATIENCE, NeverCameError, Person, Shown, Wish
from bot.playground.server import Call, Server
from bot.playground.wire import Json
from bot.playground.world import Chat, World

__all__ = [
    "PATIENCE",
    "TOKEN",
    "Call",
    "Clock",
    "NeverCameError",
    "Person",
    "Playground",
    "Shown",
    "Wish",
]

TOKEN = "1000000001:playground-token-of-no-use-elsewhere"  # noqa: S105 - opens nothing


class Clock:
    """The server's clock: the machine's, and what it was moved by."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.ahead += seconds


class Playground:
    """A local Telegram for one bot, used as `async with Playground() as play`.

    `calls` are the newest Bot API calls, oldest first; `api_url` is what a bot is told.
    """

    def __init__(
        self, port: int = 0, token: str = TOKEN, seed: int = 0, host: str = "127.0.0.1"
    ) -> None:
        self.token = token
        self.clock = Clock()
        self.world = World(token, self.clock)
        self.faults = Faults(seed, self.clock)
        self.server = Server(self.world, self.faults, host, port)
        add_admin(self.server)

    async def __aenter__(self) -> Self:
        await self.server.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.server.stop()

    @property
    def api_url(self) -> str:
        """The address of the Bot API and of the chat page, without a slash at the end."""
        return self.server.url

    @property
    def calls(self) -> deque[Call]:
        """What the bot called, oldest first."""
        return self.server.calls

    def person(
        self, name: str = "Ann", language: str | None = "en", person_id: int | None = None
    ) -> Person:
        """Someone new with a phone, unknown to the bot until they write."""
        return Person(self.world, self.world.add_person(name, language, person_id))

    def chat(self, chat_id: int) -> Chat:
        """The chat as it stands on the server."""
        return self.world.chat(chat_id)

    def menu(self, chat_id: int) -> dict[str, str]:
        """The commands this person sees, with their descriptions."""
        shown = profile.commands_for(self.world, chat_id)
        return {entry["command"]: entry["description"] for entry in shown}

    def inject(self, update: Json | bytes) -> int:
        """Queue an update as given, bytes verbatim; returns the number it is counted under."""
        return self.world.updates.inject(update)

    async def down(self) -> None:
        """Refuse connections, as a server that is gone."""
        await self.server.shut()

    async def up(self) -> None:
        """Listen again, on the same port."""
        await self.server.open()

    async def polled(self, timeout: float = PATIENCE) -> None:
        """Wait until the bot has taken all updates and waits for more."""
        try:
            await asyncio.wait_for(self.server.polling.someone_waits.wait(), timeout)
        except TimeoutError:
            raise NeverCameError(f"no bot asked for updates in {timeout} s") from None

    async def called(
        self, wanted: Callable[[Call], bool], timeout: float = PATIENCE, *, ever: bool = False
    ) -> Call:
        """Wait for a call that fulfils the predicate, from now on or `ever`.

        Raises `NeverCameError`.
        """
        if ever and (seen := next(filter(wanted, self.calls), None)) is not None:
            return seen
        found: asyncio.Future[Call] = asyncio.get_running_loop().create_future()

        def listen(call: Call) -> None:
            if not found.done() and wanted(call):
                found.set_result(call)

        self.server.on_call.append(listen)
        try:
            return await asyncio.wait_for(found, timeout)
        except TimeoutError:
            raise NeverCameError(f"no such call in {timeout} s") from None
        finally:
            self.server.on_call.remove(listen)
