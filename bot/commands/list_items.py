"""The items of a person's lists: found, written down, put in another order, taken out, undone.

`of` is what a list is narrowed to: a tie's number, `EVERYTHING`, `ASLEEP` for what rests, or
`FOUND` for a search, which looks at what rests as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from bot.commands.keeping import all_kept, new_words, reworded, tie_at_hand
from bot.commands.list_kinds import KINDS, ListKind
from bot.commands.resting import rests, tie_rests
from bot.commands.search import find
from bot.person import Keepsake
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.items import ITEM_LIMIT, lines_of

EVERYTHING, FOUND, ASLEEP = "0", "f", "r"
#: Items one list may have.
MOST = ITEM_LIMIT


async def items(visit: Visit, kind: ListKind, of: str = EVERYTHING) -> list[Keepsake]:
    """The items of a list, in the person's own order."""
    kept = [k for k in await all_kept(visit) if k.kind == kind.id]
    if of == FOUND:
        return find(kept, str(visit.person.profile.asking.get("for", "")))
    if of.isdecimal() and tie_rests(visit, int(of)):
        return [k for k in kept if str(k.tie) == of]
    here = [k for k in kept if rests(visit, k) == (of == ASLEEP)]
    return here if of in (EVERYTHING, ASLEEP) else [k for k in here if str(k.tie) == of]


async def item_of(visit: Visit, number: str) -> Keepsake | None:
    """The item with that id in base 36, of whatever list."""
    return next(
        (k for k in await all_kept(visit) if base36(k.id) == number and k.kind in KINDS), None
    )


async def write_down(visit: Visit, kind: ListKind, text: str, of: str) -> list[Keepsake]:
    """Add what a message says to a list; nothing is added where there is no room for all of it."""
    texts = lines_of(text) if kind.several else [text]
    there = await items(visit, kind)
    if len(there) + len(texts) > MOST:
        return []
    tie = int(of) if of.isdecimal() and int(of) in visit.person.ties else tie_at_hand(visit)
    tie = tie if kind.tied else None
    below = None if kind.newest else there
    return new_words(visit, kind.id, texts, visit.incoming.message, tie=tie, below=below)


async def correct(visit: Visit, said: Sequence[Keepsake], text: str) -> Keepsake:
    """A message was corrected that these items were written in; the last that changed.

    What stays the same stays; other lines reword the other items, in order, and what is left of
    them is added. Items that no line is left for stay.
    """
    kind = KINDS[said[0].kind]
    texts = lines_of(text) if kind.several and len(said) > 1 else [text]
    before = [k for k in said if k.text not in texts]
    after = [t for t in texts if t not in [k.text for k in said]]
    changed = [reworded(visit, k, new) for k, new in zip(before, after, strict=False)]
    visit.keep(changed)
    of = str(said[0].tie or EVERYTHING)
    for new in after[len(changed) :]:
        changed += await write_down(visit, kind, new, of)
    return changed[-1] if changed else said[0]


def moved(there: Sequence[Keepsake], item: Keepsake, where: str) -> list[Keepsake]:
    """What changes where an item goes one `up`, one `down` or to the `top`: itself, then others."""
    place = next(i for i, k in enumerate(there) if k.id == item.id)
    to = {"up": place - 1, "down": place + 1}.get(where, 0)
    if to == place or not 0 <= to < len(there):
        return [item]
    if len({k.position for k in there}) < len(there):
        return _numbered_anew(there, item, to)
    if where == "top":
        return [replace(item, position=there[0].position - 1)]
    near = there[to]
    return [replace(item, position=near.position), replace(near, position=item.position)]


def _numbered_anew(there: Sequence[Keepsake], item: Keepsake, to: int) -> list[Keepsake]:
    """The same where some stand at one place, from when several lists were one."""
    order = [k for k in there if k.id != item.id]
    order.insert(to, item)
    first = there[0].position
    anew = [replace(k, position=first + n) for n, k in enumerate(order)]
    return [anew[to], *anew[:to], *anew[to + 1 :]]


def take_out(visit: Visit, item: Keepsake) -> None:
    """Remove an item; the last one removed can be brought back."""
    visit.unkeep([item.id])
    visit.person.keep_profile(undo=asdict(item))


def bring_back(visit: Visit, kind: ListKind, number: str) -> Keepsake | None:
    """The item removed last is there again; None where it is not of that kind, or another one.

    `number` is its id in base 36, empty for any.
    """
    removed: dict[str, Any] = dict(visit.person.profile.undo)
    if removed.get("kind") != kind.id or number not in ("", base36(removed["id"])):
        return None
    item = Keepsake(**{**removed, "earlier": tuple(removed["earlier"])})
    visit.person.keep_profile(undo={})
    visit.keep([item])
    return item
