"""Which steps are on the path: a pure function of what the conditions look at, and of nothing else.

A flow has few paths and many talks, so every path is worked out once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from conversations.conditions import Check
from conversations.flow import Flow, Leaf

#: Paths remembered at a time; a flow with more conditions than that works them out again.
REMEMBERED = 4_096
#: Steps that ask nothing.
SILENT = ("say", "offer")

#: Paths with items remembered at a time.
LONG_REMEMBERED = 64

_with_lists: dict[tuple[Flow, Seen], Path] = {}
_remembered: dict[tuple[Flow, Seen], Path] = {}


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a path depends on: no words, only ids.

    `facts` and `chosen` are what conditions ask about; `settled` are the facts that need not be
    asked for any more; `items` are those of every list, by the step they were given to.
    """

    facts: frozenset[tuple[str, str]]
    marks: frozenset[str]
    chosen: frozenset[tuple[str, tuple[str, ...]]]
    settled: frozenset[str]
    items: frozenset[tuple[str, tuple[str, ...]]] = frozenset()


@dataclass(frozen=True)
class Path:
    """The steps on the path, in order, and the items of every list as it stands there.

    `groups` are the outermost ones, in order, also those that wait for a list to be filled: "1 of
    3" stays true while it is.
    """

    leaves: tuple[Leaf, ...]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: tuple[str, ...] = ()

    @cached_property
    def ids(self) -> Mapping[str, None]:
        """Their ids, in order."""
        return {leaf.id: None for leaf in self.leaves}

    @cached_property
    def before(self) -> Mapping[str | None, Leaf | None]:
        """The question before each step; before None, the last one."""
        earlier: Leaf | None = None
        found: dict[str | None, Leaf | None] = {}
        for leaf in self.leaves:
            found[leaf.id] = earlier
            earlier = earlier if leaf.verb in (*SILENT, "wait") else leaf
        return {**found, None: earlier}

    @cached_property
    def leads(self) -> Mapping[str | None, tuple[str, ...]]:
        """The `say` steps right before each step; before None, those at the very end."""
        lead: tuple[str, ...] = ()
        found: dict[str | None, tuple[str, ...]] = {}
        for leaf in self.leaves:
            found[leaf.id] = lead
            lead = (*lead, leaf.id) if leaf.verb == "say" else ()
        return {**found, None: lead}


def path(flow: Flow, seen: Seen) -> Path:
    """The path for what was seen."""
    if flow.has_lists:
        return _with_items(flow, seen)
    key = (flow, seen)
    found = _remembered.get(key)
    if found is None:
        if len(_remembered) >= REMEMBERED:
            _remembered.clear()
        found = _remembered[key] = _Walk(flow, seen).path()
    return found


def _with_items(flow: Flow, seen: Seen) -> Path:
    """The path of a flow with lists: the newest few are remembered, as they can be long."""
    key = (flow, seen)
    found = _with_lists.pop(key, None) or _Walk(flow, seen).path()
    while len(_with_lists) >= LONG_REMEMBERED:
        del _with_lists[next(iter(_with_lists))]
    _with_lists[key] = found
    return found


class _Walk:
    """The steps one by one, each judged by the answers on the path before it."""

    def __init__(self, flow: Flow, seen: Seen) -> None:
        self.flow, self.seen = flow, seen
        self.facts, self.chosen = dict(seen.facts), dict(seen.chosen)
        self.items = dict(seen.items)
        self.on: list[Leaf] = []
        self.given: dict[str, tuple[str, ...]] = {}
        self.here: dict[str, tuple[str, ...]] = {}
        self.groups: dict[str, None] = {}

    def path(self) -> Path:
        """The whole of it."""
        for over, leaves in self.flow.blocks:
            if not over:
                for leaf in leaves:
                    self._step(leaf)
                continue
            items = self._list(over)
            for leaf in () if items else leaves:
                self._may_stand(leaf)
            for item in items:
                for leaf in leaves:
                    about = self.flow.leaf(f"{leaf.name}@{item}")
                    assert about is not None
                    self._step(about)
        lists = {name: self._list(name) for name in self.flow.list_names}
        return Path(tuple(self.on), lists, tuple(self.groups))

    def _may_stand(self, leaf: Leaf) -> bool:
        """Whether a step would be on the path if no list were empty; its group counts then."""
        if leaf.rests_under & self.seen.marks or leaf.fact in self.seen.settled:
            return False
        if leaf.step.under and self.seen.marks.isdisjoint(leaf.step.under):
            return False
        if not all(any(map(self._may_hold, checks)) for checks in leaf.checks):
            return False
        if leaf.groups:
            self.groups[leaf.groups[0]] = None
        return True

    def _step(self, leaf: Leaf) -> None:
        if not self._may_stand(leaf):
            return
        if not all(any(map(self._holds, checks)) for checks in leaf.checks):
            return
        self.on.append(leaf)
        if leaf.id in self.chosen:
            self.given[leaf.id] = self.chosen[leaf.id]
        if leaf.id in self.items:
            self.here[leaf.id] = self.items[leaf.id]

    def _list(self, name: str) -> tuple[str, ...]:
        made = self.flow.lists.get(name)
        if made is None:
            return self.here.get(name, ())
        return tuple(item for item in self._list(made.of) if made.holds(item, self.given))

    def _may_hold(self, check: Check) -> bool:
        return holds(check._replace(lists=(), no_lists=()), self.facts, self.given, {})

    def _holds(self, check: Check) -> bool:
        held = {n: some(self._list(n)) for n, _ in (*check.lists, *check.no_lists)}
        return holds(check, self.facts, self.given, held)


def some(found: Collection[object]) -> str:
    """Whether there is any, as conditions say it."""
    return "some" if found else "none"


def holds(
    check: Check,
    facts: Mapping[str, str],
    given: Mapping[str, tuple[str, ...]],
    lists: Mapping[str, str],
) -> bool:
    """Facts that were never asked hold, either way; answers never given hold for nothing."""
    return (
        all(name not in facts or facts[name] in values for name, values in check.facts)
        and all(name in given and values & {*given[name]} for name, values in check.answers)
        and not any(facts.get(name) in values for name, values in check.no_facts)
        and not any(name in given and values & {*given[name]} for name, values in check.no_answers)
        and all(lists[name] in values for name, values in check.lists)
        and not any(lists[name] in values for name, values in check.no_lists)
    )
