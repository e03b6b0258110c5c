"""A text that stands on a button word for word: what the button means, not an answer in words."""

from __future__ import annotations

from collections.abc import Iterator

from conversations.answers import fold_label
from conversations.flow import Ask, Choose, Leaf, Moment, Rate, Review, Tie, Wait
from conversations.spoken import Spoken
from conversations.way import Way


def typed_button(leaf: Leaf, text: str, way: Way, spoken: Spoken) -> str:
    """The choice that a text stands for at a step; empty where it is no button's label.

    Where words are asked for, only what passes over and the ready answers are taken for buttons.
    """
    typed = fold_label(text)
    if typed in map(fold_label, spoken.choices(leaf, way).values()):
        # An answer that happens to be called as a way out is is the answer.
        return ""
    return next(
        (choice for choice, label in _buttons(leaf, way, spoken) if fold_label(label) == typed), ""
    )


def _buttons(leaf: Leaf, way: Way, spoken: Spoken) -> Iterator[tuple[str, str]]:
    if leaf.step.optional:
        yield "_skip", spoken.phrase("talk.skip")
    if isinstance(leaf.step, Ask):
        yield from spoken.quick(leaf, way.kind).items()
    elif _takes_no_words(leaf) and way.state.within.get("phase") != "rewrite":
        yield "_back", spoken.phrase("talk.back")
        yield "_rest", spoken.phrase("talk.rest")
        if leaf.id in way.state.answers:
            yield "_keep", spoken.phrase("talk.keep")


def _takes_no_words(leaf: Leaf) -> bool:
    step = leaf.step
    if isinstance(step, Choose):
        return not step.own
    return isinstance(step, Rate | Review | Tie | Moment | Wait)
