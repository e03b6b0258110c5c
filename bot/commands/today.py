"""/today: what is unfinished, what comes next, one suggestion.

Presses: `today:later:N` (an unfinished talk by its number), `today:at:N:WHEN`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import get_args

from bot.appointments import Appointment
from bot.commands import loose
from bot.commands.exercises import rests
from bot.commands.keeping import REASON
from bot.commands.resting import wanted
from bot.commands.suggestion import suggest
from bot.person import from_ms
from bot.planning import (
    UNSAID_ZONE,
    cancel,
    day_in_words,
    quiet_hours,
    save,
    to_come,
    upcoming,
)
from bot.visit import Visit
from conversations.screen import Block, Button, Screen, arrange
from conversations.singles import Snooze, snooze, snooze_choices
from conversations.spoken import tie_label
from conversations.turn import State

#: Unfinished talks shown at once; the newest first.
SHOWN = 3


async def show(visit: Visit) -> None:
    """The home page."""
    visit.asked()
    blocks = [Block(visit.phrase("today.title"), "heading")]
    rows: list[tuple[Button, ...]] = []
    flows = visit.house.library.flows
    unfinished = [
        s
        for s in wanted(visit, await visit.shelf.resting(visit.person))
        if s.flow in flows and not flows[s.flow].aside
    ]
    newest = sorted(unfinished, key=lambda s: -s.talk)[:SHOWN]
    for number, state in enumerate(newest, 1):
        which = f" {number}" if len(newest) > 1 else ""
        name = f"{which.strip()}. {_name(visit, state)}" if which else _name(visit, state)
        blocks.append(Block(visit.phrase("today.unfinished", title=name)))
        rows += arrange(_buttons(visit, state, which))
    blocks += await _next(visit)
    held, held_buttons = loose.remind(visit)
    blocks += held
    rows += arrange(held_buttons)
    suggestion, button = await _suggestion(visit, {s.flow for s in unfinished})
    blocks += suggestion
    rows += arrange(button)
    if any(k.kind == REASON for k in await visit.shelf.kept(visit.person)):
        rows.append((visit.button("offers.why", "cmd:why"),))
    if not rests(visit, "affirm"):
        rows.append((visit.button("offers.affirm", "cmd:affirm"),))
    visit.show(Screen(tuple(blocks), tuple(rows), protect=bool(unfinished or held)))


def _name(visit: Visit, state: State) -> str:
    """The exercise, and which tie it is about."""
    title = visit.house.library.flows[state.flow].title
    if state.tie not in visit.person.ties:
        return title
    known = visit.person.known(visit.now)
    return f"{title} · {tie_label(state.tie or 0, known, visit.house.library.phrases)}"


def _buttons(visit: Visit, state: State, which: str) -> list[Button]:
    return [
        Button(visit.phrase("talks.go_on_button") + which, f"talk:open:{state.talk}"),
        Button(visit.phrase("today.later_button") + which, f"today:later:{state.talk}"),
        Button(visit.phrase("talks.drop_button") + which, f"talk:drop:{state.talk}"),
    ]


async def _suggestion(
    visit: Visit, unfinished: Collection[str]
) -> tuple[list[Block], list[Button]]:
    """One exercise; on the hardest days only a calm minute."""
    finished = {state.flow for state in await visit.shelf.reflections(visit.person)}
    flow = suggest(visit, finished, unfinished)
    if flow is None:
        return [], [visit.button("offers.ground", "cmd:ground")]
    key = "today.suggest" if finished or unfinished else "today.suggest_reflect"
    told = Block(visit.phrase(key, title=flow.title))
    return [told], [Button(flow.title, f"cmd:{flow.command}")]


# --- later ---


async def tapped(visit: Visit, action: str, number: str, choice: str) -> None:
    """Leave an unfinished talk for later, and be reminded of it if one likes."""
    states = {str(state.talk): state for state in await visit.shelf.resting(visit.person)}
    if number not in states:
        visit.toast = visit.phrase("talks.over")
        await show(visit)
    elif action == "at" and choice in get_args(Snooze):
        await _remind(visit, states[number], choice)  # type: ignore[arg-type]
    elif action == "at":
        visit.say("talk.rested", visit.button("offers.today", "cmd:today"))
    else:
        _ask_later(visit, number)


def _ask_later(visit: Visit, number: str) -> None:
    """When; while nothing but the question of the day comes by itself, no hour is offered."""
    visit.asked()
    if visit.person.talk is not None and str(visit.person.talk.talk) == number:
        visit.rest()
    zone = visit.person.row.zone or UNSAID_ZONE
    heavy = "self_harm" in visit.person.marks(visit.now)
    choices = () if heavy else snooze_choices(visit.now, zone)
    buttons = [visit.button(f"due.{name}_button", f"today:at:{number}:{name}") for name in choices]
    buttons.append(visit.button("today.some_time_button", f"today:at:{number}:some"))
    visit.say("today.ask_later", *buttons)


async def _remind(visit: Visit, state: State, choice: Snooze) -> None:
    """One neutral line then, in place of another one that was set for this talk."""
    for earlier in await to_come(visit):
        if earlier.kind == "reminder" and earlier.talk == state.talk:
            cancel(visit, earlier)
    zone, quiet = visit.person.row.zone or UNSAID_ZONE, quiet_hours(visit.person)
    once = snooze(visit.now, choice, zone, quiet)
    about = {"flow": state.flow, "talk": state.talk}
    made = Appointment.single(visit.house.ids.next(), "reminder", once, **about)
    save(visit, made)
    if choice == "hour":
        visit.say("due.in_an_hour", visit.button("offers.today", "cmd:today"))
        return
    at = visit.person.local(from_ms(made.next_at))
    words = {"day": day_in_words(visit, at), "time": f"{at:%H:%M}"}
    visit.say("due.put_off", visit.button("offers.today", "cmd:today"), **words)


async def _next(visit: Visit) -> list[Block]:
    """The next of what was set for a day or an hour, by the person's own clock."""
    for made in await upcoming(visit):
        at = visit.person.local(from_ms(made.next_at))
        words = {"day": day_in_words(visit, at), "time": f"{at:%H:%M}"}
        return [Block(visit.phrase("today.next", **words))]
    return []
