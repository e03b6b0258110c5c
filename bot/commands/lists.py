"""A person's lists, any of them at any time: opened, added to, searched, narrowed to one tie.

Presses, with a kind of `list_kinds` and what the list is narrowed to (see `list_items`):
`list:page:KIND.OF.N`, `list:index:KIND.OF`, `list:add:KIND.OF`, `list:search:KIND.OF`,
`list:random:KIND`, `list:again:KIND.OF` (through its exercise), `list:undo:KIND.ID`, `list:all`,
`list:about:ID.OF.N` (which tie a new item is about); for the others about one item see
`list_changes`.
"""

from __future__ import annotations

from bot.commands import list_changes, list_dates, note, talks
from bot.commands.keeping import all_kept
from bot.commands.list_items import EVERYTHING, FOUND, bring_back, item_of, items
from bot.commands.list_kinds import KINDS, SAFETY, ListKind, is_done, plan_language
from bot.commands.list_one import one_screen
from bot.commands.list_screens import (
    again_button,
    all_button,
    apart,
    index_screen,
    list_screen,
    tie_name,
)
from bot.commands.list_words import ADDING, SEARCHING, told_about
from bot.commands.resting import comes_by_itself, rests
from bot.visit import Visit
from conversations.screen import Block, Screen, arrange

OF_A_LIST = ("page", "index", "random", "add", "search", "again", "undo")


async def show(visit: Visit, kind: ListKind, page: int = 1, of: str = EVERYTHING) -> None:
    """A page of a list; of all its items where what it was narrowed to has none."""
    kept = await items(visit, kind, of)
    if of != FOUND:
        visit.asked()
    elif not kept:
        of, kept = EVERYTHING, await items(visit, kind)
    if kept:
        visit.show(await list_screen(visit, kind, kept, page, of))
        return
    buttons = [
        visit.button("lists.add_button", f"list:add:{kind.id}.{of}"),
        *again_button(visit, kind, of, first=True),
        *await apart(visit, kind, of),
    ]
    if of != EVERYTHING:
        buttons.append(visit.button("lists.everything_button", f"list:page:{kind.id}.0.1"))
    visit.say(f"lists.empty_{kind.id}", *buttons)


async def open_or_begin(visit: Visit, kind: ListKind) -> None:
    """The list where it has something; else the exercise that fills it, where there is one."""
    if kind.id == SAFETY and not visit.said_in:
        visit.speak(await plan_language(visit))
    flow = visit.house.library.flows.get(kind.flow)
    if flow is not None and not await items(visit, kind):
        await talks.start(visit, flow)
    else:
        await show(visit, kind)


async def show_all(visit: Visit) -> None:
    """Every list that has something, and how much."""
    visit.asked()
    kept = [k for k in await all_kept(visit) if not rests(visit, k)]
    counts = {kind: sum(k.kind == kind for k in kept) for kind in KINDS}
    lines = [
        visit.phrase("lists.count", name=visit.phrase(f"lists.name_{kind}"), count=str(count))
        for kind, count in counts.items()
        if count
    ]
    buttons = [
        visit.button(f"lists.name_{kind}", f"list:page:{kind}.{EVERYTHING}.1") for kind in KINDS
    ]
    blocks = (Block(visit.phrase("lists.title")), Block("\n".join(lines)))
    visit.show(Screen(blocks if lines else blocks[:1], arrange(buttons), protect=True))


async def tapped(visit: Visit, action: str, value: str, _: str) -> None:
    """A button of a list, or of one of its items."""
    first, second, rest = [*value.split(".", 2), "", ""][:3]
    item = None if action in OF_A_LIST else await item_of(visit, first)
    if (item.kind if item else first) != SAFETY:
        visit.speak("")
    if action in OF_A_LIST and first in KINDS:
        await _of_a_list(visit, action, KINDS[first], second or EVERYTHING, rest)
    elif action == "all":
        await show_all(visit)
    elif item and action == "about":
        await told_about(visit, item, second or EVERYTHING, rest)
    elif item:
        await list_changes.do(visit, action, item, second or EVERYTHING, rest)
    else:
        visit.toast = visit.phrase("lists.gone")
        await show_all(visit)


async def _of_a_list(visit: Visit, action: str, kind: ListKind, of: str, rest: str) -> None:
    match action:
        case "index" if kept := await items(visit, kind, of):
            visit.show(index_screen(visit, kind, kept, of))
        case "random":
            await _random(visit, kind)
        case "add" if kind.id == note.KIND:
            await note.begin(visit, int(of) if tie_name(visit, of) else None)
        case "add":
            visit.ask(ADDING, kind=kind.id, of=of, at=visit.now_ms)
            visit.say(f"lists.ask_add_{kind.id}", all_button(visit, kind, of))
        case "search":
            visit.ask(SEARCHING, kind=kind.id, of=of)
            visit.say("lists.ask_search", all_button(visit, kind, of))
        case "undo":
            await _undo(visit, kind, of)
        case "again" if flow := visit.house.library.flows.get(kind.flow):
            tie = int(of) if tie_name(visit, of) else None
            await talks.start(visit, flow, tie=tie)
        case _:
            page = int(rest) if rest.isascii() and rest.isdecimal() and len(rest) < 9 else 1
            await show(visit, kind, page, of)


async def _undo(visit: Visit, kind: ListKind, number: str) -> None:
    visit.asked()
    item = bring_back(visit, kind, "" if number == EVERYTHING else number)
    if item is None:
        visit.toast = visit.phrase("lists.nothing_to_undo")
        await show(visit, kind)
        return
    if not is_done(item):
        list_dates.remind(visit, item)
    await list_changes.show_place(visit, item, EVERYTHING)


async def _random(visit: Visit, kind: ListKind) -> None:
    """One at random, of those that may come back by themselves."""
    kept = [k for k in await items(visit, kind) if comes_by_itself(visit, k)]
    visit.asked()
    if kept:
        visit.show(one_screen(visit, visit.random.choice(kept)))
    else:
        await show(visit, kind)
