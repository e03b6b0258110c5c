"""When what is due is held back whatever its own rule says: out of reach, `/quiet`, a mark."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.appointments import Kind
from bot.person import Person
from bot.planning import rests_until
from conversations.appointments import Repeat
from conversations.lateness import Decision
from conversations.quiet import NEVER
from conversations.singles import Single

#: Under a mark of self-harm only the neutral question of the day comes, and timers asked for.
STILL_COMES = ("check_in", "timer")
#: While these marks hold, what is planned could alert someone: it is made with a specialist.
WATCHED = frozenset({"danger", "coercion"})
_PLANS = ("plan",)
_DAY = timedelta(days=1)


def left_to_specialists(flow: str, marks: Collection[str]) -> bool:
    """Whether reminders of this exercise, and of what it keeps, rest under these marks."""
    return flow in _PLANS and not WATCHED.isdisjoint(marks)


def held_back(
    kind: Kind, rule: Repeat | Single, person: Person, now: datetime, flow: str = ""
) -> Decision | None:
    """What becomes of a due appointment that must not be sent now; None where it may be.

    `flow` is the exercise that it is about.
    """
    marks = person.marks(now)
    if person.row.unreachable_since is not None:
        passing = kind in ("timer", "nudge")  # nobody misses them a day later
        return Decision(None, None if passing else another_day(rule, now))
    if (until := rests_until(person, now)) and kind != "timer":
        return Decision(None, None if kind == "nudge" else _rested(rule, now, until))
    if kind == "nudge" and marks:
        return Decision(None, None)
    quiet_day = "self_harm" in marks and kind not in STILL_COMES
    if quiet_day or left_to_specialists(flow, marks):
        return Decision(None, another_day(rule, now))
    return None


def another_day(rule: Repeat | Single, now: datetime) -> Repeat | Single:
    """The next wished time, or the same hour of a single one on the first day it is ahead."""
    if isinstance(rule, Repeat):
        return rule.again(now)
    days = (now - rule.next_at) // _DAY + 1
    return rule.model_copy(update={"next_at": rule.next_at + days * _DAY, "held": "late"})


def _rested(rule: Repeat | Single, now: datetime, until: datetime) -> Repeat | Single:
    """At rest until then. A single one is not let go, however long the rest."""
    if isinstance(rule, Repeat):
        return rule.rested(now, until)
    later = rule.rested(until) if until != NEVER else None
    return later or another_day(rule, now)
