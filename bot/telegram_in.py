"""Reads a raw update as what it means here; whatever it holds, reading it never raises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from bot.files.brought import Brought
from bot.pins import PinAnswer
from bot.places.models import Looked

Kind = Literal[
    "text",
    "command",
    "tap",
    "edit",
    "media",
    "location",
    "blocked",
    "unblocked",
    "group",
    "nothing",
]

#: Telegram's ids need at most 52 bits; anything beyond is nobody's.
ID_LIMIT = 2**52
LONGEST_FILE_ID = 256
_LATEST = 2**35  # seconds; beyond the year 3000 a date is an accident


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update of one private chat (or a group, to be left).

    `text` is what was written, code point for code point; of a command it is what follows it, of
    anything but words its caption.
    `row` and `press` come from a button's data: the outbox row that showed it, and its meaning.
    `sent_at` is when Telegram received it, UTC. `point` is a shared place, latitude and longitude
    in degrees; `found` and `pin` are what was looked up for this update before its turn.
    """

    update_id: int
    kind: Kind
    chat: int
    sent_at: datetime
    message: int | None = None
    text: str = ""
    command: str = ""
    query: str = ""
    row: int | None = None
    press: str = ""
    language: str = ""
    fingerprint: bytes = b""
    point: tuple[float, float] | None = None
    found: Looked | None = None
    pin: PinAnswer | None = None
    file: str = ""
    brought: Brought | None = None


def read(update: dict[str, Any], now: datetime) -> Incoming:
    """What the update means; of kind "nothing" where it means nothing that can be answered."""
    number = _integer(update.get("update_id")) or 0
    for name in ("message", "edited_message", "callback_query", "my_chat_member"):
        body = update.get(name)
        if isinstance(body, dict):
            return _READERS[name](number, body, now)
    return Incoming(number, "nothing", 0, now, fingerprint=b"%d" % number)


def _message(number: int, body: dict[str, Any], now: datetime, *, edited: bool = False) -> Incoming:
    chat = _chat(body)
    message = _integer(body.get("message_id"))
    sent_at = _moment(body.get("edit_date" if edited else "date"), now)
    text = body.get("text")
    text = text if isinstance(text, str) else ""
    kind: Kind = "text"
    command, point, file = "", None, ""
    if chat is None:
        kind = "nothing"
    elif _is_group(body):
        kind = "nothing" if edited else "group"
    elif edited:
        kind = "edit" if text and message is not None else "nothing"
    elif not text:
        kind = "location" if (point := _point(body)) else "media"
        caption = body.get("caption")
        text = caption if isinstance(caption, str) else ""
        file = _file(body)
    elif text[0] == "/" and len(text) > 1:
        kind = "command"
        word, _, rest = text[1:].partition(" ")
        word, newline, more = word.partition("\n")
        command = word.partition("@")[0].casefold()
        text = f"{more} {rest}".strip() if newline else rest
    return Incoming(
        number,
        kind,
        chat or 0,
        sent_at,
        message,
        text,
        command,
        language=_language(body),
        fingerprint=_fingerprint(
            number, "edit" if edited else "message", chat, message, body.get("date"), sent_at
        ),
        point=point,
        file=file,
    )


def _edited(number: int, body: dict[str, Any], now: datetime) -> Incoming:
    return _message(number, body, now, edited=True)


def _tap(number: int, body: dict[str, Any], now: datetime) -> Incoming:
    message = body.get("message")
    message = message if isinstance(message, dict) else {}
    # A button under a message that is too old comes without its chat: the person is the chat.
    chat = _chat({"chat": message.get("chat"), "from": body.get("from")})
    data = body.get("data")
    row, _, press = (data if isinstance(data, str) else "").partition("|")
    query = body.get("id")
    query = query if isinstance(query, str) else str(_integer(query) or "")
    group = _is_group(message)
    return Incoming(
        number,
        "nothing" if chat is None or group else "tap",
        chat or 0,
        now,
        _integer(message.get("message_id")),
        query=query,
        row=_row(row),
        press=press,
        language=_language(body),
        fingerprint=_fingerprint(number, "tap", chat, query),
    )


def _member(number: int, body: dict[str, Any], now: datetime) -> Incoming:
    chat = _chat(body)
    new = body.get("new_chat_member")
    status = new.get("status") if isinstance(new, dict) else None
    kind: Kind = "nothing"
    if chat is not None and _is_group(body):
        kind = "nothing" if status in ("left", "kicked") else "group"
    elif chat is not None:
        kind = {"kicked": "blocked", "member": "unblocked"}.get(str(status), "nothing")  # type: ignore[assignment]
    stamp = _fingerprint(number, "member", chat, body.get("date"))
    return Incoming(number, kind, chat or 0, now, fingerprint=stamp)


_READERS = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _tap,
    "my_chat_member": _member,
}


def _integer(value: object) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) < ID_LIMIT
    return value if fits and isinstance(value, int) else None


def _id_of(value: object) -> int | None:
    return _integer(value.get("id")) if isinstance(value, dict) else None


def _point(body: dict[str, Any]) -> tuple[float, float] | None:
    shared = body.get("location")
    if not isinstance(shared, dict):
        return None
    degrees = (shared.get("latitude"), shared.get("longitude"))
    numbers = [n for n in degrees if isinstance(n, int | float) and not isinstance(n, bool)]
    if len(numbers) != 2 or not (abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180):
        return None
    return float(numbers[0]), float(numbers[1])


def _file(body: dict[str, Any]) -> str:
    """The Telegram id of a data file that was sent; empty for anything else."""
    document = body.get("document")
    if not isinstance(document, dict):
        return ""
    name, number = document.get("file_name"), document.get("file_id")
    is_data = isinstance(name, str) and name.casefold().endswith(".json")
    short = isinstance(number, str) and len(number) <= LONGEST_FILE_ID
    return number if is_data and short and isinstance(number, str) else ""


def _chat(body: dict[str, Any]) -> int | None:
    """Whose chat it is; None where that cannot be, as in a private chat of two persons."""
    chat, sender = _id_of(body.get("chat")), _id_of(body.get("from"))
    if chat is None or _is_group(body):
        return chat if chat is not None else sender
    return chat if chat > 0 and sender in (chat, None) else None


def _is_group(body: dict[str, Any]) -> bool:
    chat = body.get("chat")
    kind = chat.get("type") if isinstance(chat, dict) else None
    return isinstance(kind, str) and kind != "private"


def _language(body: dict[str, Any]) -> str:
    sender = body.get("from")
    code = sender.get("language_code") if isinstance(sender, dict) else None
    return code[:12] if isinstance(code, str) else ""


def _moment(value: object, now: datetime) -> datetime:
    seconds = _integer(value)
    if seconds is None or not 0 < seconds < _LATEST:
        return now
    return datetime.fromtimestamp(seconds, UTC)


def _row(text: str) -> int | None:
    try:
        return int(text, 36) if text.isascii() and text.isalnum() and len(text) < 13 else None
    except ValueError:
        return None


def _fingerprint(*parts: object) -> bytes:
    return "|".join(map(str, parts)).encode("utf-8", "replace")
