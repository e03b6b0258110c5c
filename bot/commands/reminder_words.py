"""A word of one's own for a reminder: sealed with it, and shown only when it is opened.

Press: `rem:word:ID`, the reminder's id in base 36.
"""

from __future__ import annotations

from dataclasses import replace

from bot import planning
from bot.appointments import Appointment
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.screen import Button

ASKING = "reminder_word"
#: Reminders a person may have, and characters of a word for one.
MOST, LONGEST = 30, 1_000


def takes_word(made: Appointment) -> bool:
    """Whether its words would be shown when it comes: not where it opens a step of a talk."""
    return made.kind in ("reminder", "timer") and not made.step and not made.item


def button(visit: Visit, made: Appointment) -> tuple[Button, ...]:
    """The button that asks for them, where there may be some."""
    if not takes_word(made):
        return ()
    key = "reminders.other_word_button" if made.text else "reminders.word_button"
    return (visit.button(key, f"rem:word:{base36(made.id)}"),)


async def are_full(visit: Visit) -> bool:
    """Whether no more fit; then that is said."""
    to_come = [m for m in await planning.to_come(visit) if m.kind not in planning.DAILY]
    if len(to_come) < MOST:
        return False
    visit.say("reminders.full", visit.button("times.back_button", "rem:list"))
    return True


async def ask(visit: Visit, number: str) -> None:
    """Which words shall come with it?"""
    made = await _find(visit, number)
    if made is None:
        visit.toast = visit.phrase("settings.gone")
        return
    visit.ask(ASKING, id=number)
    visit.say("reminders.ask_word", visit.button("times.back_button", f"rem:one:{number}"))


async def typed(visit: Visit) -> None:
    """The words for it."""
    text, number = visit.incoming.text, str(visit.person.profile.asking.get("id", ""))
    made = await _find(visit, number)
    back = visit.button("times.back_button", "rem:list")
    if made is None:
        visit.asked()
        visit.say("settings.gone", back)
    elif not text.strip():
        visit.say("talk.empty", back)
    elif len(text) > LONGEST:
        visit.say("reminders.word_too_long", back)
    else:
        visit.asked()
        planning.save(visit, replace(made, text=text))
        visit.say("reminders.word_kept", back)


def left(visit: Visit) -> None:
    """The question is passed over."""
    visit.follow = f"rem:one:{visit.person.profile.asking.get('id', '')}"
    visit.asked()


async def _find(visit: Visit, number: str) -> Appointment | None:
    to_come = await planning.to_come(visit)
    return next((m for m in to_come if base36(m.id) == number and takes_word(m)), None)
