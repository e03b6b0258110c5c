"""The date of an item: on that day and hour the bot reminds, with its neutral line.

Presses: `list:date:ID.OF` asks for the day, `list:day:ID.OF.DAY` for the hour,
`list:at:ID.OF.DAY.HHMM` sets both, `list:undate:ID.OF` takes it off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from bot import planning
from bot.appointments import Appointment
from bot.commands import hours, times
from bot.commands.list_kinds import KINDS, is_done
from bot.commands.resting import unsafe_now
from bot.holding import WATCHED, left_to_specialists
from bot.person import Keepsake
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.schedule import MORNING, in_words, on, zone_of
from conversations.screen import Block, Button

USUAL = (time(7), time(9), time(12), time(18), time(20), time(21, 30))


# --- saying it ---


def told(visit: Visit, item: Keepsake) -> list[Block]:
    """What an opened item says of its date."""
    if not item.due or is_done(item):
        return []
    due = _due(item)
    day = in_words(due.date().isoformat(), visit.house.library.phrases, visit.person.language)
    words = {"day": day, "time": f"{due:%H:%M}"}
    return [Block(visit.phrase("lists.due", **words))]


def buttons(visit: Visit, item: Keepsake, of: str) -> Sequence[Button]:
    """Set it, or change it and take it off; not offered where a date could alert someone."""
    kind, place = KINDS[item.kind], f"{base36(item.id)}.{of}"
    if not kind.dated or is_done(item) or rests(visit, item):
        return ()
    if not item.due:
        return (visit.button("lists.date_button", f"list:date:{place}"),)
    return (
        visit.button("lists.other_date_button", f"list:date:{place}"),
        visit.button("lists.no_date_button", f"list:undate:{place}"),
    )


def rests(visit: Visit, item: Keepsake) -> bool:
    """Whether its date is left to a specialist, since a reminder of it could alert someone."""
    tie = visit.person.ties.get(item.tie or 0)
    return unsafe_now(visit, tie) and left_to_specialists(KINDS[item.kind].flow, WATCHED)


def _due(item: Keepsake) -> datetime:
    """The local day and hour; of a day alone, nine in the morning."""
    due = datetime.fromisoformat(item.due)
    return due if len(item.due) > len("2030-06-02") else datetime.combine(due, MORNING)


# --- asking for it ---


async def ask_day(visit: Visit, item: Keepsake, of: str) -> None:
    """On which day; the clock is asked for before that, where it is not known."""
    place = f"{base36(item.id)}.{of}"
    if await times.ensure_time(visit, f"list:date:{place}"):
        hours.ask_day(visit, f"list:day:{place}", back=f"list:open:{place}")


def ask_hour(visit: Visit, item: Keepsake, of: str, day: str) -> None:
    """At which hour of that day (ISO)."""
    place = f"{base36(item.id)}.{of}"
    hours.ask_hour(visit, f"list:at:{place}.{day}", USUAL, back=f"list:open:{place}")


# --- setting it ---


async def set_date(visit: Visit, item: Keepsake, day: date, at: time) -> Keepsake | None:
    """The item with its date, and a reminder then in place of any before; None where it is past."""
    before = await _reminders(visit, item)
    dated = replace(item, due=datetime.combine(day, at).isoformat(timespec="minutes"))
    if not remind(visit, dated):
        return None
    for made in before:
        planning.cancel(visit, made)
    return dated


def remind(visit: Visit, item: Keepsake) -> bool:
    """Come back to it on its day and hour; false where it has none, or that is past."""
    if not item.due:
        return False
    due = _due(item)
    if on(due.date(), due.time(), zone_of(_zone(visit))) <= visit.now:
        return False
    flow = KINDS[item.kind].flow
    planning.remind_once(visit, due.date(), due.time(), flow=flow, item=item.id)
    return True


def _zone(visit: Visit) -> str:
    return visit.person.row.zone or planning.UNSAID_ZONE


async def drop_reminder(visit: Visit, item: Keepsake) -> None:
    """Nothing comes of this item any more; what was put off neither."""
    for made in await _reminders(visit, item):
        planning.cancel(visit, made)


async def _reminders(visit: Visit, item: Keepsake) -> list[Appointment]:
    return [made for made in await planning.to_come(visit) if made.item == item.id]
