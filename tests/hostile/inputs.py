"""The hostile input: read from `inputs/*.jsonl`, and filled in for one person.

A line names one kind of input and gives it as `text` (a message with these words), `tap` (callback
data), `message`, `edited` or `callback` (fields that differ from a sound one; null takes a field
away), `update` (all of it) or `raw` (its bytes; NUMBER stands for the update's number). `file` is
what a file that is sent holds.

`answer` says what must follow: "yes", an answer (as is usual); "no", nothing at all; "silent",
nothing that is said; "group", that a group is left; "any", one or none.

In any text {word} stands for the person's own rare word, {me} for their chat, {own.…} and
{other.…} for something of theirs or of somebody else's, {1000*x} for as many of a letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.telegram_out import base36
from tests.hostile.arena import Arena
from tests.hostile.guests import Guest

FOLDER = Path(__file__).parent / "inputs"
WAYS = ("text", "tap", "message", "edited", "callback", "update", "raw")
ANSWERS = ("yes", "no", "silent", "group", "any")
_PLACE = re.compile(r"\{([a-z]+(?:\.[a-z]+)?)\}")
_MANY = re.compile(r"\{(\d+)\*\\\}\}|\{(\d+)\*([^}]+)\}", re.DOTALL)

Fill = Callable[[str], Any]


@dataclass(frozen=True)
class Hostile:
    """One kind of input. `body` is what the line gave for `way`."""

    name: str
    way: str
    body: Any
    answer: str
    file: str | None


@cache
def inputs() -> tuple[Hostile, ...]:
    """All of them, in the order of the files."""
    lines = [
        json.loads(line)
        for file in sorted(FOLDER.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return tuple(_read(line) for line in lines)


def _read(line: Mapping[str, Any]) -> Hostile:
    (way,) = line.keys() & set(WAYS)
    answer = line.get("answer", "yes")
    assert answer in ANSWERS, line["name"]
    assert line.keys() <= {"name", "answer", "file", way}, line["name"]
    return Hostile(line["name"], way, line[way], answer, line.get("file"))


@dataclass
class Sent:
    """What was sent for one person: the tap's id, the group spoken in, words that were another's.

    A person may well type what is somebody else's rare word; then it is theirs too.
    """

    query: str = ""
    group: int = 0
    typed: set[str] = field(default_factory=set)


def send(arena: Arena, what: Hostile, one: Guest, other: Guest) -> Sent:
    """Let it come to the bot as if that person had sent it; `other` is somebody else."""
    world, sent = arena.play.world, Sent()

    def value(name: str) -> Any:
        match name:
            case "word":
                return one.word
            case "me":
                return one.id
            case "date":
                return int(world.now())
            case "next":
                return world.place(one.chat, one.chat.person, {"text": "."})["message_id"]
            case "group":
                sent.group = sent.group or world.add_group("x", one.chat.person).chat_id
                return sent.group
            case "file":
                return _stored(arena, what, fill)
        owner, _, of = name.partition(".")
        if of == "word":
            sent.typed.add(other.word)
        return _of({"own": one, "other": other}[owner], of)

    def fill(text: str) -> Any:
        if whole := _PLACE.fullmatch(text):
            return value(whole[1])
        text = _MANY.sub(lambda m: "}" * int(m[1]) if m[1] else m[3] * int(m[2]), text)
        return _PLACE.sub(lambda m: str(value(m[1])) if _known(m[1]) else m[0], text)

    arena.play.inject(_update(arena, what, one, sent, fill))
    return sent


def _known(name: str) -> bool:
    return name in ("word", "me", "date", "next", "group", "file") or name.startswith(
        ("own.", "other.")
    )


def _of(guest: Guest, name: str) -> Any:
    """Something of a person's, as a button or an update would name it."""
    match name:
        case "id":
            return guest.id
        case "word":
            return guest.word
        case "said" | "shown":
            return getattr(guest, name)
        case "row":
            return base36(guest.row)
        case "talk":
            return guest.talk.talk
        case "step":
            return guest.talk.at or "want_self"
        case "reason" | "kept":
            return base36(guest.kept[0].id) if guest.kept else "1"
        case "due":
            return guest.due[0].name(guest.due[0].slot) if guest.due else "1.1"
        case "token":
            return guest.pattern.profile.asking.get("token", "a1b2c3")
        case "query":
            return str(guest.id * 7)
    raise AssertionError(f"nobody has a {name}")


def _stored(arena: Arena, what: Hostile, fill: Fill) -> str:
    assert what.file is not None
    data = str(fill(what.file)).encode("utf-8", "surrogateescape") if what.file else b""
    return arena.play.world.store("document", "a.json", data).file_id


def _filled(value: Any, fill: Fill) -> Any:
    if isinstance(value, str):
        return fill(value)
    if isinstance(value, dict):
        return {key: _filled(inner, fill) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, fill) for inner in value]
    return value


def _update(
    arena: Arena, what: Hostile, one: Guest, sent: Sent, fill: Fill
) -> dict[str, Any] | bytes:
    """The update, or its bytes."""
    world = arena.play.world
    if what.way == "raw":
        text = str(fill(what.body)).replace("NUMBER", str(world.updates.next_id))
        return text.encode("utf-8", "surrogateescape")
    if what.way == "update":
        found: dict[str, Any] = _filled(what.body, fill)
        return found
    if what.way in ("tap", "callback"):
        sent.query = world.ask(one.chat)
        query = {
            "id": sent.query,
            "from": one.chat.person,
            "message": one.chat.messages.get(one.shown, {"message_id": one.shown, "date": 0}),
            "chat_instance": "1",
            "data": f"{base36(one.row)}|cmd:today",
        }
        changes = {"data": what.body} if what.way == "tap" else what.body
        return {"callback_query": _changed(query, _filled(changes, fill))}
    changes = {"text": what.body} if what.way == "text" else what.body
    changes = _filled(changes, fill)
    message = world.place(one.chat, one.chat.person, {"text": one.word})
    kind = "edited_message" if what.way == "edited" else "message"
    more = {"edit_date": int(world.now())} if what.way == "edited" else {}
    return {kind: _changed({**message, **more}, changes)}


def _changed(sound: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**sound, **changes}.items() if value is not None}
