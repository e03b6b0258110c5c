"""What a button does to one item of a list: opened, ticked, dated, moved, reworded, taken out.

Presses, with an item's id in base 36 and what its list is narrowed to: `list:open:ID.OF`,
`list:edit:ID.OF`, `list:up:ID.OF`, `list:down:ID.OF`, `list:top:ID.OF`, `list:tick:ID.OF`,
`list:rest:ID.OF`, `list:wake:ID.OF`, `list:mind:ID.OF`, `list:unmind:ID.OF` (in the check-in),
`list:remove:ID.OF`, `list:copy:ID.OF`,
`list:place:ID.OF` (the page it stands on); for dates see `list_dates`, for what was said about it
`list_facts`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.appointments import Appointment
from bot.commands import list_dates, list_facts
from bot.commands.hours import read_hour
from bot.commands.list_items import ASLEEP, EVERYTHING, FOUND, items, moved, take_out
from bot.commands.list_kinds import KINDS, is_done, ticked
from bot.commands.list_one import one_screen
from bot.commands.list_pages import page_of
from bot.commands.list_screens import all_button, list_screen
from bot.commands.minding import BOUNDARY, MINDS
from bot.commands.resting import rests
from bot.person import Keepsake
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.schedule import read_date
from conversations.screen import Block, Screen

EDITING = "list_edit"


async def do(visit: Visit, action: str, item: Keepsake, of: str, answer: str) -> None:
    """A button about one item; `answer` is what follows its id in the press."""
    visit.asked()
    # What was searched for is not known any more once another question stands.
    of = EVERYTHING if of == FOUND else of
    if await _about(visit, action, item, of, answer) or await _on(visit, action, item, of, answer):
        return
    match action:
        case "edit":
            visit.ask(EDITING, id=item.id, kind=item.kind, of=of)
            place = f"list:open:{base36(item.id)}.{of}"
            visit.say("lists.ask_edit", visit.button("times.back_button", place))
        case "place":
            await show_place(visit, item, of)
        case "up" | "down" | "top":
            changed = moved(await _beside(visit, item, of), item, action)
            visit.keep(changed)
            await show_place(visit, changed[0], of)
        case "tick" if KINDS[item.kind].ticks:
            await _changed(visit, item, ticked(item, done=not is_done(item)), of)
        case "rest" | "wake" | "mind" | "unmind":
            _set(visit, action, item, of)
        case "remove":
            await _remove(visit, item, of)
        case "copy" if KINDS[item.kind].copied:
            _copy(visit, item, of)
        case _:
            visit.show(one_screen(visit, item, of))


async def _about(visit: Visit, action: str, item: Keepsake, of: str, answer: str) -> bool:
    """A button about what was said of it; false where it is none that still has a meaning."""
    name, _, choice = answer.partition(".")
    if action == "facts":
        list_facts.show(visit, item, of)
        return True
    if action == "fact":
        return list_facts.ask(visit, item, of, name)
    told = list_facts.told(visit, item, name, choice) if action == "told" else None
    if told is None:
        return False
    if choice != list_facts.OPEN and list_facts.takes_several(visit, item, name):
        visit.keep([told])
        list_facts.ask(visit, told, of, name)
    else:
        await _changed(visit, item, told, of)
    return True


async def _on(visit: Visit, action: str, item: Keepsake, of: str, answer: str) -> bool:
    """A button about its date; false where it is none."""
    match action:
        case "date":
            await list_dates.ask_day(visit, item, of)
        case "day" if read_date(answer):
            list_dates.ask_hour(visit, item, of, answer)
        case "at":
            await _set_date(visit, item, of, answer)
        case "undate":
            await list_dates.drop_reminder(visit, item)
            _change(visit, replace(item, due=""), of)
        case _:
            return False
    return True


def _copy(visit: Visit, item: Keepsake, of: str) -> None:
    """The text with nothing else around it, where it can be copied from; a line before it."""
    warning = Screen((Block(visit.phrase("composing.stays")),), anew=True)
    back = visit.button("times.back_button", f"list:open:{base36(item.id)}.{of}")
    after = Screen((Block(visit.phrase("composing.copied")),), ((back,),), anew=True)
    visit.show(warning, Screen((Block(item.text),), anew=True), after)


async def _beside(visit: Visit, item: Keepsake, of: str) -> list[Keepsake]:
    """The items it stands among."""
    of = ASLEEP if of == EVERYTHING and rests(visit, item) else of
    return await items(visit, KINDS[item.kind], of)


async def show_place(visit: Visit, item: Keepsake, of: str) -> None:
    """The page of the list that the item stands on."""
    kind, kept = KINDS[item.kind], await _beside(visit, item, of)
    of = ASLEEP if of == EVERYTHING and rests(visit, item) else of
    visit.show(await list_screen(visit, kind, kept, page_of(kept, item, whole=kind.whole), of))


def _set(visit: Visit, action: str, item: Keepsake, of: str) -> None:
    """At rest or awake; minded in the check-in or not."""
    if action in ("rest", "wake"):
        _change(visit, replace(item, rests=action == "rest"), of)
    elif item.kind == BOUNDARY:
        _mind(visit, item, of, minds=action == "mind")
    else:
        visit.show(one_screen(visit, item, of))


def _mind(visit: Visit, item: Keepsake, of: str, *, minds: bool) -> None:
    """The check-in asks about this boundary from now on, in place of any other of its tie."""
    if (tie := visit.person.ties.get(item.tie or 0)) is not None:
        others = {name: fact for name, fact in tie.facts.items() if name != MINDS}
        facts = {**others, MINDS: str(item.id)} if minds else others
        visit.person.keep_tie(replace(tie, facts=facts))
    note = "lists.minded" if minds else "lists.unminded"
    visit.show(one_screen(visit, item, of, note=note))


def _change(visit: Visit, item: Keepsake, of: str) -> None:
    visit.keep([item])
    visit.show(one_screen(visit, item, of))


async def _changed(visit: Visit, before: Keepsake, item: Keepsake, of: str) -> None:
    """Show the item as it now is; its date holds for as long as it is not done."""
    if is_done(item) and not is_done(before):
        await list_dates.drop_reminder(visit, item)
    elif is_done(before) and not is_done(item) and not list_dates.remind(visit, item):
        item = replace(item, due="")
    _change(visit, item, of)


async def _remove(visit: Visit, item: Keepsake, of: str) -> None:
    await list_dates.drop_reminder(visit, item)
    take_out(visit, item)
    undo = visit.button("lists.undo_button", f"list:undo:{item.kind}.{base36(item.id)}")
    back = all_button(visit, KINDS[item.kind], of)
    visit.say("lists.removed", undo, back)


async def _set_date(visit: Visit, item: Keepsake, of: str, answer: str) -> None:
    written, _, hour = answer.partition(".")
    day, at = read_date(written), read_hour(hour)
    if day is None or at is None:
        visit.toast = visit.phrase("talks.old_button")
        visit.show(one_screen(visit, item, of))
        return
    dated = await list_dates.set_date(visit, item, day, at)
    if dated is None:
        place = f"{base36(item.id)}.{of}"
        visit.say(
            "reminders.past",
            visit.button("reminders.hour_button", f"list:day:{place}.{day}"),
            visit.button("reminders.day_button", f"list:date:{place}"),
        )
        return
    _change(visit, dated, of)


# --- its day has come ---


async def open_due(visit: Visit, made: Appointment) -> None:
    """An item on its day, where its neutral line stood."""
    visit.in_place = True
    item = next((k for k in await visit.shelf.kept(visit.person) if k.id == made.item), None)
    if item is None or item.kind not in KINDS:
        visit.say("lists.gone", visit.button("offers.today", "cmd:today"))
    elif item.listened:
        # Words in which something was heard do not come back by themselves.
        place = f"list:open:{base36(item.id)}.{EVERYTHING}"
        visit.say(f"lists.due_{item.kind}", visit.button("lists.read_button", place))
    else:
        visit.show(one_screen(visit, item, note="due.reminder"))
