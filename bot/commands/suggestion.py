"""The one exercise that /today names: the same all day, another one tomorrow, never a push.

What assumes an answer (that one stays, that one has left) is named only to those who lean there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.commands.exercises import offered
from bot.visit import Visit
from conversations.flow import Flow

#: Where one begins.
FIRST = "three_questions"
#: By need, then by exercise: the leans it assumes; those that are not named assume none.
BY_NEED: Mapping[str, frozenset[str]] = {
    "staying": frozenset({"staying", "reshaping"}),
    "afterwards": frozenset({"leaving"}),
}
BY_EXERCISE: Mapping[str, frozenset[str]] = {
    "plan": frozenset({"leaving", "reshaping"}),
    "contact": frozenset({"leaving", "pausing"}),
}


def suggest(visit: Visit, finished: Collection[str], unfinished: Collection[str]) -> Flow | None:
    """One that fits, by the ids of what was finished and begun; None where nothing is to be named.

    Those that were never gone through come first.
    """
    if "self_harm" in visit.person.marks(visit.now):
        return None
    leans = {tie.lean for tie in visit.person.ties.values() if not tie.resting}
    fits = [
        flow
        for flow in offered(visit)
        if not (flow.aside or flow.about_safety)
        and flow.id not in unfinished
        and _assumes_nothing_else(flow, leans)
    ]
    new = [flow for flow in fits if flow.id not in finished]
    if not finished and any(flow.id == FIRST for flow in new):
        return visit.house.library.flows[FIRST]
    pool = new or fits
    day = visit.person.local(visit.now).date().toordinal()
    return pool[day % len(pool)] if pool else None


def _assumes_nothing_else(flow: Flow, leans: Collection[str]) -> bool:
    assumed = BY_EXERCISE.get(flow.id) or BY_NEED.get(flow.need)
    return assumed is None or not assumed.isdisjoint(leans)
