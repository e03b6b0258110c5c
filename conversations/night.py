"""A night without sleep: a breath, and nothing asked; what is written waits for the day.

Presses: `night:again` (the breath once more), `night:day` (a piece of one's own, by day).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from conversations.breathing import breathing
from conversations.help import OPEN
from conversations.screen import Block, Button, Screen, arrange
from conversations.wording import Phrases

TURNS = 6
AGAIN, BY_DAY = "night:again", "night:day"
#: A night ends here: what is written before comes back on the same day.
ENDS = time(6)


def night_screen(phrases: Phrases, language: str) -> Screen:
    """The breath, with nothing to answer."""
    buttons = [
        Button(phrases("night.day_button", language), BY_DAY),
        Button(phrases("night.again_button", language), AGAIN),
        Button(phrases("offers.help", language), OPEN),
    ]
    screen = Screen((Block(phrases("night.open", language)),), arrange(buttons))
    return breathing(screen, TURNS, phrases, language, "night.end")


def the_day_after(now: datetime) -> date:
    """The day whose light comes next; `now` is aware, in the person's own zone."""
    return now.date() if now.time() < ENDS else now.date() + timedelta(days=1)
