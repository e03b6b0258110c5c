"""Which handler a button's press goes to; the family stands before its first colon."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.command_table import OFFERED, perform, stop
from bot.commands import (
    affirm,
    bring_back,
    care,
    checkin,
    daily,
    due,
    export,
    find,
    hard_dates,
    hiding,
    later,
    leanings,
    lists,
    lock,
    look_back,
    loose,
    misread,
    more,
    night,
    plain,
    privacy,
    progress,
    quiet,
    reminders,
    settings,
    start,
    steps,
    talks,
    then,
    ties,
    times,
    today,
    why,
)
from bot.commands import help as help_command
from bot.visit import Visit
from conversations.care_language import beside_care
from conversations.turn import Stopped


async def tap(visit: Visit) -> None:
    """Do what a button means."""
    await do(visit, visit.incoming.press)


async def do(visit: Visit, press: str) -> None:
    """Do what a button with that press means; one that means nothing any more is answered too."""
    press, language = beside_care(press)
    if language:
        visit.speak(language)
    family, _, rest = press.partition(":")
    handler = TAPS.get(family)
    if handler is None:
        visit.toast = visit.phrase("talks.old_button")
        return
    first, second, third = [*rest.split(":", 2), "", ""][:3]
    await handler(visit, first, second, third)


async def _talk_tap(visit: Visit, number: str, step: str, choice: str) -> None:
    await talks.tapped(visit, number, step, choice)


async def _talks_tap(visit: Visit, action: str, value: str, _: str) -> None:
    match action:
        case "resume":
            await talks.resume(visit)
        case "stop":
            if visit.person.talk is None:
                await stop(visit)
            else:
                await talks.control(visit, Stopped())
        case "misread":
            await misread.tapped(visit, value)
        case "open":
            await talks.opened(visit, value)
        case "drop":
            number, _, token = value.partition(".")
            await talks.drop(visit, number, token)
        case "look":
            await talks.look(visit, value)
        case "anew" if flow := visit.house.library.by_command(value):
            await talks.start(visit, flow, anew=True)
        case _:
            visit.toast = visit.phrase("talks.old_button")


async def _start_tap(visit: Visit, action: str, link: str, _: str) -> None:
    if action == "agree":
        await start.agreed(visit, link)
    else:
        start.doors(visit)


async def _door_tap(visit: Visit, need: str, *_: str) -> None:
    await start.door(visit, need)


async def _command_tap(visit: Visit, name: str, *_: str) -> None:
    if handler := OFFERED.get(name):
        await handler(visit)
    elif not await perform(visit, name):
        visit.toast = visit.phrase("talks.old_button")


async def _help_tap(visit: Visit, *_: str) -> None:
    await help_command.tapped(visit, visit.incoming.press)


async def _hide_tap(visit: Visit, *_: str) -> None:
    await privacy.hide(visit)


async def _care_tap(visit: Visit, label: str, answer: str, _: str) -> None:
    await care.tapped(visit, label, answer)


async def _affirm_tap(visit: Visit, action: str, value: str, _: str) -> None:
    await affirm.tapped(visit, action, value)


async def _forget_tap(visit: Visit, answer: str, token: str, _: str) -> None:
    await privacy.forget_tapped(visit, answer, token)


async def _loose_tap(visit: Visit, what: str, number: str, _: str) -> None:
    await loose.tapped(visit, what, number)


async def _checkin_tap(visit: Visit, what: str, value: str, _: str) -> None:
    await checkin.tapped(visit, what, value)


async def _look_tap(visit: Visit, action: str, value: str, _: str) -> None:
    await look_back.tapped(visit, action, value)


async def _progress_tap(visit: Visit, action: str, value: str, _: str) -> None:
    await progress.tapped(visit, action, value)


async def _daily_tap(visit: Visit, action: str, value: str, _: str) -> None:
    await daily.tapped(visit, action, value)


async def _clock_tap(visit: Visit, answer: str, *_: str) -> None:
    if answer == "after":
        await talks.after_clock(visit)
    else:
        await times.clock_tapped(visit, answer)


async def _zone_tap(visit: Visit, *name: str) -> None:
    # An offset such as "+05:45" has a colon of its own.
    await times.zone_tapped(visit, ":".join(name).rstrip(":"))


TAPS: Mapping[str, Callable[..., Awaitable[None]]] = {
    "t": _talk_tap,
    "talk": _talks_tap,
    "due": due.tapped,
    "set": settings.tapped,
    "daily": _daily_tap,
    "rem": reminders.tapped,
    "later": later.tapped,
    "night": night.tapped,
    "quiet": quiet.tapped,
    "hard": hard_dates.tapped,
    "tie": ties.tapped,
    "lean": leanings.tapped,
    "plain": plain.tapped,
    "start": _start_tap,
    "door": _door_tap,
    "more": more.tapped,
    "today": today.tapped,
    "find": find.tapped,
    "export": export.tapped,
    "bring": bring_back.tapped,
    "then": then.tapped,
    "cmd": _command_tap,
    "help": _help_tap,
    "hide": _hide_tap,
    "hiding": hiding.tapped,
    "lock": lock.tapped,
    "care": _care_tap,
    "why": why.tapped,
    "list": lists.tapped,
    "steps": steps.tapped,
    "affirm": _affirm_tap,
    "forget": _forget_tap,
    "loose": _loose_tap,
    "checkin": _checkin_tap,
    "look": _look_tap,
    "progress": _progress_tap,
    "clock": _clock_tap,
    "zone": _zone_tap,
}
