"""What an answer brings about: the state with it, what is kept, learned or remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from conversations import bubbles, letters, moments
from conversations.candidates import labels, texts
from conversations.flow import (
    Ask,
    Breathe,
    Choose,
    Collect,
    Compose,
    Leaf,
    Moment,
    Pick,
    Rate,
    Review,
    Wait,
)
from conversations.items import items_in
from conversations.turn import (
    Answer,
    DropReminder,
    Effect,
    Keep,
    KeptFact,
    KeptFirst,
    KeptWords,
    Note,
    Part,
    Prefers,
    Reworded,
    State,
    TieFact,
)
from conversations.way import Way

#: Kept at a choice from a list: the item that was chosen goes to the top of its kind.
FIRST = "first"
#: What a choice of one teaches about the tie.
ASKED_ONCE = ("lean", "tie.safe", "tie.distance", "tie.minds")


@dataclass(frozen=True)
class Moved:
    """A step got its answer: the state with it, what follows, and what a button may say aloud."""

    state: State
    step: str
    effects: tuple[Effect, ...] = ()
    heard: tuple[str, str] = ("", "")
    rests: bool = field(default=False)


@dataclass(frozen=True)
class Stayed:
    """Something changed within a step, which still waits; `note` says what."""

    state: State
    effects: tuple[Effect, ...] = ()
    note: Note = ""


def answered(leaf: Leaf, answer: Answer, way: Way) -> Moved:
    """The state with that answer, and what the step's `keep` makes of it."""
    before = way.state.answers.get(leaf.id)
    if isinstance(leaf.step, Choose | Rate | Wait | Breathe):
        # Words that were written at the buttons stand beside what was chosen.
        answer = replace(answer, parts=(*bubbles.held_parts(way.state.within), *answer.parts))
    if before is not None and not isinstance(leaf.step, Collect):
        wordings = (before.text,) if before.text and before.text != answer.text else ()
        answer = replace(answer, earlier=(*before.earlier, *wordings))
    within = bubbles.without_draft(way.state.within, leaf.id)
    state = replace(bubbles.with_answer(way.state, leaf.id, answer), within=within)
    effects = list(consequences(leaf, answer, Way(way.flow, state, way.known)))
    changed = before is not None and bool(answer.text) and before.text != answer.text
    if changed and not isinstance(leaf.step, Pick | Collect):
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
    elif tie is not None and chosen and keep in ASKED_ONCE:
        yield TieFact(tie, keep.removeprefix("tie."), chosen)
    elif keep.startswith("you."):
        yield Prefers(keep.removeprefix("you."), answer.chosen)
    elif isinstance(leaf.step, Choose) and keep == FIRST:
        if chosen:
            yield KeptFirst(chosen)
    elif isinstance(leaf.step, Pick | Collect) and keep:
        yield from kept_again(leaf, answer, way)
    elif isinstance(leaf.step, Compose):
        yield from letters.keeps(leaf, way)
    elif isinstance(leaf.step, Ask) and keep and keep != "tie.word":
        message = answer.parts[0].message if answer.parts else None
        told = KeptWords(leaf.id, answer.text, direction(leaf, way), message)
        yield Keep(keep, leaf.id, (told,) if answer.text else ())
    if leaf.item and (root := way.flow.by_id.get(way.flow.root_of(leaf.over))) and root.step.keep:
        yield KeptFact(f"{root.id}@{leaf.item}", leaf.name, said_of(leaf, answer))
    yield from letters.keeps_again(leaf.id, way)
    if isinstance(leaf.step, Moment):
        yield from moments.effects(leaf, way)
    elif isinstance(leaf.step, Review | Wait) and leaf.id in way.state.later:
        yield DropReminder(leaf.id)


def kept_again(leaf: Leaf, answer: Answer, way: Way) -> Iterator[Keep]:
    """What a list or a pick keeps, as it now stands."""
    if not leaf.step.keep or leaf.step.keep.startswith("you."):
        return
    told = direction(leaf, way)
    kept = []
    for name, text, message in _named(leaf, answer, way):
        facts = tuple(_facts(leaf, name, way)) if way.flow.has_lists else ()
        kept.append(KeptWords(name, text, told, message, facts))
    yield Keep(leaf.step.keep, leaf.id, tuple(kept))


def _named(leaf: Leaf, answer: Answer, way: Way) -> Iterator[tuple[str, str, int | None]]:
    """What is kept of it: by name, its words and the message they came in."""
    if isinstance(leaf.step, Pick):
        own = labels(leaf, way) if leaf.step.choices else {}
        whole = texts(leaf, way) if leaf.step.of else {}
        for name in answer.chosen:
            if name in own:
                yield f"{leaf.id}@{name}", own[name], None
            elif name in whole:
                yield name, whole[name], _message(way.state, name)
    for part in items_in(answer):
        if not part.id.startswith("kept."):
            yield f"{leaf.id}@{part.id}", part.text, part.message


def _message(state: State, name: str) -> int | None:
    """The message that holds an answer, or an item of one."""
    step, _, item = name.partition("@")
    if (answer := state.answers.get(name)) is not None:
        return answer.parts[0].message if answer.parts else None
    listed = items_in(state.answers.get(step))
    return next((part.message for part in listed if part.id == item), None)


def _facts(leaf: Leaf, name: str, way: Way) -> Iterator[tuple[str, str]]:
    """What was said about an item so far."""
    item = name.partition("@")[2]
    for asked in way.flow.leaves:
        if asked.each and way.flow.root_of(asked.over) == leaf.id:
            said = way.state.answers.get(f"{asked.name}@{item}")
            if said is not None and (value := said_of(asked, said)):
                yield asked.name, value


def said_of(leaf: Leaf, answer: Answer) -> str:
    """An answer about an item as it is noted with it: the choice's id, or the words."""
    if isinstance(leaf.step, Ask):
        return answer.text
    return ",".join(answer.chosen) or answer.text


def item_reworded(leaf: Leaf, part: Part) -> Reworded:
    """An item has other words now, wherever it is kept."""
    return Reworded(f"{leaf.id}@{part.id}", part.text)


def direction(leaf: Leaf, way: Way) -> str:
    """The direction of what is kept: as its file says, else the lean. Only reasons have one."""
    if leaf.step.keep != "reason":
        return "open"
    return leaf.step.direction or lean(way)


def lean(way: Way) -> str:
    """Where the person leans: as said in this talk, else the tie's last, else open."""
    for leaf in way.leaves:
        answer = way.state.answers.get(leaf.id)
        if leaf.step.keep == "lean" and answer is not None and answer.chosen:
            return answer.chosen[0]
    return way.tie.lean if way.tie else "open"
