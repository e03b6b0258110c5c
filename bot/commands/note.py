"""/note: a free note in as many messages as it takes, kept from the first of them on.

Which message holds which part of it is remembered, so that an edited message corrects its part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.commands import loose
from bot.commands.keeping import all_kept, new_words, reworded, tie_at_hand
from bot.commands.list_items import EVERYTHING, MOST
from bot.person import Keepsake, epoch_ms
from bot.telegram_out import base36, units
from bot.visit import Visit
from conversations.bubbles import SPLIT_FROM_UNITS, SPLIT_WITHIN
from conversations.screen import Button

KIND = "note"
WRITING = "note"
#: Characters of one note; what follows begins another one.
LONGEST = 40_000
#: After this long without a message, words do not belong to the note any more.
ENDS_MS = 3_600_000


async def show(visit: Visit) -> None:
    """/note, perhaps with its first words."""
    await begin(visit)
    if visit.incoming.text.strip():
        await typed(visit)


async def begin(visit: Visit, tie: int | None = None) -> None:
    """From now on what is written is a note, about that tie or the one at hand."""
    visit.ask(WRITING, id=0, at=visit.now_ms, tie=tie or tie_at_hand(visit) or 0)
    visit.say("note.ask", _all(visit))


async def typed(visit: Visit) -> bool:
    """One more message of it; false where the last one was long ago."""
    asking = visit.person.profile.asking
    visit.asked()
    if visit.now_ms - asking["at"] > ENDS_MS:
        return False
    visit.screens.clear()
    notes = [k for k in await all_kept(visit) if k.kind == KIND]
    before = next((k for k in notes if k.id == asking["id"]), None)
    text, said = visit.incoming.text, "note.kept"
    if before is not None and len(before.text) + len(text) >= LONGEST:
        before, said = None, "note.another"
    if before is None and len(notes) >= MOST:
        loose.hold(visit)
        visit.say("lists.full", _all(visit))
        return True
    note = _longer(visit, before, asking) if before else _first(visit, asking["tie"])
    visit.ask(WRITING, id=note.id, at=visit.now_ms, tie=asking["tie"], **_split(visit))
    visit.say(said, Button(visit.phrase("lists.done_button"), _place(note)))
    return True


def _first(visit: Visit, tie: int) -> Keepsake:
    known = tie if tie in visit.person.ties else None
    return new_words(visit, KIND, [visit.incoming.text], visit.incoming.message, tie=known)[0]


def _longer(visit: Visit, note: Keepsake, asking: Mapping[str, Any]) -> Keepsake:
    """The note with this message below; where an app split one text, without a break."""
    sent, message = epoch_ms(visit.incoming.sent_at), visit.incoming.message
    split = sent - asking.get("split", 0) <= SPLIT_WITHIN.total_seconds() * 1000
    part = visit.incoming.text if split else f"\n{visit.incoming.text}"
    pieces = _pieces(note) or ((len(note.text), note.message or 0),)
    whole = reworded(visit, note, note.text + part)
    longer = replace(
        whole,
        earlier=note.earlier,
        listened=note.listened or whole.listened,
        message=None,
        pieces=(*pieces, (len(part), message or 0)),
    )
    visit.keep([longer])
    return longer


def _split(visit: Visit) -> dict[str, int]:
    """When this message came, where it is so long that an app may have split it."""
    if units(visit.incoming.text) < SPLIT_FROM_UNITS:
        return {}
    return {"split": epoch_ms(visit.incoming.sent_at)}


def _pieces(note: Keepsake) -> tuple[tuple[int, int], ...]:
    """Its parts as (characters, message id); none where it was reworded as a whole since."""
    pieces = tuple((length, message) for length, message in note.pieces)
    return pieces if sum(length for length, _ in pieces) == len(note.text) else ()


async def edited(visit: Visit) -> bool:
    """A message that is a part of a note was corrected."""
    message, text = visit.incoming.message, visit.incoming.text
    for note in await all_kept(visit):
        pieces = _pieces(note)
        place = next((i for i, (_, number) in enumerate(pieces) if number == message), None)
        if place is None:
            continue
        begin = sum(length for length, _ in pieces[:place])
        end = begin + pieces[place][0]
        part = f"\n{text}" if place and note.text[begin] == "\n" else text
        changed = replace(
            reworded(visit, note, note.text[:begin] + part + note.text[end:]),
            pieces=(*pieces[:place], (len(part), message or 0), *pieces[place + 1 :]),
        )
        visit.keep([changed])
        visit.say("talk.corrected", Button(visit.phrase("lists.read_button"), _place(changed)))
        return True
    return False


def left(visit: Visit) -> None:
    """No more of it: to what was written, or to the notes there are."""
    number = visit.person.profile.asking["id"]
    visit.asked()
    visit.follow = f"list:open:{base36(number)}.{EVERYTHING}" if number else _all(visit).press


def _all(visit: Visit) -> Button:
    return visit.button("lists.all_note_button", f"list:page:{KIND}.{EVERYTHING}.1")


def _place(note: Keepsake) -> str:
    return f"list:open:{base36(note.id)}.{EVERYTHING}"
