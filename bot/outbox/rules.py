"""What an answer of the Bot API means for the message that was being sent: pure rules."""

import html
import re
from dataclasses import dataclass
from typing import Any, Final

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.outbox.items import Outcome, Outgoing
from bot.transport import Refused, TooManyRequests

LONGEST_PAUSE = 5.0
LONGEST_REFUSED_PAUSE = 1.0

_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_GONE: Final = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
)
_UNREACHABLE: Final = ("chat not found", "user is deactivated", "user not found", "peer_id_invalid")
# What an edit says to Telegram that a new message may say too.
_SAID_ANEW: Final = (
    "text",
    "parse_mode",
    "entities",
    "link_preview_options",
    "reply_markup",
    "protect_content",
)


@dataclass(slots=True, frozen=True)
class Settled:
    """The message needs no further try."""

    outcome: Outcome


@dataclass(slots=True, frozen=True)
class Changed:
    """To be sent at once in another form."""

    method: str
    payload: dict[str, Any]


@dataclass(slots=True, frozen=True)
class Flooded:
    """Telegram wants a pause of this many seconds."""

    seconds: float


@dataclass(slots=True, frozen=True)
class Trouble:
    """The network or the server: again after this many seconds."""

    seconds: float


@dataclass(slots=True, frozen=True)
class Fatal:
    """Nothing can be sent any more; `line` says why, for the operator."""

    line: str


Verdict = Settled | Changed | Flooded | Trouble | Fatal


def judge(item: Outgoing, error: TelegramError, chance: float) -> Verdict:
    """What `error` means for `item`; `chance` in [0, 1) spreads the pauses of many chats."""
    match error:
        case TooManyRequests():
            return Flooded(error.seconds)
        case InvalidToken():
            return Fatal("The Bot API does not accept the bot's token any more.")
        case Forbidden():
            return Settled(Outcome.UNREACHABLE)
        case BadRequest():
            return _refusal(item, error.message.lower())
        case ChatMigrated():  # a group; this bot talks in private chats only
            return Settled(Outcome.FAILED)
    return Trouble(_pause(item.attempts, isinstance(error, Refused), chance))


def _refusal(item: Outgoing, reason: str) -> Verdict:
    if "message is not modified" in reason:
        return Settled(Outcome.DELIVERED)
    if any(sign in reason for sign in _UNREACHABLE):
        return Settled(Outcome.UNREACHABLE)
    if item.file is not None and item.instead:
        return in_words(item)
    if "can't parse entities" in reason and "parse_mode" in item.payload:
        return Changed(item.method, plain(item.payload))
    if item.method == "editMessageText" and any(sign in reason for sign in _GONE):
        return anew(item.payload)
    return Settled(Outcome.FAILED)


def _pause(attempts: int, refused: bool, chance: float) -> float:
    # A refused request was never accepted, so it is repeated at once; the small pause is there
    # because a server that is down refuses within microseconds.
    longest, first = (LONGEST_REFUSED_PAUSE, 0.01) if refused else (LONGEST_PAUSE, 0.2)
    return float(min(longest, first * 2 ** min(attempts, 16)) * (0.5 + chance / 2))


def plain(payload: dict[str, Any]) -> dict[str, Any]:
    """The same words without markup, for a message whose markup Telegram cannot read."""
    bare = {key: value for key, value in payload.items() if key != "parse_mode"}
    for field in ("text", "caption"):
        if isinstance(text := bare.get(field), str):
            bare[field] = html.unescape(_TAG.sub("", text))
    return bare


def anew(payload: dict[str, Any]) -> Changed:
    """A new message with the words and buttons of an edit whose message is gone."""
    return Changed("sendMessage", {key: payload[key] for key in _SAID_ANEW if key in payload})


def in_words(item: Outgoing) -> Changed:
    """What is said where a picture or a file cannot be made or is refused."""
    return Changed("sendMessage", {"text": item.instead})


def followed(item: Outgoing, message_id: int | None) -> Changed:
    """An edit of the message that another row became, or what it has to say in a new one."""
    if message_id is not None:
        return Changed(item.method, {**item.payload, "message_id": message_id})
    if item.method == "editMessageText":
        return anew(item.payload)
    return Changed(item.method, item.payload)  # Telegram will refuse it: there is nothing to edit


def message_id(item: Outgoing, result: object) -> int | None:
    """The message a call became: an edit's result is the message, a deletion's is only True."""
    found = result.get("message_id") if isinstance(result, dict) else None
    return found if isinstance(found, int) else item.payload.get("message_id")
