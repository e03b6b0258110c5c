"""The one line a scheduled message shows until it is opened, with its buttons."""

from __future__ import annotations

from datetime import date

from bot.appointments import Kind
from conversations.screen import Block, Button, Screen
from conversations.wording import Phrases

#: How a day may be rated in one tap.
RATED = range(1, 6)


def due_line(
    kind: Kind,
    name: str,
    day: date,
    phrases: Phrases,
    language: str,
    *,
    late: bool = False,
    gentle: bool = False,
) -> Screen:
    """What stands in the chat, and in a notification: neither the subject nor anyone's words.

    `name` is that of the appointment (`Appointment.name`). A check-in carries its answers itself;
    `day` is the local day they are for.
    """
    later = Button(phrases("due.later_button", language), f"due:later:{name}")
    if kind == "check_in":
        text = phrases("due.check_in_gentle" if gentle else "due.check_in", language)
        answers = tuple(Button(str(n), f"checkin:{day.isoformat()}:{n}") for n in RATED)
        return Screen((Block(text),), (answers, (later,)))
    text = phrases("due.late" if late else "due.gentle" if gentle else "due.line", language)
    opens = Button(phrases("due.open_button", language), f"due:open:{name}")
    return Screen((Block(text),), ((opens, later),))
