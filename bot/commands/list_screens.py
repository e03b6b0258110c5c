"""How a list looks: its pages, and an index of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.exercises import fits, is_offered
from bot.commands.keeping import REASON
from bot.commands.list_items import ASLEEP, EVERYTHING, FOUND, items
from bot.commands.list_kinds import ListKind, is_done
from bot.commands.list_pages import numbered, paged
from bot.commands.old_reasons import old_reasons
from bot.commands.resting import rests
from bot.person import Keepsake
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.schedule import in_words
from conversations.screen import LABEL_LIMITS, Block, Button, Screen, arrange
from conversations.spoken import Spoken, tie_label

#: Pages from which there is an index of them, and how many buttons it has.
INDEX_FROM, INDEX = 4, 60
Rows = tuple[tuple[Button, ...], ...]


# --- a page ---


async def list_screen(
    visit: Visit, kind: ListKind, kept: Sequence[Keepsake], page: int, of: str = EVERYTHING
) -> Screen:
    """One page of a list that is not empty."""
    pages = paged(kept, whole=kind.whole)
    page = min(max(page, 1), len(pages))
    blocks, numbers = [Block(_title(visit, kind, of, page, len(pages)), "heading")], []
    if kind.ticks and of != FOUND and (done := sum(map(is_done, kept))):
        words = {"done": str(done), "total": str(len(kept))}
        blocks.append(Block(visit.phrase(f"lists.ticked_{kind.id}", **words)))
    for place, text in pages[page - 1]:
        blocks.append(Block(_lead(visit, place + 1, kept[place]), "lead"))
        blocks.append(Block(text, "quote"))
        numbers.append(Button(str(place + 1), f"list:open:{base36(kept[place].id)}.{of}"))
    turns = [
        Button(sign, f"list:page:{kind.id}.{of}.{to}")
        for sign, to in (("‹", page - 1), ("›", page + 1))
        if 1 <= to <= len(pages)
    ]
    if len(pages) >= INDEX_FROM:
        index = visit.button("lists.index_button", f"list:index:{kind.id}.{of}")
        turns.insert(1 if page > 1 else 0, index)
    rows = (
        *numbered(numbers),
        tuple(turns),
        *_ties(visit, kind, of),
        *_tools(visit, kind, of),
        *arrange(await apart(visit, kind, of)),
    )
    return Screen(tuple(blocks), tuple(row for row in rows if row), protect=True)


async def apart(visit: Visit, kind: ListKind, of: str) -> list[Button]:
    """What is listed apart: what rests, and old reasons that were not looked at anew."""
    buttons = []
    if of in (EVERYTHING, ASLEEP) and await items(
        visit, kind, EVERYTHING if of == ASLEEP else ASLEEP
    ):
        buttons.append(
            all_button(visit, kind)
            if of == ASLEEP
            else visit.button("lists.asleep_button", f"list:page:{kind.id}.{ASLEEP}.1")
        )
    if kind.id == REASON and of != ASLEEP:
        turned = [t for t in visit.person.ties.values() if t.turned and not t.resting]
        here = [t for t in turned if of in (EVERYTHING, str(t.number))]
        if here and await old_reasons(visit, here[0]):
            buttons.append(visit.button("leanings.look_button", f"lean:look:{here[0].number}"))
    return buttons


def _title(visit: Visit, kind: ListKind, of: str, page: int, pages: int) -> str:
    key = {FOUND: "lists.found", ASLEEP: "lists.asleep"}.get(of, f"lists.title_{kind.id}")
    title = visit.phrase(key)
    if (name := tie_name(visit, of)) and len(_awake(visit)) > 1:
        title = f"{title} · {name}"
    if pages == 1:
        return title
    return f"{title} {visit.phrase('lists.page', number=str(page), total=str(pages))}"


def _lead(visit: Visit, number: int, item: Keepsake) -> str:
    """Its number, and what there is to know at a glance: its part, done, its day, at rest."""
    parts = [str(number)]
    if part := part_of(visit, item):
        parts.append(part)
    if is_done(item):
        parts.append(visit.phrase(f"lists.is_done_{item.kind}"))
    elif item.due:
        parts.append(day_name(visit, item.due[:10]))
    if rests(visit, item):
        parts.append(visit.phrase("lists.rests"))
    return " · ".join(parts)


def index_screen(visit: Visit, kind: ListKind, kept: Sequence[Keepsake], of: str) -> Screen:
    """Every page a tap away, by the numbers that stand on it; where there are many, every n-th."""
    pages = paged(kept, whole=kind.whole)
    step = -(-len(pages) // INDEX)
    buttons = []
    for first in range(0, len(pages), step):
        last = min(first + step, len(pages)) - 1
        begin, end = pages[first][0][0] + 1, pages[last][-1][0] + 1
        label = str(begin) if begin == end else f"{begin}–{end}"
        buttons.append(Button(label, f"list:page:{kind.id}.{of}.{first + 1}"))
    return Screen((Block(visit.phrase("lists.index")),), arrange(buttons), protect=True)


def _tools(visit: Visit, kind: ListKind, of: str) -> Rows:
    if of == ASLEEP:
        return ()
    if of == FOUND:
        again = visit.button("lists.search_button", f"list:search:{kind.id}.{EVERYTHING}")
        return arrange([again, all_button(visit, kind)])
    buttons = [
        visit.button("lists.add_button", f"list:add:{kind.id}.{of}"),
        visit.button("lists.search_button", f"list:search:{kind.id}.{of}"),
    ]
    if kind.chance:
        buttons.append(visit.button("lists.random_button", f"list:random:{kind.id}"))
    return arrange([*buttons, *again_button(visit, kind, of)])


def again_button(visit: Visit, kind: ListKind, of: str, *, first: bool = False) -> list[Button]:
    """Through the exercise that fills the list, where there is one that does not rest."""
    flow = visit.house.library.flows.get(kind.flow)
    tie = visit.person.ties.get(int(of)) if tie_name(visit, of) else None
    if flow is None or not (fits(visit, flow, tie) if tie else is_offered(visit, flow)):
        return []
    key = "lists.begin_button" if first else "lists.again_button"
    return [visit.button(key, f"list:again:{kind.id}.{of}")]


def all_button(visit: Visit, kind: ListKind, of: str = EVERYTHING) -> Button:
    """Back to the list."""
    return visit.button(f"lists.all_{kind.id}_button", f"list:page:{kind.id}.{of}.1")


# --- narrowed to a tie ---


def _awake(visit: Visit) -> list[int]:
    return [t.number for t in visit.person.ties.values() if not t.resting]


def tie_name(visit: Visit, of: str) -> str:
    """What that tie is called; empty where the list is not narrowed to one."""
    if not of.isdecimal() or int(of) not in visit.person.ties:
        return ""
    known = visit.person.known(visit.now)
    return tie_label(int(of), known, visit.house.library.phrases)


def tie_buttons(visit: Visit, press: str, of: str) -> list[Button]:
    """The other ties, where there are several; `press` has `{}` for the tie's number."""
    awake = _awake(visit)
    if len(awake) < 2:
        return []
    names = [(number, tie_name(visit, str(number))) for number in awake if str(number) != of]
    return [Button(_short(name), press.format(number)) for number, name in names]


def _ties(visit: Visit, kind: ListKind, of: str) -> Rows:
    if of in (FOUND, ASLEEP) or not kind.tied:
        return ()
    buttons = tie_buttons(visit, f"list:page:{kind.id}.{{}}.1", of)
    if buttons and of != EVERYTHING:
        buttons.append(visit.button("lists.everything_button", f"list:page:{kind.id}.0.1"))
    return arrange(buttons)


def _short(name: str) -> str:
    limit = LABEL_LIMITS[1]
    return name if len(name) <= limit else f"{name[: limit - 1]}…"


def part_of(visit: Visit, item: Keepsake) -> str:
    """What it is a part of, such as the money of a plan; empty where nothing is said of that."""
    flow = visit.house.library.flows.get(item.flow)
    leaf = flow.by_id.get(item.by) if flow is not None and item.kind != REASON else None
    if flow is None or leaf is None:
        return ""
    tie = visit.person.ties.get(item.tie or 0)
    spoken = Spoken(flow, visit.house.library.phrases, visit.language)
    return spoken.text(leaf, "short", tie.kind if tie is not None else None)


def day_name(visit: Visit, day: str) -> str:
    """A local day (ISO) as people say it."""
    return in_words(day, visit.house.library.phrases, visit.language)
