"""Morning line, check-in and look back: turned on and off, their hour, their days, skipped today.

Presses: `daily:open:KIND`, `daily:on:KIND`, `daily:hour:KIND`, `daily:at:KIND.HHMM`,
`daily:days:KIND.DAYS`, `daily:set:KIND.DAYS`, `daily:skip:KIND`, `daily:off:KIND`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta

from bot import planning
from bot.appointments import Appointment, Kind
from bot.commands import hours, times
from bot.commands.hours import days_in_words, read_days, read_hour
from bot.planning import Planned
from bot.visit import Visit
from conversations.schedule import in_words
from conversations.screen import Block, Screen, arrange

#: The hours that are offered; anything else can be typed.
USUAL: Mapping[str, tuple[time, ...]] = {
    "affirmation": tuple(map(time.fromisoformat, ("06:30", "07:00", "07:30", "08:00", "09:00"))),
    "check_in": tuple(map(time.fromisoformat, ("18:00", "19:00", "20:00", "21:00", "21:30"))),
    "look_back": tuple(map(time.fromisoformat, ("10:00", "16:00", "18:00", "19:00", "20:00"))),
}


async def tapped(visit: Visit, action: str, value: str) -> None:
    """A button of one of the three."""
    name, _, answer = value.partition(".")
    if name not in planning.DAILY:
        visit.toast = visit.phrase("talks.old_button")
        return
    kind = name
    match action:
        case "on":
            await turn_on(visit, kind)
        case "hour":
            _ask_hour(visit, kind)
        case "at" if at := read_hour(answer):
            await _plan(visit, kind, at)
        case "days":
            await _ask_days(visit, kind, answer)
        case "set":
            await _set_days(visit, kind, answer)
        case "skip":
            await _skip(visit, kind)
        case "off":
            await planning.turn_off(visit, kind)
            _say(visit, kind, visit.phrase("settings.turned_off"), on=False)
        case _:
            await show(visit, kind)


async def show(visit: Visit, kind: Kind) -> None:
    """What it is, when it comes, and what can be changed about it."""
    visit.asked()
    made = await planning.daily(visit, kind)
    on = made is not None and await planning.is_on(visit, kind)
    state = visit.phrase("settings.is_off")
    if on and made is not None and made.repeat is not None:
        key = "settings.is_resting" if made.repeat.rests else "settings.is_on"
        state = visit.phrase(key, when=when(visit, made))
    _say(visit, kind, visit.phrase(f"settings.about_{kind}"), state, on=on)


async def turn_on(visit: Visit, kind: Kind) -> None:
    """On at the hour it had; the first time, the clock and the hour are asked for."""
    if await planning.daily(visit, kind) is not None:
        await _plan(visit, kind)
    elif await times.ensure_time(visit, f"daily:on:{kind}"):
        _ask_hour(visit, kind)


def _ask_hour(visit: Visit, kind: Kind) -> None:
    hours.ask_hour(
        visit,
        f"daily:at:{kind}",
        USUAL[kind],
        back=f"daily:open:{kind}",
        afternoon=kind != "affirmation",
    )


async def _ask_days(visit: Visit, kind: Kind, chosen: str) -> None:
    made = await planning.daily(visit, kind)
    if made is None or made.repeat is None:
        await show(visit, kind)
        return
    now = "".join(str(day) for day in sorted(made.repeat.wish.days))
    press = f"daily:days:{kind}", f"daily:set:{kind}"
    hours.ask_days(visit, *press, chosen or now, back=f"daily:open:{kind}")


async def _set_days(visit: Visit, kind: Kind, answer: str) -> None:
    days = read_days(answer)
    if not days:
        visit.say("times.no_days", visit.button("settings.days_button", f"daily:days:{kind}"))
        return
    if await planning.daily(visit, kind) is None:
        await show(visit, kind)
        return
    await _plan(visit, kind, days=days)


async def _plan(
    visit: Visit, kind: Kind, at: time | None = None, days: frozenset[int] | None = None
) -> None:
    planned = await planning.plan(visit, kind, at, days)
    _say(visit, kind, told(visit, planned), on=True)


async def _skip(visit: Visit, kind: Kind) -> None:
    made = await planning.daily(visit, kind)
    planned = await planning.skip_today(visit, made) if made else None
    if planned is None or planned.begins is None:
        await show(visit, kind)
        return
    day = _day(visit, planned)
    _say(visit, kind, visit.phrase("settings.skipped", day=day), on=True)


def _say(visit: Visit, kind: Kind, *texts: str, on: bool) -> None:
    names = ("hour", "days", "skip", "off") if on else ("turn_on",)
    presses = {"turn_on": "on"}
    buttons = [
        visit.button(f"settings.{name}_button", f"daily:{presses.get(name, name)}:{kind}")
        for name in names
    ]
    buttons.append(visit.button("settings.back_button", "set:show"))
    visit.show(Screen(tuple(Block(text) for text in texts if text), arrange(buttons)))


# --- in words ---


def when(visit: Visit, made: Appointment) -> str:
    """When a repeating one comes: "every day, 07:30"."""
    assert made.repeat is not None
    return days_in_words(visit, made.repeat.wish.days, made.repeat.wish.at)


def told(visit: Visit, planned: Planned) -> str:
    """When it comes and since when: today, from tomorrow, from a day on, after the quiet."""
    today = visit.person.local(visit.now).date()
    words = when(visit, planned.made)
    if planned.begins is None or (planned.made.repeat and planned.made.repeat.rests):
        return visit.phrase("settings.starts_after_quiet", when=words)
    if planned.begins <= today:
        return visit.phrase("settings.starts_today", when=words)
    if planned.begins == today + timedelta(days=1):
        return visit.phrase("settings.starts_tomorrow", when=words)
    return visit.phrase("settings.starts_on", when=words, day=_day(visit, planned))


def _day(visit: Visit, planned: Planned) -> str:
    assert planned.begins is not None
    phrases = visit.house.library.phrases
    return in_words(planned.begins.isoformat(), phrases, visit.person.language)
