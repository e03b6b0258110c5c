"""Which handler one update goes to, for someone who has agreed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.commands import care, clock_question, loose, privacy, start, talks, today, why
from bot.commands import help as help_command
from bot.visit import Visit
from conversations.turn import Heard, Skipped, Stopped, WentBack

Handler = Callable[[Visit], Awaitable[None]]


async def route(visit: Visit) -> None:
    """Handle one update; all it does is noted on the visit."""
    match visit.incoming.kind:
        case "command":
            await _command(visit)
        case "tap":
            await _tap(visit)
        case "text":
            await _text(visit)
        case "edit":
            await _edit(visit)
        case "media":
            visit.say("talks.media", *talks.go_on_row(visit))


# --- commands ---


async def _back(visit: Visit) -> None:
    await talks.control(visit, WentBack())


async def _skip(visit: Visit) -> None:
    await talks.control(visit, Skipped())


async def _cancel(visit: Visit) -> None:
    visit.asked()
    await talks.control(visit, Stopped())


async def _stop(visit: Visit) -> None:
    visit.say("talks.left")


COMMANDS: Mapping[str, Handler] = {
    "start": start.begin,
    "help": help_command.show,
    "hide": privacy.hide,
    "why": why.show,
    "today": today.show,
    "back": _back,
    "skip": _skip,
    "cancel": _cancel,
    "forget": privacy.forget,
    "about": privacy.about,
}
#: Reached by a button only.
OFFERED: Mapping[str, Handler] = {"ground": start.ground, "stop": _stop}
#: The menu of the bot, neutral because someone else may see the phone.
MENU = ("today", "reflect", "why", "hide", "help")


async def _command(visit: Visit) -> None:
    name = visit.incoming.command
    if await _heard_beside(visit):
        return
    if name in COMMANDS:
        await COMMANDS[name](visit)
    elif flow := visit.house.library.by_command(name):
        await talks.start(visit, flow)
    else:
        visit.say("talks.unknown", *talks.go_on_row(visit))


async def _heard_beside(visit: Visit) -> bool:
    """What follows a command is listened to as well; a hit goes before the command."""
    heard = visit.house.listener.listen(visit.incoming.text) if visit.incoming.text else None
    if heard is None or visit.incoming.command in ("help", "hide"):
        return False
    loose.hold(visit)
    care.answer_to(visit, heard)
    return True


# --- taps ---


async def _tap(visit: Visit) -> None:
    press = visit.incoming.press
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
                await _stop(visit)
            else:
                await talks.control(visit, Stopped())
        case "misread":
            await talks.misread(visit, value)
        case "open" | "drop" | "look":
            await _one_talk(visit, action, value)
        case "anew":
            if flow := visit.house.library.by_command(value):
                await talks.start(visit, flow, anew=True)
        case _:
            visit.toast = visit.phrase("talks.old_button")


async def _one_talk(visit: Visit, action: str, number: str) -> None:
    if action == "look":
        await talks.show_reflection(visit, number)
        return
    states = [s for s in await visit.shelf.resting(visit.person) if str(s.talk) == number]
    if not states:
        visit.toast = visit.phrase("talks.over")
    elif action == "drop":
        visit.drop_talk(states[0].talk)
        visit.say("talks.dropped", visit.button("offers.today", "cmd:today"))
    else:
        await talks.reopen(visit, states[0])


async def _due_tap(visit: Visit, purpose: str, number: str, step: str) -> None:
    if purpose == "second_look":
        await talks.woken(visit, number, step)
        return
    visit.say(
        "talks.look_again",
        visit.button("talks.read_button", f"talk:look:{number}"),
        visit.button("offers.reflect", "cmd:reflect"),
        visit.button("offers.why", "cmd:why"),
    )


async def _start_tap(visit: Visit, action: str, link: str, _: str) -> None:
    if action == "agree":
        await start.agreed(visit, link)
    else:
        start.doors(visit)


async def _door_tap(visit: Visit, need: str, *_: str) -> None:
    await start.door(visit, need)


async def _command_tap(visit: Visit, name: str, *_: str) -> None:
    if handler := COMMANDS.get(name) or OFFERED.get(name):
        await handler(visit)
    elif flow := visit.house.library.by_command(name):
        await talks.start(visit, flow)
    else:
        visit.toast = visit.phrase("talks.old_button")


async def _help_tap(visit: Visit, *_: str) -> None:
    await help_command.tapped(visit, visit.incoming.press)


async def _hide_tap(visit: Visit, *_: str) -> None:
    await privacy.hide(visit)


async def _care_tap(visit: Visit, label: str, answer: str, _: str) -> None:
    await care.tapped(visit, label, answer)


async def _why_tap(visit: Visit, action: str, value: str, _: str) -> None:
    await why.tapped(visit, action, value)


async def _forget_tap(visit: Visit, answer: str, token: str, _: str) -> None:
    await privacy.forget_tapped(visit, answer, token)


async def _loose_tap(visit: Visit, what: str, *_: str) -> None:
    await loose.tapped(visit, what)


async def _clock_tap(visit: Visit, minutes: str, *_: str) -> None:
    await clock_question.tapped(visit, minutes)
    await talks.after_clock(visit)


TAPS: Mapping[str, Callable[..., Awaitable[None]]] = {
    "t": _talk_tap,
    "talk": _talks_tap,
    "due": _due_tap,
    "start": _start_tap,
    "door": _door_tap,
    "cmd": _command_tap,
    "help": _help_tap,
    "hide": _hide_tap,
    "care": _care_tap,
    "why": _why_tap,
    "forget": _forget_tap,
    "loose": _loose_tap,
    "clock": _clock_tap,
}


# --- words ---


async def _text(visit: Visit) -> None:
    """Words: for the question outside of a talk, else for the open talk, else held."""
    heard = visit.house.listener.listen(visit.incoming.text)
    what = visit.person.profile.asking.get("what", "")
    if what in (why.ADDING, why.EDITING, why.SEARCHING):
        await why.typed(visit)
        _care_instead(visit, heard)
    elif what == clock_question.ASKING and heard is None:
        if await clock_question.typed(visit):
            await talks.after_clock(visit)
    elif what == help_command.ASKING and heard is None and await help_command.typed(visit):
        return
    elif visit.person.talk is not None:
        await talks.said(visit, visit.person.talk, heard)
    else:
        await loose.typed(visit)
        _care_instead(visit, heard)


def _care_instead(visit: Visit, heard: Heard | None) -> None:
    """Something was heard: the words are kept as they are, and care answers."""
    if heard is not None:
        visit.screens.clear()
        care.answer_to(visit, heard)


async def _edit(visit: Visit) -> None:
    """A corrected message: wherever its words are kept, they change."""
    heard = visit.house.listener.listen(visit.incoming.text)
    if await talks.edited(visit, heard):
        return
    if not await loose.edited(visit):
        await why.edited(visit)
    _care_instead(visit, heard)
