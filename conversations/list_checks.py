"""What lists must be: made of what there is, asked about in order, and named as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conversations.checker import KEPT, Checker, choices_of
from conversations.flow import Ask, Choose, Collect, Compose, Leaf, Pick, Rate, Review, Say
from conversations.outcome import FIRST

#: Bytes that the step and the choice may take together in a button's data.
PRESS_LIMIT = 44
#: Digits that an item's number may have.
DIGITS = 4
#: Characters of a kept row's name where it can be picked.
KEPT_NAME = 17
ID = re.compile(r"[a-z][a-z0-9_]*$")
_ALONE = re.compile(r"\{lists\.[a-z0-9_]+\}$")


class ListChecker(Checker):
    """Lists, what goes over them, picks from them and points from them."""

    def lists(self) -> None:
        """The lists beside the steps."""
        for name, made in self.flow.lists.items():
            if not ID.match(name):
                self.fault(name, "A list's name has small letters, digits and _ only.")
            if name in self.place:
                self.fault(name, "A list and a step have this name; each needs its own.")
            self.named(made.of, self.flow.list_names, name, "is made a list of, but is no list")
            root = self.flow.root_of(name)
            if not root and made.of in self.flow.list_names:
                self.fault(name, "This list is made of itself, in a circle.")
            for step, values in (*made.where.items(), *made.none_of.items()):
                self._narrows(name, step, values)

    def _narrows(self, name: str, step: str, values: tuple[str, ...]) -> None:
        root, asked = self.flow.root_of(name), self.flow.by_id.get(step)
        if asked is None:
            self.named(step, self.place, name, "is asked about in `where`, but is no step")
        elif root and (not asked.each or self.flow.root_of(asked.over) != root):
            said = f"`where` asks about {step}, which is not asked of every item of {root}"
            self.fault(name, f"{said}.")
        else:
            self.answers(step, values, name, f"`where` asks about {step}")

    def each(self) -> None:
        """What is asked of every item."""
        for leaf in self.flow.leaves:
            if not leaf.each:
                continue
            if leaf.over not in self.flow.list_names:
                said = "is gone over, but is no list"
                self.named(leaf.over, self.flow.list_names, leaf.each, said)
            elif self.ready(leaf.over) >= self._begins(leaf.each):
                said = "is gone over, but what it is made of comes later in the talk"
                self.fault(leaf.each, f"{leaf.over} {said}.")
            keep = leaf.step.keep or ""
            if keep and keep not in KEPT:
                self.fault(leaf.id, f"{keep} cannot be kept for every item.")

    def _begins(self, each: str) -> int:
        return min(self.place[leaf.id] for leaf in self.flow.leaves if leaf.each == each)

    def chosen_from(self, leaf: Leaf) -> None:
        """What a step chooses, picks or looks at."""
        step = leaf.step
        if isinstance(step, Choose | Pick) and bool(step.choices) == bool(step.of):
            self.fault(leaf.id, f"A {step.verb} has either `choices` or `from`.")
        for name in step.of if isinstance(step, Choose) else ():
            self.earlier_list(name, leaf, "is chosen from")
        if isinstance(step, Review):
            for name in step.of:
                self.one_answer(name, leaf, "is looked at")
        for name in step.of if isinstance(step, Pick) else ():
            kind = name.removeprefix("kept.")
            if kind != name:
                self.named(kind, KEPT, leaf.id, "is no kind of words that are kept")
                if step.keep == kind:
                    self.fault(leaf.id, f"{name} is kept already; keep it as something else.")
            elif name in self.flow.list_names:
                self.earlier_list(name, leaf, "is picked from")
            else:
                self.earlier(name, leaf, "is looked at")
        if step.keep == FIRST:
            self._first(leaf)

    def _first(self, leaf: Leaf) -> None:
        lists = leaf.step.of if isinstance(leaf.step, Choose) else ()
        if not lists:
            self.fault(leaf.id, f'`keep = "{FIRST}"` needs a choose with `from`.')
        for name in lists:
            root = self.flow.by_id.get(self.flow.root_of(name))
            if root is not None and not root.step.keep:
                self.fault(leaf.id, f"{root.id} keeps nothing, so nothing of it can come first.")

    def drawn(self, leaf: Leaf) -> None:
        """A picture is drawn of lists alone, in an earlier `say`."""
        step = leaf.step
        blocks = step.say if isinstance(step, Say) and isinstance(step.say, tuple) else ()
        if any(block.column and not _ALONE.match(block.text.strip()) for block in blocks):
            self.fault(leaf.id, "In a `column` a list stands alone, such as {lists.likes}.")
        if not isinstance(step, Say) or not step.draws:
            return
        self.earlier(step.draws, leaf, "is drawn")
        said = self.flow.by_id.get(step.draws)
        shown = getattr(said.step, "say", ()) if said is not None else ()
        if said is not None and not any(getattr(block, "column", 0) for block in shown):
            self.fault(leaf.id, f"{step.draws} is drawn, but nothing in it has a `column`.")

    def conditions_of_choices(self, leaf: Leaf) -> None:
        """`only` and `points` name choices that there are."""
        step = leaf.step
        if isinstance(step, Choose | Pick):
            for choice, clauses in step.only.items():
                self.named(choice, step.choices, leaf.id, "is in `only`, but is no choice")
                for clause in clauses:
                    self.clause(clause, leaf)
        if isinstance(step, Choose | Pick | Rate):
            for choice in step.points:
                self.named(choice, choices_of(leaf), leaf.id, "points, but is no choice")
        if getattr(step, "points", ()) and not step.short and not leaf.each:
            self.fault(leaf.id, "`short` is missing: it names the answer where it points to.")

    # --- placeholders ------------------------------------------------------------------------

    def placeholder(self, name: str, leaf: Leaf) -> None:
        """What stands in braces is something that can be shown there."""
        family, _, what = name.partition(".")
        if name == "day" and self.flow.aside:
            return
        if name == "item":
            if not leaf.each:
                self.fault(leaf.id, "{item} stands only in what is asked of each item.")
        elif family == "answers":
            self.one_answer(what, leaf, "is shown")
        elif family == "kept":
            self.named(what, KEPT, leaf.id, "is no kind of words that are kept")
        elif family == "lists":
            self.earlier_list(what, leaf, "is shown")
        elif family == "points":
            self.named(what, self._readings(leaf), leaf.id, "is shown, but nothing points there")
        elif family == "each":
            self.earlier(what, leaf, "is shown")
            asked = self.flow.by_id.get(what)
            if asked is not None and not asked.each:
                self.fault(leaf.id, f"{what} is asked once; write {{answers.{what}}}.")
        else:
            self.fault(leaf.id, f"{{{name}}} is not known; write {{answers.step}}.")

    def _readings(self, leaf: Leaf) -> Iterator[str]:
        for before in self.flow.leaves[: self.place[leaf.id]]:
            step = before.step
            if isinstance(step, Ask):
                yield from step.points
            elif isinstance(step, Choose | Pick | Rate):
                for readings in step.points.values():
                    yield from readings

    # --- buttons -----------------------------------------------------------------------------

    def button(self, leaf: Leaf) -> None:
        """The longest button of a step fits into what a button can carry."""
        name = len(leaf.id) + (1 + self._longest_item(leaf.over) if leaf.each else 0)
        longest = max((len(choice) for choice in self._presses(leaf)), default=0)
        if name + longest > PRESS_LIMIT:
            self.fault(leaf.id, "The names of step and choice are too long for a button together.")

    def _presses(self, leaf: Leaf) -> Iterator[str]:
        step = leaf.step
        yield "_keep"
        if isinstance(step, Pick):
            yield from (f"x.{choice}" for choice in step.choices)
            yield "x." + "-" * max((self._longest(name) for name in step.of), default=0)
        elif isinstance(step, Choose) and step.of:
            yield "-" * max(map(self._longest, step.of))
        else:
            yield from getattr(step, "choices", {})
        if isinstance(step, Review | Compose):
            yield from (f"rewrite.{name}" for name in step.of)

    def _longest(self, name: str) -> int:
        """Characters of the longest thing that can be picked from there."""
        if name.startswith("kept."):
            return KEPT_NAME
        leaf = self.flow.by_id.get(name)
        if name in self.flow.list_names:
            return len(self.flow.root_of(name)) + 1 + self._longest_item(name)
        return len(name) + (1 + self._longest_item(leaf.over) if leaf and leaf.each else 0)

    def _longest_item(self, name: str) -> int:
        root = self.flow.by_id.get(self.flow.root_of(name))
        if root is None or isinstance(root.step, Collect):
            return DIGITS
        picked = (self._longest(n) for n in getattr(root.step, "of", ()) if n != name)
        return max((DIGITS, *map(len, choices_of(root)), *picked))
