"""A lean Bot API server for a morning: counts who got their line and when, while some people chat.

`python -m benchmarks.mornings_server --stored N --due M --at SECONDS --until SECONDS` (both since
1970) prints its port as a JSON line, then when the bot polls, and at the end how it went.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import time
from collections import Counter, deque
from contextlib import suppress
from typing import Any

from benchmarks.mornings_people import chatting_people, due_people
from benchmarks.server import Server, Wire, tell

#: What those who chat say; every bot answers it with one message.
SAID = "/about"
#: Seconds between a reply and the next thing the same person says.
PAUSE = 0.25
#: Seconds that are still listened after everyone has their line, for one that comes twice.
LISTEN = 2.0
#: Seconds without any line after which no more are expected.
SILENCE = 60.0


class Morning:
    """The chats: who is due, who talks. Times are seconds since 1970.

    `stirred` is set with every line that comes, `complete` when everyone has theirs.
    """

    def __init__(self, stored: int, due: int, at: float) -> None:
        self.queue: deque[tuple[int, bytes]] = deque()
        self.done_at: float | None = None
        self.last_reply_at = time.monotonic()
        self.stirred, self.complete = asyncio.Event(), asyncio.Event()
        self.waits: list[float] = []
        self.came: Counter[int] = Counter()
        self.first_at = self.last_at = 0.0
        self._due = set(due_people(stored, due))
        self._chatting = chatting_people(stored)
        self._at = at
        self._asked: dict[int, float] = {}
        self._next_message = 1_000
        self._next_update = time.time_ns() // 1_000_000 % 2**30

    def begin(self) -> None:
        """Those who chat begin."""
        for chat in self._chatting:
            self._say(chat)

    def _say(self, chat: int) -> None:
        self._next_update += 1
        person = {"id": chat, "first_name": "Ann", "language_code": "en"}
        body = {
            "update_id": self._next_update,
            "message": {
                "message_id": self._number(),
                "from": person | {"is_bot": False},
                "chat": person | {"type": "private"},
                "date": int(time.time()),
                "text": SAID,
                "entities": [{"type": "bot_command", "offset": 0, "length": len(SAID)}],
            },
        }
        self._asked[chat] = time.monotonic()
        self.queue.append((self._next_update, json.dumps(body).encode()))

    def message(self, chat: int, call: dict[str, Any]) -> dict[str, Any]:
        """A sendMessage: the message as the Bot API gives it back."""
        now = time.time()
        if chat in self._due:
            self.came[chat] += 1
            self.first_at = self.first_at or now
            self.last_at = now
            self.stirred.set()
            if len(self.came) == len(self._due):
                self.complete.set()
        elif (asked := self._asked.pop(chat, None)) is not None:
            if now >= self._at and len(self.came) < len(self._due):
                self.waits.append(time.monotonic() - asked)
            asyncio.get_running_loop().call_later(PAUSE, self.again, chat)
        private = {"id": chat, "first_name": "Ann", "type": "private"}
        text = call.get("text", "")
        return {"message_id": self._number(), "chat": private, "date": int(now), "text": text}

    def given_up_at(self) -> float:
        """When no more lines are waited for."""
        return max(self._at, self.last_at) + SILENCE

    def again(self, chat: int) -> None:
        """Someone says the next thing."""
        self._say(chat)
        self.wake()

    def wake(self) -> None:
        """There is something to fetch; set by the server."""

    def _number(self) -> int:
        self._next_message += 1
        return self._next_message


async def serve(stored: int, due: int, at: float, until: float) -> None:
    """Serve one bot until everyone has their line, or it is too late, and tell how it went."""
    morning = Morning(stored, due, at)
    server = Server(morning, settle=0.0)
    morning.wake = server.wake  # type: ignore[method-assign]
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: Wire(server), "127.0.0.1", 0)
    tell(event="listening", port=listening.sockets[0].getsockname()[1])
    while not morning.complete.is_set() and time.time() < min(until, morning.given_up_at()):
        with suppress(TimeoutError):
            await asyncio.wait_for(morning.complete.wait(), 1.0)
    await asyncio.sleep(LISTEN)
    waits = sorted(morning.waits) or [0.0]
    used = resource.getrusage(resource.RUSAGE_SELF)
    tell(
        event="over",
        fault=server.fault,
        first_s=morning.first_at - at if morning.first_at else None,
        last_s=morning.last_at - at if morning.last_at else None,
        sent=len(morning.came),
        missed=due - len(morning.came),
        repeated=sum(morning.came.values()) - len(morning.came),
        reply_p50_ms=1_000 * waits[len(waits) // 2],
        replies=len(morning.waits),
        server_cpu_s=used.ru_utime + used.ru_stime,
    )
    await loop.run_in_executor(None, sys.stdin.read)
    listening.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, required=True)
    parser.add_argument("--due", type=int, required=True)
    parser.add_argument("--at", type=float, required=True)
    parser.add_argument("--until", type=float, required=True)
    given = parser.parse_args()
    work = serve(given.stored, given.due, given.at, given.until)
    try:
        import uvloop  # noqa: PLC0415 - absent on Windows
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


if __name__ == "__main__":
    main()
