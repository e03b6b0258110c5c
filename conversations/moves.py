"""What each verb does with a tap or a typed text: one answer, or a step within the step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from conversations import (
    breathing,
    bubbles,
    collecting,
    composing,
    moments,
    paging,
    picking,
    tie_moves,
    waiting,
)
from conversations.answers import ANSWER_LIMIT, Refused, chose
from conversations.flow import (
    Breathe,
    Choose,
    Collect,
    Compose,
    Leaf,
    Moment,
    Pick,
    Review,
    Tie,
    Wait,
)
from conversations.outcome import Moved, Stayed, answered
from conversations.schedule import tomorrow, tonight
from conversations.spoken import Spoken
from conversations.turn import Answer, Part, Remind, Said, State
from conversations.way import WITHOUT, Way

# --- taps ----------------------------------------------------------------------------------------


def tapped(
    leaf: Leaf, choice: str, way: Way, spoken: Spoken
) -> Moved | Stayed | State | Refused | None:
    """What a tap on one of the step's own buttons does; None for a button it does not have."""
    step, now = leaf.step, way.known.at
    match step:
        case Pick():
            return picking.toggled(leaf, choice, way, spoken)
        case Collect():
            return collecting.tapped(leaf, choice, way, spoken)
        case Review():
            return _reviewed(leaf, step, choice, way)
        case Tie():
            return tie_moves.tapped(leaf, choice, way)
        case Moment() if choice in spoken.choices(leaf, way):
            return answered(leaf, Answer(at=now, chosen=(moments.chosen(step, choice, now),)), way)
        case Wait():
            return waiting.ended(leaf, way) if choice == waiting.GO_ON else None
        case Breathe():
            return breathing.ended(leaf, way) if choice == breathing.GO_ON else None
        case Compose():
            return composing.tapped(leaf, choice, way)
    quick = spoken.quick(leaf, way.kind)
    if choice in quick:
        # The words are kept too: they are what was meant, whatever the file says later.
        quickly = Answer(at=now, chosen=(choice,), parts=(Part(quick[choice]),))
        return answered(leaf, quickly, way)
    verb, _, value = choice.partition(".")
    if verb == "page" and isinstance(step, Choose) and step.of and paging.is_page(value):
        return replace(way.state, within={**way.state.within, "page": value})
    if choice not in spoken.choices(leaf, way):
        return None
    return answered(leaf, Answer(at=now, chosen=(choice,)), way)


def typed(
    leaf: Leaf, said: Said, way: Way, spoken: Spoken
) -> Moved | Stayed | State | Refused | None:
    """What a typed text does at a verb with steps within; None where `accept` decides."""
    match leaf.step:
        case Pick():
            return picking.picked_by_text(leaf, said, way, spoken)
        case Collect():
            return collecting.typed(leaf, said, way, spoken)
        case Review() if way.state.within.get("phase") == "rewrite":
            return _rewritten(leaf, leaf.step, said, way)
        case Moment():
            meant = moments.typed(leaf.step, said.text, spoken.choices(leaf, way), said.at)
            return meant if isinstance(meant, Refused) else answered(leaf, chose(said, meant), way)
        case Wait():
            return waiting.said(leaf, said, way, spoken)
        case Breathe():
            return breathing.said(leaf, said, way, spoken)
        case Compose() if way.state.within.get("phase") == "rewrite":
            return composing.rewritten(leaf, said, way)
    return None


def opened(leaf: Leaf, way: Way) -> Mapping[str, str]:
    """What a step starts with when one comes to it."""
    if isinstance(leaf.step, Pick):
        return reopened(leaf, way)
    if isinstance(leaf.step, Review) and (not leaf.step.later or leaf.id in way.state.later):
        return {"phase": "show"}
    return {}


def reopened(leaf: Leaf, way: Way) -> Mapping[str, str]:
    """What a step starts with when one goes back to it: what was ticked stays ticked."""
    answer = way.state.answers.get(leaf.id)
    if isinstance(leaf.step, Review):
        return {"phase": "show"}
    if isinstance(leaf.step, Pick):
        picked = ",".join(answer.chosen) if answer else ""
        return {"picked": picked, "own": picking.held_own(answer)}
    return {}


# --- review --------------------------------------------------------------------------------------


def _reviewed(leaf: Leaf, step: Review, choice: str, way: Way) -> Moved | State | None:
    state, now = way.state, way.known.at
    phase = state.within.get("phase", "when" if step.later else "show")
    drafts = bubbles.without_draft(state.within, leaf.id)
    verb, _, name = choice.partition(".")
    if verb == "rewrite" and name in way.candidates(step) and phase == "show":
        return replace(state, within={**drafts, "phase": "rewrite", "item": name})
    match phase, choice:
        case ("when" | "gate", "now"):
            return replace(state, within={**drafts, "phase": "show"})
        case "when", "tonight" | "tomorrow":
            due = tonight(now) if choice == "tonight" else tomorrow(now)
            later = {**state.later, leaf.id: due.isoformat()}
            put_off = replace(state, later=later, within=drafts)
            return Moved(put_off, leaf.id, (Remind(leaf.id, due, "second_look"),))
        case "gate", "wait":
            return Moved(state, leaf.id, rests=True)
        case "gate", "without":
            later = {**state.later, leaf.id: f"{state.later[leaf.id]} {WITHOUT}"}
            return Moved(replace(state, later=later, within=drafts), leaf.id)
        case "show", "keep":
            return answered(leaf, Answer(at=now, chosen=("kept",)), way)
    return None


def gate(way: Way, ahead: Leaf | None) -> Leaf | None:
    """The postponed step that is to be asked about before one goes on to `ahead`."""
    leaf = way.flow.looked_at_before.get(ahead.id) if ahead else None
    if leaf is None or leaf.id not in way.ids or leaf.id in way.state.answers:
        return None
    due = way.state.later.get(leaf.id)
    return leaf if due is not None and not due.endswith(WITHOUT) else None


def _rewritten(leaf: Leaf, step: Review, said: Said, way: Way) -> State | Refused:
    if not said.text.strip():
        return Refused("empty")
    if len(said.text) > ANSWER_LIMIT:
        return Refused("too_long")
    state, name = way.state, way.state.within.get("item", "")
    within = {**bubbles.without_draft(state.within, leaf.id), "phase": "show"}
    if name not in way.candidates(step):
        return replace(state, within=within)
    before = state.answers[name]
    changed = Answer(
        at=said.at, parts=(Part(said.text, said.message),), earlier=(*before.earlier, before.text)
    )
    rewritten = bubbles.with_answer(state, name, changed)
    return replace(rewritten, last=name, within={**within, "reworded": name})
