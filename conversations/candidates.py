"""What can be picked or looked at again, in words: choices, items of lists, earlier answers."""

from __future__ import annotations

from collections.abc import Mapping

from conversations.flow import Choose, Leaf, Pick, Review
from conversations.items import items_in
from conversations.way import Way
from conversations.wording import say


def labels(leaf: Leaf, way: Way) -> Mapping[str, str]:
    """The labels of a step's own choices, in the wording for this kind of tie."""
    written = leaf.step.field("choices", way.kind)
    context = f"{way.flow.id}.{leaf.name}.choices"
    language = way.known.language
    return {key: say(f"{context}.{key}", text, language) for key, text in written.items()}


def offered(leaf: Leaf, way: Way) -> Mapping[str, str]:
    """The choices that may be chosen now: none that rests, or whose conditions do not hold."""
    step = leaf.step
    assert isinstance(step, Choose | Pick)
    return {
        key: label
        for key, label in labels(leaf, way).items()
        if not way.marks & {*step.rests.get(key, ())} and way.offers(leaf, key)
    }


def texts(leaf: Leaf, way: Way) -> Mapping[str, str]:
    """What a step picks from or looks at again, by name, in order; the words in full."""
    step = leaf.step
    assert isinstance(step, Choose | Pick | Review)
    names = way.candidates(step)
    kept = {line.key: line.text for line in way.known.kept}
    return {name: kept.get(name) or words(way, name) for name in names}


def words(way: Way, name: str) -> str:
    """An earlier answer, what was said about an item, or an item ("dislikes@3") in words."""
    step, about, item = name.partition("@")
    leaf = way.flow.by_id.get(step)
    if about and leaf is not None and not leaf.each:
        return item_words(way, step, item)
    answer = way.state.answers.get(name)
    return answer.text if answer is not None else ""


def item_words(way: Way, name: str, item: str) -> str:
    """The words of one item of a list; empty where it is not there any more."""
    root = way.flow.root_of(name)
    leaf, answer = way.flow.by_id.get(root), way.state.answers.get(root)
    if leaf is None or answer is None:
        return ""
    if own := next((part.text for part in items_in(answer) if part.id == item), ""):
        return own
    if item not in answer.chosen or not isinstance(leaf.step, Pick):
        return ""
    return labels(leaf, way).get(item, "") if leaf.step.choices else words(way, item)
