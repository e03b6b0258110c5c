"""What an answer brings about: the state with it, what is kept, learned or remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from conversations import bubbles, letters, moments
from conversations.flow import Ask, Breathe, Choose, Compose, Leaf, Moment, Pick, Rate, Review, Wait
from conversations.turn import (
    Answer,
    DropReminder,
    Effect,
    Keep,
    KeptWords,
    Prefers,
    Reworded,
    State,
    TieFact,
)
from conversations.way import Way


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
    if isinstance(leaf.step, Choose | Rate | Wait | Breathe):
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
    elif keep.startswith("you."):
        yield Prefers(keep.removeprefix("you."), answer.chosen)
    elif isinstance(leaf.step, Pick) and keep:
        yield _keep(leaf.step, keep, leaf.id, way)
    elif isinstance(leaf.step, Compose):
        yield from letters.keeps(leaf, way)
    elif isinstance(leaf.step, Ask) and keep and keep != "tie.word":
        message = answer.parts[0].message if answer.parts else None
        words = (KeptWords(leaf.id, answer.text, message=message),) if answer.text else ()
        yield Keep(keep, leaf.id, words)
    yield from letters.keeps_again(leaf.id, way)
    if isinstance(leaf.step, Moment):
        yield from moments.effects(leaf, way)
    elif isinstance(leaf.step, Review | Wait) and leaf.id in way.state.later:
        yield DropReminder(leaf.id)


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
