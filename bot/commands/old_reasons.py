"""The reasons of a tie whose lean has changed since they were kept."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.keeping import REASON, all_kept
from bot.commands.resting import held_under_a_mark, rests
from bot.person import Keepsake
from bot.visit import Visit
from conversations.turn import Tie

#: The fact of a reason that names the lean under which it was looked at.
LOOKED_AT = "lean"


async def old_reasons(visit: Visit, tie: Tie) -> list[Keepsake]:
    """Those that are to be looked at now, in the person's order.

    What must not come back by itself now is left in peace.
    """
    return [k for k in await not_looked_at(visit, tie) if not held_under_a_mark(visit, k)]


async def not_looked_at(visit: Visit, tie: Tie) -> list[Keepsake]:
    """All that point elsewhere and were not looked at under this lean; none that rests."""
    return [k for k in await all_kept(visit) if _is_old(visit, k, tie)]


def _is_old(visit: Visit, kept: Keepsake, tie: Tie) -> bool:
    if kept.kind != REASON or kept.tie != tie.number or kept.direction == tie.lean:
        return False
    return kept.facts.get(LOOKED_AT) != tie.lean and not rests(visit, kept)


def looked_at(kept: Keepsake, tie: Tie) -> Keepsake:
    """The same reason, kept as it is under this lean."""
    return replace(kept, facts={**kept.facts, LOOKED_AT: tie.lean})
