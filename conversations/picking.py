"""Ticking several of several: choices of a step, or whole earlier answers, and one's own words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from conversations.answers import ANSWER_LIMIT, Refused, match_label, numbers_in
from conversations.flow import Leaf, Pick
from conversations.outcome import Moved, answered
from conversations.spoken import Spoken
from conversations.turn import Answer, Part, Said, State
from conversations.way import Way

#: Buttons a list shows at once.
PAGE = 8
#: Entries of a person's own in one list.
ITEM_LIMIT = 200


def pick_options(leaf: Leaf, way: Way, spoken: Spoken) -> Mapping[str, str]:
    """What can be ticked, in order: the step's own choices, or whole earlier answers."""
    assert isinstance(leaf.step, Pick)
    return spoken.choices(leaf, way) or way.candidates(leaf.step)


def toggled(leaf: Leaf, choice: str, way: Way, spoken: Spoken) -> Moved | State | None:
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


def picked_by_text(
    leaf: Leaf, said: Said, way: Way, spoken: Spoken
) -> Moved | State | Refused | None:
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
        return state
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
