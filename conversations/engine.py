"""The whole state machine: begin a talk, and advance it by one event.

Pure: state and event in, state and effects out. Every state has an answer to every event, a way
out, and keeps everything that was ever answered.
"""

from __future__ import annotations

from dataclasses import replace

from conversations import asides, bubbles, moves, tie_moves
from conversations.answers import Refused, accept, match_label
from conversations.care_language import held_in
from conversations.corrections import edited, misread, woke
from conversations.flow import Choose, Compose, Flow, Leaf, Rate, Review, Tie, Wait
from conversations.healing import heal
from conversations.outcome import Moved, Stayed, answered
from conversations.taken_back import taken_back
from conversations.talk import Talk, caring
from conversations.turn import (
    Answer,
    Chose,
    Edited,
    Effect,
    Event,
    Joined,
    Known,
    Misread,
    Note,
    Part,
    Rested,
    Resumed,
    Reworded,
    Said,
    Show,
    Skipped,
    State,
    Stopped,
    TakenBack,
    Turn,
    WentBack,
    Woke,
)
from conversations.typed_buttons import typed_button
from conversations.wording import Phrases

#: Characters of a text at buttons from which it is words of one's own, not a mistyped label.
OWN_WORDS = 25


def begin(
    flow: Flow,
    known: Known,
    phrases: Phrases,
    talk: int,
    *,
    between: int = 0,
    day: str = "",
    language: str = "",
) -> Turn:
    """A new talk, and its first question. Where one tie is known it is taken without asking.

    One that comes between names the talk it interrupts, and the local day (ISO) it is about. One
    about safety may be held in another language than the person's; no other is said in any.
    """
    here = [t.number for t in known.ties if not t.resting and flow.is_open_to(t.kind)]
    asks = any(leaf.verb == "tie" for leaf in flow.leaves)
    state = State(flow=flow.id, talk=talk, tie=here[0] if asks and len(here) == 1 else None)
    state = asides.begun(flow, state, known, between, day)
    state = in_language(flow, state, language)
    return Talk(flow, state, held_in(state, known), phrases).go_on()


def in_language(flow: Flow, state: State, language: str) -> State:
    """The talk as it goes on in that language, where it is about safety and any is named."""
    return replace(state, language=language) if language and flow.about_safety else state


def advance(flow: Flow, state: State, event: Event, known: Known, phrases: Phrases) -> Turn:
    """The talk after one event. Never raises for anything a person can do."""
    healed = heal(flow, state)
    if healed.at is None and isinstance(event, Said) and state.at is not None:
        # The question they saw is gone from the file; what they wrote to it is kept all the same.
        healed = _written_to(healed, state.at, event)
    return _after(Talk(flow, healed, held_in(healed, known), phrases), event)


def _written_to(state: State, step: str, said: Said) -> State:
    """The state with a text as the answer to a step that is no longer on the path."""
    if step in state.answers:
        return bubbles.appended(state, step, said) or state
    return bubbles.with_answer(
        state, step, Answer(at=said.at, parts=(Part(said.text, said.message),))
    )


def _after(talk: Talk, event: Event) -> Turn:
    match event:
        case Edited():
            return edited(talk, event)
        case TakenBack():
            return taken_back(talk, event)
        case Misread():
            return misread(talk, event)
        case Woke():
            return woke(talk, event.step)
        case Resumed():
            return talk.resumed("given_back" if event.given_back else "welcome_back")
        case Stopped():
            return talk.left()
    leaf = talk.waits
    if leaf is None:
        return _off_path(talk, event)
    match event:
        case Said():
            return _said(talk, leaf, event)
        case Chose():
            return _chose(talk.calm(), leaf, event)
        case Skipped():
            return talk.calm().skipped(leaf)
        case WentBack():
            return talk.calm().back()
        case Joined():
            return talk.calm().joined()
    raise TypeError(type(event).__name__)


def _off_path(talk: Talk, event: Event) -> Turn:
    """Where no question stands: the talk is over, or the flow or a mark has changed."""
    wants_back = isinstance(event, WentBack) or (
        isinstance(event, Chose) and event.choice == "_back"
    )
    if isinstance(event, Said):
        return _said_off_path(talk, event)
    if wants_back and talk.way.before(None) is not None:
        return talk.back()
    return talk.calm().on_from_nothing("changed")


def _said_off_path(talk: Talk, event: Said) -> Turn:
    state, step = talk.state, talk.state.within.get("cared", "")
    if step in state.answers:
        turn = _set_beside(talk, step, event)
    elif state.finished and talk.way.first_open is None:
        turn = talk.on_from_nothing("ended")
    else:
        # A mark put this question to rest while it was being answered.
        step = state.at or ""
        kept = _written_to(state, step, event) if step else state
        turn = talk.now(kept).go_on("changed")
    heard = talk.heard
    return caring(turn, heard.label, heard.rule, step) if heard else turn


def _said(talk: Talk, leaf: Leaf, event: Said) -> Turn:
    """A text: the answer to this question, the rest of the last one, or kindly refused."""
    cared = talk.state.within.get("cared", "")
    if cared in talk.state.answers:
        turn, step = _set_beside(talk, cared, event), cared
    elif (glue := bubbles.continues(talk.way, event)) is not None:
        step = talk.state.last or ""
        turn = talk.append(step, event, glue)
    else:
        turn, step = _answered(talk.calm(), leaf, event), leaf.id
    heard = talk.heard
    return caring(turn, heard.label, heard.rule, step) if heard else turn


def _answered(talk: Talk, leaf: Leaf, event: Said) -> Turn:
    if pressed := typed_button(leaf, event.text, talk.way, talk.spoken):
        return _chose(talk, leaf, Chose(leaf.id, pressed))
    if (
        isinstance(leaf.step, Review | Tie | Compose)
        and talk.state.within.get("phase") != "rewrite"
    ):
        choice = match_label(event.text, talk.spoken.choices(leaf, talk.way))
        if choice is not None:
            return _chose(talk, leaf, Chose(leaf.id, choice))
        named = tie_moves.named(leaf, event.text, talk.way, talk.spoken)
        if isinstance(named, State):
            return talk.now(named).turn()
        if named is not None:
            return talk.done(named, None)
        return _refused(talk, leaf, "not_a_choice" if event.text.strip() else "empty", event)
    moved = moves.typed(leaf, event, talk.way, talk.spoken)
    if isinstance(moved, Moved):
        return talk.done(moved, event)
    if isinstance(moved, Stayed):
        return talk.stayed(moved, event)
    if isinstance(moved, State):
        turn = talk.now(moved).turn()
        name = moved.within.get("reworded")
        return turn.also(Reworded(name, event.text)) if name else turn
    answer = moved or accept(leaf.step, event, talk.spoken.choices(leaf, talk.way))
    if isinstance(answer, Refused):
        return _refused(talk, leaf, answer.note, event)
    return talk.done(answered(leaf, answer, talk.way), event)


def _refused(talk: Talk, leaf: Leaf, note: Note, event: Said) -> Turn:
    """Not an answer here. Words of one's own are held: beside the choice, or to be joined."""
    if isinstance(leaf.step, Wait) and note == "held":
        return talk.now(bubbles.hold(talk.state, event, None)).turn(note)
    holds = isinstance(leaf.step, Choose | Rate | Review | Compose) and note not in (
        "too_long",
        "empty",
    )
    if holds and bubbles.follows(talk.way, event):
        held = bubbles.hold(talk.state, event, talk.state.last)
        return talk.now(held).turn("moved_on")
    if holds and isinstance(leaf.step, Choose | Rate) and len(event.text) >= OWN_WORDS:
        return talk.now(bubbles.hold(talk.state, event, None)).turn("beside")
    return talk.turn(note)


def _set_beside(talk: Talk, step: str, event: Said) -> Turn:
    """Words that came while a care message stood: kept with the answer it was about."""
    calm = talk.calm()
    beside = calm.now(replace(calm.state, last=step)).append(step, event, "\n")
    if talk.waits is not None:
        return beside
    return _with(_kept(beside), talk.now(beside.state).go_on("added"))


def _chose(talk: Talk, leaf: Leaf, event: Chose) -> Turn:
    if event.step != leaf.id:
        return _corrected(talk, leaf, event)
    match event.choice:
        case "_skip":
            return talk.skipped(leaf)
        case "_back":
            return talk.back()
        case "_join":
            return talk.joined()
        case "_keep":
            return talk.keep_answer(leaf)
        case "_rest":
            return talk.left()
    if isinstance(leaf.step, Review | Compose) and "held" in talk.state.within:
        # Whatever is tapped here, the words can only belong to the answer before.
        added = talk.joined()
        return _with(_kept(added), _chose(talk.now(added.state), leaf, event))
    moved = moves.tapped(leaf, event.choice, talk.way, talk.spoken)
    if moved is None:
        return talk.turn("further_along")
    if isinstance(moved, State):
        return talk.now(moved).turn()
    if isinstance(moved, Stayed):
        return talk.stayed(moved)
    if isinstance(moved, Refused):
        return talk.turn(moved.note)
    if moved.rests:
        return Turn(moved.state, (*moved.effects, Rested()))
    return talk.done(moved, None)


def _corrected(talk: Talk, leaf: Leaf, event: Chose) -> Turn:
    """Another number was tapped, below the question after it: that one waits on."""
    rated = asides.staying(talk.way, leaf)
    if rated is None or rated.id != event.step:
        return talk.turn("further_along")
    moved = moves.tapped(rated, event.choice, talk.way, talk.spoken)
    if not isinstance(moved, Moved):
        return talk.turn("further_along")
    # Only the number changes: words beside it stay with it, and the question as it was.
    before = talk.state.answers[rated.id]
    changed = replace(before, chosen=moved.state.answers[rated.id].chosen, at=talk.known.at)
    return talk.now(bubbles.with_answer(talk.state, rated.id, changed)).turn()


def _kept(turn: Turn) -> tuple[Effect, ...]:
    """What a turn does besides showing something."""
    return tuple(effect for effect in turn.effects if not isinstance(effect, Show))


def _with(effects: tuple[Effect, ...], turn: Turn) -> Turn:
    return replace(turn, effects=effects + turn.effects)
