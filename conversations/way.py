"""The way through a talk: a pure function of the flow, the answers, the tie's facts and the marks.

Nothing about the path is stored. Going back, correcting an answer and asking again only what a
change has made meaningless all follow from computing it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from conversations.flow import Compose, Flow, Leaf, Moment, Pick, Review, Wait
from conversations.path import SILENT, Path, Seen, path
from conversations.turn import Known, State, Tie

#: Answers to the safe question under which nothing may assume the other's goodwill.
UNSAFE = ("no", "unsure")
#: Written behind the due time of a postponed step that one went on without.
WITHOUT = "without"


@dataclass(frozen=True)
class Way:
    """The path as it stands for one state and what is known."""

    flow: Flow
    state: State
    known: Known

    @cached_property
    def tie(self) -> Tie | None:
        """The tie this talk is about; one named in this very talk may not be stored yet."""
        stored = self.known.tie(self.state.tie)
        if stored is not None or self.state.tie is None:
            return stored
        return next(
            (
                Tie(self.state.tie, answer.chosen[0].removeprefix("new."))
                for leaf in self.flow.leaves
                if leaf.verb == "tie"
                and (answer := self.state.answers.get(leaf.id)) is not None
                and answer.chosen
            ),
            None,
        )

    @cached_property
    def kind(self) -> str | None:
        """The kind of the tie, if one is known."""
        return self.tie.kind if self.tie else None

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """What is known of the tie; what was answered in this talk is newer."""
        facts = {**self.tie.facts, "kind": self.tie.kind} if self.tie else {}
        for leaf in self.flow.asks_for_facts:
            answer = self.state.answers.get(leaf.id)
            if answer is not None and answer.chosen:
                facts[leaf.fact] = answer.chosen[0]
        return facts

    @cached_property
    def marks(self) -> frozenset[str]:
        """The marks in force, with "unsafe" where speaking one's mind is not known to be safe."""
        unsafe = self.facts.get("safe") in UNSAFE
        return self.known.marks | ({"unsafe"} if unsafe else frozenset())

    @cached_property
    def path(self) -> Path:
        """The path as it now is."""
        answers, facts = self.state.answers, self.facts
        known = self.tie.facts if self.tie else {}
        seen = Seen(
            facts=frozenset(
                (name, facts[name]) for name in self.flow.tested_facts if name in facts
            ),
            marks=self.marks,
            chosen=frozenset(
                (name, answers[name].chosen) for name in self.flow.tested if name in answers
            ),
            settled=frozenset(
                leaf.fact
                for leaf in self.flow.asks_for_facts
                if leaf.fact in known and leaf.id not in answers
            ),
        )
        return path(self.flow, seen)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The steps that are on the path now, in order."""
        return self.path.leaves

    @property
    def ids(self) -> Mapping[str, None]:
        """The ids of those steps, in order."""
        return self.path.ids

    # --- where one is ------------------------------------------------------------------------

    def needs_answer(self, leaf: Leaf) -> bool:
        """Whether this step still waits for something from the person."""
        if leaf.verb in SILENT or leaf.id in self.state.answers:
            return False
        if isinstance(leaf.step, Wait):
            asked = self.state.answers.get(leaf.step.length)
            return asked is None or bool(asked.chosen)
        if (due := self.state.later.get(leaf.id)) is not None:
            return not due.endswith(WITHOUT) and datetime.fromisoformat(due) <= self.known.at
        if leaf.verb == "tie" and self.state.tie is not None:
            return False
        if isinstance(leaf.step, Moment) and leaf.step.on:
            day, on_path = self.state.answers.get(leaf.step.on), leaf.step.on in self.ids
            return on_path and day is not None and day.chosen not in ((), ("none",))
        if isinstance(leaf.step, Compose):
            return any(self._has_words(name) for name in leaf.step.of)
        if isinstance(leaf.step, Pick) and leaf.step.of:
            return bool(self.candidates(leaf.step))
        return True

    def _has_words(self, name: str) -> bool:
        answer = self.state.answers.get(name)
        return answer is not None and bool(answer.text) and name in self.ids

    def candidates(self, step: Pick | Review) -> Mapping[str, str]:
        """Whole answers in words that a step picks from or looks at again, by step id.

        One tap on a quick answer is no sentence of one's own to pick, but may be rewritten.
        """
        found = {}
        for name in step.of:
            answer = self.state.answers.get(name)
            if answer is None or not answer.text or name not in self.ids:
                continue
            if isinstance(step, Review) or not answer.chosen or len(answer.parts) > 1:
                found[name] = answer.text
        return found

    @property
    def first_open(self) -> Leaf | None:
        """The first step on the path that waits; None where the talk is at its end."""
        return next((leaf for leaf in self.leaves if self.needs_answer(leaf)), None)

    def before(self, step: str | None) -> Leaf | None:
        """The question on the path before `step` (before the end, where it is None)."""
        before = self.path.before
        return before[step if step in before else None]

    def lead_of(self, step: str | None) -> tuple[str, ...]:
        """The `say` steps between the question before `step` and `step` itself."""
        leads = self.path.leads
        return leads[step if step in leads else None]

    @property
    def end(self) -> Leaf | None:
        """The offer that closes the path, if the flow has one."""
        last = self.leaves[-1] if self.leaves else None
        return last if last is not None and last.verb == "offer" else None

    def progress(self, leaf: Leaf) -> tuple[int, int] | None:
        """(2, 3) in the second of three titled groups on the path; None outside of groups."""
        on_path = self.path.groups
        if not leaf.groups or len(on_path) < 2:
            return None
        return on_path.index(leaf.groups[0]) + 1, len(on_path)
