"""What goes into the outbox and what comes out of it: messages to send, marks of what became."""

import time
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

# Priorities: a reply goes at once; the others are what the clock sends, in this order.
REPLY: Final = 0
TIMER: Final = 1
REMINDER: Final = 2
CHECK_IN: Final = 3
AFFIRMATION: Final = 4


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


class Outcome(Enum):
    """How a row ended."""

    DELIVERED = "delivered"
    FAILED = "failed"
    """The Bot API refuses this very message; another try cannot help."""
    UNREACHABLE = "unreachable"
    """The person blocked the bot or is gone: nothing reaches them until they write again."""
    EXPIRED = "expired"


@dataclass(slots=True, frozen=True)
class Frames:
    """What a message shows after it was sent (see `playing`): edits without their message.

    The first comes `pace` seconds after the message, each other as long after the one before.
    """

    payloads: tuple[dict[str, Any], ...]
    pace: float


@dataclass(slots=True, eq=False)
class Outgoing:
    """One Bot API call to one chat, as a row of the outbox table holds it.

    `row` is the table's id; a negative one stands for a message that is stored nowhere (a reply
    before someone agreed) and never gets a mark. `payload` is the call's parameters without
    `chat_id`. `not_before` and `expires_at` are epoch milliseconds, UTC. `follows` names the row
    whose message an edit changes, where `payload` has no `message_id`. `file` is what is
    uploaded with the call: a PNG, or a document called `name`; `instead` is said where that
    cannot be sent (see `drawing`). `frames` are played once it is sent; they stand in no table.
    """

    row: int
    chat: int
    method: str
    payload: dict[str, Any]
    priority: int = REPLY
    not_before: int | None = None
    expires_at: int | None = None
    follows: int | None = None
    attempts: int = 0
    file: bytes | None = None
    name: str = ""
    instead: str = ""
    frames: Frames | None = None


@dataclass(slots=True, frozen=True)
class Mark:
    """What became of a row; `at` is epoch milliseconds, UTC."""

    row: int
    chat: int
    message_id: int | None
    at: int
    outcome: Outcome
