"""A person's own words, put back where a flow shows them: answers, items, what they kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from conversations import moments
from conversations.candidates import item_words
from conversations.flow import Ask, Breathe, Collect, Compose, Leaf, Moment, Pick, Rate, Tie, Wait
from conversations.items import items_in
from conversations.letters import composed
from conversations.listed import excerpt
from conversations.picking import pick_options
from conversations.schedule import day_name
from conversations.screen import Block
from conversations.spoken import Spoken
from conversations.turn import Answer
from conversations.way import Way
from conversations.wording import fill

#: What stands in a text for something else: {answers.step}, {item}, {day}, …
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
#: Families of placeholders that hold a person's words.
FAMILIES = ("answers", "points", "kept", "lists", "each")
#: How many kept words are shown at once.
KEPT_SHOWN = 3
#: Characters of a list that are shown whole; of a longer one, the beginning of every item.
LIST_SHOWN = 3_500


@dataclass(frozen=True)
class Retold:
    """The answers as they stand on one way."""

    way: Way
    spoken: Spoken

    def blocks(self, leaf: Leaf) -> tuple[Block, ...]:
        """A `say`, its answers in place; a heading whose answer is missing is left out with it."""
        shown: list[Block] = []
        for block in self.spoken.blocks(leaf, self.way.kind):
            whole = PLACEHOLDER.fullmatch(block.text.strip())
            own = self.value(whole[1], leaf, whole=True) if whole is not None else None
            if own is not None:
                body = Block(own, "quote") if own else None
            else:
                text = self.filled(block.text, leaf)
                body = Block(text) if text else None
            if body is None:
                continue
            if block.heading:
                shown.append(Block(block.heading, "heading"))
            shown.append(body)
        return tuple(shown)

    def filled(self, text: str, leaf: Leaf | None = None) -> str:
        """Placeholders filled in one pass; a line whose placeholder has no answer is left out."""
        if "{" not in text:
            return text
        lines = []
        for line in text.split("\n"):
            found = {name: self.value(name, leaf) for name in PLACEHOLDER.findall(line)}
            values = {name: value for name, value in found.items() if value is not None}
            if all(values.values()):
                lines.append(fill(line, values) if values else line)
        return "\n".join(lines)

    def value(self, name: str, leaf: Leaf | None = None, *, whole: bool = False) -> str | None:
        """What stands for a placeholder; None where it is none. `whole`: all of a long item."""
        family, _, what = name.partition(".")
        if name == "day":
            return self._day()
        if name == "item":
            words = item_words(self.way, leaf.over, leaf.item) if leaf is not None else ""
            return words if whole else excerpt(words)
        if family not in FAMILIES or not what:
            return None
        if family == "answers":
            return self.answer(self._about(what, leaf))
        return "\n".join(self._lines(family, what))

    def _about(self, step: str, leaf: Leaf | None) -> str:
        """The answer meant within an `each`: the one about the same item."""
        if leaf is None or not leaf.item or step not in self.way.flow.asked_of(leaf.over):
            return step
        return f"{step}@{leaf.item}"

    def _lines(self, family: str, name: str) -> Iterator[str]:
        way = self.way
        if family == "lists":
            items = [item_words(way, name, item) for item in way.items(name)]
            long = sum(map(len, items)) > LIST_SHOWN
            yield from map(excerpt, items) if long else items
        elif family == "kept":
            yield from (kept.text for kept in way.kept(name)[:KEPT_SHOWN])
        elif family == "points":
            yield from self._pointing(name)
        else:
            for leaf in way.leaves:
                if leaf.name == name and leaf.item and (told := self.answer(leaf.id)):
                    # Several that were ticked stay on the line of their item.
                    several = isinstance(leaf.step, Pick)
                    told = ", ".join(told.split("\n")) if several else told
                    yield self._told(self._item(leaf), told)

    def _pointing(self, reading: str) -> Iterator[str]:
        """Every answer on the path that points there, in words."""
        for leaf in self.way.leaves:
            answer = self.way.state.answers.get(leaf.id)
            if answer is None or not hasattr(leaf.step, "points"):
                continue
            if isinstance(leaf.step, Ask):
                told = answer.text if reading in leaf.step.points else ""
            else:
                points = leaf.step.points
                there = tuple(c for c in answer.chosen if reading in points.get(c, ()))
                only = Answer(answer.at, chosen=there)
                told = ", ".join(self.in_words(leaf, only).split("\n")) if there else ""
            if told:
                name = self._item(leaf) if leaf.item else self.named(leaf)
                yield self._told(name, told)

    def _told(self, name: str, words: str) -> str:
        return self.spoken.phrase("talk.told", name=name, words=words) if name else words

    def _item(self, leaf: Leaf) -> str:
        return excerpt(item_words(self.way, leaf.over, leaf.item))

    def _day(self) -> str:
        """The day that what came between is about, as people say it."""
        day, today = date.fromisoformat(self.way.state.day), self.way.known.at.date()
        return day_name(day, today, self.spoken.phrases, self.spoken.language)

    def answer(self, name: str) -> str:
        """An answer in words, as it stands on the path; empty where there is none."""
        leaf, answer = self.way.flow.leaf(name), self.way.state.answers.get(name)
        if leaf is None or answer is None or leaf.id not in self.way.ids:
            return ""
        if isinstance(leaf.step, Moment) and answer.chosen == (moments.NONE,):
            return ""
        return self.in_words(leaf, answer)

    def in_words(self, leaf: Leaf, answer: Answer) -> str:
        """What was answered, code point for code point; choices by their labels."""
        step = leaf.step
        if isinstance(step, Moment) and answer.chosen and answer.chosen[0] != moments.NONE:
            spoken = self.spoken
            return moments.told(step, answer.chosen[0], spoken.phrases, spoken.language)
        if isinstance(step, Rate) and answer.chosen:
            number, scale = answer.chosen[0], str(step.scale)
            rated = self.spoken.phrase("talk.rated", number=number, scale=scale)
            return f"{rated}\n{answer.text}" if answer.text else rated
        if isinstance(step, Tie):
            tie = self.way.tie
            return self.spoken.phrase(f"ties.{tie.kind}") if tie else ""
        if isinstance(step, Collect):
            return "\n".join(part.text for part in items_in(answer))
        if isinstance(step, Pick):
            labels = pick_options(leaf, self.way, self.spoken)
            picked = [labels[c] for c in answer.chosen if c in labels]
            own = (part.text for part in answer.parts if part.id not in labels)
            return "\n".join([*picked, *own])
        if isinstance(step, Wait | Breathe):
            return answer.text
        if isinstance(step, Compose):
            return composed(step, self.way)
        labels = self.spoken.choices(leaf, self.way)
        chosen = [labels[c] for c in answer.chosen if c in labels]
        return "\n".join([*chosen, *([answer.text] if answer.text else ())])

    def named(self, leaf: Leaf) -> str:
        """What the answer to a step is called, where it has a short name."""
        return self.filled(self.spoken.text(leaf, "short", self.way.kind), leaf)

    def name_of(self, name: str) -> str:
        """What an earlier answer is called: its short name, else its question."""
        leaf, kind = self.way.flow.leaf(name), self.way.kind
        assert leaf is not None
        return self.named(leaf) or self.filled(self.spoken.text(leaf, leaf.step.verb, kind), leaf)
