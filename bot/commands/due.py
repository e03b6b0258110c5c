"""What the clock sent: opened where it stands, put off, or passed over for today.

Presses: `due:open:NAME`, `due:later:NAME`, `due:snooze:NAME:WHEN`, `due:skip:NAME`, where NAME is
an appointment and one time of it (`Appointment.name`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

from bot.appointments import Appointment
from bot.commands import affirm, checkin, later, list_changes, look_back, night, talks
from bot.person import from_ms
from bot.planning import UNSAID_ZONE, cancel, quiet_hours, save, to_come
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.answers import fold
from conversations.schedule import in_words, read_date
from conversations.screen import Block, Screen, arrange
from conversations.singles import Snooze, snooze, snooze_choices

#: Digits of an id in base 36; more would not fit into a column.
ID_DIGITS = 12


async def tapped(visit: Visit, action: str, which: str, choice: str) -> None:
    """A button of what the clock sent; those of before it had names still open what they did."""
    if action in ("second_look", "look_again"):
        await _open_talk(visit, action, which, choice)
        return
    made, slot = await _find(visit, which)
    if made is None:
        visit.toast = visit.phrase("due.gone")
        return
    match action:
        case "open":
            await _open(visit, made, slot)
        case "later":
            _ask_later(visit, made, slot)
        case "snooze" if choice in get_args(Snooze):
            await _put_off(visit, made, slot, choice)  # type: ignore[arg-type]
        case "skip":
            visit.in_place = True
            visit.say("due.skipped")
        case _:
            visit.toast = visit.phrase("talks.old_button")


async def _find(visit: Visit, which: str) -> tuple[Appointment | None, str]:
    written, _, slot = which.partition(".")
    if not (written.isascii() and written.isalnum() and len(written) <= ID_DIGITS):
        return None, slot
    return await visit.shelf.appointment(visit.person, int(written, 36)), slot


async def press_for(visit: Visit, words: str) -> str:
    """What folded words mean that name a button of the newest unopened line; empty for none.

    Beside an open talk only "open" is understood so: "later" could be its answer.
    """
    actions = ("open",) if visit.person.talk is not None else ("open", "later")
    for action in actions:
        if words != fold(visit.phrase(f"due.{action}_button")):
            continue
        if (found := await visit.shelf.unopened(visit.person)) is not None:
            return f"due:{action}:{base36(found[0])}.{found[1]}"
    return ""


# --- opening ---


async def _open(visit: Visit, made: Appointment, slot: str) -> None:
    match made.kind:
        case "affirmation":
            visit.in_place = True
            await affirm.open_due(visit)
        case "nudge":
            await talks.opened(visit, str(made.talk))
        case "reminder":
            await _open_reminder(visit, made)
        case "timer" if not made.step:
            await later.open_due(visit, made)
        case "check_in":
            visit.in_place = True
            await checkin.open_due(visit, _day_of(visit, made, slot))
        case "look_back":
            visit.in_place = True
            await look_back.open_due(visit, _day_of(visit, made, slot))
        case _:
            await _open_talk(visit, made.kind, str(made.talk), made.step)


def _day_of(visit: Visit, made: Appointment, slot: str) -> date:
    """The local day it is about: its slot, or that of the one it was put off from."""
    for written in (slot, made.of.partition(".")[2]):
        if (day := read_date(written)) is not None:
            return day
    return visit.person.local(visit.now).date()


async def _open_talk(visit: Visit, kind: str, talk: str, step: str) -> None:
    if kind != "look_again":
        await talks.woken(visit, talk, step)
        return
    visit.in_place = True
    visit.say(
        "talks.look_again",
        visit.button("talks.read_button", f"talk:look:{talk}"),
        visit.button("offers.reflect", "cmd:reflect"),
        visit.button("offers.why", "cmd:why"),
    )


async def _open_reminder(visit: Visit, made: Appointment) -> None:
    """What it is for: an item of a list, something of the night, an exercise, or words."""
    if made.item:
        await list_changes.open_due(visit, made)
    elif night.comes_by_day(made):
        await night.open_due(visit, made)
    else:
        await later.open_due(visit, made)


# --- putting off ---


def _ask_later(visit: Visit, made: Appointment, slot: str) -> None:
    name, zone = made.name(slot), visit.person.row.zone or UNSAID_ZONE
    buttons = [
        visit.button(f"due.{choice}_button", f"due:snooze:{name}:{choice}")
        for choice in snooze_choices(visit.now, zone)
    ]
    buttons.append(visit.button("due.skip_button", f"due:skip:{name}"))
    visit.in_place = True
    opens = visit.button("due.open_button", f"due:open:{name}")
    rows = (*arrange(buttons), (opens,))
    visit.show(Screen((Block(visit.phrase("due.ask_later")),), rows))


async def _put_off(visit: Visit, made: Appointment, slot: str, choice: Snooze) -> None:
    """A new single one; another choice for the same line takes the place of the first."""
    person, name = visit.person, made.name(slot)
    for earlier in await to_come(visit):
        if earlier.of == name:
            cancel(visit, earlier)
    once = snooze(visit.now, choice, person.row.zone or UNSAID_ZONE, quiet_hours(person))
    words = {"talk": made.talk, "step": made.step, "flow": made.flow, "text": made.text}
    number = visit.house.ids.next()
    new = Appointment.single(number, made.kind, once, **words, of=name, item=made.item)
    save(visit, new)
    visit.in_place = True
    _say_when(visit, choice, person.local(from_ms(new.next_at)))


def _say_when(visit: Visit, choice: Snooze, at: datetime) -> None:
    if choice == "hour":
        visit.say("due.in_an_hour")
        return
    day = in_words(at.date().isoformat(), visit.house.library.phrases, visit.person.language)
    visit.say("due.put_off", day=day, time=f"{at:%H:%M}")
