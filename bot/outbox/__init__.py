"""Sends what a committed turn wrote: in order per chat, many chats at once, until it is there."""

from bot.outbox.drawing import Draw
from bot.outbox.hiding import DELETED_AT_ONCE
from bot.outbox.items import (
    AFFIRMATION,
    CHECK_IN,
    REMINDER,
    REPLY,
    TIMER,
    Frames,
    Mark,
    Outcome,
    Outgoing,
    now_ms,
)
from bot.outbox.sender import Outbox

__all__ = [
    "AFFIRMATION",
    "CHECK_IN",
    "DELETED_AT_ONCE",
    "REMINDER",
    "REPLY",
    "TIMER",
    "Draw",
    "Frames",
    "Mark",
    "Outbox",
    "Outcome",
    "Outgoing",
    "now_ms",
]
