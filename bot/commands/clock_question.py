"""Asks once what the person's clock shows, so that what they set comes at their own hour."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.appointments import Appointment
from bot.person import epoch_ms
from bot.visit import Visit
from conversations.schedule import TONIGHT_AT_LEAST, offset_from_clock, zone_of
from conversations.screen import Block, Button, Screen, arrange

ASKING = "clock"
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.h]?(\d{2}))?h?\s*(?:([ap])\.?\s?m\b)?", re.ASCII)
_OFFSET = re.compile(r"-?\d{1,3}", re.ASCII)
#: Letters beside a time, as in "it is 14:20 here"; a text with more is about something else.
BESIDE = 24


def show(visit: Visit) -> None:
    """The question, with an hour a button; the minutes are the same nearly everywhere."""
    visit.ask(ASKING)
    now = visit.now.astimezone(UTC)
    buttons = []
    for hours in range(-11, 13):
        shown = now + timedelta(hours=hours)
        buttons.append(Button(f"{shown:%H:%M}", f"clock:{hours * 60}"))
    buttons.sort(key=lambda button: button.label)
    visit.show(
        Screen(
            (Block(visit.phrase("clock.ask")),),
            (*arrange(buttons), (visit.button("clock.none_button", "clock:none"),)),
        )
    )


def read_time(text: str) -> time | None:
    """A time of day as people type it: "14:20", "2pm", "7.05", "it is 9:15 here"."""
    typed = text.strip().casefold()
    found = list(_CLOCK.finditer(typed)) if len(typed) <= BESIDE else []
    if len(found) != 1 or sum(c.isdigit() for c in typed) > len(found[0][1] + (found[0][2] or "")):
        return None
    hour, minute, half = int(found[0][1]), int(found[0][2] or 0), found[0][3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


async def typed(visit: Visit) -> bool:
    """Words while the clock is asked for; true where that settled it."""
    shown = read_time(visit.incoming.text)
    if shown is None:
        visit.say("clock.unclear", visit.button("clock.none_button", "clock:none"))
        return False
    await _set(visit, offset_from_clock(shown, visit.now.astimezone(UTC)))
    return True


async def tapped(visit: Visit, minutes: str) -> None:
    """An hour was tapped, or none; it is asked once, so none stands for UTC."""
    visit.asked()
    offset = int(minutes) if _OFFSET.fullmatch(minutes) else 0
    if minutes == "none":
        visit.person.row.zone = visit.person.row.zone or "+00:00"
    elif _OFFSET.fullmatch(minutes) and abs(offset) <= 14 * 60:
        sign = "-" if offset < 0 else "+"
        await _set(visit, f"{sign}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}")


async def _set(visit: Visit, zone: str) -> None:
    """Remember the zone, and move what was wished for to that clock."""
    visit.person.row.zone = zone
    visit.asked()
    moved = [_moved(visit, made) for made in await visit.shelf.appointments(visit.person)]
    visit.changes.appointments += moved


def _moved(visit: Visit, made: Appointment) -> Appointment:
    wished = datetime.fromisoformat(made.local).replace(tzinfo=zone_of(visit.person.row.zone))
    if wished <= visit.now:
        wished = visit.now + TONIGHT_AT_LEAST
    at = epoch_ms(wished)
    return replace(made, next_at=at, slot=str(at))
