"""Reminders for any exercise, once or again and again; and all else that comes once.

Presses: `rem:list`, `rem:add:PAGE`, `rem:flow:FLOW`, `rem:one:ID`, `rem:drop:ID`, and towards a
day and an hour, for a FLOW or for the reminder `=ID`: `rem:once:FOR`, `rem:day:FOR.DAY`,
`rem:at:FOR.DAY.HHMM`, `rem:daily:FOR`, `rem:days:FOR.DAYS`, `rem:chosen:FOR.DAYS`,
`rem:every:FOR.DAYS.HHMM`, and `rem:word:ID` (see `reminder_words`). Ids are in base 36.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot import planning
from bot.appointments import Appointment
from bot.commands import daily, hours, reminder_words, times
from bot.commands.exercises import offered
from bot.commands.hours import read_days, read_hour
from bot.person import from_ms
from bot.planning import Planned
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.appointments import EVERY_DAY
from conversations.schedule import on, read_date, zone_of
from conversations.screen import Block, Button, Screen, arrange

#: Exercises on one screen.
PAGE = 8
USUAL = (time(7), time(9), time(12), time(18), time(20), time(21, 30))
#: Those whose day and hour can be chosen; a timer or a nudge can only be let go.
MOVABLE = ("reminder", "second_look", "look_again")
EXISTING = "="


async def tapped(visit: Visit, action: str, value: str, _: str) -> None:
    """A button about reminders."""
    target, _dot, answer = value.partition(".")
    match action:
        case "add":
            await _ask_flow(visit, int(value) if value.isdecimal() and len(value) < 4 else 1)
        case "flow" if value in visit.house.library.flows:
            await _ask_often(visit, value)
        case "one" | "drop" | "word":
            await _on_one(visit, action, value)
        case "once":
            back = _back(target)
            hours.ask_day(visit, f"rem:day:{target}", back=back)
        case "day" if read_date(answer):
            hours.ask_hour(visit, f"rem:at:{value}", USUAL, back=_back(target))
        case "daily":
            everyday = f"rem:every:{target}.{hours.ALL_DAYS}"
            hours.ask_hour(visit, everyday, USUAL, back=_back(target))
        case "days":
            press = f"rem:days:{target}", f"rem:chosen:{target}"
            hours.ask_days(visit, *press, answer or await _days(visit, target), back=_back(target))
        case "chosen" if read_days(answer):
            hours.ask_hour(visit, f"rem:every:{value}", USUAL, back=_back(target))
        case "chosen":
            visit.say("times.no_days", visit.button("times.back_button", f"rem:days:{target}"))
        case "at":
            await _set_once(visit, target, answer)
        case "every":
            await _set_repeating(visit, target, answer)
        case _:
            await show(visit)


def _back(target: str) -> str:
    return f"rem:one:{target[1:]}" if target.startswith(EXISTING) else "rem:list"


# --- the list ---


async def _all(visit: Visit) -> list[Appointment]:
    to_come = await planning.to_come(visit)
    # The date of an item is changed in its list.
    return [made for made in to_come if made.kind not in planning.DAILY and not made.item]


async def show(visit: Visit) -> None:
    """All that is set, the next first."""
    visit.asked()
    reminders = await _all(visit)
    numbered = [(str(number), made) for number, made in enumerate(reminders, 1)]
    lines = [
        visit.phrase("reminders.one", number=n, name=name(visit, m), when=when(visit, m))
        for n, m in numbered
    ]
    title = Block(visit.phrase("reminders.title" if lines else "reminders.none"))
    buttons = [
        Button(visit.phrase("reminders.change_button", number=n), f"rem:one:{base36(m.id)}")
        for n, m in numbered
    ]
    last = [
        visit.button("reminders.add_button", "rem:add:1"),
        visit.button("settings.back_button", "set:show"),
    ]
    blocks = (title, Block("\n".join(lines))) if lines else (title,)
    visit.show(Screen(blocks, (*arrange(buttons), *arrange(last))))


def name(visit: Visit, made: Appointment) -> str:
    """What it is for: the exercise, or what kind of thing it is."""
    flow = visit.house.library.flows.get(made.flow)
    return flow.title if flow else visit.phrase(f"reminders.{made.kind}")


def when(visit: Visit, made: Appointment) -> str:
    """ "every day, 07:30", or "Sunday 29 November, 09:00"."""
    if made.repeat is not None:
        return hours.days_in_words(visit, made.repeat.wish.days, made.repeat.wish.at)
    at = visit.person.local(from_ms(made.next_at))
    return visit.phrase("times.once", day=planning.day_in_words(visit, at), time=f"{at:%H:%M}")


async def _on_one(visit: Visit, action: str, value: str) -> None:
    if action == "word":
        await reminder_words.ask(visit, value)
        return
    made = await _find(visit, value)
    if made is None:
        visit.toast = visit.phrase("settings.gone")
        await show(visit)
        return
    visit.asked()
    back = visit.button("times.back_button", "rem:list")
    if action == "drop":
        planning.cancel(visit, made)
        visit.say("reminders.removed", back)
        return
    buttons: Sequence[Button] = ()
    target = EXISTING + value
    if made.repeat is not None:
        days = "".join(str(day) for day in sorted(made.repeat.wish.days))
        buttons = (
            visit.button("reminders.hour_button", f"rem:chosen:{target}.{days}"),
            visit.button("settings.days_button", f"rem:days:{target}"),
        )
    elif made.kind in MOVABLE:
        day = visit.person.local(from_ms(made.next_at)).date()
        buttons = (
            visit.button("reminders.hour_button", f"rem:day:{target}.{day}"),
            visit.button("reminders.day_button", f"rem:once:{target}"),
        )
    remove = visit.button("reminders.remove_button", f"rem:drop:{value}")
    words = {"name": name(visit, made), "when": when(visit, made)}
    word = reminder_words.button(visit, made)
    visit.say("reminders.what_now", *buttons, *word, remove, back, **words)


async def _find(visit: Visit, value: str) -> Appointment | None:
    return next((made for made in await _all(visit) if base36(made.id) == value), None)


async def _days(visit: Visit, target: str) -> str:
    made = await _find(visit, target.removeprefix(EXISTING))
    days = made.repeat.wish.days if made and made.repeat else EVERY_DAY
    return "".join(str(day) for day in sorted(days))


# --- a new one ---


async def _ask_flow(visit: Visit, page: int) -> None:
    visit.asked()
    if await reminder_words.are_full(visit):
        return
    # A note that comes by itself could be seen: none is set for the safety plan.
    flows = [flow for flow in offered(visit) if not (flow.aside or flow.about_safety)]
    pages = [flows[i : i + PAGE] for i in range(0, len(flows), PAGE)]
    page = min(max(page, 1), len(pages))
    buttons = [Button(flow.title, f"rem:flow:{flow.id}") for flow in pages[page - 1]]
    turns = [Button(str(n), f"rem:add:{n}") for n in range(1, len(pages) + 1) if n != page]
    back = (visit.button("times.back_button", "rem:list"),)
    question = Block(visit.phrase("reminders.ask_which"))
    visit.show(Screen((question,), (*arrange(buttons), *arrange(turns), back)))


async def _ask_often(visit: Visit, flow: str) -> None:
    visit.asked()
    if await times.ensure_time(visit, f"rem:flow:{flow}"):
        visit.say(
            "reminders.ask_often",
            visit.button("reminders.once_button", f"rem:once:{flow}"),
            visit.button("reminders.daily_button", f"rem:daily:{flow}"),
            visit.button("reminders.days_button", f"rem:days:{flow}"),
            visit.button("times.back_button", "rem:list"),
        )


async def _set_once(visit: Visit, target: str, answer: str) -> None:
    written, _, hour = answer.partition(".")
    day, at = read_date(written), read_hour(hour)
    made, flow = await _target(visit, target)
    if day is None or at is None or (made is None and not flow):
        visit.toast = visit.phrase("talks.old_button")
        await show(visit)
    elif on(day, at, zone_of(visit.person.row.zone)) <= visit.now:
        then = visit.button("reminders.hour_button", f"rem:day:{target}.{day}")
        visit.say(
            "reminders.past", then, visit.button("reminders.day_button", f"rem:once:{target}")
        )
    else:
        _say_set(visit, planning.remind_once(visit, day, at, flow=flow, made=made))


async def _set_repeating(visit: Visit, target: str, answer: str) -> None:
    written, _, hour = answer.partition(".")
    days, at = read_days(written), read_hour(hour)
    made, flow = await _target(visit, target)
    if not days or at is None or (made is None and not flow):
        visit.toast = visit.phrase("talks.old_button")
        await show(visit)
    elif made is not None:
        _say_repeats(visit, planning.change(visit, made, at, days))
    else:
        _say_repeats(visit, planning.repeat_anew(visit, "reminder", at, days, flow=flow))


async def _target(visit: Visit, target: str) -> tuple[Appointment | None, str]:
    """The reminder that is changed and its exercise, or the exercise of a new one."""
    if not target.startswith(EXISTING):
        return None, target if target in visit.house.library.flows else ""
    made = await _find(visit, target.removeprefix(EXISTING))
    return made, made.flow if made else ""


def _say_repeats(visit: Visit, planned: Planned) -> None:
    visit.asked()
    words = (Block(name(visit, planned.made), "heading"), Block(daily.told(visit, planned)))
    buttons = (
        *reminder_words.button(visit, planned.made),
        visit.button("times.back_button", "rem:list"),
    )
    visit.show(Screen(words, arrange(buttons)))


def _say_set(visit: Visit, made: Appointment) -> None:
    visit.asked()
    words = {"name": name(visit, made), "when": when(visit, made)}
    back = visit.button("times.back_button", "rem:list")
    visit.say("reminders.set", *reminder_words.button(visit, made), back, **words)
