"""What a person on a stage keeps, in memory: as the bot does it in its database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from conversations.healing import renamed
from conversations.known import READ_DOWN
from conversations.turn import Keep, KeptFact, KeptFirst, KeptLine, Reworded

Change = Keep | KeptFact | KeptFirst | Reworded


@dataclass(frozen=True, slots=True)
class Row:
    """One row of kept words; `by` is the step that kept it, `step` where it was said.

    The lowest `place` is on top.
    """

    kind: str
    text: str
    direction: str = "open"
    tie: int | None = None
    talk: int = 0
    step: str = ""
    by: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    listened: bool = False
    place: int = 0

    def under(self, moved: Mapping[str, str]) -> Row:
        """The row by the names that its steps have now."""
        return replace(self, step=renamed(self.step, moved), by=renamed(self.by, moved))

    def is_item(self, step: str) -> bool:
        """Whether it is the row of an item, and not a copy that something else made of it."""
        return self.step == step and self.by == step.partition("@")[0]


@dataclass
class Shelf:
    """Kept words, in the order in which they were kept."""

    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """One more row, on top of the others."""
        self.rows.append(replace(row, place=self._top - 1))

    @property
    def _top(self) -> int:
        return min((row.place for row in self.rows), default=0)

    def in_order(self) -> list[Row]:
        """The rows in the person's own order: the newest first, unless one was put on top."""
        return sorted(self.rows, key=lambda row: row.place)

    def lines(self) -> tuple[KeptLine, ...]:
        """What may come back by itself."""
        numbers = {id(row): number for number, row in enumerate(self.rows, 1)}
        return tuple(
            KeptLine(numbers[id(row)], row.kind, row.text, row.tie, row.direction)
            for row in self.in_order()
            if not row.listened
        )

    def change(self, effect: Change, made: Row, moved: Mapping[str, str]) -> None:
        """Carry out what a talk decided; `made` is a new row of that talk."""
        mine = {id(row): row.under(moved) for row in self.rows if row.talk == made.talk}
        now = [mine.get(id(row), row) for row in self.rows]
        match effect:
            case Keep():
                self.rows = _keep(now, effect, replace(made, place=self._top))
            case Reworded(step, text):
                self.rows = [
                    replace(row, text=text)
                    if row.talk == made.talk and row.step == step and row.by != step
                    else row
                    for row in now
                ]
            case KeptFact(step, name, value):
                self.rows = [
                    replace(row, facts=_with(row.facts, name, value))
                    if row.talk == made.talk and row.is_item(step)
                    else row
                    for row in now
                ]
            case KeptFirst(step):
                self.rows = [
                    replace(row, place=self._top - 1)
                    if row.talk == made.talk and row.is_item(step)
                    else row
                    for row in now
                ]


def _keep(rows: list[Row], effect: Keep, made: Row) -> list[Row]:
    before = {r.step: r for r in rows if r.talk == made.talk and r.by == effect.step}
    kept, new = {}, list[Row]()
    down = effect.kind in READ_DOWN
    last = max((row.place for row in rows if row.kind == effect.kind), default=0)
    for words in effect.items if down else reversed(effect.items):
        stays = before.get(words.step)
        if stays is not None:
            kept[words.step] = replace(stays, text=words.text, direction=words.direction)
            continue
        row = replace(made, kind=effect.kind, text=words.text, direction=words.direction)
        place = last + len(new) + 1 if down else made.place - len(new) - 1
        facts = dict(words.facts)
        new.append(replace(row, step=words.step, by=effect.step, facts=facts, place=place))
    old = [
        kept.get(row.step) if row.talk == made.talk and row.by == effect.step else row
        for row in rows
    ]
    return [*(row for row in old if row is not None), *(new if down else reversed(new))]


def _with(facts: Mapping[str, str], name: str, value: str) -> dict[str, str]:
    told = {**facts, name: value}
    return {known: said for known, said in told.items() if said}
