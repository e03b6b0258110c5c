"""The talks: which one an update belongs to, and the engine's next step in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands import care, loose
from bot.commands.effects import carry_out, drop_reminders, show
from bot.commands.resting import wanted
from bot.commands.talk_words import known_to
from bot.visit import Visit
from conversations.asides import over
from conversations.bubbles import corrected_draft
from conversations.engine import advance, begin, in_language
from conversations.flow import Flow
from conversations.spoken import TIE_CHOICE
from conversations.turn import (
    Chose,
    Edited,
    Event,
    Heard,
    Resumed,
    Said,
    Show,
    Skipped,
    State,
    Stopped,
    WentBack,
    Woke,
)

#: So long after its last answer /back still means a finished talk.
FRESH = timedelta(days=1)
#: What is said where no question is open.
NOTHING_TO: Mapping[type, str] = {
    WentBack: "talks.nothing_to_go_back_to",
    Skipped: "talks.nothing_to_skip",
    Stopped: "talks.nothing_to_leave",
}


async def start(visit: Visit, flow: Flow, *, anew: bool = False, tie: int | None = None) -> None:
    """Begin an exercise; over an unfinished one of its kind, offer to go on (or begin afresh).

    With `tie` it is about that one, and nobody is asked which.
    """
    begun = wanted(visit, await visit.shelf.resting(visit.person))
    unfinished = [s for s in begun if s.flow == flow.id]
    visit.asked()
    if unfinished and not unfinished[-1].answers:
        # Nothing was answered in it yet (a second tap, perhaps): it is this one.
        await reopen(visit, unfinished[-1])
        return
    if unfinished and not visit.said_in:
        visit.speak(unfinished[-1].language)
    if unfinished and not (anew or flow.afresh):
        visit.say(
            "talks.unfinished",
            visit.button("talks.go_on_button", f"talk:open:{unfinished[-1].talk}"),
            visit.button("talks.anew_button", f"talk:anew:{flow.command}"),
        )
        return
    number = visit.person.row.next_talk
    visit.person.row.next_talk += 1
    visit.rest()
    known, phrases = await known_to(visit, flow), visit.house.library.phrases
    turn = begin(flow, known, phrases, number, language=visit.said_in)
    if tie is not None and (at := turn.state.at) and flow.by_id[at].verb == "tie":
        turn = advance(flow, turn.state, Chose(at, f"{TIE_CHOICE}{tie}"), known, phrases)
    await carry_out(visit, turn)


async def happen(visit: Visit, state: State, event: Event, heard: Heard | None = None) -> None:
    """Advance a talk by one event."""
    flow = visit.house.library.flows.get(state.flow)
    if flow is None:
        visit.drop_talk(state.talk)
        visit.say("talks.gone")
        return
    quiet = heard is not None and care.is_quiet(visit, heard, about_safety=flow.about_safety)
    known = replace(await known_to(visit, flow), heard=None if quiet else heard)
    turn = advance(flow, state, event, known, visit.house.library.phrases)
    await carry_out(visit, turn)
    if quiet:
        assert heard is not None
        care.beside(visit, heard)


def listening(visit: Visit) -> State | None:
    """The open talk that words are for; what came between long ago waits for none any more."""
    state = visit.person.talk
    flow = visit.house.library.flows.get(state.flow) if state is not None else None
    if state is not None and flow is not None and flow.aside and over(state, _local(visit)):
        visit.rest()
        return None
    return state


async def said(visit: Visit, state: State, heard: Heard | None) -> None:
    """Words for the open talk."""
    incoming = visit.incoming
    event = Said(incoming.text, _local(visit), incoming.message)
    await happen(visit, state, event, heard)
    if heard is not None and not await _found_again(visit, state.talk):
        # Where a day was asked for, they are no answer; they are not lost for that.
        loose.hold(visit)


async def _found_again(visit: Visit, talk: int) -> bool:
    """Whether the talk holds the words that just came, in an answer or beside one."""
    assert visit.incoming.message is not None
    event = Edited(visit.incoming.message, visit.incoming.text, _local(visit))
    return any(state.talk == talk and _holds(state, event) for state in await every(visit))


async def tapped(visit: Visit, number: str, step: str, choice: str) -> None:
    """A button of a talk: of the open one, of one that rests, or of one long over."""
    active = visit.person.talk
    if active is not None and str(active.talk) == number:
        if active.at != step:
            visit.speak(active.language)
            visit.toast = visit.phrase("talk.further_along")
            return
        visit.asked()
        await happen(visit, active, Chose(step, choice))
        return
    state = await _unfinished(visit, number)
    if state is None:
        visit.toast = visit.phrase("talks.over")
    elif state.at == step:
        visit.asked()
        await happen(visit, state, Chose(step, choice))
    else:
        visit.speak(state.language)
        visit.toast = visit.phrase("talk.further_along")
        await reopen(visit, state)


async def edited(visit: Visit, heard: Heard | None) -> bool:
    """A corrected message: in the open talk, in one that rests, or in a finished one."""
    incoming = visit.incoming
    assert incoming.message is not None
    event = Edited(incoming.message, incoming.text, _local(visit))
    state = next((s for s in await every(visit) if _holds(s, event)), None)
    if state is None:
        return False
    before, held = visit.person.talk, visit.person.profile.held
    await happen(visit, state, event, heard)
    if not any(screen.rows for screen in visit.screens):
        # Only the correction was noted: what was open stays open.
        visit.rest()
        if before is not None and before.talk != state.talk:
            visit.changes.talks.pop(before.talk, None)
            visit.person.keep_profile(held=held)
        if before is not None and (now := visit.changes.talks.get(before.talk, before)):
            visit.open_talk(now)
    return True


def _holds(state: State, event: Edited) -> bool:
    parts = [part for answer in state.answers.values() for part in answer.parts]
    in_answer = any(part.message == event.message for part in parts)
    return in_answer or corrected_draft(state, event) is not None


async def every(visit: Visit) -> Iterable[State]:
    """All talks: the open one, those that rest, and the finished ones."""
    active = [visit.person.talk] if visit.person.talk else []
    resting = await visit.shelf.resting(visit.person)
    return [*active, *resting, *await visit.shelf.reflections(visit.person)]


async def _unfinished(visit: Visit, number: str) -> State | None:
    resting = await visit.shelf.resting(visit.person)
    return next((s for s in resting if str(s.talk) == number), None)


# --- going on, resting, letting go ---


async def resume(visit: Visit) -> None:
    """Back to the open talk, or to the one last left."""
    state = visit.person.talk
    if state is None:
        resting = wanted(visit, await visit.shelf.resting(visit.person))
        state = resting[-1] if resting else None
    if state is None:
        visit.say("talks.nothing_open", visit.button("offers.today", "cmd:today"))
        return
    await reopen(visit, state)


async def reopen(visit: Visit, state: State) -> None:
    """Take up a talk; another one that was open rests in its place."""
    visit.asked()
    visit.rest()
    if flow := visit.house.library.flows.get(state.flow):
        state = in_language(flow, state, visit.said_in)
    await happen(visit, state, Resumed())


async def opened(visit: Visit, number: str) -> None:
    """A talk that rests, by its number."""
    state = await _unfinished(visit, number)
    if state is None:
        visit.toast = visit.phrase("talks.over")
    else:
        await reopen(visit, state)


async def drop(visit: Visit, number: str, token: str) -> None:
    """Let an unfinished talk go: asked once, by a button that works once."""
    state, asking = await _unfinished(visit, number), visit.person.profile.asking
    if state is None:
        visit.toast = visit.phrase("talks.over")
    elif token and asking == {"what": "drop", "token": token, "talk": state.talk}:
        visit.asked()
        await drop_reminders(visit, state.talk)
        visit.drop_talk(state.talk)
        visit.say("talks.dropped", visit.button("offers.today", "cmd:today"))
    else:
        token = visit.house.token()
        visit.ask("drop", token=token, talk=state.talk)
        visit.say(
            "talks.ask_drop",
            visit.button("talks.drop_button", f"talk:drop:{number}.{token}"),
            visit.button("talks.go_on_button", f"talk:open:{number}"),
            visit.button("offers.today", "cmd:today"),
        )


async def after_clock(visit: Visit) -> None:
    """The clock is known now, or was not wanted: on to what it had interrupted."""
    state = visit.person.talk
    flow = visit.house.library.flows.get(state.flow) if state is not None else None
    if state is not None and flow is not None:
        known = await known_to(visit, flow)
        turn = advance(flow, state, Resumed(), known, visit.house.library.phrases)
        shown = [replace(e, note="") if isinstance(e, Show) else e for e in turn.effects]
        await carry_out(visit, replace(turn, effects=tuple(shown)))
    else:
        visit.say("times.thanks", visit.button("offers.today", "cmd:today"))


async def control(visit: Visit, event: Event) -> None:
    """/back, /skip and /cancel; right after its end, /back leads into a talk once more."""
    state = visit.person.talk
    if state is None and isinstance(event, WentBack):
        state = await _just_finished(visit)
    if state is not None:
        await happen(visit, state, event)
        return
    key = NOTHING_TO.get(type(event), "talks.nothing_open")
    visit.say(key, visit.button("offers.today", "cmd:today"))


async def _just_finished(visit: Visit) -> State | None:
    """The newest finished talk, while it is fresh, and not open again already."""
    unfinished = {state.talk for state in await visit.shelf.resting(visit.person)}
    for state in (await visit.shelf.reflections(visit.person))[:1]:
        newest = max((answer.at for answer in state.answers.values()), default=None)
        fresh = newest is not None and visit.now - newest <= FRESH
        return state if fresh and state.talk not in unfinished else None
    return None


async def woken(visit: Visit, number: str, step: str) -> None:
    """A postponed step is opened: in its talk, wherever that has got to."""
    states = [s for s in await every(visit) if str(s.talk) == number]
    if not states:
        visit.say("talks.nothing_open", visit.button("offers.today", "cmd:today"))
        return
    visit.asked()
    await happen(visit, states[0], Woke(step))


async def look(visit: Visit, number: str) -> None:
    """What a finished talk came to, in the person's own words; one that is open again goes on."""
    for state in await visit.shelf.reflections(visit.person):
        flow = visit.house.library.flows.get(state.flow)
        if str(state.talk) == number and flow is not None:
            known = await known_to(visit, flow)
            await show(visit, advance(flow, state, Resumed(), known, visit.house.library.phrases))
            return
    await opened(visit, number)


def _local(visit: Visit) -> datetime:
    return visit.person.local(visit.incoming.sent_at)
