"""The queue of updates a bot has not confirmed yet, as ready JSON."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.wire import Json, encode

KEPT_SECONDS = 24 * 3600
ID_LIMIT = 2**31
_EPOCH = 1_577_836_800  # 2020-01-01 UTC
_IDS_PER_SECOND = 4
_ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


def first_id(now: float) -> int:
    """Where numbering starts: from the clock, so that a restarted server goes on above.

    31 bits last until 2037.
    """
    return int((now - _EPOCH) * _IDS_PER_SECOND)


@dataclass(frozen=True, slots=True)
class Pending:
    """One update as it will be sent: `raw` is its JSON, `at` seconds since 1970."""

    update_id: int
    at: float
    chat_id: int | None
    raw: bytes


class UpdateQueue:
    """Updates in order, kept for 24 hours or until an offset confirms them."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._pending: deque[Pending] = deque()
        self.next_id = first_id(now())
        self.allowed: frozenset[str] | None = None
        self.listeners: list[Callable[[], None]] = []

    def __len__(self) -> int:
        return len(self._pending)

    def add(self, kind: str, payload: Json, chat_id: int | None) -> int | None:
        """Queue an update and give its number; None where the bot did not ask for this kind."""
        if not self._wanted(kind):
            return None
        number = self.next_id
        return self._append(number, encode({"update_id": number, kind: payload}), chat_id)

    def inject(self, update: Json | bytes) -> int:
        """Queue an update exactly as given.

        A dict without `update_id` gets one. Bytes go out verbatim; where they do not hold a
        usable number of their own they are counted under the next one.
        """
        if isinstance(update, dict):
            return self.inject(encode({"update_id": self.next_id} | update))
        return self._append(max(_own_id(update) or 0, self.next_id), update, None)

    def confirm(self, offset: int) -> None:
        """Forget what lies below the offset; a negative one keeps only the last ones."""
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        elif offset:
            while self._pending and self._pending[0].update_id < offset:
                self._pending.popleft()
        oldest = self._now() - KEPT_SECONDS
        while self._pending and self._pending[0].at < oldest:
            self._pending.popleft()

    def drop(self, update_id: int) -> None:
        """Forget one update, delivered out of order."""
        self._pending = deque(entry for entry in self._pending if entry.update_id != update_id)

    def clear(self) -> None:
        """Forget everything pending."""
        self._pending.clear()

    def head(self, limit: int) -> list[Pending]:
        """The oldest pending updates, at most `limit`."""
        return [self._pending[place] for place in range(min(limit, len(self._pending)))]

    def ask_for(self, kinds: list[str]) -> None:
        """Remember which kinds the bot wants; an empty list is Telegram's default."""
        self.allowed = frozenset(kinds) if kinds else None

    def _wanted(self, kind: str) -> bool:
        if self.allowed is None:
            return kind not in _ONLY_WHEN_ASKED
        return kind in self.allowed

    def _append(self, number: int, raw: bytes, chat_id: int | None) -> int:
        self._pending.append(Pending(number, self._now(), chat_id, raw))
        self.next_id = number + 1
        for listener in tuple(self.listeners):
            listener()
        return number


def _own_id(raw: bytes) -> int | None:
    try:
        number = json.loads(raw)["update_id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return number if type(number) is int and 0 < number < ID_LIMIT else None
