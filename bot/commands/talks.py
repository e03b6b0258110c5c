"""The talks: runs the engine for one update and carries out its effects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.commands import care, clock_question
from bot.person import Keepsake, epoch_ms
from bot.visit import Appointment, Visit
from conversations.engine import advance, begin
from conversations.flow import Flow
from conversations.screen import Button
from conversations.screens import render
from conversations.turn import (
    Care,
    Chose,
    Edited,
    Effect,
    Event,
    Heard,
    Keep,
    Misread,
    NewTie,
    Remind,
    Rested,
    Resumed,
    Reworded,
    Said,
    Show,
    State,
    Tie,
    TieFact,
    Turn,
    Woke,
)


async def start(visit: Visit, flow: Flow, *, anew: bool = False) -> None:
    """Begin an exercise; over an unfinished one of its kind, offer to go on instead."""
    unfinished = [s for s in await visit.shelf.resting(visit.person) if s.flow == flow.id]
    if unfinished and not anew:
        visit.say(
            "talks.unfinished",
            visit.button("talks.go_on_button", f"talk:open:{unfinished[-1].talk}"),
            visit.button("talks.anew_button", f"talk:anew:{flow.command}"),
        )
        return
    number = visit.person.row.next_talk
    visit.person.row.next_talk += 1
    visit.rest()
    visit.asked()
    turn = begin(flow, visit.person.known(visit.now), visit.house.library.phrases, number)
    await carry_out(visit, turn)


async def happen(visit: Visit, state: State, event: Event, heard: Heard | None = None) -> None:
    """Advance a talk by one event."""
    flow = visit.house.library.flows.get(state.flow)
    if flow is None:
        visit.drop_talk(state.talk)
        visit.say("talks.gone")
        return
    known = replace(visit.person.known(visit.now), heard=heard)
    turn = advance(flow, state, event, known, visit.house.library.phrases)
    await carry_out(visit, turn)


async def said(visit: Visit, state: State, heard: Heard | None) -> None:
    """Words for the open talk."""
    incoming = visit.incoming
    event = Said(incoming.text, _local(visit), incoming.message)
    await happen(visit, state, event, heard)


async def tapped(visit: Visit, number: str, step: str, choice: str) -> None:
    """A button of a talk: of the open one, of one that rests, or of one long over."""
    active = visit.person.talk
    if active is not None and str(active.talk) == number:
        if active.at != step:
            visit.toast = visit.phrase("talk.further_along")
            return
        await happen(visit, active, Chose(step, choice))
        return
    resting = [s for s in await visit.shelf.resting(visit.person) if str(s.talk) == number]
    if resting and resting[0].at == step:
        await happen(visit, resting[0], Chose(step, choice))
    elif resting:
        visit.toast = visit.phrase("talk.further_along")
        await happen(visit, resting[0], Resumed())
    else:
        visit.toast = visit.phrase("talks.over")


async def edited(visit: Visit, heard: Heard | None) -> bool:
    """A corrected message: in the open talk, in one that rests, or in a finished one."""
    incoming = visit.incoming
    assert incoming.message is not None
    event = Edited(incoming.message, incoming.text, _local(visit))
    for state in await _all_talks(visit):
        parts = [part for answer in state.answers.values() for part in answer.parts]
        if any(part.message == incoming.message for part in parts):
            await happen(visit, state, event, heard)
            return True
    return False


async def _all_talks(visit: Visit) -> Iterable[State]:
    active = [visit.person.talk] if visit.person.talk else []
    resting = await visit.shelf.resting(visit.person)
    return [*active, *resting, *await visit.shelf.reflections(visit.person)]


async def resume(visit: Visit) -> None:
    """Back to the open talk, or to the one last left."""
    state = visit.person.talk
    if state is None:
        resting = await visit.shelf.resting(visit.person)
        state = resting[-1] if resting else None
    if state is None:
        visit.say("talks.nothing_open", visit.button("offers.today", "cmd:today"))
        return
    await happen(visit, state, Resumed())


async def reopen(visit: Visit, state: State) -> None:
    """Take up a talk that rests; the one that was open rests in its place."""
    visit.asked()
    visit.rest()
    await happen(visit, state, Resumed())


async def after_clock(visit: Visit) -> None:
    """The clock is known now, or was not wanted: on to what it had interrupted."""
    state = visit.person.talk
    flow = visit.house.library.flows.get(state.flow) if state is not None else None
    if state is not None and flow is not None:
        known = visit.person.known(visit.now)
        turn = advance(flow, state, Resumed(), known, visit.house.library.phrases)
        shown = [replace(e, note="") if isinstance(e, Show) else e for e in turn.effects]
        await carry_out(visit, replace(turn, effects=tuple(shown)))
    else:
        visit.say("clock.thanks", visit.button("offers.today", "cmd:today"))


async def control(visit: Visit, event: Event) -> None:
    """/back, /skip and /cancel."""
    if visit.person.talk is None:
        visit.asked()
        visit.say("talks.nothing_open", visit.button("offers.today", "cmd:today"))
        return
    await happen(visit, visit.person.talk, event)


async def misread(visit: Visit, rule: str) -> None:
    """Listening was wrong: the question again, and the mark that came of it goes."""
    care.unmark(visit, rule)
    if visit.person.talk is not None:
        await happen(visit, visit.person.talk, Misread(rule))
        return
    visit.say("care_more.misread", visit.button("offers.today", "cmd:today"))


async def woken(visit: Visit, number: str, step: str) -> None:
    """A postponed step is opened: in its talk, wherever that has got to."""
    states = [s for s in await _all_talks(visit) if str(s.talk) == number]
    if not states:
        visit.say("talks.nothing_open", visit.button("offers.today", "cmd:today"))
        return
    await happen(visit, states[0], Woke(step))


async def show_reflection(visit: Visit, number: str) -> None:
    """What a finished talk came to, in the person's own words."""
    for state in await visit.shelf.reflections(visit.person):
        flow = visit.house.library.flows.get(state.flow)
        if str(state.talk) == number and flow is not None:
            known = visit.person.known(visit.now)
            turn = advance(flow, state, Resumed(), known, visit.house.library.phrases)
            _show(visit, turn)
            return
    visit.say("talks.nothing_open", visit.button("offers.today", "cmd:today"))


# --- effects ---


async def carry_out(visit: Visit, turn: Turn) -> None:
    """Do what the engine decided: write first, then show."""
    person, state = visit.person, turn.state
    visit.store_talk(state)
    visit.open_talk(state)
    if state.finished and person.row.active_talk == state.talk:
        visit.rest()
    for effect in turn.effects:
        await _write(visit, state, effect)
    kinds = {type(effect) for effect in turn.effects}
    if Care in kinds:
        return
    if Rested in kinds:
        _rested(visit, state)
        return
    asks_clock = Remind in kinds and person.row.zone is None
    if not asks_clock or state.finished:
        _show(visit, turn)
    if asks_clock:
        clock_question.show(visit)


async def _write(visit: Visit, state: State, effect: Effect) -> None:
    match effect:
        case NewTie():
            visit.person.keep_tie(Tie(effect.number, effect.kind))
            visit.person.row.next_tie = max(visit.person.row.next_tie, effect.number + 1)
        case TieFact():
            _learn(visit, effect)
        case Keep():
            await _keep(visit, state, effect)
        case Reworded():
            await _reword(visit, state, effect)
        case Remind():
            await _remind(visit, state, effect)
        case Care():
            tie = visit.person.ties.get(state.tie or 0)
            heard = Heard(effect.label, effect.rule)
            care.answer_to(visit, heard, tie.kind if tie else None)


def _rested(visit: Visit, state: State) -> None:
    visit.rest()
    waits = bool(state.later) and state.within.get("phase") == "gate"
    visit.say(
        "talk.waiting" if waits else "talk.rested",
        visit.button("talks.go_on_button", f"talk:open:{state.talk}"),
    )


def _show(visit: Visit, turn: Turn) -> None:
    library = visit.house.library
    known = visit.person.known(visit.now)
    for effect in turn.effects:
        if isinstance(effect, Show):
            visit.show(*render(library.flows, turn.state, effect, known, library.phrases))


def _learn(visit: Visit, fact: TieFact) -> None:
    tie = visit.person.ties[fact.number]
    if fact.name == "lean":
        visit.person.keep_tie(replace(tie, lean=fact.value))
    else:
        visit.person.keep_tie(replace(tie, facts={**tie.facts, fact.name: fact.value}))


async def _keep(visit: Visit, state: State, effect: Keep) -> None:
    """Keep these words in place of what this step of this talk kept before."""
    before = [
        k
        for k in await visit.shelf.kept(visit.person)
        if k.talk == state.talk and k.by == effect.step
    ]
    visit.unkeep([k.id for k in before])
    listener = visit.house.listener
    for words in reversed(effect.items):
        number = visit.house.ids.next()
        visit.keep(
            [
                Keepsake(
                    id=number,
                    kind=effect.kind,
                    text=words.text,
                    at=visit.now_ms,
                    position=-float(number),
                    direction=words.direction,
                    tie=state.tie,
                    flow=state.flow,
                    talk=state.talk,
                    step=words.step,
                    by=effect.step,
                    message=words.message,
                    listened=listener.listen(words.text) is not None,
                )
            ]
        )


async def _reword(visit: Visit, state: State, effect: Reworded) -> None:
    """An answer changed: what was kept of it follows, its old wording beside it."""
    for k in await visit.shelf.kept(visit.person):
        same = k.talk == state.talk and k.step == effect.step and k.step != k.by
        if same and k.text != effect.text:
            visit.keep([replace(k, text=effect.text, earlier=(*k.earlier, k.text))])


async def _remind(visit: Visit, state: State, effect: Remind) -> None:
    """Come back then; a new wish for the same step takes the place of the old."""
    for made in await visit.shelf.appointments(visit.person):
        if made.talk == state.talk and made.step == effect.step:
            visit.changes.cancelled.append(made.id)
    visit.changes.appointments.append(
        Appointment(
            id=visit.house.ids.next(),
            next_at=epoch_ms(effect.at),
            local=effect.at.replace(tzinfo=None).isoformat(),
            talk=state.talk,
            step=effect.step,
            purpose=effect.purpose,
        )
    )


def _local(visit: Visit) -> datetime:
    return visit.person.local(visit.incoming.sent_at)


def go_on_row(visit: Visit) -> tuple[Button, ...]:
    """The way back into an open talk, for screens that stand beside it."""
    if visit.person.talk is None:
        return ()
    return (visit.button("talks.go_on_button", "talk:resume"),)
