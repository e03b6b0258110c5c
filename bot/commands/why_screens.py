"""How a person's own reasons look: a list in pages, an index of the pages, one reason whole."""

from __future__ import annotations

from collections.abc import Sequence

from bot.person import Keepsake, from_ms
from bot.telegram_out import UNITS, base36, split, units
from bot.visit import Visit
from conversations.schedule import in_words
from conversations.screen import Block, Button, Screen, arrange
from conversations.spoken import tie_label

#: Reasons on one page, and the units they may take together; longer ones have pages of their own.
PAGE, ROOM = 8, UNITS - 400
#: Pages from which there is an index of them, and how many buttons it has.
INDEX_FROM, INDEX = 4, 24
#: What a list of search results is narrowed to; any other name is a tie's number, "0" all.
FOUND = "f"

Page = list[tuple[int, str]]


def paged(kept: Sequence[Keepsake]) -> list[Page]:
    """Pages of (place in the list, text): up to eight whole reasons, a long one over several."""
    pages: list[Page] = [[]]
    used = 0
    for place, reason in enumerate(kept):
        whole = units(reason.text) <= ROOM
        for part in (reason.text,) if whole else split(reason.text, ROOM):
            size = units(part) + 10
            if pages[-1] and (used + size > ROOM or len(pages[-1]) == PAGE):
                pages.append([])
                used = 0
            pages[-1].append((place, part))
            used += size
    return pages


def page_of(kept: Sequence[Keepsake], reason: Keepsake) -> int:
    """The page, from 1, on which a reason begins."""
    for number, page in enumerate(paged(kept), 1):
        if any(kept[place].id == reason.id for place, _ in page):
            return number
    return 1


def list_screen(visit: Visit, kept: Sequence[Keepsake], page: int, of: str = "0") -> Screen:
    """One page of a list that is not empty; `of` is what the list is narrowed to, see `why`."""
    pages = paged(kept)
    page = min(max(page, 1), len(pages))
    title = visit.phrase("why.found" if of == FOUND else "why.title")
    if len(pages) > 1:
        here = visit.phrase("why.page", number=str(page), total=str(len(pages)))
        title = f"{title} {here}"
    blocks, numbers = [Block(title, "heading")], []
    for place, text in pages[page - 1]:
        blocks.append(Block(str(place + 1), "lead"))
        blocks.append(Block(text, "quote"))
        numbers.append(Button(str(place + 1), f"why:open:{base36(kept[place].id)}"))
    turns = [
        Button(sign, f"why:page:{of}.{to}")
        for sign, to in (("‹", page - 1), ("›", page + 1))
        if 1 <= to <= len(pages)
    ]
    if len(pages) >= INDEX_FROM:
        turns.insert(1 if page > 1 else 0, visit.button("why.index_button", f"why:index:{of}"))
    rows = (*numbered(numbers), tuple(turns), *_ties(visit, of), *arrange(_tools(visit, of)))
    return Screen(tuple(blocks), tuple(row for row in rows if row), protect=True)


def index_screen(visit: Visit, kept: Sequence[Keepsake], of: str) -> Screen:
    """Every page a tap away, by the numbers that stand on it; where there are many, every n-th."""
    pages = paged(kept)
    step = -(-len(pages) // INDEX)
    buttons = []
    for first in range(0, len(pages), step):
        last = min(first + step, len(pages)) - 1
        begin, end = pages[first][0][0] + 1, pages[last][-1][0] + 1
        label = str(begin) if begin == end else f"{begin}–{end}"
        buttons.append(Button(label, f"why:page:{of}.{first + 1}"))
    return Screen((Block(visit.phrase("why.index")),), arrange(buttons))


def numbered(buttons: list[Button]) -> tuple[tuple[Button, ...], ...]:
    """Short numbers stand four a row, and evenly: 3 and 3, not 4 and 2."""
    if any(len(button.label) > 3 for button in buttons):
        return arrange(buttons)
    rows = -(-len(buttons) // 4)
    width = -(-len(buttons) // rows)
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def _tools(visit: Visit, of: str) -> list[Button]:
    search = visit.button("why.search_button", "why:search")
    if of == FOUND:
        return [search, visit.button("why.list_button", "why:page:0.1")]
    return [
        visit.button("why.add_button", "why:add"),
        search,
        visit.button("why.random_button", "why:random"),
    ]


def _ties(visit: Visit, of: str) -> tuple[tuple[Button, ...], ...]:
    """Narrow the list to one tie, where there are several."""
    awake = [t for t in visit.person.ties.values() if not t.resting]
    if len(awake) < 2 or of == FOUND:
        return ()
    known = visit.person.known(visit.now)
    phrases = visit.house.library.phrases
    buttons = [
        Button(tie_label(t.number, known, phrases), f"why:page:{t.number}.1")
        for t in awake
        if str(t.number) != of
    ]
    if of != "0":
        buttons.append(visit.button("why.all_button", "why:page:0.1"))
    return arrange(buttons)


def one_screen(visit: Visit, reason: Keepsake, note: str = "") -> Screen:
    """One reason whole, with where it comes from; `note` is the key of what is said first."""
    number = base36(reason.id)
    said = (Block(visit.phrase(note)),) if note else ()
    buttons = [
        visit.button(f"why.{name}_button", f"why:{name}:{number}")
        for name in ("up", "down", "edit", "remove")
    ]
    return Screen(
        (*said, Block(reason.text, "quote"), Block(_origin(visit, reason), "lead")),
        arrange([*buttons, visit.button("why.list_button", "why:page:0.1")]),
        protect=True,
    )


def _origin(visit: Visit, reason: Keepsake) -> str:
    """Its day, exercise, tie and direction."""
    phrases = visit.house.library.phrases
    day = visit.person.local(from_ms(reason.at)).date()
    parts = [in_words(day.isoformat(), phrases, visit.person.language)]
    flow = visit.house.library.flows.get(reason.flow)
    if flow is not None:
        parts.append(flow.title)
    if reason.tie is not None and reason.tie in visit.person.ties:
        parts.append(tie_label(reason.tie, visit.person.known(visit.now), phrases))
    parts.append(visit.phrase(f"why.direction_{reason.direction}"))
    return " · ".join(parts)
