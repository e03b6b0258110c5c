"""What a `compose` step puts together: one paragraph for each answer in words, as it now stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conversations.flow import Compose, Leaf
from conversations.turn import Keep, KeptWords
from conversations.way import Way

#: UTF-16 units that a copy button can hold.
COPY_UNITS = 256
#: What its buttons do.
REWRITE, COPY, DONE = "rewrite", "copy", "done"


def parts(step: Compose, way: Way) -> Mapping[str, str]:
    """Its paragraphs by the step that each answers; what was passed over is left out."""
    answers = way.state.answers
    return {
        name: answers[name].text
        for name in step.of
        if name in answers and name in way.ids and answers[name].text
    }


def composed(step: Compose, way: Way) -> str:
    """The text, a blank line between its paragraphs; empty where nothing was answered."""
    return "\n\n".join(parts(step, way).values())


def fits_a_button(text: str) -> bool:
    """Whether one tap can copy it."""
    return 0 < len(text.encode("utf-16-le", "surrogatepass")) // 2 <= COPY_UNITS


def keeps(leaf: Leaf, way: Way) -> Iterator[Keep]:
    """What the step keeps: the whole text, as it now stands."""
    if isinstance(leaf.step, Compose) and leaf.step.keep:
        yield Keep(leaf.step.keep, leaf.id, (KeptWords(leaf.id, composed(leaf.step, way)),))


def keeps_again(changed: str, way: Way) -> Iterator[Keep]:
    """The texts that were done with, and hold an answer that has changed since."""
    for leaf in way.leaves:
        if isinstance(leaf.step, Compose) and changed in leaf.step.of:
            done = way.state.answers.get(leaf.id)
            if done is not None and done.chosen:
                yield from keeps(leaf, way)
