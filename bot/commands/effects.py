"""Carries out what the engine decided about a talk: writes first, then shows."""

from __future__ import annotations

from dataclasses import replace

from bot import planning
from bot.appointments import Appointment
from bot.commands import care, days, hiding, leanings, minding, talk_words, times
from bot.commands.affirm_practice import choose_themes
from bot.person import epoch_ms
from bot.pictures.recipes import board
from bot.visit import Picture, Visit
from conversations.asides import hushed
from conversations.boards import Columns, columns
from conversations.engine import advance
from conversations.schedule import in_words
from conversations.screens import render
from conversations.turn import (
    Care,
    Daily,
    Draw,
    DropReminder,
    Effect,
    Finished,
    GiveBack,
    Heard,
    Keep,
    KeptFact,
    KeptFirst,
    NewTie,
    Prefers,
    Remind,
    Rested,
    Resumed,
    Reworded,
    Show,
    State,
    Tie,
    TieFact,
    Turn,
)


async def carry_out(visit: Visit, turn: Turn) -> None:
    """Do what was decided, and leave the talk as it now is."""
    person, state = visit.person, turn.state
    visit.speak(state.language or visit.said_in)
    visit.store_talk(state)
    visit.open_talk(state)
    if state.finished and person.row.active_talk == state.talk:
        visit.rest()
    if state.finished or any(isinstance(effect, Rested) for effect in turn.effects):
        await hiding.after_talk(visit)
    for effect in turn.effects:
        await _write(visit, state, effect)
    flow = visit.house.library.flows[state.flow]
    if flow.keeps == days.KEEPS:
        await days.record(visit, state)
    kinds = {type(effect) for effect in turn.effects}
    asks_clock = person.row.zone is None and any(map(_needs_clock, turn.effects))
    if Rested in kinds:
        _rested(visit, state)
    elif Care not in kinds and (not asks_clock or state.finished):
        await show(visit, turn)
        await days.beside(visit, flow, state)
        if Finished in kinds:
            await leanings.offer(visit, state)
    for effect in turn.effects:
        if isinstance(effect, GiveBack):
            await _give_back(visit, effect.talk, hush=Care in kinds)
    if asks_clock and not kinds & {Rested, Care}:
        times.ask(visit, times.TALK)


def _needs_clock(effect: Effect) -> bool:
    """A length of time is the same on every clock; all else is wished for at an hour."""
    return isinstance(effect, Daily) or (isinstance(effect, Remind) and effect.purpose != "timer")


async def show(visit: Visit, turn: Turn) -> None:
    """Only what a turn shows, none of what it would write."""
    library = visit.house.library
    known = await talk_words.known_to(visit, library.flows[turn.state.flow])
    for effect in turn.effects:
        if isinstance(effect, Show):
            visit.show(*render(library.flows, turn.state, effect, known, library.phrases))
        elif isinstance(effect, Draw):
            _draw(visit, columns(library.flows, turn.state, effect, known, library.phrases))


def _draw(visit: Visit, sections: Columns) -> None:
    """The board as a picture of today; none where no list has an item."""
    recipe = board(sections, lambda count: visit.phrase("talk.picture_more", count=str(count)))
    if recipe is None:
        return
    today = visit.person.local(visit.now).date().isoformat()
    day = in_words(today, visit.house.library.phrases, visit.person.language)
    caption = visit.phrase("talk.picture_caption", day=day)
    visit.pictures.append(Picture(recipe, caption, visit.phrase("talk.picture_instead")))


async def _write(visit: Visit, state: State, effect: Effect) -> None:
    match effect:
        case NewTie():
            visit.person.keep_tie(Tie(effect.number, effect.kind))
            visit.person.row.next_tie = max(visit.person.row.next_tie, effect.number + 1)
        case TieFact():
            await _learn(visit, effect)
        case Keep() | Reworded() | KeptFact() | KeptFirst():
            await talk_words.change(visit, state, effect)
        case Remind():
            await _remind(visit, state, effect)
        case DropReminder():
            await drop_reminders(visit, state.talk, effect.step)
        case Daily():
            await planning.plan(visit, effect.kind, effect.at)
        case Prefers():
            choose_themes(visit, effect.values)
        case Care():
            tie = visit.person.ties.get(state.tie or 0)
            heard = Heard(effect.label, effect.rule)
            kind = tie.kind if tie else None
            care.answer_to(visit, heard, kind, talk=state.talk, day=state.day)


async def _give_back(visit: Visit, number: int, *, hush: bool) -> None:
    """The talk that was interrupted is open again; under a care message it waits in silence."""
    talks = await visit.shelf.resting(visit.person)
    state = next((talk for talk in talks if talk.talk == number), None)
    flow = visit.house.library.flows.get(state.flow) if state is not None else None
    if state is None or flow is None:
        return
    if hush:
        visit.store_talk(hushed(state))
        visit.open_talk(hushed(state))
        return
    known = await talk_words.known_to(visit, flow)
    back = Resumed(given_back=True)
    await carry_out(visit, advance(flow, state, back, known, visit.house.library.phrases))


def _rested(visit: Visit, state: State) -> None:
    visit.rest()
    if state.finished:
        visit.say("talk.left")
        return
    waits = bool(state.later) and state.within.get("phase") == "gate"
    visit.say(
        "talk.waiting" if waits else "talk.rested",
        visit.button("talks.go_on_button", f"talk:open:{state.talk}"),
    )


async def _learn(visit: Visit, fact: TieFact) -> None:
    tie = visit.person.ties[fact.number]
    if fact.name == "lean":
        turned = tie.turned or fact.value != tie.lean
        visit.person.keep_tie(replace(tie, lean=fact.value, turned=turned))
    elif fact.name == minding.MINDS and fact.value == "yes":
        await minding.mind_the_first(visit, tie)
    else:
        visit.person.keep_tie(replace(tie, facts={**tie.facts, fact.name: fact.value}))


async def _remind(visit: Visit, state: State, effect: Remind) -> None:
    """Come back then; a new wish for the same step takes the place of the old."""
    await drop_reminders(visit, state.talk, effect.step)
    at, timer = epoch_ms(effect.at), effect.purpose == "timer"
    visit.changes.appointments.append(
        Appointment(
            id=visit.house.ids.next(),
            next_at=at,
            slot=str(at),
            kind=effect.purpose,
            # A timer is a length of time, the same on every clock.
            local="" if timer else effect.at.replace(tzinfo=None).isoformat(),
            talk=state.talk,
            step=effect.step,
        )
    )


async def drop_reminders(visit: Visit, talk: int, step: str | None = None) -> None:
    """What was to come back to this step of a talk (None: to any) no longer comes."""
    visit.changes.cancelled += [
        made.id
        for made in await visit.shelf.appointments(visit.person)
        if made.talk == talk and step in (None, made.step)
    ]
