"""How finished talks look: two of them question by question, one of them whole, a list of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.told import Told
from bot.telegram_out import UNITS, units
from bot.visit import Visit
from conversations.screen import LABEL_LIMITS, Block, Button, Screen, arrange

#: Questions on one page, lines of one list, and the units a page may take.
QUESTIONS, LINES, ROOM = 4, 8, UNITS - 800

Entry = list[Block]


def pair(
    visit: Visit, then: Told, now: Told, page: int, *, order: Sequence[str], more: Sequence[Button]
) -> Screen:
    """Each question with the answer of then and the answer of now; nothing is said about them."""
    entries = [_both(visit, then, now, step) for step in _steps(then, now, order)]
    turn = f"then:pair:{then.talk}.{now.talk}.{{}}"
    return _paged(visit, now.title, entries, page, turn=turn, more=[*more, _back(visit)])


def _steps(then: Told, now: Told, order: Sequence[str]) -> list[str]:
    """The steps that either answers, in the order of the exercise; items where they were asked."""
    known = {step: place for place, step in enumerate(order)}
    steps = dict.fromkeys((*now.answers, *then.answers))
    return sorted(steps, key=lambda step: known.get(step.partition("@")[0], len(known)))


def _both(visit: Visit, then: Told, now: Told, step: str) -> Entry:
    before, after = then.answers.get(step), now.answers.get(step)
    question = (after or before or ("", ""))[0]
    blocks = [Block(question, "heading")]
    if before == after and before is not None:
        return [*blocks, Block(visit.phrase("then.both"), "lead"), Block(before[1], "quote")]
    for one, answer in ((then, before), (now, after)):
        day = one.day if then.day != now.day else f"{one.day}, {one.time}"
        if answer is None:
            blocks.append(Block(visit.phrase("then.nothing", day=day), "lead"))
        else:
            blocks += [Block(day, "lead"), Block(answer[1], "quote")]
    return blocks


def one(visit: Visit, told: Told, page: int, step: str = "") -> Screen:
    """A finished talk whole: that page, or the one on which the answer to `step` stands."""
    entries = [
        [Block(question, "heading"), Block(words, "quote")]
        for question, words in told.answers.values()
    ]
    more = [
        visit.button("then.look_button", f"talk:look:{told.talk}"),
        visit.button("then.file_button", f"then:file:{told.talk}"),
        _back(visit),
    ]
    turn = f"then:read:{told.talk}.{{}}"
    if step in told.answers:
        place = [*told.answers].index(step)
        page = next(n for n, its in enumerate(_pages(entries), 1) if entries[place] in its)
    return _paged(visit, f"{told.title}, {told.day}", entries, page, turn=turn, more=more)


def _pages(entries: list[Entry]) -> list[list[Entry]]:
    pages: list[list[Entry]] = [[]]
    used = 0
    for entry in entries:
        size = sum(units(block.text) + 2 for block in entry)
        if pages[-1] and (len(pages[-1]) == QUESTIONS or used + size > ROOM):
            pages.append([])
            used = 0
        pages[-1].append(entry)
        used += size
    return pages


def _paged(
    visit: Visit, title: str, entries: list[Entry], page: int, *, turn: str, more: Sequence[Button]
) -> Screen:
    pages = _pages(entries)
    page = min(max(page, 1), len(pages))
    if len(pages) > 1:
        here = visit.phrase("lists.page", number=str(page), total=str(len(pages)))
        title = f"{title} {here}"
    blocks = [Block(title, "heading"), *(block for entry in pages[page - 1] for block in entry)]
    rows = (_turns(page, len(pages), turn), *arrange(list(more)))
    return Screen(tuple(blocks), tuple(row for row in rows if row), protect=True)


def _turns(page: int, pages: int, press: str) -> tuple[Button, ...]:
    there = (("‹", page - 1), ("›", page + 1))
    return tuple(Button(sign, press.format(to)) for sign, to in there if 1 <= to <= pages)


def listed(
    visit: Visit, key: str, lines: Sequence[tuple[str, str]], page: int, turn: str
) -> Screen:
    """One of several, eight a page; `lines` are (label, press)."""
    pages = max(1, -(-len(lines) // LINES))
    page = min(max(page, 1), pages)
    shown = lines[(page - 1) * LINES : page * LINES]
    choices = [(Button(_short(label), press),) for label, press in shown]
    rows = (*choices, _turns(page, pages, turn), (_back(visit),))
    question = (Block(visit.phrase(key)),)
    return Screen(question, tuple(row for row in rows if row), protect=True)


def _short(label: str) -> str:
    limit = LABEL_LIMITS[1] + 12
    return label if len(label) <= limit else f"{label[: limit - 1]}…"


def _back(visit: Visit) -> Button:
    return visit.button("then.all_button", "then:all:1")
