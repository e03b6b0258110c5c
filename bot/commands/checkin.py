"""/checkin: one day in one number, and one line about it for those who like.

It comes between whatever is open and gives it back. Its buttons name their day, so that each of
them works whenever it is tapped: in the scheduled message, below the question that follows, and
in a message from last week. For the presses see `days`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot import planning
from bot.check_ins import BEST, WORST, CheckIn
from bot.commands import days, minding, talks
from bot.commands.effects import carry_out
from bot.person import epoch_ms
from bot.telegram_out import units
from bot.visit import Visit
from conversations.answers import fold
from conversations.bubbles import JOIN_WITHIN, MESSAGE_UNITS, SPLIT_FROM_UNITS, SPLIT_WITHIN
from conversations.engine import begin
from conversations.schedule import read_date
from conversations.turn import Answer, Chose, Show, Turn

ASKING = (days.WRITTEN,)
#: Days back that can be filled in or changed.
OPEN_FOR = timedelta(days=14)
#: Messages can be edited for two days; the day they are about may lie further back.
EDITED_WITHIN = OPEN_FOR + timedelta(days=3)
_NUMBERS = {str(number) for number in range(WORST, BEST + 1)}


async def show(visit: Visit) -> None:
    """Today's question; a day that is on record is shown, with a way to change it."""
    visit.asked()
    made = await days.on_record(visit, _today(visit))
    if made is None:
        await ask(visit, _today(visit))
    else:
        visit.show(await days.shown(visit, made, "checkin.here"))


async def open_due(visit: Visit, day: date) -> None:
    """The scheduled line was opened by its plain button: the question about that day."""
    await ask(visit, day)


async def tapped(visit: Visit, what: str, value: str) -> None:
    """A button: `what` is a day that is rated, or what is to be done with the day `value`."""
    action = what if what in ("open", "unsay", "mark") else "rate"
    written, _, answer = value.partition(".")
    day = read_date(written if action != "rate" else what)
    if day is None or (action == "rate" and value not in _NUMBERS):
        visit.toast = visit.phrase("talks.old_button")
    elif not _is_open(visit, day):
        visit.say("checkin.not_that_day")
    elif action == "open":
        await ask(visit, day)
    elif action == "unsay":
        await _unsay(visit, day)
    elif action == "mark":
        await _mark(visit, day, answer)
    else:
        # The scheduled line turns into the next question where it stands.
        visit.in_place = True
        await rate(visit, day, value)


async def ask(visit: Visit, day: date) -> None:
    """How that day was: a number, then a line."""
    turn = _begun(visit, day)
    made = await days.on_record(visit, day)
    if made is not None:
        known = {days.RATED: Answer(visit.person.local(visit.now), chosen=(str(made.mood),))}
        turn = Turn(replace(turn.state, answers=known), (Show(days.RATED, (), "again"),))
    await carry_out(visit, turn)


async def rate(visit: Visit, day: date, number: str) -> None:
    """That day in one number; the line about it comes next."""
    visit.asked()
    state = visit.person.talk
    if state is None or state.flow != days.KEEPS or state.day != day.isoformat():
        state = _begun(visit, day).state
    await talks.happen(visit, state, Chose(days.RATED, number))


def _begun(visit: Visit, day: date) -> Turn:
    """A new one, between what is open now and going on with it."""
    visit.asked()
    house, row, now = visit.house, visit.person.row, visit.person.talk
    flow = house.library.flows[days.KEEPS]
    between = now.between if now is not None and now.flow == flow.id else row.active_talk
    number, row.next_talk = row.next_talk, row.next_talk + 1
    known, phrases = visit.person.known(visit.now), house.library.phrases
    return begin(flow, known, phrases, number, between=between or 0, day=day.isoformat())


async def _mark(visit: Visit, day: date, answer: str) -> None:
    """Contact, the boundary that is minded, or whom a line is about: beside where one is."""
    made = await days.on_record(visit, day)
    marked = minding.marked(visit, made, answer) if made is not None else None
    if marked is None:
        visit.toast = visit.phrase("talks.old_button")
        return
    days.save(visit, marked)
    visit.in_place = True
    state = visit.person.talk
    if state is not None and state.flow == days.KEEPS and state.day == day.isoformat():
        await carry_out(visit, Turn(state, (Show(state.at),)))
    else:
        visit.show(await days.shown(visit, marked, "checkin.here"))


async def _unsay(visit: Visit, day: date) -> None:
    made = await days.on_record(visit, day)
    if made is None or not made.line:
        visit.toast = visit.phrase("talks.over")
        return
    gone = replace(made, words=(), earlier=(), listened=False)
    days.save(visit, gone)
    visit.show(days.one_screen(visit, gone, "checkin.unsaid"))


def _today(visit: Visit) -> date:
    return visit.person.local(visit.now).date()


def _is_open(visit: Visit, day: date) -> bool:
    # A change of zone may have led back over midnight: a day ahead is still that day.
    return timedelta(days=-1) <= _today(visit) - day <= OPEN_FOR


# --- typed ---


async def typed(visit: Visit) -> bool:
    """More words right after a line; false where they are for something else."""
    asking, said = visit.person.profile.asking, visit.incoming
    visit.asked()
    day = read_date(str(asking.get("day", "")))
    made = await days.on_record(visit, day) if day else None
    passed = epoch_ms(said.sent_at) - asking["at"]
    if made is None or not made.words or not _belongs(visit, passed, made):
        return False
    last, words = made.words[-1][0], (*made.words, (said.text, said.message))
    if _is_split(last, passed):
        # No single message holds it all now, so an edit of one cannot stand for the whole.
        glue = "" if units(last) >= MESSAGE_UNITS else " "
        words = (*made.words[:-1], (last + glue + said.text, None))
    days.save(visit, replace(days.reworded(visit, made, words), earlier=made.earlier))
    visit.show(days.one_screen(visit, visit.changes.check_ins[-1], "checkin.added"))
    days.expect_more(visit, made.day)
    return True


def _belongs(visit: Visit, passed: int, made: CheckIn) -> bool:
    """Whether words so many milliseconds after a line go on with it."""
    soon = visit.person.talk is None and passed <= JOIN_WITHIN.total_seconds() * 1000
    return soon or _is_split(made.words[-1][0], passed)


def _is_split(last: str, passed: int) -> bool:
    return units(last) >= SPLIT_FROM_UNITS and passed <= SPLIT_WITHIN.total_seconds() * 1000


async def typed_number(visit: Visit) -> bool:
    """A bare number while nothing is asked, from someone whose evening line carries numbers."""
    number = fold(visit.incoming.text)
    made = await planning.daily(visit, "check_in") if number in _NUMBERS else None
    if made is None or made.repeat is None:
        return False
    sent, today = made.repeat.recorded[-1:], _today(visit)
    night = bool(sent) and sent[0] == today - timedelta(days=1)
    about = sent[0] if night and await days.on_record(visit, sent[0]) is None else today
    await rate(visit, about, number)
    return True


async def edited(visit: Visit) -> bool:
    """A message that a day's line was written in was corrected."""
    message, since = visit.incoming.message, _today(visit) - EDITED_WITHIN
    for made in await visit.shelf.check_ins(visit.person, since):
        if any(number == message for _, number in made.words):
            words = tuple(
                (visit.incoming.text if number == message else text, number)
                for text, number in made.words
            )
            changed = days.reworded(visit, made, words)
            corrected = replace(changed, earlier=(*made.earlier, made.line))
            days.save(visit, corrected)
            visit.show(days.one_screen(visit, corrected, "checkin.corrected"))
            return True
    return False


async def misread(visit: Visit, day: str) -> bool:
    """ "You misread me" about a day's line: it is no longer held back."""
    about = read_date(day)
    made = await days.on_record(visit, about) if about else None
    if made is None:
        return False
    days.save(visit, replace(made, listened=False))
    visit.show(days.one_screen(visit, made, "checkin.misread"))
    return True
