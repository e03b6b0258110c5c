"""A round: many people, each in a state, each gets one hostile input; then all that must hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.playground import people
from tests import shipped
from tests.hostile.arena import Arena
from tests.hostile.guests import Guest, Pattern, seat
from tests.hostile.inputs import Hostile, Sent, send
from tests.rare import STEM

#: How many people at once.
MANY = 150
_WORD = re.compile(f"{STEM}\\d+x")
TROUBLE = shipped.library().phrases("talks.trouble")
#: In every answer to /help, in every language.
HELP = "findahelpline.com"
#: What the bot itself writes, and what every app finds in plain words.
OWN_ENTITIES = {"bold", "italic", "blockquote", "expandable_blockquote"}
FOUND_ENTITIES = {
    *("url", "email", "phone_number", "mention", "hashtag", "cashtag", "bot_command"),
}
#: Logged because somebody sent what cannot be read: no fault of the bot.
EXPECTED = ("file_not_fetched", "file_unreadable", "update_passed_over")
#: What is tapped does not stand in the chat, so that editing it is refused, and it is sent anew.
NO_SUCH_MESSAGE = ("a tap with another's message id",)
SAYS = ("sendMessage", "editMessageText", "sendPhoto", "sendDocument")


@dataclass(frozen=True)
class Cell:
    """One input in one state."""

    state: Pattern
    what: Hostile

    def __str__(self) -> str:
        return f"“{self.what.name}” in “{self.state.name}”"


async def faults(arena: Arena, cells: Sequence[Cell], other: Pattern) -> list[str]:
    """Play the cells, a round at a time; what did not hold, in words."""
    found: list[str] = []
    for first in range(0, len(cells), MANY):
        found += await _round(arena, cells[first : first + MANY], other)
    return found


async def _round(arena: Arena, cells: Sequence[Cell], other: Pattern) -> list[str]:
    *guests, somebody = await seat(arena, [*(cell.state for cell in cells), other])
    arena.forget()
    sent = [
        send(arena, cell.what, guest, somebody) for cell, guest in zip(cells, guests, strict=True)
    ]
    await arena.settle()
    played = list(zip(cells, guests, sent, strict=True))
    found = [
        f"{cell}: {fault}"
        for cell, guest, one in played
        for fault in _answered(arena, cell, guest, one)
    ]
    before = {guest.id: len(arena.calls[guest.id]) for guest in guests}
    for cell, guest, _ in played:
        if cell.what.way == "text":  # what was written last is shown again, where it was an answer
            people.write(arena.play.world, guest.chat, "/back")
        people.write(arena.play.world, guest.chat, "/help")
    await arena.settle()
    found += [
        f"{cell}: {fault}"
        for cell, guest, one in played
        for fault in _kept_apart(arena, cell, guest, one)
    ]
    found += [
        f"{cell}: /help was not answered afterwards"
        for cell, guest, _ in played
        if not any(
            HELP in str(c.params.get("text")) for c in arena.calls[guest.id][before[guest.id] :]
        )
    ]
    return found + _about_all(arena, cells, {g.id for g in guests} | {one.group for one in sent})


def _about_all(arena: Arena, cells: Sequence[Cell], theirs: set[int]) -> list[str]:
    """Who else was written to, and what was logged; `theirs` are the chats of the round."""
    # What was begun before this round may go on, such as a breath that is played.
    first = min(chat for chat in theirs if chat > 0)
    strange = [
        call
        for chat, calls in arena.calls.items()
        if chat not in theirs and not (chat is not None and 0 < chat < first)
        for call in calls
    ]
    logged = [entry for entry in arena.failures if entry["event"] not in EXPECTED]
    return [
        *(f"asked for a chat of nobody here: {call}" for call in strange),
        *(f"{entry} in a round that begins with {cells[0]}" for entry in logged),
    ]


def _answered(arena: Arena, cell: Cell, guest: Guest, sent: Sent) -> Iterator[str]:
    """Whether what followed is what has to follow."""
    calls = arena.calls[guest.id]
    group = arena.calls[sent.group] if sent.group else []
    said = [call for call in calls if call.method in SAYS]
    answered = bool(said) or sent.query in arena.answers
    match cell.what.answer:
        case "yes" if not answered and not calls:
            yield "no answer"
        case "no" if answered or calls:
            yield f"an answer: {calls}"
        case "silent" if said:
            yield f"something was said: {said}"
        case "group" if not any(call.method == "leaveChat" for call in group) or calls:
            yield "the group was not left, or somebody was written to"


def _kept_apart(arena: Arena, cell: Cell, guest: Guest, sent: Sent) -> Iterator[str]:
    """Nothing refused, nothing of others, no markup but the bot's own."""
    forged = cell.what.name in NO_SUCH_MESSAGE
    for call in (*arena.calls[guest.id], *(arena.calls[sent.group] if sent.group else ())):
        if call.status != 200 and not (call.method == "editMessageText" and forged):
            yield f"refused: {call}"
        words = set(_WORD.findall(json.dumps(call.params, default=repr)))
        if words - {guest.word, *sent.typed}:
            yield f"words of somebody else: {call}"
        if TROUBLE in str(call.params.get("text")):
            yield "its handler failed"
    for message in guest.chat.messages.values():
        kinds = {e["type"] for e in message.get("entities", ())}
        if message["from"]["is_bot"] and kinds - OWN_ENTITIES - FOUND_ENTITIES:
            yield f"markup of somebody's own: {message}"
