"""The weekly look back: the week's check-ins in words, and a line of one's own from it.

Presses: `look:week:DAY` (the week that ends on that local day), `look:line:DAY.N` (another line of
it), `look:lines:DAY` (all of them), `look:of:DAY.TIE` (only what has to do with that tie).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.check_ins import CheckIn, worst_running
from bot.commands import days, minding
from bot.visit import Visit
from conversations.schedule import in_words, read_date
from conversations.screen import Block, Button, Screen, arrange

WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


async def show(visit: Visit) -> None:
    """/week: the seven days up to today."""
    visit.asked()
    await _week(visit, visit.person.local(visit.now).date())


async def open_due(visit: Visit, day: date) -> None:
    """The Sunday's neutral line was opened: the week that ended on that day."""
    visit.asked()
    await _week(visit, day)


async def tapped(visit: Visit, action: str, value: str) -> None:
    """A button of a look back."""
    written, _, number = value.partition(".")
    if (day := read_date(written)) is None:
        visit.toast = visit.phrase("talks.old_button")
        return
    at = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
    if action == "lines":
        await _lines(visit, day)
    elif action == "of" and at in visit.person.ties:
        await _week(visit, day, of=at)
    else:
        await _week(visit, day, at if action == "line" else 0)


async def _of_week(visit: Visit, last: date) -> list[CheckIn]:
    found = await visit.shelf.check_ins(visit.person, last - WEEK + _DAY)
    return [one for one in found if one.day <= last]


async def _week(visit: Visit, last: date, number: int = 0, *, of: int = 0) -> None:
    """Every day that was filled in, and one line; days that were not are simply not there.

    `of` is the tie that it is narrowed to, 0 for none.
    """
    week = [one for one in await _of_week(visit, last) if not of or minding.is_about(one, of)]
    blocks = [Block(_title(visit, last), "heading")]
    buttons: list[Button] = []
    if not week:
        blocks.append(Block(visit.phrase("look_back.empty")))
        buttons.append(visit.button("look_back.checkin_button", "cmd:checkin"))
    else:
        blocks.append(Block("\n".join(_in_words(visit, one) for one in week)))
    lines = _own_lines(week)
    if lines:
        # The newest first: what one said last is nearest to where one is.
        shown = lines[-1 - number % len(lines)]
        blocks += [Block(visit.phrase("look_back.line"), "lead"), Block(shown.line, "quote")]
    if len(lines) > 1:
        buttons += [
            visit.button("look_back.other_button", f"look:line:{last}.{number % len(lines) + 1}"),
            visit.button("look_back.lines_button", f"look:lines:{last}"),
        ]
    if worst_running(week) or await days.heavy(visit):
        blocks.append(Block(visit.phrase("look_back.heavy")))
        buttons.append(visit.button("offers.help", "help:open"))
    buttons += _ties(visit, last, week, of)
    before = last - WEEK
    if await _of_week(visit, before):
        buttons.append(visit.button("look_back.earlier_button", f"look:week:{before}"))
    visit.in_place = True
    visit.show(Screen(tuple(blocks), arrange(buttons), protect=bool(lines)))


async def _lines(visit: Visit, last: date) -> None:
    """Everything written that week, also what does not come back by itself: it is asked for."""
    blocks = [Block(visit.phrase("look_back.lines"), "lead")]
    for one in await _of_week(visit, last):
        if one.line:
            blocks += [Block(_in_words(visit, one)), Block(one.line, "quote")]
    week = visit.button("look_back.week_button", f"look:week:{last}")
    visit.show(Screen(tuple(blocks), ((week,),), protect=True))


def _ties(visit: Visit, last: date, week: Sequence[CheckIn], of: int) -> list[Button]:
    """Only what has to do with one tie, where several have anything in this week."""
    if of:
        return [visit.button("lists.everything_button", f"look:week:{last}")]
    ties = [t for t in minding.awake(visit) if any(minding.is_about(d, t.number) for d in week)]
    if len(minding.awake(visit)) < 2:
        return []
    return [Button(minding.told(visit, tie), f"look:of:{last}.{tie.number}") for tie in ties]


def _own_lines(week: Sequence[CheckIn]) -> list[CheckIn]:
    """Words in which something was heard do not come back by themselves."""
    return [one for one in week if one.line and not one.listened]


def _title(visit: Visit, last: date) -> str:
    first = _day(visit, last - WEEK + _DAY)
    return visit.phrase("look_back.title", first=first, last=_day(visit, last))


def _in_words(visit: Visit, one: CheckIn) -> str:
    told = visit.phrase("look_back.day", day=_day(visit, one.day), number=str(one.mood))
    return " · ".join([told, *minding.in_words(visit, one)])


def _day(visit: Visit, day: date) -> str:
    return in_words(day.isoformat(), visit.house.library.phrases, visit.person.language)
