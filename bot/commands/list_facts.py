"""What was said about one item of a list: told in words, and changed by buttons or in words.

Presses, with an item's id in base 36: `list:facts:ID.OF`, `list:fact:ID.OF.STEP`,
`list:told:ID.OF.STEP.ANSWER`; a long name of a step or an answer goes by its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.commands.list_kinds import KINDS
from bot.commands.list_pages import numbered
from bot.person import Keepsake
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.candidates import offered
from conversations.flow import Ask, Choose, Flow, Leaf, Pick, Rate
from conversations.screen import Block, Button, Screen, arrange
from conversations.spoken import Spoken
from conversations.turn import State
from conversations.way import Way

#: The next words are about an item.
TELLING = "list_fact"
#: Names longer than this go by their place in a button's data.
LONGEST = 12
OPEN = "-"
_ASKS = re.compile(r"[^.?!]*\?")
_ON, _OFF = "☑ ", "☐ "


class Facts:
    """What its exercise asks about one item, and what was said."""

    def __init__(self, visit: Visit, item: Keepsake) -> None:
        self.item = item
        self._visit = visit
        flows = visit.house.library.flows
        names = (item.flow, KINDS[item.kind].flow)
        flow = next((flows[n] for n in names if n in flows and _asked(flows[n], item)), None)
        self.leaves: Sequence[Leaf] = ()
        if flow is not None:
            self._spoken = Spoken(flow, visit.house.library.phrases, visit.person.language)
            known = visit.person.known(visit.now)
            self._way = Way(flow, State(flow=flow.id, talk=0, tie=item.tie), known)
            self.leaves = [leaf for leaf in _asked(flow, item) if self._stands(leaf)]

    def _stands(self, leaf: Leaf) -> bool:
        """What was said is told; what was not is asked unless it rests."""
        if leaf.name in self.item.facts:
            return True
        under, marks = leaf.step.under, self._way.marks
        return marks.isdisjoint(leaf.rests_under) and not (under and marks.isdisjoint(under))

    def leaf(self, written: str) -> Leaf | None:
        """The step that a button names."""
        names = [leaf.name for leaf in self.leaves]
        place = _place(written, names)
        return None if place is None else self.leaves[place]

    def short(self, leaf: Leaf) -> str:
        """How a button names a step."""
        return _short(leaf.name, (one.name for one in self.leaves))

    def question(self, leaf: Leaf) -> str:
        """What is asked, without the item's own words in it."""
        asked = self._spoken.text(leaf, leaf.verb, self._way.kind)
        return "\n".join(line for line in asked.split("\n") if "{" not in line)

    def choices(self, leaf: Leaf) -> Mapping[str, str]:
        """What may be chosen, id -> label; of a question in words its one-tap answers."""
        if isinstance(leaf.step, Choose | Pick):
            return offered(leaf, self._way)
        if isinstance(leaf.step, Rate):
            return {str(n): str(n) for n in range(1, leaf.step.scale + 1)}
        return self._spoken.quick(leaf, self._way.kind)

    def said(self, leaf: Leaf) -> str:
        """What was said to it, in words; empty where nothing was."""
        value = self.item.facts.get(leaf.name, "")
        if isinstance(leaf.step, Ask) or not value:
            return value
        labels = leaf.step.field("choices", self._way.kind) if not _is_rate(leaf) else {}
        named = {
            key: self._spoken.said(leaf.name, f"choices.{key}", text)
            for key, text in labels.items()
        }
        return ", ".join(named.get(one, one) for one in value.split(","))

    def told(self) -> list[Block]:
        """What an opened item says of them."""
        said = [(self._name(leaf), self.said(leaf)) for leaf in self.leaves]
        lines = [self._line(name, words) for name, words in said if words]
        return [Block("\n".join(lines))] if lines else []

    def _name(self, leaf: Leaf) -> str:
        """Its short name; else the sentence that asks."""
        if short := self._spoken.text(leaf, "short", self._way.kind):
            return short
        question = self.question(leaf)
        return next((said[0] for said in _ASKS.finditer(question)), question).strip()

    def _line(self, name: str, words: str) -> str:
        key = "lists.fact_asked" if name.endswith("?") else "lists.fact"
        return self._visit.phrase(key, name=name, words=words)

    def after(self, leaf: Leaf, value: str) -> Keepsake:
        """The item with something else said to it; of several that may hold, on or off."""
        if isinstance(leaf.step, Pick) and value:
            before = [one for one in self.item.facts.get(leaf.name, "").split(",") if one]
            value = ",".join(
                [one for one in before if one != value] if value in before else [*before, value]
            )
        facts = {**self.item.facts, leaf.name: value}
        return replace(self.item, facts={name: said for name, said in facts.items() if said})


def _asked(flow: Flow, item: Keepsake) -> list[Leaf]:
    """The steps of a flow that are asked about items such as this."""
    found = []
    for leaf in flow.leaves:
        if not leaf.each or not isinstance(leaf.step, Ask | Choose | Pick | Rate):
            continue
        root = flow.by_id.get(flow.root_of(leaf.over))
        if root is not None and root.step.keep == item.kind:
            found.append(leaf)
    return found


def _short(name: str, names: Iterable[str]) -> str:
    """How a button names one of these."""
    return name if len(name) <= LONGEST else str(list(names).index(name))


def _place(written: str, names: Iterable[str]) -> int | None:
    """Which of these a button names; None for none."""
    known = list(names)
    if written in known:
        return known.index(written)
    number = int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else -1
    return number if 0 <= number < len(known) else None


def _is_rate(leaf: Leaf) -> bool:
    return isinstance(leaf.step, Rate)


def buttons(facts: Facts, of: str, visit: Visit) -> Sequence[Button]:
    """What leads to them, where its exercise asks anything about an item."""
    place = f"{base36(facts.item.id)}.{of}"
    return (visit.button("lists.facts_button", f"list:facts:{place}"),) if facts.leaves else ()


def show(visit: Visit, item: Keepsake, of: str) -> None:
    """Everything that may be said about it, numbered."""
    facts, place = Facts(visit, item), f"{base36(item.id)}.{of}"
    blocks = [Block(item.text, "quote")]
    choose = []
    for number, leaf in enumerate(facts.leaves, 1):
        blocks.append(Block(f"{number}. {facts.question(leaf)}"))
        if said := facts.said(leaf):
            blocks.append(Block(said, "quote"))
        choose.append(Button(str(number), f"list:fact:{place}.{facts.short(leaf)}"))
    back = visit.button("times.back_button", f"list:open:{place}")
    visit.show(Screen(tuple(blocks), (*numbered(choose), (back,)), protect=True))


def ask(visit: Visit, item: Keepsake, of: str, name: str) -> bool:
    """One of them anew; false where it is not asked any more."""
    facts = Facts(visit, item)
    leaf = facts.leaf(name)
    if leaf is None:
        return False
    place = f"{base36(item.id)}.{of}"
    press = f"list:told:{place}.{facts.short(leaf)}"
    if isinstance(leaf.step, Ask):
        visit.ask(TELLING, id=item.id, kind=item.kind, of=of, step=leaf.name)
    on = item.facts.get(leaf.name, "").split(",") if isinstance(leaf.step, Pick) else None
    answers, choices = [], facts.choices(leaf)
    for key, label in choices.items():
        sign = "" if on is None else _ON if key in on else _OFF
        answers.append(Button(sign + label, f"{press}.{_short(key, choices)}"))
    blocks = [Block(item.text, "quote"), Block(facts.question(leaf))]
    if said := facts.said(leaf):
        blocks.append(Block(said, "quote"))
        answers.append(visit.button("lists.open_button", f"{press}.{OPEN}"))
    back = visit.button("times.back_button", f"list:facts:{place}")
    visit.show(Screen(tuple(blocks), (*arrange(answers), (back,)), protect=True))
    return True


def told(visit: Visit, item: Keepsake, name: str, short: str) -> Keepsake | None:
    """The item after a button; None where there is no such answer any more."""
    facts = Facts(visit, item)
    leaf = facts.leaf(name)
    if leaf is None:
        return None
    if short == OPEN:
        return facts.after(leaf, "")
    choices = facts.choices(leaf)
    place = _place(short, choices)
    if place is None:
        return None
    key, label = list(choices.items())[place]
    return facts.after(leaf, label if isinstance(leaf.step, Ask) else key)


def takes_several(visit: Visit, item: Keepsake, name: str) -> bool:
    """Whether several answers to that may hold at once."""
    leaf = Facts(visit, item).leaf(name)
    return leaf is not None and isinstance(leaf.step, Pick)


def told_in_words(visit: Visit, item: Keepsake, name: str, text: str) -> Keepsake | None:
    """The item after words; None where they are not asked for any more."""
    facts = Facts(visit, item)
    leaf = facts.leaf(name)
    if leaf is None or not isinstance(leaf.step, Ask):
        return None
    heard = visit.house.listener.listen(text) is not None
    return replace(facts.after(leaf, text), listened=item.listened or heard)
