"""The plain questions and the stop words, wherever they are written.

What may be an answer as well is kept as one, with one button that takes it out again.
Press: `plain:KIND:MESSAGE` ("I meant you": about the message of that id).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.check_ins import CheckIn
from bot.commands import checkin, days, privacy, quiet, talks
from bot.commands.effects import carry_out
from bot.commands.keeping import reworded
from bot.commands.talk_words import known_to
from bot.visit import Visit
from conversations.engine import advance
from conversations.plain_questions import KINDS, meant
from conversations.screen import Block
from conversations.taken_back import holds
from conversations.turn import Show, TakenBack

#: What is done about some of them; the others are answered in words.
DONE: Mapping[str, Callable[[Visit], Awaitable[None]]] = {
    "stop": quiet.stop,
    "delete": privacy.forget,
}
#: What stands below an answer in words, as phrases and presses.
BUTTONS: Mapping[str, Mapping[str, str]] = {
    "who_reads": {"plain.forget_button": "cmd:forget", "offers.help": "help:open"},
    "person": {"offers.help": "help:open"},
    "private": {"plain.forget_button": "cmd:forget", "offers.help": "help:open"},
    "what": {"plain.about_button": "cmd:about", "offers.today": "cmd:today"},
}


def asked(visit: Visit) -> str | None:
    """Which of them the text is, if it is one."""
    return meant(visit.incoming.text, visit.house.library.phrases, visit.person.language)


async def answer(visit: Visit, kind: str) -> None:
    """A plain answer, or what was asked for, after one confirmation."""
    if kind in DONE:
        await DONE[kind](visit)
        return
    visit.asked()
    buttons = [visit.button(key, press) for key, press in BUTTONS[kind].items()]
    visit.say(f"plain.{kind}", *buttons)


async def beside(visit: Visit, kind: str) -> None:
    """The text went where it may belong: one button says it was meant otherwise.

    Where it was no answer there, it can only have been meant so.
    """
    message = visit.incoming.message
    if message is None or not _is_kept(visit, message):
        held = [pair for pair in visit.person.profile.held if pair[1] != message]
        visit.person.keep_profile(held=held)
        visit.screens.clear()
        await answer(visit, kind)
    elif visit.screens:
        row = (visit.button("plain.meant_button", f"plain:{kind}:{message}"),)
        last = visit.screens[-1]
        visit.screens[-1] = replace(last, rows=(*last.rows, row))


def _is_kept(visit: Visit, message: int) -> bool:
    """Whether this visit keeps the words of that message."""
    changes = visit.changes
    states = [*changes.talks.values(), *changes.reflections.values()]
    return (
        any(state is not None and holds(state, message) for state in states)
        or any(kept.message == message for kept in changes.kept)
        or any(_is_of(day, message) for day in changes.check_ins)
    )


def _is_of(day: CheckIn, message: int) -> bool:
    return any(number == message for _, number in day.words)


async def tapped(visit: Visit, kind: str, number: str, _: str) -> None:
    """ "I meant you": the words leave their answer, and are answered themselves."""
    if kind not in KINDS or not (number.isascii() and number.isdecimal() and len(number) < 16):
        visit.toast = visit.phrase("talks.old_button")
        return
    gone = await _taken_out(visit, int(number))
    await answer(visit, kind)
    note = Block(visit.phrase("plain.taken_out" if gone else "plain.not_there"), "lead")
    first = visit.screens[0]
    visit.screens[0] = replace(first, blocks=(note, *first.blocks))


async def _taken_out(visit: Visit, message: int) -> bool:
    """Take the words out of wherever they are kept; false where they are nowhere."""
    if await _out_of_a_talk(visit, message):
        return True
    since = visit.person.local(visit.now).date() - checkin.EDITED_WITHIN
    for day in await visit.shelf.check_ins(visit.person, since):
        if _is_of(day, message):
            words = tuple((text, other) for text, other in day.words if other != message)
            days.save(visit, replace(days.reworded(visit, day, words), earlier=day.earlier))
            return True
    for kept in await visit.shelf.kept(visit.person):
        if kept.message == message:
            if kept.earlier:
                before = reworded(visit, kept, kept.earlier[-1])
                visit.keep([replace(before, earlier=kept.earlier[:-1], message=None)])
            else:
                visit.unkeep([kept.id])
            return True
    return False


async def _out_of_a_talk(visit: Visit, message: int) -> bool:
    library = visit.house.library
    for state in await talks.every(visit):
        flow = library.flows.get(state.flow)
        if flow is None or not holds(state, message):
            continue
        known = await known_to(visit, flow)
        turn = advance(flow, state, TakenBack(message), known, library.phrases)
        # The plain answer is shown now; the question waits behind "Go on".
        silent = tuple(effect for effect in turn.effects if not isinstance(effect, Show))
        await carry_out(visit, replace(turn, effects=silent))
        kept = await visit.shelf.kept(visit.person)
        visit.unkeep([k.id for k in kept if k.talk == state.talk and k.message == message])
        return True
    return False
