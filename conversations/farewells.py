"""When a farewell is being written: idioms of ending are listened to then, as nowhere else.

A flow says so in its head: `strict = { purpose = "unsent" }`, or a list of such conditions.
"""

from __future__ import annotations

from typing import Protocol

from conversations.conditions import Clause, Test
from conversations.flow import Flow
from conversations.turn import Heard, Known, State
from conversations.way import Way


class Listens(Protocol):
    """What notices care words in a text."""

    def listen(self, text: str, *, strict: bool = False) -> Heard | None:
        """What was noticed, if anything; `strict` where a farewell is being written."""


def bids_farewell(flow: Flow | None, state: State | None, known: Known) -> bool:
    """Whether what is written now in this talk is a farewell; never where there is no talk."""
    if flow is None or state is None or not flow.strict:
        return False
    way = Way(flow, state, known)
    return any(_holds(clause, way) for clause in flow.strict)


def _holds(clause: Clause, way: Way) -> bool:
    """Unlike on the path, a fact that was never asked does not hold here."""
    return all(_is(test, way) for test in clause.all_of) and not any(
        _is(test, way) for test in clause.none_of
    )


def _is(test: Test, way: Way) -> bool:
    if test.on_fact:
        return way.facts.get(test.name.removeprefix("tie.")) in test.values
    answer = way.state.answers.get(test.name)
    return answer is not None and test.name in way.ids and bool({*answer.chosen} & {*test.values})
