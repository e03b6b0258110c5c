"""Hard dates: days of the year, such as a birthday, that are to be quiet or gentler.

Presses: `hard:list`, `hard:add`, `hard:as:MANNER.MM-DD`, `hard:drop:MM-DD`.
"""

from __future__ import annotations

from datetime import date

from bot import planning
from bot.commands import loose
from bot.visit import Visit
from conversations.answers import read_day
from conversations.engine import OWN_WORDS
from conversations.quiet import HardDate
from conversations.screen import Block, Button, Screen, arrange

NAMING = "hard_date"
MOST = 20
MANNERS = ("silent", "gentler")
#: A year with a 29 February, in which every day of a year exists.
LEAP = 2028


async def tapped(visit: Visit, action: str, value: str, _: str) -> None:
    """A button about hard dates."""
    visit.asked()
    dates = planning.hard_dates(visit.person)
    back = visit.button("times.back_button", "hard:list")
    match action:
        case "add" if len(dates) >= MOST:
            visit.say("settings.dates_full", back)
        case "add":
            visit.ask(NAMING)
            visit.say("settings.ask_date", back)
        case "as":
            manner, _dot, written = value.partition(".")
            day = _read(written)
            if day is None or manner not in MANNERS:
                _list(visit)
                return
            hard = HardDate(month=day.month, day=day.day, manner=manner)
            _keep(visit, [*_others(dates, day), hard])
            visit.say(f"settings.date_now_{manner}", back, **_words(visit, day))
        case "drop" if day := _read(value):
            _keep(visit, _others(dates, day))
            visit.say("settings.date_removed", back)
        case _:
            _list(visit)


async def typed(visit: Visit) -> None:
    """A day of the year."""
    text = visit.incoming.text
    # Any year will do, since the day is meant for all of them; 29 February needs one that has it.
    day = read_day(text, _today(visit)) or read_day(text, date(LEAP, 1, 1))
    back = visit.button("times.back_button", "hard:list")
    if day is None:
        if len(text) >= OWN_WORDS:
            loose.hold(visit)
        visit.say("settings.date_unclear", back)
        return
    visit.asked()
    buttons = [
        visit.button(f"settings.{manner}_button", f"hard:as:{manner}.{day:%m-%d}")
        for manner in MANNERS
    ]
    visit.say("settings.ask_manner", *buttons, back, **_words(visit, day))


def left(visit: Visit) -> None:
    """The question is passed over."""
    visit.asked()
    visit.follow = "hard:list"


def _today(visit: Visit) -> date:
    return visit.person.local(visit.now).date()


def _read(written: str) -> date | None:
    try:
        return date.fromisoformat(f"{LEAP}-{written}")
    except ValueError:
        return None


def _others(dates: tuple[HardDate, ...], day: date) -> list[HardDate]:
    return [hard for hard in dates if (hard.month, hard.day) != (day.month, day.day)]


def _keep(visit: Visit, dates: list[HardDate]) -> None:
    visit.person.keep_profile(hard_dates=[hard.model_dump() for hard in dates])


def _words(visit: Visit, day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": visit.phrase(f"time.month_{day.month}")}


def _list(visit: Visit) -> None:
    lines, buttons = [], []
    for number, hard in enumerate(planning.hard_dates(visit.person), 1):
        day = date(LEAP, hard.month, hard.day)
        key = f"settings.date_{hard.manner}"
        lines.append(visit.phrase(key, number=str(number), **_words(visit, day)))
        label = visit.phrase("settings.date_remove_button", number=str(number))
        buttons.append(Button(label, f"hard:drop:{day:%m-%d}"))
    title = Block(visit.phrase("settings.dates_title" if lines else "settings.dates_none"))
    last = [
        visit.button("settings.date_add_button", "hard:add"),
        visit.button("settings.back_button", "set:show"),
    ]
    blocks = (title, Block("\n".join(lines))) if lines else (title,)
    visit.show(Screen(blocks, (*arrange(buttons), *arrange(last))))
