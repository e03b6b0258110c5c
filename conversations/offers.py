"""What may be offered: open to the tie, and not resting under its marks; nothing is locked."""

from __future__ import annotations

from collections.abc import Mapping, Set

from conversations.flow import Flow

#: Commands that are no exercise, and the marks under which they are not offered.
RESTING: Mapping[str, frozenset[str]] = {"affirm": frozenset({"self_harm"})}


def fits(flow: Flow, kind: str | None, marks: Set[str]) -> bool:
    """Whether an exercise may be offered about a tie of that kind (None: not known yet)."""
    return (kind is None or flow.is_open_to(kind)) and marks.isdisjoint(flow.rests_under)


def command_fits(name: str, marks: Set[str]) -> bool:
    """Whether a command that is no exercise may be offered."""
    return marks.isdisjoint(RESTING.get(name, frozenset()))
