"""/later: comes back once, in a while; opened, with the talk that was open, or one's own words.

Presses: `later:LENGTH` ("20m", "1h"), `later:evening`, `later:tomorrow`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import get_args

from bot import planning
from bot.appointments import Appointment, Kind
from bot.commands import loose, reminder_words, talks, times
from bot.person import from_ms
from bot.planning import UNSAID_ZONE, day_in_words, quiet_hours
from bot.telegram_out import base36
from bot.visit import Visit
from conversations import lengths
from conversations.answers import fold
from conversations.engine import OWN_WORDS
from conversations.screen import Block, Button, Screen, arrange
from conversations.singles import Single, Snooze, snooze, snooze_choices, timer

ASKING = "later"
USUAL = ("20m", "1h")


async def show(visit: Visit) -> None:
    """When to come back; a time behind the command is an answer already."""
    choices = _choices(visit)
    if visit.incoming.kind == "command" and (said := fold(visit.incoming.text)):
        named = next((choice for choice, label in choices.items() if fold(label) == said), None)
        if choice := lengths.read_length(visit.incoming.text) or named:
            await tapped(visit, choice)
            return
    visit.ask(ASKING)
    buttons = [Button(label, f"later:{choice}") for choice, label in choices.items()]
    visit.say("later.ask", *buttons)


def _choices(visit: Visit) -> Mapping[str, str]:
    """What stands on the buttons: two lengths, this evening while it is ahead, tomorrow."""
    phrases, language = visit.house.library.phrases, visit.person.language
    told = {length: lengths.in_words(length, phrases, language) for length in USUAL}
    for choice in snooze_choices(visit.now, visit.person.row.zone or UNSAID_ZONE):
        if choice != "hour":
            told[choice] = visit.phrase(f"due.{choice}_button")
    return told


async def typed(visit: Visit) -> None:
    """A length of time in words; anything else is held, and the question stays."""
    length = lengths.read_length(visit.incoming.text)
    if length is not None:
        await tapped(visit, length)
        return
    if len(visit.incoming.text) >= OWN_WORDS:
        loose.hold(visit)
    visit.say("talk.not_a_length")


def left(visit: Visit) -> None:
    """The question is passed over."""
    visit.asked()
    visit.say("talks.left")


async def tapped(visit: Visit, choice: str, *_: str) -> None:
    """A time was chosen."""
    is_length = lengths.is_length(choice)
    if not is_length and choice not in get_args(Snooze):
        visit.toast = visit.phrase("talks.old_button")
        return
    by_the_clock = not (is_length and lengths.is_timer(choice))
    if by_the_clock and not await times.ensure_time(visit, f"later:{choice}"):
        return
    if await reminder_words.are_full(visit):
        return
    visit.asked()
    once = _at(visit, choice) if is_length else _by_choice(visit, choice)
    kind: Kind = "reminder" if once.local else "timer"
    talk = visit.person.talk.talk if visit.person.talk is not None else 0
    made = Appointment.single(visit.house.ids.next(), kind, once, talk=talk)
    planning.save(visit, made)
    _say_set(visit, made, choice if once.local is None else "")


def _at(visit: Visit, length: str) -> Single:
    """After that length: within hours at its minute, after days in the morning."""
    person = visit.person
    zone, quiet = person.row.zone or UNSAID_ZONE, quiet_hours(person)
    due = lengths.after(length, person.local(visit.now))
    if lengths.is_timer(length):
        return timer(visit.now, due.astimezone(UTC) - visit.now, zone, quiet)
    return Single(next_at=due, zone=zone, quiet=quiet, local=due.replace(tzinfo=None))


def _by_choice(visit: Visit, choice: str) -> Single:
    zone = visit.person.row.zone or UNSAID_ZONE
    return snooze(visit.now, choice, zone, quiet_hours(visit.person))  # type: ignore[arg-type]


def _say_set(visit: Visit, made: Appointment, length: str) -> None:
    number = base36(made.id)
    buttons = (
        visit.button("reminders.word_button", f"rem:word:{number}"),
        visit.button("later.drop_button", f"rem:drop:{number}"),
    )
    if length:
        phrases, language = visit.house.library.phrases, visit.person.language
        told = lengths.in_words(length, phrases, language)
        visit.say("later.in_length", *buttons, length=told)
        return
    at = visit.person.local(from_ms(made.next_at))
    visit.say("later.on_day", *buttons, day=day_in_words(visit, at), time=f"{at:%H:%M}")


async def open_due(visit: Visit, made: Appointment) -> None:
    """What it comes back to: one's own words for it, its exercise, or the talk of then."""
    visit.asked()
    flow = visit.house.library.flows.get(made.flow)
    if not made.text and made.talk:
        await talks.look(visit, str(made.talk))
        return
    if not made.text and flow is not None:
        await talks.start(visit, flow)
        return
    visit.in_place = True
    buttons = [visit.button("offers.today", "cmd:today")]
    if made.talk:
        buttons.insert(0, visit.button("talks.go_on_button", f"talk:look:{made.talk}"))
    elif flow is not None:
        buttons.insert(0, Button(flow.title, f"cmd:{flow.command}"))
    if made.text:
        words = (Block(visit.phrase("due.reminder"), "lead"), Block(made.text, "quote"))
        visit.show(Screen(words, arrange(buttons), protect=True))
    else:
        visit.say("later.back", *buttons, visit.button("offers.why", "cmd:why"))
