"""What a `say` shows in columns, ready to be drawn: the picture holds the very same words."""

from __future__ import annotations

from collections.abc import Mapping

from conversations.candidates import item_words
from conversations.flow import Flow
from conversations.spoken import Spoken
from conversations.turn import Draw, Known, State
from conversations.way import Way
from conversations.wording import Phrases

#: A heading, and the items below it.
Section = tuple[str, tuple[str, ...]]
Columns = tuple[tuple[Section, ...], tuple[Section, ...]]


def columns(
    flows: Mapping[str, Flow], state: State, draw: Draw, known: Known, phrases: Phrases
) -> Columns:
    """The two columns of that `say` as it now stands; a list without items is left out."""
    flow = flows[state.flow]
    way = Way(flow, state, known)
    left, right = list[Section](), list[Section]()
    for block in Spoken(flow, phrases, known.language).blocks(flow.by_id[draw.step], way.kind):
        if block.column:
            name = block.text.strip().removeprefix("{lists.").removesuffix("}")
            items = tuple(item_words(way, name, item) for item in way.items(name))
            (left if block.column == 1 else right).extend([(block.heading, items)] if items else [])
    return tuple(left), tuple(right)
