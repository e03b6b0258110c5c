"""Asks for an hour, a day, or days of the week; the answer is appended to the press that follows.

An hour as `.0730`, a day as `.2030-06-02`, days of the week as `.12345` (Monday is 1). `back` is
the press of the way back. What cannot be read gets a kind sentence, and the question stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from bot.commands import loose
from bot.visit import Visit
from conversations.answers import fold, read_day
from conversations.clock_words import Unclear, read_time
from conversations.engine import OWN_WORDS
from conversations.screen import Block, Button, Screen, arrange

HOUR, DAY = "hour", "day"
ASKING = (HOUR, DAY)
ALL_DAYS, NO_DAYS = "1234567", "0"
_ON, _OFF = "☑ ", "☐ "


def ask_hour(
    visit: Visit,
    then: str,
    usual: Sequence[time],
    *,
    back: str,
    key: str = "times.ask_hour",
    afternoon: bool = False,
) -> None:
    """At what hour; with `afternoon` a bare "8" is eight in the evening."""
    visit.ask(HOUR, then=then, back=back, afternoon=int(afternoon))
    buttons = [Button(f"{at:%H:%M}", f"{then}.{at:%H%M}") for at in usual]
    last = (visit.button("times.back_button", back),)
    visit.show(Screen((Block(visit.phrase(key)),), (*arrange(buttons), last)))


def ask_day(visit: Visit, then: str, *, back: str, today: bool = True) -> None:
    """On which local day, from today or from tomorrow on."""
    visit.ask(DAY, then=then, back=back, today=int(today))
    local = visit.person.local(visit.now).date()
    ahead = {"today": 0, "tomorrow": 1, "in_a_week": 7}
    if not today:
        del ahead["today"]
    buttons = [
        visit.button(f"times.{name}_button", f"{then}.{local + timedelta(days=days)}")
        for name, days in ahead.items()
    ]
    visit.say("times.ask_day", *buttons, visit.button("times.back_button", back))


def ask_days(visit: Visit, toggle: str, then: str, days: str, *, back: str) -> None:
    """On which days of the week; a tap on a day goes to `toggle` with the days as they then are."""
    visit.asked()
    buttons = []
    for number in ALL_DAYS:
        chosen = number in days
        after = "".join(n for n in ALL_DAYS if (n in days) != (n == number)) or NO_DAYS
        label = (_ON if chosen else _OFF) + visit.phrase(f"times.short_{number}")
        buttons.append(Button(label, f"{toggle}.{after}"))
    last = arrange(
        [
            visit.button("times.done_button", f"{then}.{days}"),
            visit.button("times.back_button", back),
        ]
    )
    visit.show(Screen((Block(visit.phrase("times.ask_days")),), (*arrange(buttons), *last)))


async def typed(visit: Visit) -> None:
    """Words while an hour or a day is asked for."""
    asking, text = visit.person.profile.asking, visit.incoming.text
    back = visit.button("times.back_button", str(asking["back"]))
    answer: str | None = None
    key = "times.unclear_day"
    if asking["what"] == HOUR:
        at = read_time(text, afternoon=bool(asking["afternoon"]))
        if isinstance(at, Unclear):
            key = f"clock_words.{at.why}"
        else:
            answer = f"{at:%H%M}"
    elif day := _day(text, visit.person.local(visit.now).date(), today=bool(asking["today"])):
        answer = day.isoformat()
    if answer is None:
        if len(text) >= OWN_WORDS:
            loose.hold(visit)
        visit.say(key, back)
        return
    visit.follow = f"{asking['then']}.{answer}"
    visit.asked()


def _day(text: str, here: date, *, today: bool) -> date | None:
    return here if today and fold(text) == "today" else read_day(text, here)


def left(visit: Visit) -> None:
    """The question is passed over."""
    visit.follow = str(visit.person.profile.asking.get("back", "set:show"))
    visit.asked()


# --- reading the answers ---


def read_hour(text: str) -> time | None:
    """The time of "0730"."""
    try:
        return time(int(text[:2]), int(text[2:])) if len(text) == 4 and text.isdecimal() else None
    except ValueError:
        return None


def read_days(text: str) -> frozenset[int]:
    """The days of "12345"; none where it is anything else."""
    return frozenset(int(n) for n in text) if set(text) <= set(ALL_DAYS) else frozenset()


# --- saying them ---


def days_in_words(visit: Visit, days: Iterable[int], at: time) -> str:
    """ "every day, 07:30"; "Monday, Thursday, 18:00"."""
    wanted = "".join(str(day) for day in sorted(days))
    key = {ALL_DAYS: "every_day", "12345": "weekdays", "67": "weekends"}.get(wanted, "some_days")
    names = ", ".join(visit.phrase(f"time.weekday_{day}") for day in wanted)
    return visit.phrase(f"times.{key}", days=names, time=f"{at:%H:%M}")
