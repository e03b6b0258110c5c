"""Lines of one's own, and those kept from the library: listed, added, changed, taken out.

Presses: `affirm:own:PAGE`, `affirm:add`, `affirm:undo`, and with a keepsake's id in base 36
`affirm:one:ID`, `affirm:edit:ID`, `affirm:out:ID`.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Literal

from bot.commands.affirm_practice import KEPT, OWN, Practice, count_anew, own_lines, text_of
from bot.commands.keeping import reworded
from bot.commands.list_pages import numbered, page_of, paged
from bot.person import Keepsake
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.screen import Block, Button, Screen, arrange

ADDING, EDITING = "affirm_add", "affirm_edit"
ASKING = (ADDING, EDITING)


def press(action: str, one: Keepsake) -> str:
    """What a button about one line means."""
    return f"affirm:{action}:{base36(one.id)}"


async def tapped(visit: Visit, action: str, value: str) -> bool:
    """A button of these lines; false where it is none."""
    match action:
        case "own":
            await _list(visit, int(value) if value.isdecimal() and value.isascii() else 1)
        case "add":
            visit.ask(ADDING)
            visit.say("affirm.ask_add", visit.button("affirm.back_button", "affirm:own:1"))
        case "undo":
            await _undo(visit)
        case "one" | "edit" | "out":
            await _on_one(visit, action, value)
        case _:
            return False
    return True


async def _mine(visit: Visit) -> list[Keepsake]:
    return own_lines(visit, await visit.shelf.kept(visit.person))


async def _list(visit: Visit, page: int) -> None:
    show_list(visit, await _mine(visit), page)


def show_list(visit: Visit, mine: list[Keepsake], page: int) -> None:
    """A page of them, the newest first."""
    tools = [
        visit.button("affirm.add_button", "affirm:add"),
        visit.button("affirm.back_button", "affirm:more"),
    ]
    if not mine:
        visit.say("affirm.own_empty", *tools)
        return
    practice = Practice.of(visit.person)
    said = [replace(k, text=text_of(visit, practice, k)) for k in mine]
    pages = paged(said)
    page = min(max(page, 1), len(pages))
    blocks, numbers = [Block(visit.phrase("affirm.own_title"), "heading")], []
    for place, text in pages[page - 1]:
        blocks.append(Block(str(place + 1), "lead"))
        blocks.append(Block(text, _style(mine[place])))
        numbers.append(Button(str(place + 1), press("one", mine[place])))
    turns = tuple(
        Button(sign, f"affirm:own:{to}")
        for sign, to in (("‹", page - 1), ("›", page + 1))
        if 1 <= to <= len(pages)
    )
    rows = (*numbered(numbers), turns, *arrange(tools))
    visit.show(Screen(tuple(blocks), tuple(row for row in rows if row), protect=True))


def one_screen(visit: Visit, one: Keepsake, note: str = "") -> Screen:
    """One line whole; `note` is the key of what is said first."""
    text = text_of(visit, Practice.of(visit.person), one)
    said = (Block(visit.phrase(note)),) if note else ()
    buttons = [
        visit.button("affirm.edit_button", press("edit", one)),
        visit.button("affirm.out_button", press("out", one)),
        visit.button("affirm.own_button", "affirm:own:1"),
        visit.button("affirm.now_button", "affirm:now"),
    ]
    return Screen((*said, Block(text, _style(one))), arrange(buttons), protect=True)


def _style(one: Keepsake) -> Literal["quote", "plain"]:
    return "quote" if one.kind == OWN else "plain"


async def _on_one(visit: Visit, action: str, value: str) -> None:
    mine = await _mine(visit)
    one = next((k for k in mine if base36(k.id) == value), None)
    if one is None:
        visit.toast = visit.phrase("affirm.gone")
        show_list(visit, mine, 1)
    elif action == "edit":
        visit.ask(EDITING, id=one.id)
        visit.say("affirm.ask_edit", visit.button("affirm.back_button", press("one", one)))
    elif action == "out":
        visit.unkeep([one.id])
        Practice.of(visit.person).but(undo=asdict(one)).store(visit)
        visit.say(
            "affirm.taken_out",
            visit.button("affirm.undo_button", "affirm:undo"),
            visit.button("affirm.own_button", "affirm:own:1"),
        )
    else:
        visit.show(one_screen(visit, one))


async def _undo(visit: Visit) -> None:
    practice = Practice.of(visit.person)
    mine = await _mine(visit)
    if not practice.undo:
        visit.toast = visit.phrase("lists.nothing_to_undo")
        show_list(visit, mine, 1)
        return
    removed = practice.undo
    one = Keepsake(**{**removed, "earlier": tuple(removed["earlier"])})
    practice.but(undo={}).store(visit)
    visit.keep([one])
    mine = sorted([*mine, one], key=lambda k: -k.id)
    show_list(visit, mine, page_of(mine, one))


# --- typed ---


async def typed(visit: Visit) -> None:
    """Words for a new line, or for one that is changed."""
    asking, text = visit.person.profile.asking, visit.incoming.text
    visit.asked()
    one = None
    if asking["what"] == EDITING:
        one = next((k for k in await _mine(visit) if k.id == asking["id"]), None)
    if one is None:
        _add(visit, text)
        return
    # A line of the library becomes their own with this, and knows where it comes from: it rests
    # when that rests, and that does not come beside it.
    own = replace(one, kind=OWN, text="", step=one.text) if one.kind == KEPT else one
    changed = reworded(visit, own, text)
    changed = replace(
        changed,
        earlier=() if one.kind == KEPT else changed.earlier,
        message=visit.incoming.message,
    )
    visit.keep([changed])
    visit.show(one_screen(visit, changed))


def _add(visit: Visit, text: str) -> None:
    count_anew(visit)
    number = visit.house.ids.next()
    heard = visit.house.listener.listen(text) is not None
    visit.keep(
        [
            Keepsake(
                number,
                OWN,
                text,
                visit.now_ms,
                -float(number),
                message=visit.incoming.message,
                listened=heard,
            )
        ]
    )
    visit.say(
        "affirm.added",
        visit.button("affirm.own_button", "affirm:own:1"),
        visit.button("affirm.add_button", "affirm:add"),
        visit.button("affirm.now_button", "affirm:now"),
    )
