"""Ticking several of several: choices, earlier answers or items of lists, and one's own words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from conversations import paging
from conversations.answers import ANSWER_LIMIT, Refused, match_label, numbers_in
from conversations.candidates import texts
from conversations.flow import Leaf, Pick
from conversations.items import ITEM_LIMIT, numbered
from conversations.outcome import Moved, answered
from conversations.spoken import Spoken
from conversations.turn import Answer, Part, Said, State
from conversations.way import Way


def pick_options(leaf: Leaf, way: Way, spoken: Spoken) -> Mapping[str, str]:
    """What can be ticked, in order: the step's own choices, or what it picks from."""
    assert isinstance(leaf.step, Pick)
    return spoken.choices(leaf, way) if leaf.step.choices else texts(leaf, way)


def own_words(within: Mapping[str, str]) -> Sequence[str]:
    """One's own words that were added so far."""
    return [text for text, *_ in json.loads(within.get("own", "[]"))]


def held_own(answer: Answer | None) -> str:
    """The words of one's own in an answer, as they are held while it is looked at again."""
    own = [p for p in answer.parts if not p.id.startswith("kept.")] if answer else []
    return json.dumps([[p.text, p.message, p.id] for p in own], ensure_ascii=False)


def toggled(leaf: Leaf, choice: str, way: Way, spoken: Spoken) -> Moved | State | None:
    """What a tap on one of the buttons of a pick does."""
    within = dict(way.state.within)
    options = pick_options(leaf, way, spoken)
    picked = [p for p in within.get("picked", "").split(",") if p in options]
    if choice == "done":
        return answered(leaf, _answer(within, picked, options, way), way)
    verb, _, value = choice.partition(".")
    if verb == "page" and paging.is_page(value):
        within["page"] = value
    elif verb == "x" and value in options:
        picked = [p for p in picked if p != value] if value in picked else [*picked, value]
        within["picked"] = ",".join(p for p in options if p in picked)
    else:
        return None
    return replace(way.state, within=within)


def _answer(
    within: Mapping[str, str], picked: list[str], options: Mapping[str, str], way: Way
) -> Answer:
    """What was ticked, and one's own words; words kept elsewhere may be gone there one day."""
    own = [
        Part(text, message, id="".join(name))
        for text, message, *name in json.loads(within.get("own", "[]"))
    ]
    kept = [Part(options[name], id=name) for name in picked if name.startswith("kept.")]
    return Answer(at=way.known.at, chosen=tuple(picked), parts=(*numbered((*own,)), *kept))


def picked_by_text(
    leaf: Leaf, said: Said, way: Way, spoken: Spoken
) -> Moved | State | Refused | None:
    """What a typed text does: numbers and labels tick, "done" is done, all else is added."""
    options = pick_options(leaf, way, spoken)
    numbers = numbers_in(said.text)
    if not said.text.strip():
        return Refused("empty")
    if match_label(said.text, {"done": spoken.phrase("talk.done")}) == "done" and not numbers:
        return toggled(leaf, "done", way, spoken)
    state: State = way.state
    if numbers and all(1 <= n <= len(options) for n in numbers):
        for n in dict.fromkeys(numbers):
            moved = toggled(
                leaf, f"x.{list(options)[n - 1]}", Way(way.flow, state, way.known), spoken
            )
            assert isinstance(moved, State)
            state = moved
        # What was just ticked is to be seen.
        page = str((numbers[-1] - 1) // paging.PAGE)
        return replace(state, within={**state.within, "page": page})
    label = match_label(said.text, options)
    if label is not None:
        return toggled(leaf, f"x.{label}", way, spoken)
    own = [*json.loads(state.within.get("own", "[]")), [said.text, said.message]]
    if len(own) > ITEM_LIMIT:
        return Refused("too_many")
    if len(said.text) > ANSWER_LIMIT:
        return Refused("too_long")
    within = {**state.within, "own": json.dumps(own, ensure_ascii=False)}
    return replace(state, within=within)
