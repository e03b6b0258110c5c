"""The items of a list within an answer: their ids, and how they are added, reworded, taken away.

A list has at most ITEM_LIMIT items of at most ITEM_CHARACTERS, so its answer holds at most 800,000
characters (and its reworded wordings); a usual one has a dozen short lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from conversations.steps import Pick, Step
from conversations.turn import Answer, Note, Part

#: Items in one list, and characters in one item.
ITEM_LIMIT = 200
ITEM_CHARACTERS = 4_000
#: Chosen where a list is done; until then it goes on collecting.
DONE = "done"
_BULLET = re.compile(r"\s*(?:[-–—•*]\s+|\d{1,3}[.)]\s+)(?=\S)")


def items_in(answer: Answer | None) -> tuple[Part, ...]:
    """The items as they stand, in order."""
    return tuple(p for p in answer.parts if p.id and p.text) if answer is not None else ()


def items_of(step: Step, answer: Answer) -> tuple[str, ...]:
    """The ids of the items that an answer gives to a list: what was ticked, and own words."""
    own = tuple(part.id for part in items_in(answer))
    if not isinstance(step, Pick):
        return own
    ticked = (c for c in answer.chosen if not step.choices or c in step.choices)
    return tuple(dict.fromkeys((*ticked, *own)))


def is_list(answer: Answer) -> bool:
    """Whether words that are put to this answer are one more item."""
    return any(part.id.isdecimal() for part in answer.parts)


def items_open(answer: Answer) -> bool:
    """Whether a list is still being collected."""
    return bool(answer.parts) and DONE not in answer.chosen


def lines_of(text: str) -> list[str]:
    """The items of one message: several where its lines are written as a list, else one."""
    lines = text.split("\n")
    if sum(bool(_BULLET.match(line)) for line in lines) < 2:
        return [text]
    found: list[str] = []
    for line in lines:
        if begins := _BULLET.match(line):
            found.append(line[begins.end() :])
        elif found and line.strip():
            found[-1] += f"\n{line}"
        elif line.strip():
            found.append(line)
    return [item.strip() for item in found]


def refusal(answer: Answer | None, texts: Iterable[str]) -> Note:
    """Why these cannot be added; empty where they can."""
    texts = list(texts)
    if any(len(text) > ITEM_CHARACTERS for text in texts):
        return "too_long"
    return "too_many" if len(items_in(answer)) + len(texts) > ITEM_LIMIT else ""


def added(parts: tuple[Part, ...], new: Iterable[Part]) -> tuple[Part, ...]:
    """The parts with more items at the end, each with an id of its own."""
    highest = max((int(p.id) for p in parts if p.id.isdecimal()), default=0)
    more = tuple(replace(p, id=str(n)) for n, p in enumerate(new, highest + 1))
    last = parts[-1] if parts else None
    # What held the place of an id that was taken away is not needed below a higher one.
    kept = parts[:-1] if more and last is not None and not last.text else parts
    return (*kept, *more)


def without(parts: tuple[Part, ...], item: str) -> tuple[Part, ...]:
    """The parts without one item. The newest leaves its id behind, so that none gets it again."""
    last = parts[-1].id if parts else ""
    kept = tuple(p for p in parts if p.id != item)
    return (*kept, Part("", id=last)) if item == last else kept


def numbered(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts with an id where one has none, or one that another has too."""
    seen: set[str] = set()
    kept: list[Part] = []
    more: list[Part] = []
    for part in parts:
        (more if not part.id or part.id in seen else kept).append(part)
        seen.add(part.id)
    return added(tuple(kept), (p for p in more if p.text)) if more else parts


def reworded(parts: tuple[Part, ...], message: int, texts: list[str]) -> tuple[Part, ...]:
    """The parts with the items of one message said anew: by place, fewer or more than before."""
    rest = list(texts)
    kept: list[Part] = []
    gone: list[str] = []
    for part in parts:
        if part.message != message or not part.text:
            kept.append(part)
        elif rest:
            kept.append(replace(part, text=rest.pop(0)))
        else:
            gone.append(part.id)
            kept.append(part)
    changed = tuple(kept)
    for item in gone:
        changed = without(changed, item)
    return added(changed, (Part(text, message) for text in rest))
