"""A person's own answers in words, put back where a flow shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations import moments
from conversations.flow import Breathe, Compose, Leaf, Moment, Pick, Rate, Tie, Wait
from conversations.letters import composed
from conversations.picking import pick_options
from conversations.schedule import day_name
from conversations.screen import Block
from conversations.spoken import Spoken
from conversations.turn import Answer
from conversations.way import Way
from conversations.wording import fill

_ANSWER = "{answers."


@dataclass(frozen=True)
class Retold:
    """The answers as they stand on one way."""

    way: Way
    spoken: Spoken

    def blocks(self, leaf: Leaf) -> tuple[Block, ...]:
        """A `say`, its answers in place; a heading whose answer is missing is left out with it."""
        shown: list[Block] = []
        for block in self.spoken.blocks(leaf, self.way.kind):
            whole = block.text.strip()
            if whole.startswith(_ANSWER) and whole.endswith("}") and whole.count("{") == 1:
                own = self.answer(whole[len(_ANSWER) : -1])
                body = Block(own, "quote") if own else None
            else:
                text = self.filled(block.text)
                body = Block(text) if text else None
            if body is None:
                continue
            if block.heading:
                shown.append(Block(block.heading, "heading"))
            shown.append(body)
        return tuple(shown)

    def filled(self, text: str) -> str:
        """Placeholders filled in one pass; a line whose placeholder has no answer is left out."""
        if "{" not in text:
            return text
        lines = []
        for line in text.split("\n"):
            values: dict[str, str] = {}
            for name in self.way.flow.by_id:
                if f"{_ANSWER}{name}}}" in line:
                    values[f"answers.{name}"] = self.answer(name)
            if "{day}" in line:
                values["day"] = self._day()
            if all(values.values()):
                lines.append(fill(line, values) if values else line)
        return "\n".join(lines)

    def _day(self) -> str:
        """The day that what came between is about, as people say it."""
        day, today = date.fromisoformat(self.way.state.day), self.way.known.at.date()
        return day_name(day, today, self.spoken.phrases, self.spoken.language)

    def answer(self, name: str) -> str:
        """An answer in words, as it stands on the path; empty where there is none."""
        leaf, answer = self.way.flow.by_id.get(name), self.way.state.answers.get(name)
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
        if isinstance(step, Pick):
            labels = pick_options(leaf, self.way, self.spoken)
            picked = [labels[c] for c in answer.chosen if c in labels]
            return "\n".join([*picked, *(part.text for part in answer.parts)])
        if isinstance(step, Wait | Breathe):
            return answer.text
        if isinstance(step, Compose):
            return composed(step, self.way)
        labels = self.spoken.choices(leaf, self.way)
        chosen = [labels[c] for c in answer.chosen if c in labels]
        return "\n".join([*chosen, *([answer.text] if answer.text else ())])

    def name_of(self, name: str) -> str:
        """What an earlier answer is called: its short name, else its question."""
        leaf, kind = self.way.flow.by_id[name], self.way.kind
        return self.spoken.text(leaf, "short", kind) or self.spoken.text(leaf, leaf.step.verb, kind)
