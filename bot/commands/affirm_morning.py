"""The morning's line: turned on, moved to another hour, left out for a day, turned off.

Presses: `affirm:morning`, `affirm:at:_.HHMM` (a local time), `affirm:skip`, `affirm:off`.
"""

from __future__ import annotations

from datetime import time

from bot import planning
from bot.appointments import Appointment, Kind
from bot.commands.hours import ask_hour, days_in_words, read_hour
from bot.commands.times import ensure_time
from bot.visit import Visit

KIND: Kind = "affirmation"
USUAL = (time(6, 30), time(7), time(7, 30), time(8), time(8, 30), time(9))


async def tapped(visit: Visit, action: str, value: str) -> bool:
    """A button about the hour; false where it is none."""
    match action:
        case "morning":
            ask_hour(visit, "affirm:at:_", USUAL, back="affirm:more", key="affirm.ask_hour")
        case "at" if at := read_hour(value.partition(".")[2]):
            if await ensure_time(visit, f"affirm:at:{value}"):
                await _turn_on(visit, at)
        case "skip":
            await _skip(visit)
        case "off":
            await planning.turn_off(visit, KIND)
            visit.say("affirm.off", visit.button("affirm.morning_button", "affirm:morning"))
        case _:
            return False
    return True


def when(visit: Visit, made: Appointment) -> str:
    """ "every day, 07:30"."""
    assert made.repeat is not None
    return days_in_words(visit, made.repeat.wish.days, made.repeat.wish.at)


async def _turn_on(visit: Visit, at: time) -> None:
    planned = await planning.plan(visit, KIND, at)
    key = "affirm.on"
    if planned.begins is None:
        key = "affirm.on_quiet"
    elif not planned.starts_today(visit.person.local(visit.now).date()):
        key = "affirm.on_later"
    _say(visit, key, when=when(visit, planned.made))


async def _skip(visit: Visit) -> None:
    made = await planning.daily(visit, KIND)
    if made is None or not await planning.is_on(visit, KIND):
        visit.toast = visit.phrase("talks.old_button")
        return
    await planning.skip_today(visit, made)
    _say(visit, "affirm.skipped", when=when(visit, made))


def _say(visit: Visit, key: str, **values: str) -> None:
    buttons = [
        visit.button("affirm.now_button", "affirm:now"),
        visit.button("affirm.back_button", "affirm:more"),
    ]
    visit.say(key, *buttons, **values)
