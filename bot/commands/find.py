"""/find: one's own words again, whatever they were written as.

Presses: `find:page:N` (of what was searched for last), `find:again`.
"""

from __future__ import annotations

from bot.commands.list_pages import numbered
from bot.commands.own_words import Piece, every_piece
from bot.commands.search import excerpt, places, within_reach
from bot.commands.told import day_in_words
from bot.person import from_ms
from bot.visit import Visit
from conversations.screen import Block, Button, Screen

WANTED = "find"
#: The last search, for its further pages.
SEARCHED = "find_searched"
PAGE = 8
#: Characters of a search; more are no search.
LONGEST = 200


async def show(visit: Visit) -> None:
    """/find, perhaps with what is looked for."""
    if visit.incoming.text.strip():
        await typed(visit)
    else:
        _ask(visit)


async def tapped(visit: Visit, action: str, value: str, _: str) -> None:
    """A button of the results."""
    asking = visit.person.profile.asking
    if action == "page" and asking.get("what") == SEARCHED and value.isdecimal():
        await _results(visit, str(asking["for"]), int(value[:6]))
    else:
        _ask(visit)


async def typed(visit: Visit) -> None:
    """What is looked for."""
    await _results(visit, visit.incoming.text[:LONGEST], 1)


def left(visit: Visit) -> None:
    """Nothing is looked for any more."""
    visit.asked()
    visit.follow = "cmd:more"


def _ask(visit: Visit) -> None:
    visit.ask(WANTED)
    visit.say("find.ask", visit.button("offers.lists", "cmd:lists"))


async def _results(visit: Visit, wanted: str, page: int) -> None:
    pieces = await every_piece(visit)
    texts = [piece.text for piece in pieces]
    found = [pieces[place] for place in places(texts, wanted)]
    part = within_reach(texts) < len(texts)
    visit.ask(SEARCHED, **{"for": wanted})
    again = visit.button("find.again_button", "find:again")
    if not found:
        visit.say("find.none_in_part" if part else "find.none", again)
        return
    pages = -(-len(found) // PAGE)
    page = min(max(page, 1), pages)
    first = (page - 1) * PAGE
    blocks = [Block(visit.phrase("find.found", number=str(len(found))), "heading")]
    if part:
        blocks.append(Block(visit.phrase("find.part")))
    buttons = []
    for number, piece in enumerate(found[first : first + PAGE], first + 1):
        blocks.append(Block(f"{number} · {_what(visit, piece)}", "lead"))
        blocks.append(Block(excerpt(piece.text, wanted), "quote"))
        buttons.append(Button(str(number), piece.press))
    turns = [
        Button(sign, f"find:page:{to}")
        for sign, to in (("‹", page - 1), ("›", page + 1))
        if 1 <= to <= pages
    ]
    rows = [*numbered(buttons), tuple(turns), (again,)]
    visit.show(Screen(tuple(blocks), tuple(row for row in rows if row), protect=True))


def _what(visit: Visit, piece: Piece) -> str:
    """What it is, and its day."""
    day = visit.person.local(from_ms(piece.at)).date()
    return f"{piece.what} · {day_in_words(visit, day)}"
