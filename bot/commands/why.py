"""/why: a person's own saved reasons, given back to them.

Presses: `why:page:OF.N` and `why:index:OF` (OF: a tie's number, 0 for all, f for what was
searched), `why:random`, `why:add`, `why:search`, `why:undo`, and with a reason's id in base 36
`why:open:ID`, `why:edit:ID`, `why:up:ID`, `why:down:ID`, `why:remove:ID`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from bot.commands import reasons
from bot.commands.search import find
from bot.commands.why_screens import FOUND, index_screen, list_screen, one_screen, page_of
from bot.person import Keepsake, epoch_ms
from bot.telegram_out import base36, units
from bot.visit import Visit
from conversations.bubbles import SPLIT_FROM_UNITS, SPLIT_WITHIN

ADDING, EDITING, SEARCHING = "why_add", "why_edit", "why_search"
#: Just written, and so long that an app may have split it: the rest belongs to it.
WRITTEN = "why_written"
#: The last search, for its further pages.
SEARCHED = "why_searched"
ASKING = (ADDING, EDITING, SEARCHING, WRITTEN)


async def _reasons(visit: Visit, of: str = "0") -> list[Keepsake]:
    kept = [k for k in await visit.shelf.kept(visit.person) if k.kind == reasons.KIND]
    if of == FOUND:
        return find(kept, visit.person.profile.asking.get("for", ""))
    return kept if of == "0" else [k for k in kept if str(k.tie) == of]


async def show(visit: Visit) -> None:
    """The reasons, the newest on top unless they were put in another order."""
    visit.asked()
    await _list(visit, 1)


async def tapped(visit: Visit, action: str, value: str) -> None:
    """A button of /why."""
    of, _, page = value.partition(".")
    match action:
        case "page":
            await _list(visit, _number(page), of)
        case "index":
            await _index(visit, of)
        case "random":
            await _random(visit)
        case "add":
            visit.ask(ADDING)
            visit.say("why.ask_add", visit.button("why.list_button", "why:page:0.1"))
        case "search":
            visit.ask(SEARCHING)
            visit.say("why.ask_search", visit.button("why.list_button", "why:page:0.1"))
        case "undo":
            await _undo(visit)
        case _:
            await _on_one(visit, action, value)


async def _list(visit: Visit, page: int, of: str = "0") -> None:
    """A page of a list; of all reasons where what it was narrowed to is empty."""
    kept = await _reasons(visit, of)
    if not kept and of != "0":
        of, kept = "0", await _reasons(visit)
    if of != FOUND:
        visit.asked()
    if kept:
        visit.show(list_screen(visit, kept, page, of))
        return
    visit.say(
        "why.empty",
        visit.button("why.add_button", "why:add"),
        visit.button("why.reflect_button", "cmd:reflect"),
    )


async def _index(visit: Visit, of: str) -> None:
    if kept := await _reasons(visit, of):
        visit.show(index_screen(visit, kept, of))
    else:
        await _list(visit, 1)


async def _on_one(visit: Visit, action: str, value: str) -> None:
    kept = await _reasons(visit)
    place = next((i for i, k in enumerate(kept) if base36(k.id) == value), None)
    visit.asked()
    if place is None:
        visit.toast = visit.phrase("why.gone")
        await _list(visit, 1)
        return
    reason = kept[place]
    match action:
        case "edit":
            visit.ask(EDITING, id=reason.id)
            visit.say("why.ask_edit", visit.button("why.list_button", "why:page:0.1"))
        case "up" | "down":
            other = place - 1 if action == "up" else place + 1
            if 0 <= other < len(kept):
                visit.keep(_swapped(reason, kept[other]))
                kept[place], kept[other] = kept[other], kept[place]
            visit.show(list_screen(visit, kept, page_of(kept, reason)))
        case "remove":
            visit.unkeep([reason.id])
            visit.person.keep_profile(undo=asdict(reason))
            visit.say(
                "why.removed",
                visit.button("why.undo_button", "why:undo"),
                visit.button("why.list_button", "why:page:0.1"),
            )
        case _:
            visit.show(one_screen(visit, reason))


def _swapped(one: Keepsake, other: Keepsake) -> list[Keepsake]:
    return [replace(one, position=other.position), replace(other, position=one.position)]


async def _undo(visit: Visit) -> None:
    removed = dict(visit.person.profile.undo)
    visit.asked()
    if not removed:
        visit.toast = visit.phrase("why.nothing_to_undo")
        await _list(visit, 1)
        return
    brought_back = Keepsake(**{**removed, "earlier": tuple(removed["earlier"])})
    visit.person.keep_profile(undo={})
    visit.keep([brought_back])
    kept = sorted([*await _reasons(visit), brought_back], key=lambda k: (k.position, k.id))
    visit.show(list_screen(visit, kept, page_of(kept, brought_back)))


async def _random(visit: Visit) -> None:
    """One at random; words in which something was heard do not come back by themselves."""
    kept = [k for k in await _reasons(visit) if not k.listened]
    visit.asked()
    if kept:
        visit.show(one_screen(visit, visit.random.choice(kept)))
    else:
        await _list(visit, 1)


# --- typed ---


async def typed(visit: Visit) -> bool:
    """Words for adding, editing or searching; false where they are for none of these."""
    asking, text = visit.person.profile.asking, visit.incoming.text
    visit.asked()
    match asking["what"]:
        case "why_written":
            return await _continued(visit, asking)
        case "why_search":
            await _search(visit, text)
        case "why_edit":
            await _reword(visit, asking["id"], text)
        case _:
            await reasons.add(visit, text, visit.incoming.message)
    _expect_the_rest(visit)
    return True


def _expect_the_rest(visit: Visit) -> None:
    if visit.changes.kept and units(visit.incoming.text) >= SPLIT_FROM_UNITS:
        at = epoch_ms(visit.incoming.sent_at)
        visit.ask(WRITTEN, id=visit.changes.kept[-1].id, at=at)


async def _continued(visit: Visit, asking: Mapping[str, Any]) -> bool:
    """The rest of a reason that an app had to split."""
    late = epoch_ms(visit.incoming.sent_at) - asking["at"] > SPLIT_WITHIN.total_seconds() * 1000
    reason = await _reason(visit, asking["id"])
    if late or reason is None:
        return False
    # No single message holds it all now, so an edit of one cannot stand for the whole.
    whole = reasons.reworded(visit, reason, reason.text + visit.incoming.text)
    visit.keep([replace(whole, earlier=reason.earlier, message=None)])
    visit.say("talk.added", visit.button("why.list_button", "why:page:0.1"))
    _expect_the_rest(visit)
    return True


async def _reason(visit: Visit, number: int) -> Keepsake | None:
    return next((k for k in await _reasons(visit) if k.id == number), None)


async def _reword(visit: Visit, number: int, text: str) -> None:
    reason = await _reason(visit, number)
    if reason is None:
        await reasons.add(visit, text, visit.incoming.message)
        return
    changed = replace(reasons.reworded(visit, reason, text), message=visit.incoming.message)
    visit.keep([changed])
    visit.show(one_screen(visit, changed))


async def _search(visit: Visit, text: str) -> None:
    visit.ask(SEARCHED, **{"for": text})
    found = await _reasons(visit, FOUND)
    if len(found) == 1:
        visit.show(one_screen(visit, found[0], "why.found"))
        return
    if found:
        await _list(visit, 1, FOUND)
        return
    visit.say(
        "why.not_found",
        visit.button("why.search_button", "why:search"),
        visit.button("why.list_button", "why:page:0.1"),
    )


async def edited(visit: Visit) -> bool:
    """A message that a reason was written in was corrected."""
    for keepsake in await visit.shelf.kept(visit.person):
        if keepsake.message == visit.incoming.message:
            visit.keep([reasons.reworded(visit, keepsake, visit.incoming.text)])
            visit.say("talk.corrected", visit.button("why.list_button", "why:page:0.1"))
            return True
    return False


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
