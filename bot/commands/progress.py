"""/progress: the days that were filled in, as pictures and in words; nothing is judged.

Presses: `progress:year:YYYY.OF` and `progress:days:YYYY-MM.OF` (that month day by day), OF the
number of a tie that it is narrowed to (0, or left out: none); `progress:of:OF`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from bot.check_ins import CheckIn
from bot.commands import days
from bot.commands.counters import counted
from bot.commands.list_screens import tie_buttons
from bot.commands.minding import in_words as in_words_of
from bot.commands.minding import is_about, told
from bot.pictures.recipes import Recipe, calendar, mood_line
from bot.visit import Picture, Visit
from conversations import lengths
from conversations.schedule import in_words
from conversations.screen import Block, Button, Screen, arrange

Month = tuple[int, int]


async def show(visit: Visit, of: int = 0) -> None:
    """All there is, and the year it is; where that has no days, the newest one that has."""
    visit.asked()
    made = await _all(visit, of)
    if not made:
        key = "progress.empty_of" if of else "progress.empty"
        counts = await _counts(visit, of)
        check_in = visit.button("look_back.checkin_button", "cmd:checkin")
        empty = (Block(visit.phrase(key)), *counts)
        visit.show(Screen(empty, arrange([check_in, *_ties(visit, of)]), protect=bool(of)))
        return
    first = made[0].day
    date_of = visit.phrase(
        "progress.date", day=str(first.day), month=_name(visit, first.month), year=str(first.year)
    )
    days = visit.phrase("progress.counted", days=_number(visit, len(made)), first=date_of)
    blocks = [Block(visit.phrase("progress.title"), "heading"), Block(days)]
    if of:
        blocks[:1] = [Block(told(visit, visit.person.ties[of]), "heading")]
    line = mood_line(made, visit.person.local(visit.now).date(), _names(visit))
    await _year(visit, made, made[-1].day.year, blocks, line=line, of=of, counts=True)


async def tapped(visit: Visit, action: str, value: str) -> None:
    """A button: another year, a month day by day, or one tie alone."""
    visit.asked()
    named, _, written = value.partition(".")
    of = _tie(visit, named if action == "of" else written)
    if action == "of":
        await show(visit, of)
        return
    made = await _all(visit, of)
    month = _newest(made, named)
    if month is None:
        visit.toast = visit.phrase("talks.old_button")
    elif action == "days":
        _days(visit, made, month, of)
    else:
        heading = Block(visit.phrase("progress.of_year", year=str(month[0])), "heading")
        await _year(visit, made, month[0], [heading], of=of)


def _tie(visit: Visit, written: str) -> int:
    """The tie it is narrowed to; 0 for none."""
    known = written.isascii() and written.isdecimal() and len(written) < 6
    return int(written) if known and int(written) in visit.person.ties else 0


def _ties(visit: Visit, of: int) -> list[Button]:
    """One tie alone, where there are several."""
    buttons = tie_buttons(visit, "progress:of:{}", str(of))
    if of:
        buttons.append(visit.button("lists.everything_button", "progress:of:0"))
    return buttons


async def _counts(visit: Visit, of: int) -> list[Block]:
    """What is counted besides the days, of one tie or of all."""
    lines = await counted(visit, await visit.shelf.check_ins(visit.person), of)
    return [Block("\n".join(lines))] if lines else []


async def _year(
    visit: Visit,
    made: Sequence[CheckIn],
    year: int,
    blocks: list[Block],
    *,
    line: Recipe | None = None,
    of: int = 0,
    counts: bool = False,
) -> None:
    """A year by its months, and its pictures; none of them on the hardest days."""
    newest = max(m for m in map(_month, made) if m[0] == year)
    buttons = [
        visit.button("progress.days_button", _press(newest, of)),
        *_years(visit, made, year, of),
    ]
    if await days.heavy(visit) or "self_harm" in visit.person.marks(visit.now):
        blocks.append(Block(visit.phrase("progress.heavy")))
        buttons.append(visit.button("offers.help", "help:open"))
    else:
        blocks.append(Block("\n".join(_months(visit, made, year))))
        blocks += await _counts(visit, of) if counts else []
        visit.pictures = _pictures(visit, made, year, line)
        if visit.pictures:
            several = len(visit.pictures) > 1
            blocks.append(Block(visit.phrase(f"progress.stays_{'two' if several else 'one'}")))
    ties = arrange(_ties(visit, of) if counts else [])
    visit.show(Screen(tuple(blocks), (*arrange(buttons), *ties), protect=bool(ties)))


def _pictures(
    visit: Visit, made: Sequence[CheckIn], year: int, line: Recipe | None
) -> list[Picture]:
    pictures = []
    if line is not None:
        first, last = (_day(visit, date.fromisoformat(line[end])) for end in ("first", "last"))
        caption = visit.phrase("progress.line_caption", first=first, last=last)
        pictures.append(Picture(line, caption, visit.phrase("progress.line_instead")))
    dots = calendar(made, year, _names(visit))
    if len(dots["days"]) > 1:
        caption = visit.phrase("progress.year_caption", year=str(year))
        pictures.append(Picture(dots, caption, visit.phrase("progress.year_instead")))
    return pictures


def _months(visit: Visit, made: Sequence[CheckIn], year: int) -> list[str]:
    """Each month in which anything is filled in, in a line."""
    told = []
    for (its_year, month), of_month in groupby(made, key=_month):
        if its_year == year:
            moods = [one.mood for one in of_month]
            low, high = min(moods), max(moods)
            kind = "month" if low < high else "month_one" if len(moods) == 1 else "month_even"
            values = {"low": str(low), "high": str(high), "days": _number(visit, len(moods))}
            told.append(visit.phrase(f"progress.{kind}", month=_name(visit, month), **values))
    return told


def _days(visit: Visit, made: Sequence[CheckIn], month: Month, of: int) -> None:
    """A month in words; days that are not filled in are simply not there."""
    year, number = month
    title = visit.phrase("progress.month_of", month=_name(visit, number), year=str(year))
    told = [
        " · ".join([_told(visit, one), *in_words_of(visit, one, of or None)])
        for one in made
        if _month(one) == month
    ]
    months = sorted({_month(one) for one in made})
    place = months.index(month)
    buttons = []
    if place:
        buttons.append(visit.button("progress.earlier_button", _press(months[place - 1], of)))
    if place + 1 < len(months):
        buttons.append(visit.button("progress.later_button", _press(months[place + 1], of)))
    buttons.append(_to_year(visit, year, of))
    visit.show(Screen((Block(title, "heading"), Block("\n".join(told))), arrange(buttons)))


def _told(visit: Visit, one: CheckIn) -> str:
    return visit.phrase("look_back.day", day=_day(visit, one.day), number=str(one.mood))


def _years(visit: Visit, made: Sequence[CheckIn], year: int, of: int) -> list[Button]:
    """The nearest years before and after that have days."""
    others = {one.day.year for one in made}
    near = [max(y for y in others if y < year)] if min(others) < year else []
    near += [min(y for y in others if y > year)] if max(others) > year else []
    return [_to_year(visit, other, of) for other in near]


def _to_year(visit: Visit, year: int, of: int) -> Button:
    press = f"progress:year:{year}.{of}"
    return Button(visit.phrase("progress.year_button", year=str(year)), press)


async def _all(visit: Visit, of: int) -> list[CheckIn]:
    """All days, or those that have to do with one tie."""
    made = await visit.shelf.check_ins(visit.person)
    return [one for one in made if is_about(one, of)] if of else made


def _month(one: CheckIn) -> Month:
    return one.day.year, one.day.month


def _written(month: Month) -> str:
    return f"{month[0]:04}-{month[1]:02}"


def _newest(made: Sequence[CheckIn], named: str) -> Month | None:
    """The newest month with days of what a button names, a month or a year; None without any."""
    months = map(_month, made)
    return max((m for m in months if named in (_written(m), _written(m)[:4])), default=None)


def _press(month: Month, of: int) -> str:
    return f"progress:days:{_written(month)}.{of}"


def _names(visit: Visit) -> list[str]:
    return [_name(visit, month) for month in range(1, 13)]


def _name(visit: Visit, month: int) -> str:
    return visit.phrase(f"time.month_{month}")


def _day(visit: Visit, day: date) -> str:
    return in_words(day.isoformat(), visit.house.library.phrases, visit.person.language)


def _number(visit: Visit, days: int) -> str:
    return lengths.in_words(f"{days}d", visit.house.library.phrases, visit.person.language)
