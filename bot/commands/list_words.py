"""What is typed for a list: further items, other words for one, a search, a corrected message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.commands import list_dates, loose
from bot.commands.keeping import REASON, all_kept, reworded
from bot.commands.list_changes import EDITING
from bot.commands.list_facts import TELLING, told_in_words
from bot.commands.list_items import EVERYTHING, FOUND, correct, items, write_down
from bot.commands.list_kinds import KINDS, SAFETY, ListKind, plan_language
from bot.commands.list_one import one_screen
from bot.commands.list_screens import all_button, list_screen, tie_buttons
from bot.person import Keepsake, epoch_ms
from bot.telegram_out import base36, units
from bot.visit import Visit
from conversations.answers import ANSWER_LIMIT, numbers_in
from conversations.bubbles import SPLIT_FROM_UNITS, SPLIT_WITHIN
from conversations.care_language import marked

ADDING, SEARCHING = "list_add", "list_search"
#: Just reworded, and so long that an app may have split it: the rest belongs to it.
WRITTEN = "list_written"
#: The last search, for its further pages.
SEARCHED = "list_searched"
ASKING = (ADDING, EDITING, SEARCHING, TELLING, WRITTEN)
#: After this long without an item, words are no item any more.
ADDING_ENDS_MS = 3_600_000
_SPLIT_WITHIN_MS = SPLIT_WITHIN.total_seconds() * 1000


async def typed(visit: Visit) -> bool:
    """Words for adding, rewording or searching; false where they are for none of these."""
    asking = visit.person.profile.asking
    visit.asked()
    visit.speak(asking.get("said", ""))
    if ("from" in asking and await _continued(visit, asking)) or await _typed(visit, asking):
        return True
    visit.speak("")
    return False


async def _typed(visit: Visit, asking: Mapping[str, Any]) -> bool:
    match asking["what"]:
        case "list_add":
            return await _add(visit, asking)
        case "list_search":
            await _search(visit, KINDS[asking["kind"]], asking["of"])
        case "list_edit":
            return await _reword(visit, asking)
        case "list_fact":
            return await _tell(visit, asking)
        case _:
            return False
    return True


def left(visit: Visit) -> None:
    """The question is passed over: back to the list."""
    asking = visit.person.profile.asking
    visit.follow = marked(f"list:page:{asking['kind']}.{asking['of']}.1", asking.get("said", ""))
    visit.asked()


# --- adding ---


async def _add(visit: Visit, asking: Mapping[str, Any]) -> bool:
    """One item a message until done; false where the last one was long ago."""
    if visit.now_ms - asking["at"] > ADDING_ENDS_MS:
        return False
    kind, of = KINDS[asking["kind"]], asking["of"]
    added = await write_down(visit, kind, visit.incoming.text, of)
    if not added:
        loose.hold(visit)
        visit.say("lists.full", all_button(visit, kind, of))
        return True
    last = added[-1]
    buttons = [visit.button("lists.done_button", f"list:place:{base36(last.id)}.{of}")]
    key = "lists.added" if len(added) == 1 else "lists.added_several"
    asks = kind.tied and len(added) == 1 and last.tie is None
    if asks and (names := tie_buttons(visit, _about(last, of), of)):
        key = "lists.ask_tie"
        buttons = [*names, visit.button("lists.none_button", _about(last, of).format(0)), *buttons]
    elif len(added) == 1:
        buttons += list_dates.buttons(visit, last, of)
    visit.say(key, *buttons, count=str(len(added)))
    visit.ask(ADDING, kind=kind.id, of=of, at=visit.now_ms, **_rest_of(visit, last))
    return True


def _about(item: Keepsake, of: str) -> str:
    """The press that says which tie an item is about; `{}` stands for its number."""
    return f"list:about:{base36(item.id)}.{of}.{{}}"


async def told_about(visit: Visit, item: Keepsake, of: str, number: str) -> None:
    """Whom or what a new item is about; a reason takes the direction of that tie's lean."""
    tie = visit.person.ties.get(int(number)) if number.isdecimal() and len(number) < 6 else None
    if tie is not None:
        lean = tie.lean if item.kind == REASON else item.direction
        visit.keep([replace(item, tie=tie.number, direction=lean)])
    back = visit.button("lists.done_button", f"list:place:{base36(item.id)}.{of}")
    visit.say("lists.now_about", back)
    visit.ask(ADDING, kind=item.kind, of=of, at=visit.now_ms)


def _rest_of(visit: Visit, item: Keepsake) -> dict[str, int]:
    """Where a text was so long that an app may have split it, its rest belongs to the item."""
    if units(visit.incoming.text) < SPLIT_FROM_UNITS:
        return {}
    return {"from": item.id, "sent": epoch_ms(visit.incoming.sent_at)}


async def _continued(visit: Visit, asking: Mapping[str, Any]) -> bool:
    """The rest of an item that an app had to split."""
    item = await _item(visit, asking["from"])
    late = epoch_ms(visit.incoming.sent_at) - asking["sent"] > _SPLIT_WITHIN_MS
    whole = (item.text if item else "") + visit.incoming.text
    if item is None or late or len(whole) > ANSWER_LIMIT:
        return False
    # No single message holds it all now, so an edit of one cannot stand for the whole.
    visit.keep([replace(reworded(visit, item, whole), earlier=item.earlier, message=None)])
    of = asking["of"]
    visit.say("talk.added", visit.button("lists.done_button", f"list:place:{base36(item.id)}.{of}"))
    if rest := _rest_of(visit, item):
        visit.ask(**{**asking, **rest})
    elif asking["what"] == ADDING:
        visit.ask(ADDING, kind=item.kind, of=of, at=visit.now_ms)
    return True


async def _item(visit: Visit, number: int) -> Keepsake | None:
    return next((k for k in await all_kept(visit) if k.id == number and k.kind in KINDS), None)


# --- rewording ---


async def _reword(visit: Visit, asking: Mapping[str, Any]) -> bool:
    """Other words for an item; where it is gone they are kept as a new one."""
    text, of, kind = visit.incoming.text, asking["of"], asking["kind"]
    item = await _item(visit, asking["id"])
    if item is None:
        return await _add(visit, {"kind": kind, "of": of, "at": visit.now_ms})
    changed = replace(reworded(visit, item, text), message=visit.incoming.message)
    visit.keep([changed])
    visit.show(one_screen(visit, changed, of))
    if rest := _rest_of(visit, changed):
        visit.ask(WRITTEN, kind=kind, of=of, **rest)
    return True


async def _tell(visit: Visit, asking: Mapping[str, Any]) -> bool:
    """Words about an item; false where they are not asked for any more."""
    item, text = await _item(visit, asking["id"]), visit.incoming.text
    told = told_in_words(visit, item, asking["step"], text) if item is not None else None
    if told is None:
        return False
    visit.keep([told])
    visit.show(one_screen(visit, told, asking["of"]))
    return True


async def edited(visit: Visit) -> bool:
    """A message that items were written in was corrected."""
    message = visit.incoming.message
    said = [k for k in await all_kept(visit) if k.message == message and k.kind in KINDS]
    if not said:
        return False
    if said[0].kind == SAFETY:
        visit.speak(await plan_language(visit))
    item = await correct(visit, said, visit.incoming.text)
    place = f"list:place:{base36(item.id)}.{EVERYTHING}"
    visit.say("talk.corrected", visit.button(f"lists.all_{item.kind}_button", place))
    return True


# --- searching ---


async def _search(visit: Visit, kind: ListKind, of: str) -> None:
    """By words, or by the number an item has in the list."""
    text, kept = visit.incoming.text, await items(visit, kind, of)
    numbers = numbers_in(text)
    if len(numbers) == 1 and 1 <= numbers[0] <= len(kept):
        visit.show(one_screen(visit, kept[numbers[0] - 1], of))
        return
    visit.ask(SEARCHED, kind=kind.id, of=of, **{"for": text})
    found = await items(visit, kind, FOUND)
    if len(found) == 1:
        visit.show(one_screen(visit, found[0], of, note="lists.found"))
    elif found:
        visit.show(await list_screen(visit, kind, found, 1, FOUND))
    else:
        again = visit.button("lists.search_button", f"list:search:{kind.id}.{of}")
        visit.say("lists.not_found", again, all_button(visit, kind, of))
