"""What happens at the question which tie a talk is about: tapped, or typed in one's own words."""

from __future__ import annotations

from dataclasses import replace

from conversations import bubbles
from conversations.flow import Choose, Leaf
from conversations.outcome import Moved, answered
from conversations.spoken import LIKELY, NEW_TIE, OTHER_TIE, TIE_CHOICE, Spoken
from conversations.tie_words import kinds_named
from conversations.turn import KINDS, Answer, NewTie, State, TieFact
from conversations.way import Way


def named(leaf: Leaf, text: str, way: Way, spoken: Spoken) -> Moved | State | None:
    """What "my sister" does: a new tie, or a question among the likeliest; None: neither.

    Where there is one of that kind already, it is asked whether it is the same, unless "something
    else" was tapped just before.
    """
    likely: list[str] = []
    here = [t for t in way.known.ties if not t.resting and way.state.within.get("phase") != "kinds"]
    for kind in kinds_named(text, spoken.phrases, spoken.language):
        if way.flow.is_open_to(kind):
            alike = [f"{TIE_CHOICE}{tie.number}" for tie in here if tie.kind == kind]
            likely += alike or [f"{NEW_TIE}{kind}"]
    if len(likely) == 1 and likely[0].startswith(NEW_TIE):
        return tapped(leaf, likely[0], way)
    if not likely:
        return None
    drafts = bubbles.without_draft(way.state.within, leaf.id)
    return replace(way.state, within={**drafts, "phase": LIKELY, "likely": ",".join(likely)})


def tapped(leaf: Leaf, choice: str, way: Way) -> Moved | State | None:
    """What a tap does: a tie that exists, a new one of a kind, or the kinds; None otherwise."""
    state, now = way.state, way.known.at
    if choice == OTHER_TIE:
        drafts = bubbles.without_draft(state.within, leaf.id)
        return replace(state, within={**drafts, "phase": "kinds"})
    if choice.startswith(TIE_CHOICE):
        number = choice.removeprefix(TIE_CHOICE)
        if not number.isdecimal() or way.known.tie(int(number)) is None:
            return None
        chosen = _about(way, int(number))
        return answered(leaf, Answer(at=now, chosen=(choice,)), Way(way.flow, chosen, way.known))
    kind = choice.removeprefix(NEW_TIE)
    if not choice.startswith(NEW_TIE) or kind not in KINDS or not way.flow.is_open_to(kind):
        return None
    before = state.answers.get(leaf.id)
    corrects = before is not None and "".join(before.chosen[:1]).startswith(NEW_TIE)
    tie = state.tie if corrects and state.tie is not None else way.known.next_tie
    about = _about(way, tie)
    moved = answered(leaf, Answer(at=now, chosen=(choice,)), Way(way.flow, about, way.known))
    stored = way.known.tie(tie)
    facts = [TieFact(tie, n, value) for n, value in (stored.facts if stored else {}).items()]
    return replace(moved, effects=(NewTie(tie, kind), *facts, *moved.effects))


def _about(way: Way, tie: int) -> State:
    """The state about that tie. What was asked about another one has to be asked again."""
    state = replace(way.state, tie=tie)
    if way.state.tie in (None, tie):
        return state
    for leaf in way.flow.asks_for_facts:
        answer = state.answers.get(leaf.id)
        if isinstance(leaf.step, Choose) and answer is not None and answer.chosen:
            rest = {k: v for k, v in state.answers.items() if k != leaf.id}
            held = bubbles.stored(state.within, leaf.id, answer.parts)
            state = replace(state, answers=rest, within={**state.within, **held})
    return state
