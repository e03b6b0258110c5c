"""Whom a person has noted as beside them, named by /help and care in the person's own words."""

from __future__ import annotations

from bot.commands.keeping import all_kept
from bot.commands.resting import rests
from bot.visit import Visit
from conversations.help import Beside

SUPPORTER = "supporter"
#: So many are named, and so much of each, that the lines below stay on the same small screen.
NAMED, LETTERS = 3, 30


async def beside_them(visit: Visit) -> Beside:
    """Those on top of their list; nobody while it is locked, none in which something was heard."""
    if visit.person.profile.lock.get("closed"):
        return Beside()
    kept = [k for k in await all_kept(visit) if k.kind == SUPPORTER]
    names = [k.text for k in kept if not (k.listened or k.done or rests(visit, k))]
    return Beside(tuple(_short(" ".join(name.split())) for name in names[:NAMED]))


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1].rstrip()}…"
