"""What each verb does with a tap or a typed text: one answer, or a step within the step."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from conversations import bubbles
from conversations.answers import ANSWER_LIMIT, Refused, accept, match_label, numbers_in
from conversations.flow import Choose, Leaf, Moment, Pick, Rate, Review, Tie
from conversations.schedule import MORNING, day_ahead, on, tomorrow, tonight
from conversations.spoken import NEW_TIE, OTHER_TIE, TIE_CHOICE, Spoken
from conversations.turn import (
    KINDS,
    Answer,
    Effect,
    Keep,
    KeptWords,
    NewTie,
    Part,
    Remind,
    Reworded,
    Said,
    State,
    TieFact,
)
from conversations.way import WITHOUT, Way

#: Buttons a list shows at once.
PAGE = 8
#: Entries of a person's own in one list.
ITEM_LIMIT = 200


@dataclass(frozen=True)
class Moved:
    """A step got its answer: the state with it, what follows, and what a button may say aloud."""

    state: State
    step: str
    effects: tuple[Effect, ...] = ()
    heard: tuple[str, str] = ("", "")
    rests: bool = field(default=False)


def answered(leaf: Leaf, answer: Answer, way: Way) -> Moved:
    """The state with that answer, and what the step's `keep` makes of it."""
    before = way.state.answers.get(leaf.id)
    if isinstance(leaf.step, Choose | Rate):
        # Words that were written at the buttons stand beside what was chosen.
        answer = replace(answer, parts=(*bubbles.held_parts(way.state.within), *answer.parts))
    if before is not None:
        wordings = (before.text,) if before.text and before.text != answer.text else ()
        answer = replace(answer, earlier=(*before.earlier, *wordings))
    within = bubbles.without_draft(way.state.within, leaf.id)
    state = replace(bubbles.with_answer(way.state, leaf.id, answer), within=within)
    effects = list(consequences(leaf, answer, Way(way.flow, state, way.known)))
    changed = before is not None and bool(answer.text) and before.text != answer.text
    if changed and not isinstance(leaf.step, Pick):
        effects.append(Reworded(leaf.id, answer.text))
    label = next((leaf.step.heard[c] for c in answer.chosen if c in leaf.step.heard), "")
    return Moved(state, leaf.id, tuple(effects), (label, leaf.id if label else ""))


def consequences(leaf: Leaf, answer: Answer, way: Way) -> Iterator[Effect]:
    """What the step's `keep` and `remind` make of its answer."""
    keep, tie = leaf.step.keep or "", way.state.tie
    chosen = answer.chosen[0] if answer.chosen else ""
    if tie is not None and keep == "tie.word":
        # Passed over is remembered too: the word is asked for once.
        yield TieFact(tie, "word", answer.text)
    elif tie is not None and chosen and keep in ("lean", "tie.safe"):
        yield TieFact(tie, keep.removeprefix("tie."), chosen)
    elif isinstance(leaf.step, Pick) and keep:
        yield _keep(leaf.step, keep, leaf.id, way)
    if isinstance(leaf.step, Moment) and leaf.step.remind and chosen not in ("", "none"):
        day = date.fromisoformat(chosen)
        yield Remind(leaf.id, on(day, MORNING, way.known.at.tzinfo), "look_again")


def _keep(step: Pick, kind: str, step_id: str, way: Way) -> Keep:
    answer = way.state.answers[step_id]
    direction = lean(way)
    whole = way.candidates(step)
    picked = [
        KeptWords(name, whole[name], direction, way.state.answers[name].parts[0].message)
        for name in answer.chosen
        if name in whole
    ]
    own = [KeptWords(step_id, part.text, direction, part.message) for part in answer.parts]
    return Keep(kind, step_id, tuple(picked + own))


def lean(way: Way) -> str:
    """Where the person leans: as said in this talk, else the tie's last, else open."""
    for leaf in way.leaves:
        answer = way.state.answers.get(leaf.id)
        if leaf.step.keep == "lean" and answer is not None and answer.chosen:
            return answer.chosen[0]
    return way.tie.lean if way.tie else "open"


# --- taps ----------------------------------------------------------------------------------------


def tapped(leaf: Leaf, choice: str, way: Way, spoken: Spoken) -> Moved | State | None:
    """What a tap on one of the step's own buttons does; None for a button it does not have."""
    step, now = leaf.step, way.known.at
    match step:
        case Pick():
            return _toggled(leaf, choice, way, spoken)
        case Review():
            return _reviewed(leaf, step, choice, way)
        case Tie():
            return _tie(leaf, choice, way)
        case Moment() if choice in spoken.choices(leaf, way):
            day = choice if choice == "none" else day_ahead(choice, now.date()).isoformat()
            return answered(leaf, Answer(at=now, chosen=(day,)), way)
    quick = spoken.quick(leaf, way.kind)
    if choice in quick:
        # The words are kept too: they are what was meant, whatever the file says later.
        quickly = Answer(at=now, chosen=(choice,), parts=(Part(quick[choice]),))
        return answered(leaf, quickly, way)
    if choice not in spoken.choices(leaf, way):
        return None
    return answered(leaf, Answer(at=now, chosen=(choice,)), way)


def replace_state(way: Way, state: State) -> Way:
    """The same way for another state."""
    return Way(way.flow, state, way.known)


def typed(leaf: Leaf, said: Said, way: Way, spoken: Spoken) -> Moved | State | Refused | None:
    """What a typed text does at a verb with steps within; None where `accept` decides."""
    match leaf.step:
        case Pick():
            return _picked_by_text(leaf, said, way, spoken)
        case Review() if way.state.within.get("phase") == "rewrite":
            return _rewritten(leaf, leaf.step, said, way)
        case Moment():
            answer = accept(leaf.step, said, spoken.choices(leaf, way))
            if isinstance(answer, Refused):
                return answer
            if answer.chosen[0] in spoken.choices(leaf, way):
                return tapped(leaf, answer.chosen[0], way, spoken)
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
        own = [[part.text, part.message] for part in answer.parts] if answer else []
        return {
            "picked": ",".join(answer.chosen) if answer else "",
            "own": json.dumps(own, ensure_ascii=False),
        }
    return {}


# --- pick ----------------------------------------------------------------------------------------


def pick_options(leaf: Leaf, way: Way, spoken: Spoken) -> Mapping[str, str]:
    """What can be ticked, in order: the step's own choices, or whole earlier answers."""
    assert isinstance(leaf.step, Pick)
    return spoken.choices(leaf, way) or way.candidates(leaf.step)


def _toggled(leaf: Leaf, choice: str, way: Way, spoken: Spoken) -> Moved | State | None:
    within = dict(way.state.within)
    options = pick_options(leaf, way, spoken)
    picked = [p for p in within.get("picked", "").split(",") if p in options]
    if choice == "done":
        own = tuple(Part(text, message) for text, message in json.loads(within.get("own", "[]")))
        return answered(leaf, Answer(at=way.known.at, chosen=tuple(picked), parts=own), way)
    verb, _, value = choice.partition(".")
    if verb == "page" and value.isdecimal():
        within["page"] = value
    elif verb == "x" and value in options:
        picked = [p for p in picked if p != value] if value in picked else [*picked, value]
        within["picked"] = ",".join(p for p in options if p in picked)
    else:
        return None
    return replace(way.state, within=within)


def _picked_by_text(
    leaf: Leaf, said: Said, way: Way, spoken: Spoken
) -> Moved | State | Refused | None:
    options = pick_options(leaf, way, spoken)
    numbers = numbers_in(said.text)
    if not said.text.strip():
        return Refused("empty")
    if match_label(said.text, {"done": spoken.phrase("talk.done")}) == "done" and not numbers:
        return _toggled(leaf, "done", way, spoken)
    state: State = way.state
    if numbers and all(1 <= n <= len(options) for n in numbers):
        for n in dict.fromkeys(numbers):
            moved = _toggled(leaf, f"x.{list(options)[n - 1]}", replace_state(way, state), spoken)
            assert isinstance(moved, State)
            state = moved
        return state
    label = match_label(said.text, options)
    if label is not None:
        return _toggled(leaf, f"x.{label}", way, spoken)
    own = [*json.loads(state.within.get("own", "[]")), [said.text, said.message]]
    if len(own) > ITEM_LIMIT:
        return Refused("too_many")
    if len(said.text) > ANSWER_LIMIT:
        return Refused("too_long")
    within = {**state.within, "own": json.dumps(own, ensure_ascii=False)}
    return replace(state, within=within)


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
            later = {k: v for k, v in state.later.items() if k != leaf.id}
            return replace(state, within={**drafts, "phase": "show"}, later=later)
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
    if ahead is None:
        return None
    for leaf in way.leaves:
        due = way.state.later.get(leaf.id)
        postponed = isinstance(leaf.step, Review) and leaf.step.before == ahead.id
        if postponed and due is not None and leaf.id not in way.state.answers:
            return None if due.endswith(WITHOUT) else leaf
    return None


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


# --- tie -----------------------------------------------------------------------------------------


def _tie(leaf: Leaf, choice: str, way: Way) -> Moved | State | None:
    state, now = way.state, way.known.at
    if choice == OTHER_TIE:
        drafts = bubbles.without_draft(state.within, leaf.id)
        return replace(state, within={**drafts, "phase": "kinds"})
    if choice.startswith(TIE_CHOICE):
        number = choice.removeprefix(TIE_CHOICE)
        if not number.isdecimal() or way.known.tie(int(number)) is None:
            return None
        chosen = replace(state, tie=int(number))
        return answered(leaf, Answer(at=now, chosen=(choice,)), replace_state(way, chosen))
    kind = choice.removeprefix(NEW_TIE)
    if not choice.startswith(NEW_TIE) or kind not in KINDS or not way.flow.is_open_to(kind):
        return None
    before = state.answers.get(leaf.id)
    corrects = before is not None and "".join(before.chosen[:1]).startswith(NEW_TIE)
    tie = state.tie if corrects and state.tie is not None else way.known.next_tie
    named = replace(state, tie=tie)
    moved = answered(leaf, Answer(at=now, chosen=(choice,)), replace_state(way, named))
    stored = way.known.tie(tie)
    facts = [TieFact(tie, n, value) for n, value in (stored.facts if stored else {}).items()]
    return replace(moved, effects=(NewTie(tie, kind), *facts, *moved.effects))
