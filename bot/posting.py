"""Turns what a visit shows into outbox rows: an edit of the message that was tapped, or anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.desk import sealed_call
from bot.outbox import Frames, Outgoing
from bot.person import Person
from bot.storage.rows import OutboxRow
from bot.telegram_in import Incoming
from bot.telegram_out import keyboard, pages, payload
from bot.visit import File, Picture, Visit
from conversations.screen import Screen

SEND, EDIT, LEAVE = "sendMessage", "editMessageText", "leaveChat"
PHOTO, DOCUMENT, DELETE = "sendPhoto", "sendDocument", "deleteMessages"
#: Families of buttons whose screens are protected too, so that an edit keeps the protection.
_PROTECTED = ("list:", "steps:", "why", "look", "affirm", "due", "find:", "then:")
#: The row that buttons of messages point at which are stored nowhere.
NO_ROW = 0


def post(visit: Visit) -> tuple[list[OutboxRow], list[Outgoing]]:
    """The rows to write and the calls to make for everything a visit shows."""
    person, row = visit.person, visit.person.row
    edited = _tapped_newest(visit)
    rows, calls = [], []
    if visit.deletes:
        body = {"message_ids": visit.deletes}
        calls.append(Outgoing(visit.house.ids.next(), row.id, DELETE, body))
        rows.append(sealed_row(person, calls[-1], visit.now_ms))
    for screen in visit.screens:
        if screen.anew or (screen.protect and not visit.incoming.press.startswith(_PROTECTED)):
            edited = None
        for call in _calls(screen, row.id, visit.house.ids.next, edited):
            calls.append(call)
            rows.append(sealed_row(person, call, visit.now_ms))
            if edited is None or (visit.incoming.row or 0) >= (row.newest_row or 0):
                row.newest_row = call.row
            edited = None
    made = [(PHOTO, _photo(picture)) for picture in visit.pictures]
    made += [(DOCUMENT, _document(file)) for file in visit.files]
    for method, body in made:
        calls.append(Outgoing(visit.house.ids.next(), row.id, method, body))
        rows.append(sealed_row(person, calls[-1], visit.now_ms))
        row.newest_row = calls[-1].row
    return rows, calls


def _photo(picture: Picture) -> dict[str, Any]:
    """What the outbox draws and sends (see `outbox.drawing`)."""
    return {
        "recipe": dict(picture.recipe),
        "instead": picture.instead,
        "caption": picture.caption,
        "protect_content": True,
    }


def _document(file: File) -> dict[str, Any]:
    """A file is for the person to take along: nothing keeps it from being forwarded."""
    return {"recipe": dict(file.recipe), "instead": file.instead, "name": file.name}


def sealed_row(person: Person, call: Outgoing, now: int) -> OutboxRow:
    """A call as the outbox table keeps it."""
    sealed = sealed_call(person.key, call.method, call.payload)
    return OutboxRow(call.row, call.chat, person.row.id, call.priority, now, body=sealed)


def _tapped_newest(visit: Visit) -> int | None:
    """The message to edit: the one tapped, where nothing stands below it."""
    incoming, row = visit.incoming, visit.person.row
    if incoming.kind != "tap" or incoming.message is None:
        return None
    # A greater row is a line of the clock, which came after the newest screen.
    newest = visit.in_place or (
        incoming.row is not None
        and incoming.row >= (row.newest_row or 0)
        and (row.last_message is None or incoming.message > row.last_message)
    )
    return incoming.message if newest else None


def _calls(
    screen: Screen, chat: int, next_id: Callable[[], int], edited: int | None
) -> Iterator[Outgoing]:
    html = pages(screen)
    # A tap may put kept words where this message stands.
    protect = screen.protect or any(b.press.startswith(_PROTECTED) for b in screen.buttons)
    for place, text in enumerate(html, 1):
        number, last = next_id(), place == len(html)
        markup = keyboard(screen, number) if last else None
        body = payload(text, markup, protect=protect)
        frames = _frames(screen, markup) if last else None
        if edited is None:
            yield Outgoing(number, chat, SEND, body, frames=frames)
        else:
            body.pop("protect_content", None)
            yield Outgoing(number, chat, EDIT, {**body, "message_id": edited}, frames=frames)
        edited = None


def _frames(screen: Screen, markup: dict[str, Any] | None) -> Frames | None:
    """What is played in the screen's last message: its last block changes, its buttons stay."""
    if not screen.frames:
        return None
    *others, last = screen.blocks
    shown = [(*others, replace(last, text=frame)) for frame in screen.frames]
    texts = [pages(replace(screen, blocks=blocks))[-1] for blocks in shown]
    return Frames(tuple(payload(text, markup, protect=False) for text in texts), screen.pace)


class Unstored:
    """Messages that are kept nowhere: for people who have not agreed, and last words."""

    def __init__(self) -> None:
        self._last = 0

    def calls(self, chat: int, screens: Sequence[Screen]) -> list[Outgoing]:
        """Calls with negative rows, which the outbox gives no marks for."""
        calls = []
        for screen in screens:
            for call in _calls(screen, chat, lambda: NO_ROW, None):
                self._last -= 1
                call.row = self._last
                calls.append(call)
        return calls

    def leave(self, chat: int) -> Outgoing:
        """Leave a group."""
        self._last -= 1
        return Outgoing(self._last, chat, LEAVE, {})


def is_reply_to_tap(incoming: Incoming) -> bool:
    """Whether Telegram waits for this tap to be answered."""
    return incoming.kind == "tap" and bool(incoming.query)
