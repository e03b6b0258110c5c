"""A flow's own wording as it is shown: by step, field, kind of tie and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from conversations import letters, moments
from conversations.candidates import offered, texts
from conversations.flow import (
    Ask,
    Block,
    Breathe,
    Choose,
    Collect,
    Compose,
    Flow,
    Leaf,
    Moment,
    Pick,
    Rate,
    Review,
    Tie,
    Wait,
)
from conversations.turn import PEOPLE, Known
from conversations.way import Way
from conversations.wording import Phrases, say

#: A choice of this form is a tie that exists, or a new one of a kind.
TIE_CHOICE, NEW_TIE, OTHER_TIE = "tie.", "new.", "other"
#: The phase in which a tie named in one's own words is asked about, among the likeliest.
LIKELY = "likely"


def tie_label(number: int, known: Known, phrases: Phrases) -> str:
    """The person's own word for a tie; its kind (and number, where there are two) without."""
    tie = known.tie(number)
    assert tie is not None
    if tie.word:
        return tie.word
    alike = [t.number for t in known.ties if t.kind == tie.kind and not t.word]
    label = phrases(f"ties.{tie.kind}", known.language)
    return label if len(alike) < 2 else f"{label} {alike.index(number) + 1}"


@dataclass(frozen=True)
class Spoken:
    """Looks up one flow's words; `phrases` has what is said by every flow alike."""

    flow: Flow
    phrases: Phrases
    language: str

    def text(self, leaf: Leaf, field: str, kind: str | None) -> str:
        """A text field of a step, in the wording for that kind of tie."""
        return self.said(leaf.name, field, str(leaf.step.field(field, kind)))

    def blocks(self, leaf: Leaf, kind: str | None) -> tuple[Block, ...]:
        """The paragraphs of a `say`."""
        source = leaf.step.field("say", kind)
        if isinstance(source, str):
            return (Block(text=self.said(leaf.name, "say", source)),)
        blocks = [b if isinstance(b, Block) else Block(**b) for b in source]
        return tuple(
            Block(
                text=self.said(leaf.name, f"say.{i}.text", block.text),
                heading=self.said(leaf.name, f"say.{i}.heading", block.heading),
                column=block.column,
            )
            for i, block in enumerate(blocks)
        )

    def title(self, group: str) -> str:
        """The title of an outermost group."""
        return self.said(group, "title", self.flow.titles[group])

    def said(self, step: str, field: str, source: str) -> str:
        """A wording by its place in the flow, in the language spoken."""
        return say(f"{self.flow.id}.{step}.{field}", source, self.language) if source else ""

    def phrase(self, key: str, **values: str) -> str:
        """A phrase that belongs to no flow."""
        return self.phrases(key, self.language, **values)

    def choices(self, leaf: Leaf, way: Way) -> Mapping[str, str]:
        """What may be chosen at a step now, id -> label, in order."""
        step = leaf.step
        match step:
            case Choose() | Pick() if step.choices:
                return offered(leaf, way)
            case Choose():
                return texts(leaf, way)
            case Rate():
                return {str(n): str(n) for n in range(1, step.scale + 1)}
            case Moment():
                return moments.choices(step, self.phrases, self.language)
            case Wait() | Breathe():
                return {"go_on": self.phrase("talks.go_on_button")}
            case Tie():
                return self._ties(way.known, way.state.within)
            case Review():
                return self._review(leaf, way)
            case Compose():
                return self._compose(step, way)
        return {}

    def quick(self, leaf: Leaf, kind: str | None) -> Mapping[str, str]:
        """The one-tap answers of an `ask`, id -> the words they stand for."""
        if not isinstance(leaf.step, Ask | Collect):
            return {}
        words = leaf.step.field("quick", kind)
        return {f"q.{i}": self.said(leaf.name, f"quick.{i}", text) for i, text in enumerate(words)}

    def _ties(self, known: Known, within: Mapping[str, str]) -> Mapping[str, str]:
        phase = within.get("phase")
        here = [t for t in known.ties if not t.resting and self.flow.is_open_to(t.kind)]
        old = {f"{TIE_CHOICE}{tie.number}": self.tie_label(tie.number, known) for tie in here}
        # In the order of the file: those it is meant for first of all come first.
        kinds = (k for kind in self.flow.open_to for k in (PEOPLE if kind == "people" else (kind,)))
        new = {f"{NEW_TIE}{kind}": self.phrase(f"ties.{kind}") for kind in kinds}
        if phase == LIKELY:
            both, likely = old | new, within[LIKELY].split(",")
            asked = {key: both[key] for key in likely if key in both}
            return asked | {OTHER_TIE: self.phrase("ties.other")}
        return old | {OTHER_TIE: self.phrase("ties.other")} if old and phase != "kinds" else new

    def tie_label(self, number: int, known: Known) -> str:
        """What a tie is called on a button."""
        return tie_label(number, known, self.phrases)

    def _compose(self, step: Compose, way: Way) -> Mapping[str, str]:
        if way.state.within.get("phase") == letters.REWRITE:
            return {}
        edits = {
            f"{letters.REWRITE}.{name}": self.phrase("composing.edit", number=str(number))
            for number, name in enumerate(letters.parts(step, way), 1)
        }
        last = {letters.COPY: "composing.copy", letters.DONE: "talk.done"}
        return {**edits, **{choice: self.phrase(key) for choice, key in last.items()}}

    def _review(self, leaf: Leaf, way: Way) -> Mapping[str, str]:
        assert isinstance(leaf.step, Review)
        phase = way.state.within.get("phase", "when" if leaf.step.later else "show")
        if phase in ("when", "gate"):
            return {
                key: self.phrase(f"review.{phase}_{key}")
                for key in (REVIEW_WHEN if phase == "when" else REVIEW_GATE)
            }
        rewrites = {
            f"rewrite.{name}": self.phrase("review.rewrite", number=str(i))
            for i, name in enumerate(way.candidates(leaf.step), 1)
        }
        return {"keep": self.phrase("review.keep"), **rewrites} if phase == "show" else {}


REVIEW_WHEN = ("now", "tonight", "tomorrow")
REVIEW_GATE = ("now", "wait", "without")
