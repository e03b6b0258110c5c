"""Asks what the person's clock shows and where that is, so that what they set comes at their hour.

`then` is the press of a button: what goes on once the clock is known. Presses: `clock:MINUTES`
(ahead of UTC), `clock:ask`, `clock:none`, `clock:after` (on with the talk), `zone:NAME`,
`zone:offset`, `zone:leave`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, time, timedelta

from bot import planning
from bot.commands import loose
from bot.lookup import Wanted, needed
from bot.places.models import Looked, Place
from bot.visit import Visit
from conversations.appointments import known_zone
from conversations.clock_words import read_time
from conversations.engine import OWN_WORDS
from conversations.schedule import in_words, offset_from_clock, zone_of
from conversations.screen import Block, Button, Screen, arrange

CLOCK, ZONE = "clock", "zone"
ASKING = (CLOCK, ZONE)
#: What goes on where the clock was asked for in a talk.
TALK = "clock:after"
#: Places on one screen, and the longest text that is taken for one.
SHOWN, LONGEST = 8, 60
_MINUTES = re.compile(r"-?\d{1,3}", re.ASCII)
_OFFSET = re.compile(r"[+-]\d{2}:\d{2}", re.ASCII)


async def ensure_time(visit: Visit, then: str) -> bool:
    """True where the person's clock is known; else it is asked for, and `then` follows."""
    if visit.person.row.zone is not None:
        return True
    ask(visit, then)
    return False


def ask(visit: Visit, then: str) -> None:
    """The question, with an hour a button; the minutes are the same nearly everywhere."""
    visit.ask(CLOCK, then=then)
    now = visit.now.astimezone(UTC)
    hours = [(now + timedelta(hours=ahead), ahead) for ahead in range(-11, 13)]
    buttons = [Button(f"{shown:%H:%M}", f"clock:{ahead * 60}") for shown, ahead in hours]
    buttons.sort(key=lambda button: button.label)
    none = (visit.button("times.none_button", "clock:none"),)
    question = Block(visit.phrase("times.ask_clock"))
    visit.show(Screen((question,), (*arrange(buttons), none)))


def _then(visit: Visit) -> str:
    asking = visit.person.profile.asking
    return str(asking.get("then", "")) if asking.get("what") in ASKING else ""


# --- answers ---


async def typed(visit: Visit) -> None:
    """Words while the clock or the place is asked for: a time, or a place."""
    text = visit.incoming.text
    shown = read_time(text)
    if isinstance(shown, time):
        await _offer(
            visit, offset_from_clock(_meant(visit, text, shown), visit.now.astimezone(UTC))
        )
        return
    if shown.why != "not_a_time":
        _again(visit, f"clock_words.{shown.why}")
        return
    if len(text) > LONGEST:
        loose.hold(visit)
        _again(visit, "times.unknown_place")
        return
    found = needed(visit.incoming, Wanted(text=text.strip()))
    if found.places:
        await _places(visit, found)
        return
    if len(text) >= OWN_WORDS:
        # It may be something that was to be said: a question must not swallow it.
        loose.hold(visit)
    _again(visit, "times.away" if found.away else "times.unknown_place")


def _meant(visit: Visit, text: str, shown: time) -> time:
    """A bare "7" said of a clock that shows 7:23 is its hour alone."""
    return (
        shown.replace(minute=visit.now.minute)
        if text.strip().isdecimal() and len(text.strip()) < 3
        else shown
    )


def _again(visit: Visit, key: str) -> None:
    visit.say(
        key,
        visit.button("times.clock_button", "clock:ask"),
        visit.button("times.none_button", "clock:none"),
    )


async def clock_tapped(visit: Visit, answer: str) -> None:
    """A button under the question about the clock."""
    if answer == "ask":
        ask(visit, _then(visit))
    elif answer == "none":
        zone = visit.person.row.zone
        if zone is None:
            await planning.move(visit, planning.UNSAID_ZONE)
        _on(visit)
    elif _MINUTES.fullmatch(answer) and abs(int(answer)) <= 14 * 60:
        await _offer(visit, _offset(int(answer)))
    else:
        visit.toast = visit.phrase("talks.old_button")


def _offset(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


async def _offer(visit: Visit, offset: str) -> None:
    """Which of the zones whose clocks show that; the bare offset where nobody knows any."""
    found = needed(visit.incoming, Wanted(offset=offset))
    visit.ask(ZONE, then=_then(visit), offset=offset)
    if not found.places:
        await zone_tapped(visit, "offset")
        return
    local = visit.now.astimezone(zone_of(offset))
    question = visit.phrase("times.ask_zone", time=f"{local:%H:%M}", day=_day(visit, offset))
    others = (
        visit.button("times.other_button", "zone:offset"),
        visit.button("times.clock_button", "clock:ask"),
    )
    visit.show(Screen((Block(question),), (*_buttons(found.places), *arrange(others))))


async def _places(visit: Visit, found: Looked) -> None:
    """The place that was surely meant, or the likely ones."""
    if found.sure:
        await _set(visit, found.places[0].zone)
        return
    visit.ask(ZONE, then=_then(visit))
    again = (visit.button("times.clock_button", "clock:ask"),)
    question = Block(visit.phrase("times.which_place"))
    visit.show(Screen((question,), (*_buttons(found.places), again)))


def _buttons(places: Sequence[Place]) -> tuple[tuple[Button, ...], ...]:
    return arrange([Button(place.label, f"zone:{place.zone}") for place in places[:SHOWN]])


async def zone_tapped(visit: Visit, name: str) -> None:
    """A place was chosen, or none of those that were shown."""
    offset = str(visit.person.profile.asking.get("offset", ""))
    if name == "leave":
        visit.say("times.left", visit.button("times.settings_button", "set:show"))
    elif name != "offset":
        await _set(visit, name)
    elif _OFFSET.fullmatch(offset):
        await _set(visit, offset)
    else:
        ask(visit, _then(visit))


async def located(visit: Visit) -> None:
    """A shared place sets the clock where that is asked for; else it is offered. Never stored."""
    found = needed(visit.incoming, Wanted(point=visit.incoming.point))
    asked = visit.person.profile.asking.get("what") in ASKING
    if not found.places:
        buttons = [visit.button("times.clock_button", "clock:ask")] if asked else []
        visit.say("times.away" if found.away else "times.nowhere", *buttons)
    elif asked:
        await _set(visit, found.places[0].zone)
    else:
        place = found.places[0]
        visit.say(
            "times.is_it_yours",
            visit.button("times.yes_button", f"zone:{place.zone}"),
            visit.button("times.no_button", "zone:leave"),
            place=place.label,
            time=f"{visit.now.astimezone(zone_of(place.zone)):%H:%M}",
        )


# --- what comes of it ---


async def _set(visit: Visit, name: str) -> None:
    """Remember the zone, move what is to come to its clock, and go on."""
    try:
        zone = known_zone(name)
    except ValueError:
        visit.toast = visit.phrase("talks.old_button")
        return
    await planning.move(visit, zone)
    _on(visit)


def _on(visit: Visit) -> None:
    """On with what the clock was asked for; without such a thing it is said what it is now."""
    visit.follow = _then(visit) or "set:clock"
    visit.asked()


def left(visit: Visit) -> None:
    """The question is passed over: back to the talk or the settings it stood before."""
    visit.follow = TALK if _then(visit) in ("", TALK) else "set:show"
    visit.asked()


def now_in_words(visit: Visit) -> str:
    """What the person's clock shows, and by which place."""
    zone = visit.person.row.zone or planning.UNSAID_ZONE
    shown = f"{visit.person.local(visit.now):%H:%M}"
    day = _day(visit, zone)
    if _OFFSET.fullmatch(zone):
        return visit.phrase("times.now_offset", time=shown, day=day)
    return visit.phrase("times.now_place", time=shown, day=day, place=place_of(zone))


def place_of(zone: str) -> str:
    """What a zone is called after: "Kyiv", "Sao Paulo"; a bare offset as it is."""
    return zone.rpartition("/")[2].replace("_", " ")


def _day(visit: Visit, zone: str) -> str:
    day = visit.now.astimezone(zone_of(zone)).date().isoformat()
    return in_words(day, visit.house.library.phrases, visit.person.language)
