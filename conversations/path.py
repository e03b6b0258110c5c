"""Which steps are on the path: a pure function of what the conditions look at, and of nothing else.

A flow has few paths and many talks, so every path is worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from conversations.conditions import Check
from conversations.flow import Flow, Leaf

#: Paths remembered at a time; a flow with more conditions than that works them out again.
REMEMBERED = 4_096
#: Steps that ask nothing.
SILENT = ("say", "offer")

_remembered: dict[tuple[Flow, Seen], Path] = {}


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a path depends on: no words, only ids.

    `facts` and `chosen` are what conditions ask about; `settled` are the facts that need not be
    asked for any more.
    """

    facts: frozenset[tuple[str, str]]
    marks: frozenset[str]
    chosen: frozenset[tuple[str, tuple[str, ...]]]
    settled: frozenset[str]


@dataclass(frozen=True)
class Path:
    """The steps on the path, in order."""

    leaves: tuple[Leaf, ...]

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

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The outermost groups on the path, in order."""
        return tuple(dict.fromkeys(leaf.groups[0] for leaf in self.leaves if leaf.groups))


def path(flow: Flow, seen: Seen) -> Path:
    """The path for what was seen."""
    key = (flow, seen)
    found = _remembered.get(key)
    if found is None:
        if len(_remembered) >= REMEMBERED:
            _remembered.clear()
        found = _remembered[key] = Path(_open_leaves(flow, seen))
    return found


def _open_leaves(flow: Flow, seen: Seen) -> tuple[Leaf, ...]:
    facts, chosen = dict(seen.facts), dict(seen.chosen)
    on: list[Leaf] = []
    given: dict[str, tuple[str, ...]] = {}
    for leaf in flow.leaves:
        rests = leaf.rests_under & seen.marks or leaf.fact in seen.settled
        holds = all(any(_holds(c, facts, given) for c in checks) for checks in leaf.checks)
        stands = not leaf.step.under or not seen.marks.isdisjoint(leaf.step.under)
        if not rests and stands and holds:
            on.append(leaf)
            if leaf.id in chosen:
                given[leaf.id] = chosen[leaf.id]
    return tuple(on)


def _holds(check: Check, facts: Mapping[str, str], given: Mapping[str, tuple[str, ...]]) -> bool:
    """Facts that were never asked hold, either way; answers never given hold for nothing."""
    return (
        all(name not in facts or facts[name] in values for name, values in check.facts)
        and all(name in given and values & {*given[name]} for name, values in check.answers)
        and not any(facts.get(name) in values for name, values in check.no_facts)
        and not any(name in given and values & {*given[name]} for name, values in check.no_answers)
    )
