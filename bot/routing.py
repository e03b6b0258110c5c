"""Which handler one update goes to, for someone who has agreed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.command_table import perform
from bot.commands import (
    affirm,
    bring_back,
    care,
    checkin,
    due,
    find,
    hard_dates,
    hiding,
    hours,
    later,
    leanings,
    list_words,
    lock,
    loose,
    marks,
    night,
    note,
    plain,
    privacy,
    reminder_words,
    talks,
    ties,
    times,
)
from bot.commands import help as help_command
from bot.commands.list_kinds import SAFETY
from bot.taps import do, tap
from bot.visit import Visit
from conversations.answers import fold
from conversations.care_language import carrying
from conversations.farewells import bids_farewell
from conversations.screen import LABEL_LIMITS
from conversations.turn import Heard

#: Who reads the words that answer a question outside of a talk, by the question.
ANSWERED: Mapping[str, Callable[[Visit], Awaitable[None]]] = {
    **dict.fromkeys(times.ASKING, times.typed),
    **dict.fromkeys(hours.ASKING, hours.typed),
    ties.NAMING: ties.typed,
    hard_dates.NAMING: hard_dates.typed,
    **dict.fromkeys(lock.ASKING, lock.typed),
    **dict.fromkeys(hiding.ASKING, hiding.typed),
    find.WANTED: find.typed,
    later.ASKING: later.typed,
    reminder_words.ASKING: reminder_words.typed,
}
#: Who writes down what is typed; false where it was for something else.
WRITTEN_DOWN: Mapping[str, Callable[[Visit], Awaitable[bool]]] = {
    **dict.fromkeys(list_words.ASKING, list_words.typed),
    note.WRITING: note.typed,
    night.WRITING: night.typed,
}
#: Questions whose answers are kept whatever they say.
KEPT_AS_WRITTEN = (
    *(what for what in list_words.ASKING if what != list_words.SEARCHING),
    note.WRITING,
    night.WRITING,
    leanings.REWORDING,
    *affirm.ASKING,
)


async def route(visit: Visit) -> None:
    """Handle one update; all it does is noted on the visit."""
    if visit.incoming.kind == "text" and hiding.is_word(visit):
        await privacy.hide(visit)
        return
    shut = lock.closed(visit) and not lock.lets_through(visit)
    if shut and visit.incoming.kind != "edit":
        await _while_locked(visit)
    else:
        await _handle(visit)
    while press := visit.follow:
        visit.follow = ""
        await do(visit, press)
    if shut and visit.incoming.kind == "edit" and not visit.urgent:
        # The correction is made; what it shows would be something kept.
        visit.screens.clear()
    visit.screens[:] = (carrying(s, visit.language, visit.person.language) for s in visit.screens)
    if visit.screens:
        if not visit.person.profile.lock.get("closed"):
            marks.ask_if_over(visit)
            _lead_back(visit)
        _let_buttons_be_typed(visit)


async def _while_locked(visit: Visit) -> None:
    """The plain questions show nothing kept, so they are answered; all else waits for the PIN."""
    unheard = visit.incoming.kind == "text" and not visit.house.listener.listen(visit.incoming.text)
    if unheard and (kind := plain.asked(visit)):
        await plain.answer(visit, kind)
    else:
        await lock.before(visit)


async def _handle(visit: Visit) -> None:
    match visit.incoming.kind:
        case "command":
            await _command(visit)
        case "tap":
            await tap(visit)
        case "text":
            await _text(visit)
        case "edit":
            await _edit(visit)
        case "media":
            await _media(visit)
        case "location":
            await times.located(visit)


def _lead_back(visit: Visit) -> None:
    """Every screen that stands beside an open talk has a way back to it."""
    last = visit.screens[-1]
    ways = ("t:", "talk:resume", "talk:open", "clock:", "zone:")
    if visit.person.talk is None or any(b.press.startswith(ways) for b in last.buttons):
        return
    row = (visit.button("talks.go_on_button", "talk:resume"),)
    visit.screens[-1] = replace(last, rows=(*last.rows, row))


def _let_buttons_be_typed(visit: Visit) -> None:
    """A talk understands typed answers by itself; of any other screen the labels are noted."""
    typed: dict[str, str] = {}
    buttons = [button for screen in visit.screens for button in screen.buttons]
    in_a_talk = any(button.press.startswith("t:") for button in buttons)
    for button in buttons:
        if not in_a_talk or button.press.startswith("plain:"):
            wordings = (fold(button.label), *care.typed_for(visit, button.press))
            typed = {w: button.press for w in wordings if w and button.press} | typed
    if typed != visit.person.profile.typed:
        visit.person.keep_profile(typed=typed)


async def _command(visit: Visit) -> None:
    """What follows a command is listened to as well; a hit goes before the command."""
    heard = visit.house.listener.listen(visit.incoming.text) if visit.incoming.text else None
    first = visit.incoming.command in ("help", "helplines", "hide")
    if heard is not None and not first and not care.is_quiet(visit, heard):
        loose.hold(visit)
        care.answer_to(visit, heard)
        return
    if not await perform(visit, visit.incoming.command):
        visit.say("talks.unknown", visit.button("offers.today", "cmd:today"))
    if heard is not None and not first:
        care.beside(visit, heard)


async def _media(visit: Visit) -> None:
    """Nothing but words can be read here; a caption is listened to all the same."""
    heard = visit.house.listener.listen(visit.incoming.text) if visit.incoming.text else None
    if heard is None and bring_back.is_meant(visit):
        await bring_back.sent(visit)
    elif heard is None:
        visit.say("talks.media")
    elif care.is_quiet(visit, heard):
        visit.say("talks.media")
        care.beside(visit, heard)
    else:
        loose.hold(visit)
        care.answer_to(visit, heard)


def _listened(visit: Visit) -> Heard | None:
    """What is noticed in the words; while a farewell is being written, idioms of ending too."""
    house, state = visit.house, visit.person.talk
    flow = house.library.flows.get(state.flow) if state is not None else None
    strict = bids_farewell(flow, state, visit.person.known(visit.now))
    # What was misread in this talk is not raised again, and must not hide what else is there.
    beside = bool(visit.person.profile.asking)
    misread = state.misread if state is not None and not beside else ()
    return house.listener.listen(visit.incoming.text, strict=strict, without=misread)


async def _text(visit: Visit) -> None:
    """Words: a button's own, for the question outside of a talk, for the talk, else held."""
    text, typed = visit.incoming.text, visit.person.profile.typed
    words = fold(text) if typed or len(text) <= LABEL_LIMITS[1] else ""
    if press := typed.get(words) or await due.press_for(visit, words):
        visit.incoming = replace(visit.incoming, press=press)
        await tap(visit)
        return
    heard = _listened(visit)
    what = visit.person.profile.asking.get("what", "")
    kind = plain.asked(visit) if heard is None else None
    if kind and not (what in KEPT_AS_WRITTEN or (what not in ANSWERED and talks.listening(visit))):
        await plain.answer(visit, kind)
        return
    await _words(visit, what, heard)
    if kind:
        await plain.beside(visit, kind)


async def _words(visit: Visit, what: str, heard: Heard | None) -> None:
    """Words for the question outside of a talk, for the talk, else held."""
    written = WRITTEN_DOWN.get(what)
    if written is not None and await written(visit):
        if heard is not None:
            visit.asked()
        _care_instead(visit, heard)
    elif what in affirm.ASKING:
        await affirm.typed(visit)
        _care_instead(visit, heard)
    elif what == leanings.REWORDING:
        await leanings.typed(visit)
        _care_instead(visit, heard)
    elif what in checkin.ASKING and await checkin.typed(visit):
        _care_instead(visit, heard)
    elif what in ANSWERED:
        await _answer(visit, what, heard)
    elif what == help_command.ASKING and heard is None and await help_command.typed(visit):
        return
    elif (state := talks.listening(visit)) is not None:
        await talks.said(visit, state, heard)
    elif not await checkin.typed_number(visit):
        await loose.typed(visit)
        _care_instead(visit, heard)


async def _answer(visit: Visit, what: str, heard: Heard | None) -> None:
    """To a question outside of a talk, unless care comes first; then the words are held."""
    if heard is not None and not care.is_quiet(visit, heard):
        loose.hold(visit)
    else:
        await ANSWERED[what](visit)
    _care_instead(visit, heard)


def _care_instead(visit: Visit, heard: Heard | None) -> None:
    """Something was heard: the words are kept as they are, and care answers."""
    if heard is not None:
        kept, days = visit.changes.kept, visit.changes.check_ins
        about_safety = bool(kept) and kept[-1].kind == SAFETY
        if care.is_quiet(visit, heard, about_safety=about_safety):
            care.beside(visit, heard)
            return
        visit.screens.clear()
        day = days[-1].day.isoformat() if days else ""
        care.answer_to(visit, heard, kept=kept[-1].id if kept else None, day=day)


async def _edit(visit: Visit) -> None:
    """A corrected message: wherever its words are kept, they change."""
    heard = _listened(visit)
    if await talks.edited(visit, heard):
        return
    changed = loose.edited(visit) or await affirm.edited(visit) or await checkin.edited(visit)
    if not changed and not await note.edited(visit):
        await list_words.edited(visit)
    _care_instead(visit, heard)
