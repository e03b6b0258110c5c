"""The people of a benchmark: each goes through the script, one input after the last reply."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Sequence
from html import unescape
from typing import Any

from benchmarks.script import REASON, Line

FIRST_PERSON = 700_000_001
BOT = {"id": 1000000001, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class UnexpectedReplyError(Exception):
    """A bot did something that no person could go on from."""


class Person:
    """One chat: knows which line comes next, and the messages that stand there."""

    __slots__ = ("asked_at", "chat", "number", "place", "sender")

    def __init__(self, number: int) -> None:
        self.number = number
        self.place = 0
        self.asked_at = 0.0
        identity = {"id": FIRST_PERSON + number, "first_name": "Ann", "language_code": "en"}
        self.sender: dict[str, Any] = identity | {"is_bot": False}
        self.chat: dict[str, Any] = {"id": identity["id"], "first_name": "Ann", "type": "private"}


class Crowd:
    """Everyone, the updates they cause, and how long each waited for its reply.

    `latencies` are seconds from an update being ready to be fetched to the message that lets its
    person go on. `queue` holds (update id, encoded update). `last_reply_at` and `done_at` are
    monotonic time; `done_at` is set when the last person has had their last reply.
    """

    def __init__(self, people: int, script: Sequence[Line]) -> None:
        self.latencies: list[float] = []
        self.queue: deque[tuple[int, bytes]] = deque()
        self.done_at: float | None = None
        self.last_reply_at = time.monotonic()
        self.sent = 0
        self._script = script
        self._people = {FIRST_PERSON + n: Person(n) for n in range(people)}
        self._unfinished = people
        # From the clock: a second server on the same data must not seem to repeat the first one.
        self._next_update = time.time_ns() // 1_000_000 % 2**30
        self._next_message = 1_000

    def begin(self) -> None:
        """Everyone says their first line at once."""
        for person in self._people.values():
            self._speak(person, None)

    def message(self, chat_id: int, call: dict[str, Any]) -> dict[str, Any]:
        """A sendMessage or editMessageText: the message as the Bot API gives it back.

        Raises UnexpectedReplyError where Telegram would have refused the call.
        """
        person, text = self._people.get(chat_id), call.get("text")
        if person is None or not isinstance(text, str) or not 0 < len(text) <= 8_192:
            raise UnexpectedReplyError("a message without text, or to nobody")
        shown: dict[str, Any] = {
            "message_id": call.get("message_id") or self._new_message(),
            "from": BOT,
            "chat": person.chat,
            "date": int(time.time()),
            "text": text,
        }
        if markup := call.get("reply_markup"):
            shown["reply_markup"] = json.loads(markup) if isinstance(markup, str) else markup
        self._hear(person, shown)
        return shown

    def _hear(self, person: Person, shown: dict[str, Any]) -> None:
        """The person reads a message and, if it is what they waited for, goes on."""
        buttons = [
            button["callback_data"]
            for row in shown.get("reply_markup", {}).get("inline_keyboard", ())
            for button in row
            if "callback_data" in button
        ]
        if person.place < len(self._script):
            line = self._script[person.place]
            if any(line.after in data for data in buttons):
                self._replied(person)
                self._speak(person, (shown, buttons))
        elif person.place == len(self._script):
            words = REASON.format(n=person.number)
            if len(self._script) == 1 or words in unescape(shown["text"]):
                person.place += 1
                self._replied(person)
                self._unfinished -= 1
                if not self._unfinished:
                    self.done_at = time.monotonic()

    def _replied(self, person: Person) -> None:
        self.last_reply_at = time.monotonic()
        self.latencies.append(self.last_reply_at - person.asked_at)

    def _speak(self, person: Person, seen: tuple[dict[str, Any], list[str]] | None) -> None:
        line = self._script[person.place]
        person.place += 1
        self._next_update += 1
        body: dict[str, Any] = {"update_id": self._next_update}
        if line.tap:
            assert seen is not None
            message, buttons = seen
            data = next((data for data in buttons if data.endswith(line.tap)), None)
            if data is None:
                raise UnexpectedReplyError(f"no button {line.tap!r}")
            body["callback_query"] = {
                "id": str(self._next_update * 7),
                "from": person.sender,
                "message": message,
                "chat_instance": "1",
                "data": data,
            }
        else:
            text = line.text.format(n=person.number)
            body["message"] = {
                "message_id": self._new_message(),
                "from": person.sender,
                "chat": person.chat,
                "date": int(time.time()),
                "text": text,
            }
            if text.startswith("/"):
                command = {"type": "bot_command", "offset": 0, "length": len(text)}
                body["message"]["entities"] = [command]
        person.asked_at = time.monotonic()
        self.sent += 1
        self.queue.append((self._next_update, json.dumps(body).encode()))

    def _new_message(self) -> int:
        self._next_message += 1
        return self._next_message

    def stuck(self) -> str:
        """Where the people stand, for when a run does not end."""
        places: dict[str, int] = {}
        for person in self._people.values():
            over = person.place >= len(self._script)
            wanted = "the last reply" if over else self._script[person.place].after
            places[wanted] = places.get(wanted, 0) + 1
        return ", ".join(f"{count} wait for {wanted!r}" for wanted, count in places.items())
