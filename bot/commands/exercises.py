"""Which exercises are offered: open to a tie the person has, and not resting under its marks.

Nothing is locked by this: typed by its name, every exercise opens.
"""

from __future__ import annotations

from bot.holding import left_to_specialists
from bot.visit import Visit
from conversations import offers
from conversations.flow import Flow
from conversations.turn import Tie
from conversations.way import UNSAFE

#: In the order in which the essays come to them; what is not named here comes after these.
ORDER = (
    "three_questions",
    "pause_or_sever",
    "sorting",
    "becoming",
    "pattern",
    "kind_words",
    "boundaries",
    "needs",
    "support",
    "safety",
    "growth",
    "plan",
    "mend",
    "closeness",
    "doubt",
    "contact",
    "check_in",
    "affirmations",
    "release",
    "grief",
    "lessons",
)


def offered(visit: Visit, need: str = "") -> list[Flow]:
    """The exercises that may be offered now, for one need or for all."""
    flows = visit.house.library.flows
    known = [flows[name] for name in ORDER if name in flows]
    known += [flow for name, flow in flows.items() if name not in ORDER]
    return [f for f in known if need in ("", f.need) and is_offered(visit, f)]


def is_offered(visit: Visit, flow: Flow) -> bool:
    """Whether it is open to one of their ties and does not rest there; without any, to all."""
    awake = [tie for tie in visit.person.ties.values() if not tie.resting]
    return any(fits(visit, flow, tie) for tie in awake or (None,))


def fits(visit: Visit, flow: Flow, tie: Tie | None) -> bool:
    """Whether it is open to that tie and does not rest there; without one, whether it rests."""
    marks = visit.person.marks(visit.now)
    if left_to_specialists(flow.id, marks):
        return False
    if tie is None:
        return offers.fits(flow, None, marks)
    return offers.fits(flow, tie.kind, marks | _unsafe(tie))


def rests(visit: Visit, command: str) -> bool:
    """Whether a command that is no exercise is not to be offered now."""
    return not offers.command_fits(command, visit.person.marks(visit.now))


def _unsafe(tie: Tie) -> frozenset[str]:
    return frozenset({"unsafe"} if tie.facts.get("safe") in UNSAFE else ())
