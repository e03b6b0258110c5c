"""Hiding without the command: by a word of one's own, and by itself some time after each talk.

Presses: `hiding:word`, `hiding:no_word`, `hiding:after`, `hiding:after:CHOICE` ("1h", "never").
"""

from __future__ import annotations

from datetime import timedelta

from bot.appointments import Appointment, Kind
from bot.visit import Visit
from conversations.answers import fold
from conversations.screen import Block, Screen, arrange
from conversations.singles import Single

WORD = "hide_word"
ASKING = (WORD,)
#: How long after a talk.
AFTER = {"1h": timedelta(hours=1), "1d": timedelta(days=1)}
KIND: Kind = "hide"
#: Letters a word needs, so that it is not typed by chance, and characters it may have.
SHORTEST, LONGEST = 3, 40


def is_word(visit: Visit) -> bool:
    """Whether the person's own word for hiding was typed, and nothing else."""
    word = visit.person.profile.hide_word
    return (
        bool(word) and len(visit.incoming.text) <= 2 * LONGEST and fold(visit.incoming.text) == word
    )


async def tapped(visit: Visit, what: str, answer: str, _: str) -> None:
    """A button of these two settings."""
    visit.asked()
    back = visit.button("hiding.back_button", "cmd:privacy")
    match what:
        case "word":
            visit.ask(WORD)
            buttons = [back]
            if visit.person.profile.hide_word:
                buttons.insert(0, visit.button("hiding.no_word_button", "hiding:no_word"))
            visit.say("hiding.ask_word", *buttons)
        case "no_word":
            visit.person.keep_profile(hide_word="")
            visit.say("hiding.word_gone", back)
        case "after":
            await _after(visit, answer)
        case _:
            visit.toast = visit.phrase("talks.old_button")


async def _after(visit: Visit, answer: str) -> None:
    if answer == "never" or answer in AFTER:
        visit.person.keep_profile(hides_after="" if answer == "never" else answer)
        if answer == "never":
            await _cancel(visit)
        else:
            await after_talk(visit)
    now = visit.person.profile.hides_after or "never"
    buttons = [
        visit.button(f"hiding.after_{choice}_button", f"hiding:after:{choice}")
        for choice in ("never", *AFTER)
        if choice != now
    ]
    back = visit.button("hiding.back_button", "cmd:privacy")
    text = Block(visit.phrase(f"hiding.after_{now}"))
    visit.show(Screen((text,), (*arrange(buttons), (back,))))


async def typed(visit: Visit) -> None:
    """The word; the message with it is deleted at once."""
    back = visit.button("hiding.back_button", "cmd:privacy")
    word = fold(visit.incoming.text)
    if not SHORTEST <= len(word) <= LONGEST or word.isdecimal():
        visit.say("hiding.no_fit", back)
        return
    if visit.incoming.message is not None:
        visit.deletes.append(visit.incoming.message)
    visit.person.keep_profile(hide_word=word)
    visit.asked()
    visit.say("hiding.word_kept", back)


def left(visit: Visit) -> None:
    """The question for a word is passed over."""
    visit.asked()
    visit.follow = "cmd:privacy"


async def after_talk(visit: Visit) -> None:
    """A talk has ended or rests: the chat is emptied so much later, where that is wished for."""
    length = visit.person.profile.hides_after
    if not length:
        return
    await _cancel(visit)
    once = Single(next_at=visit.now + AFTER[length], zone=visit.person.row.zone or "+00:00")
    visit.changes.appointments.append(Appointment.single(visit.house.ids.next(), KIND, once))


async def _cancel(visit: Visit) -> None:
    planned = [*await visit.shelf.appointments(visit.person), *visit.changes.appointments]
    gone = {made.id for made in planned if made.kind == KIND}
    visit.changes.appointments = [m for m in visit.changes.appointments if m.id not in gone]
    visit.changes.cancelled += sorted(gone - set(visit.changes.cancelled))
