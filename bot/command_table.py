"""Every command by its name, and what the menu lists."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.commands import (
    affirm,
    checkin,
    export,
    find,
    hard_dates,
    hiding,
    hours,
    later,
    leanings,
    list_words,
    lists,
    lock,
    look_back,
    more,
    night,
    note,
    privacy,
    progress,
    quiet,
    reminder_words,
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
from bot.commands.list_kinds import KINDS, SAFETY, ListKind
from bot.visit import Visit
from conversations.turn import Skipped, Stopped, WentBack

Handler = Callable[[Visit], Awaitable[None]]


async def perform(visit: Visit, name: str) -> bool:
    """Do what the command says: one of these, or an exercise by its own name; false: unknown."""
    if name in COMMANDS:
        await COMMANDS[name](visit)
    elif (flow := visit.house.library.by_command(name)) and flow.command in COMMANDS:
        await COMMANDS[flow.command](visit)
    elif flow is not None:
        await talks.start(visit, flow)
    else:
        return False
    return True


async def _back(visit: Visit) -> None:
    if not await _left_a_question(visit):
        await talks.control(visit, WentBack())


async def _skip(visit: Visit) -> None:
    if not await _left_a_question(visit):
        await talks.control(visit, Skipped())


async def _cancel(visit: Visit) -> None:
    if not await _left_a_question(visit):
        await talks.control(visit, Stopped())


async def _left_a_question(visit: Visit) -> bool:
    """A question outside of the talks is left; what stood before it comes back."""
    what = visit.person.profile.asking.get("what", "")
    if what in LEFT:
        LEFT[what](visit)
    elif what in affirm.ASKING:
        await affirm.left(visit)
    else:
        visit.asked()
        return False
    return True


def _list(kind: ListKind) -> Handler:
    """The list of that kind; the exercise that fills it, where it is empty."""

    async def handler(visit: Visit) -> None:
        await lists.open_or_begin(visit, kind)

    return handler


async def stop(visit: Visit) -> None:
    """Leave it at that."""
    visit.say("talks.left")


#: Where one gets who passes over a question outside of a talk, by the question.
LEFT: Mapping[str, Callable[[Visit], None]] = {
    **dict.fromkeys(times.ASKING, times.left),
    **dict.fromkeys(hours.ASKING, hours.left),
    **dict.fromkeys(list_words.ASKING, list_words.left),
    ties.NAMING: ties.left,
    note.WRITING: note.left,
    find.WANTED: find.left,
    hard_dates.NAMING: hard_dates.left,
    later.ASKING: later.left,
    reminder_words.ASKING: reminder_words.left,
    leanings.REWORDING: leanings.left,
    **dict.fromkeys(lock.ASKING, lock.left),
    **dict.fromkeys(hiding.ASKING, hiding.left),
}
COMMANDS: Mapping[str, Handler] = {
    "start": start.begin,
    "help": help_command.show,
    "helplines": help_command.lines,
    "hide": privacy.hide,
    "why": why.show,
    **{kind.flow: _list(kind) for kind in KINDS.values() if kind.flow in steps.STEPS},
    "safe": _list(KINDS[SAFETY]),
    "lists": lists.show_all,
    "steps": steps.command,
    "more": more.show,
    "note": note.show,
    "find": find.show,
    "export": export.show,
    "then": then.show,
    "search": find.show,
    "ground": start.ground,
    "night": night.show,
    "later": later.show,
    "affirm": affirm.show,
    "checkin": checkin.show,
    "week": look_back.show,
    "progress": progress.show,
    "today": today.show,
    "settings": settings.show,
    "quiet": quiet.show,
    "stop": quiet.stop,
    "back": _back,
    "skip": _skip,
    "cancel": _cancel,
    "forget": privacy.forget,
    "privacy": privacy.show,
    "lock": lock.show,
    "about": privacy.about,
}
#: Reached by a button only.
OFFERED: Mapping[str, Handler] = {"stop": stop}
#: The menu of the bot, neutral because someone else may see the phone.
MENU = (
    "today",
    "reflect",
    "why",
    "affirm",
    "checkin",
    "note",
    "progress",
    "more",
    "settings",
    "hide",
    "help",
)
