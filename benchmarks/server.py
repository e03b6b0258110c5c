"""A lean Bot API server in a process of its own, with a crowd that talks to the bot.

`python -m benchmarks.server --people N [--script talk|start]` prints its port as a JSON line,
begins when the bot polls, and prints how it went. It reads as little of HTTP as aiohttp and httpx
send, so that it is never what a measurement waits for.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol, cast
from urllib.parse import parse_qsl

from benchmarks.crowd import BOT, Crowd, UnexpectedReplyError
from benchmarks.script import START, TALK

#: How long the bot has for its start between its first poll and the first update, in seconds.
SETTLE = 0.5
#: Without any reply for this long a run counts as stuck, in seconds.
PATIENCE = 30.0
SCRIPTS = {"talk": TALK, "start": START}

_TRUE = b'{"ok":true,"result":true}'


class Chats(Protocol):
    """Whom the bot talks with: what they said, and what they make of a message."""

    queue: deque[tuple[int, bytes]]
    done_at: float | None
    last_reply_at: float

    def begin(self) -> None:
        """Everyone says their first line."""

    def message(self, chat: int, call: dict[str, Any], /) -> dict[str, Any]:
        """A message to a chat, as the Bot API gives it back."""


class Server:
    """Answers the Bot API's methods for one bot."""

    def __init__(self, crowd: Chats, *, settle: float) -> None:
        self.crowd = crowd
        self.over = asyncio.Event()
        self.fault = ""
        self.began_at = 0.0
        self._settle = settle
        self._given: list[tuple[int, bytes]] = []
        self._poll: tuple[Callable[[bytes], None], int, asyncio.TimerHandle] | None = None
        self._methods: dict[str, Callable[[dict[str, Any]], bytes]] = {
            "getme": self._get_me,
            "sendmessage": self._message,
            "editmessagetext": self._message,
        }

    def call(self, method: str, call: dict[str, Any], answer: Callable[[bytes], None]) -> None:
        """Answer a method, now or, when polled, once there is something."""
        if method == "getupdates":
            self._get_updates(call, answer)
            return
        try:
            answer(self._methods.get(method, _yes)(call))
        except (UnexpectedReplyError, ValueError, KeyError) as error:
            self.fault = f"{method}: {error}"
            self.over.set()
            answer(b'{"ok":false,"error_code":400,"description":"Bad Request"}')
        self.wake()
        if self.crowd.done_at is not None:
            self.over.set()

    def _get_me(self, _: dict[str, Any]) -> bytes:
        return _result(BOT | {"can_join_groups": True, "supports_inline_queries": False})

    def _message(self, call: dict[str, Any]) -> bytes:
        return _result(self.crowd.message(int(call["chat_id"]), call))

    def _get_updates(self, call: dict[str, Any], answer: Callable[[bytes], None]) -> None:
        loop = asyncio.get_running_loop()
        timeout = float(call.get("timeout", 0))
        offset = int(call.get("offset", 0))
        # What was given and not confirmed is given again, as Telegram does.
        again = [entry for entry in self._given if entry[0] >= offset]
        self.crowd.queue.extendleft(reversed(again))
        self._given = []
        if not self.began_at and timeout:
            self.began_at = time.monotonic() + self._settle
            loop.call_later(self._settle, self._begin)
        if self._poll is not None:
            self._poll[2].cancel()
            self._poll[0](_updates([]))
        self._poll = (
            answer,
            int(call.get("limit", 100)),
            loop.call_later(timeout, self._timed_out),
        )
        self.wake()

    def _begin(self) -> None:
        tell(event="began", at=time.monotonic())
        self.began_at = time.monotonic()
        self.crowd.last_reply_at = self.began_at
        self.crowd.begin()
        self.wake()

    def _timed_out(self) -> None:
        if self._poll is not None:
            self._poll[0](_updates([]))
            self._poll = None

    def wake(self) -> None:
        """Give whoever polls what there is."""
        if self._poll is None or not self.crowd.queue:
            return
        answer, limit, timer = self._poll
        timer.cancel()
        self._poll = None
        count = min(limit, len(self.crowd.queue))
        self._given = [self.crowd.queue.popleft() for _ in range(count)]
        answer(_updates([body for _, body in self._given]))


class Wire(asyncio.Protocol):
    """One connection, kept alive; requests come one after the other, never pipelined."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._read = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A bot connects."""
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        """A request, or a part of one."""
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            headers = self._read[:end].lower()
            length = _header(headers, b"content-length:")
            whole = end + 4 + int(length or 0)
            if len(self._read) < whole:
                return
            body, self._read = self._read[end + 4 : whole], self._read[whole:]
            method = headers.split(b" ", 2)[1].rpartition(b"/")[2].partition(b"?")[0]
            kind = _header(headers, b"content-type:")
            self._server.call(method.decode(), _parameters(kind, body), self._answer)

    def _answer(self, body: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            head = (
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            )
            self._transport.write(head % len(body) + body)


def _header(headers: bytes, name: bytes) -> bytes:
    start = headers.find(b"\r\n" + name)
    if start < 0:
        return b""
    start += 2 + len(name)
    end = headers.find(b"\r\n", start)
    return headers[start : end if end >= 0 else None].strip()


def _parameters(kind: bytes, body: bytes) -> dict[str, Any]:
    if kind.startswith(b"application/json"):
        parsed: dict[str, Any] = json.loads(body)
        return parsed
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _yes(_: dict[str, Any]) -> bytes:
    return _TRUE


def _result(value: object) -> bytes:
    return b'{"ok":true,"result":%b}' % json.dumps(value).encode()


def _updates(bodies: list[bytes]) -> bytes:
    return b'{"ok":true,"result":[%b]}' % b",".join(bodies)


def tell(**line: object) -> None:
    """One JSON line on standard output."""
    print(json.dumps(line), flush=True)


async def serve(people: int, script: str, seconds: float) -> None:
    """Serve one bot until everyone is through, or `seconds` are over, and tell how it went."""
    crowd = Crowd(people, SCRIPTS[script])
    server = Server(crowd, settle=SETTLE if script == "talk" else 0.0)
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: Wire(server), "127.0.0.1", 0)
    tell(event="listening", port=listening.sockets[0].getsockname()[1])
    give_up = time.monotonic() + seconds
    while not server.over.is_set() and time.monotonic() < give_up:
        if time.monotonic() - crowd.last_reply_at > PATIENCE:
            server.fault = f"no reply for {PATIENCE:.0f} s: {crowd.stuck()}"
            break
        try:
            await asyncio.wait_for(server.over.wait(), 1.0)
        except TimeoutError:
            continue
    ended = crowd.done_at or crowd.last_reply_at
    waits = sorted(crowd.latencies) or [0.0]
    used = resource.getrusage(resource.RUSAGE_SELF)
    tell(
        event="over",
        fault=server.fault or ("" if crowd.latencies else f"no reply: {crowd.stuck()}"),
        complete=crowd.done_at is not None,
        updates=len(crowd.latencies),
        seconds=ended - server.began_at,
        ended_at=ended,
        p50_ms=1000 * waits[len(waits) // 2],
        p95_ms=1000 * waits[int(len(waits) * 0.95)],
        server_cpu_s=used.ru_utime + used.ru_stime,
    )
    # The bot is ended first; a server that goes before it would only make it complain.
    await loop.run_in_executor(None, sys.stdin.read)
    listening.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--script", choices=sorted(SCRIPTS), default="talk")
    parser.add_argument("--seconds", type=float, default=120.0)
    arguments = parser.parse_args()
    work = serve(arguments.people, arguments.script, arguments.seconds)
    try:
        import uvloop  # noqa: PLC0415 - absent on Windows
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


if __name__ == "__main__":
    main()
