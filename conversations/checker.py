"""What every check of a flow is made of: names that exist, come earlier, and conditions on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rapidfuzz import process

from conversations.conditions import Clause, Test
from conversations.faults import Fault
from conversations.flow import Flow, Leaf, Rate
from conversations.turn import MARKS

#: Kinds of words that stay with the person.
KEPT = (
    *("reason", "boundary", "need", "supporter", "growth", "plan"),
    *("affirmation", "letter", "note", "lesson", "gratitude", "safety"),
)
FACTS = ("tie.safe", "tie.kind", "tie.word", "tie.distance")
#: What a condition may say about kept words, or about a list.
SOME = ("some", "none")


class Checker:
    """Collects the faults of one flow, each a sentence with its step."""

    def __init__(self, flow: Flow, file: str) -> None:
        self.flow, self.file = flow, file
        self.faults: list[Fault] = []
        self.place = {leaf.id: i for i, leaf in enumerate(flow.leaves)}

    def fault(self, step: str, sentence: str) -> None:
        """Something is wrong with a step ("": with the flow)."""
        found = Fault(self.file, step, sentence)
        if found not in self.faults:
            self.faults.append(found)

    def named(self, name: str, known: Iterable[str], step: str, what: str) -> None:
        """A name has to be one of these; the nearest is guessed."""
        known = tuple(known)
        if name in known:
            return
        near = process.extractOne(name, known, score_cutoff=60)
        hint = f" Did you mean {near[0]}?" if near else ""
        self.fault(step, f"{name} {what}.{hint}")

    def earlier(self, name: str, leaf: Leaf, what: str) -> None:
        """A name has to be that of an earlier step."""
        if name not in self.place:
            self.named(name, self.place, leaf.id, f"{what}, but is no step")
        elif self.place[name] >= self.place[leaf.id]:
            self.fault(leaf.id, f"{name} {what}, but comes later in the talk.")

    def one_answer(self, name: str, leaf: Leaf, what: str) -> None:
        """An earlier step with one answer, seen from here: none that is asked of every item."""
        self.earlier(name, leaf, what)
        asked = self.flow.by_id.get(name)
        if asked is None or not asked.each or name in self.asked_of_this(leaf):
            return
        hint = f"write {{each.{name}}}, or narrow a list by it"
        self.fault(leaf.id, f"{name} {what}, but is asked of every item; {hint}.")

    def asked_of_this(self, leaf: Leaf) -> Collection[str]:
        """The steps that are asked about the same item as this one."""
        return self.flow.asked_of(leaf.over) if leaf.each else ()

    def earlier_list(self, name: str, leaf: Leaf, what: str) -> None:
        """A name has to be that of a list, with all that it needs answered before."""
        if name not in self.flow.list_names:
            self.named(name, self.flow.list_names, leaf.id, f"{what}, but is no list")
        elif self.ready(name) >= self.place[leaf.id]:
            self.fault(leaf.id, f"{name} {what}, but what it is made of comes later in the talk.")

    def ready(self, name: str) -> int:
        """The place of the last step that a list is made of."""
        made = self.flow.lists.get(name)
        if made is None or not self.flow.root_of(name):
            return self.place.get(name, -1)
        return max(self.ready(made.of), *(self.place.get(step, -1) for step in (*made.asked, "")))

    def clause(self, clause: Clause, leaf: Leaf) -> None:
        """Conditions are about facts, kept words, lists and earlier answers that there are."""
        for test in (*clause.all_of, *clause.none_of):
            self._test(test, leaf)

    def _test(self, test: Test, leaf: Leaf) -> None:
        family, _, name = test.name.partition(".")
        if family in ("kept", "lists"):
            if family == "kept":
                self.named(name, KEPT, leaf.id, "is no kind of words that are kept")
            else:
                self.earlier_list(name, leaf, "is asked about in `when`")
            for value in test.values:
                self.named(value, SOME, leaf.id, f"is no answer about {test.name}: it has")
            return
        if test.on_fact:
            self.named(test.name, FACTS, leaf.id, "is no fact of a tie")
            return
        self.one_answer(test.name, leaf, "is asked about in `when`")
        self.answers(test.name, test.values, leaf.id, f"`when` asks about {test.name}")

    def answers(self, name: str, values: Iterable[str], step: str, what: str) -> None:
        """The values have to be answers that a step can have."""
        asked = self.flow.by_id.get(name)
        if asked is None:
            return
        known = choices_of(asked)
        if not known:
            self.fault(step, f"{what}, which has no choices.")
            return
        for value in values:
            self.named(value, known, step, f"is no choice of {name}")

    def marks(self, marks: Iterable[str], step: str) -> None:
        """Marks that there are."""
        for mark in sorted(marks):
            self.named(mark, MARKS, step, "is no mark")


def choices_of(leaf: Leaf) -> tuple[str, ...]:
    """The ids that may be chosen at a step."""
    if isinstance(leaf.step, Rate):
        return tuple(str(n) for n in range(1, leaf.step.scale + 1))
    return tuple(getattr(leaf.step, "choices", ()))
