"""The way through a talk: a pure function of the flow, the answers, the tie's facts and the marks.

Nothing about the path is stored. Going back, correcting an answer and asking again only what a
change has made meaningless all follow from computing it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from conversations.flow import Choose, Collect, Compose, Flow, Leaf, Moment, Pick, Review, Wait
from conversations.flow import Tie as TieStep
from conversations.items import items_of, items_open
from conversations.lengths import is_length
from conversations.path import SILENT, Path, Seen, holds, path, some
from conversations.turn import Answer, KeptLine, Known, State, Tie

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
        """What is known of the tie, and of which kinds something is kept."""
        kept = {f"kept.{kind}": some(self.kept(kind)) for kind in self.flow.reads_kept}
        return {**self._of_tie, **kept} if kept else self._of_tie

    @cached_property
    def _of_tie(self) -> Mapping[str, str]:
        """What is known of the tie; what was answered in this talk is newer."""
        facts = {**self.tie.facts, "kind": self.tie.kind} if self.tie else {}
        for leaf in self.flow.asks_for_facts:
            answer = self.state.answers.get(leaf.id)
            if answer is not None and answer.chosen:
                facts[leaf.fact] = answer.chosen[0]
        return facts

    def kept(self, kind: str) -> tuple[KeptLine, ...]:
        """Kept words of a kind that may be shown in this talk: of this tie, or of none.

        Under a mark, and where it is not safe to speak, what speaks for leaving and what speaks
        well of another rest.
        """
        mine = (k for k in self.known.kept if k.kind == kind and k.tie in (None, self.state.tie))
        rest = bool(self.known.marks) or self._of_tie.get("safe") == "no"
        return tuple(k for k in mine if not (rest and _rests(k)))

    @cached_property
    def marks(self) -> frozenset[str]:
        """The marks in force, with "unsafe" where speaking one's mind is not known to be safe.

        An exercise that is about nobody in particular holds back for any tie that does not rest.
        """
        unsafe = self._of_tie.get("safe") in UNSAFE
        if self.state.tie is None and not _asks_whom(self.flow):
            awake = (tie for tie in self.known.ties if not tie.resting)
            unsafe = any(tie.facts.get("safe") in UNSAFE for tie in awake)
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
                (name, answers[name].chosen) for name in self._asked_about if name in answers
            ),
            settled=frozenset(
                leaf.fact
                for leaf in self.flow.asks_for_facts
                if leaf.fact in known and leaf.id not in answers
            ),
            items=self._items,
        )
        return path(self.flow, seen)

    @property
    def _asked_about(self) -> Iterable[str]:
        """The answers that conditions ask about, those about single items too."""
        flow = self.flow
        if not flow.has_lists:
            return flow.tested
        return [name for name in self.state.answers if name.partition("@")[0] in flow.tested]

    @property
    def _items(self) -> frozenset[tuple[str, tuple[str, ...]]]:
        if not self.flow.has_lists:
            return frozenset()
        return frozenset(
            (leaf.id, items_of(leaf.step, answer))
            for leaf in self.flow.leaves
            if isinstance(leaf.step, Collect | Pick)
            and (answer := self.state.answers.get(leaf.id)) is not None
        )

    def items(self, name: str) -> tuple[str, ...]:
        """The items of a list, as it stands on the path."""
        return self.path.lists.get(name, ())

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
        if leaf.verb in SILENT:
            return False
        if self.holds_answer(leaf):
            return False
        if isinstance(leaf.step, Wait):
            # Where its length was passed over, or is asked for no more, nothing is waited for.
            asked = self.state.answers.get(leaf.step.length)
            return is_length(leaf.step.length) or (asked is not None and bool(asked.chosen))
        if (due := self.state.later.get(leaf.id)) is not None:
            return not due.endswith(WITHOUT) and datetime.fromisoformat(due) <= self.known.at
        if isinstance(leaf.step, TieStep) and self.state.tie is not None:
            return False
        return not self._asks_nothing(leaf)

    def _has_words(self, name: str) -> bool:
        answer = self.state.answers.get(name)
        return answer is not None and bool(answer.text) and name in self.ids

    def holds_answer(self, leaf: Leaf) -> bool:
        """Whether a step has an answer that need not be given again."""
        answer = self.state.answers.get(leaf.id)
        return answer is not None and not self._is_void(leaf, answer)

    def _is_void(self, leaf: Leaf, answer: Answer) -> bool:
        """A list that is not done, or a choice of what is no longer there: it is asked again."""
        if isinstance(leaf.step, Collect):
            return items_open(answer)
        if not isinstance(leaf.step, Choose) or not answer.chosen:
            return False
        if leaf.step.of:
            offered = self.candidates(leaf.step)
            return bool(offered) and answer.chosen[0] not in offered
        return answer.chosen[0] in leaf.only and not self.offers(leaf, answer.chosen[0])

    def offers(self, leaf: Leaf, choice: str) -> bool:
        """Whether the conditions of a choice hold."""
        checks = leaf.only.get(choice)
        if checks is None:
            return True
        given = {n: a.chosen for n, a in self.state.answers.items() if n in self.ids}
        lists = {n: some(items) for n, items in self.path.lists.items()}
        return any(holds(check, self.facts, given, lists) for check in checks)

    def candidates(self, step: Pick | Choose | Review) -> tuple[str, ...]:
        """What a step picks from or looks at again, in order: each name is said by `texts`.

        One tap on a quick answer is no sentence of one's own to pick, but may be rewritten.
        """
        found: dict[str, None] = {}
        for name in step.of:
            if name.startswith("kept."):
                found |= {k.key: None for k in self.kept(name.removeprefix("kept."))}
            elif name in self.path.lists and not isinstance(step, Review):
                root = self.flow.root_of(name)
                found |= {f"{root}@{item}": None for item in self.items(name)}
            else:
                found |= {n: None for n in self._said(name) if self._in_words(n, step)}
        return tuple(found)

    def _said(self, name: str) -> Iterable[str]:
        """The answers of a step: one, or one about each item."""
        leaf = self.flow.by_id.get(name)
        if leaf is None or not leaf.each:
            return (name,)
        return [step.id for step in self.leaves if step.name == name]

    def _in_words(self, name: str, step: Pick | Choose | Review) -> bool:
        answer = self.state.answers.get(name)
        if answer is None or not answer.text or name not in self.ids:
            return False
        return isinstance(step, Review) or not answer.chosen or len(answer.parts) > 1

    @property
    def first_open(self) -> Leaf | None:
        """The first step on the path that waits; None where the talk is at its end."""
        return next((leaf for leaf in self.leaves if self.needs_answer(leaf)), None)

    def before(self, step: str | None) -> Leaf | None:
        """The question on the path before `step` (before the end, where it is None)."""
        before = self.path.before
        leaf = before[step if step in before else None]
        while leaf is not None and leaf.id not in self.state.answers and self._asks_nothing(leaf):
            leaf = before[leaf.id]
        return leaf

    def _asks_nothing(self, leaf: Leaf) -> bool:
        """Whether there is nothing to ask: no day, no words, nothing to pick, no two to choose."""
        match leaf.step:
            case TieStep(several=True):
                return self.state.tie is None and all(tie.resting for tie in self.known.ties)
            case Moment(on=on) if on:
                day = self.state.answers.get(on)
                return on not in self.ids or day is None or day.chosen in ((), ("none",))
            case Compose(of=parts):
                return not any(self._has_words(name) for name in parts)
            case (Pick() | Choose()) as step if step.of:
                return len(self.candidates(step)) < (2 if isinstance(step, Choose) else 1)
        return False

    def lead_of(self, step: str | None) -> tuple[str, ...]:
        """The `say` steps between the question before `step` and `step` itself."""
        leads = self.path.leads
        return leads[step if step in leads else None]

    @property
    def end(self) -> Leaf | None:
        """The offer that closes the path, if the flow has one: the first of several."""
        return next((leaf for leaf in self.leaves if leaf.verb == "offer"), None)

    def progress(self, leaf: Leaf) -> tuple[int, int] | None:
        """(2, 3) in the second of three titled groups on the path; None outside of groups."""
        on_path = self.path.groups
        if not leaf.groups or len(on_path) < 2:
            return None
        return on_path.index(leaf.groups[0]) + 1, len(on_path)


@cache
def _asks_whom(flow: Flow) -> bool:
    """Whether it is about one tie: it asks which."""
    return any(leaf.verb == "tie" for leaf in flow.leaves)


def _rests(kept: KeptLine) -> bool:
    return kept.kind == "gratitude" or (kept.kind == "reason" and kept.direction == "leaving")
