"""/why: a person's own saved reasons, given back to them.

Presses: `why:page:N`, `why:tie:N` (0: all), `why:random`, `why:add`, `why:search`,
`why:open:ID`, `why:edit:ID`, `why:up:ID`, `why:down:ID`, `why:remove:ID`, `why:undo`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from bot.commands import reasons, talks
from bot.person import Keepsake, from_ms
from bot.telegram_out import UNITS, base36, split, units
from bot.visit import Visit
from conversations.answers import fold
from conversations.schedule import in_words
from conversations.screen import Block, Button, Screen, arrange

ADDING, EDITING, SEARCHING = "why_add", "why_edit", "why_search"
#: Reasons on one page, and the units they may take together; longer ones have pages of their own.
PAGE, ROOM = 8, UNITS - 400


async def _reasons(visit: Visit, tie: int = 0) -> list[Keepsake]:
    kept = await visit.shelf.kept(visit.person)
    return [k for k in kept if k.kind == reasons.KIND and tie in (0, k.tie)]


async def show(visit: Visit) -> None:
    """The reasons, the newest on top unless they were put in another order."""
    visit.asked()
    await _list(visit, await _reasons(visit), 1)


async def tapped(visit: Visit, action: str, value: str) -> None:
    """A button of /why."""
    visit.asked()
    match action:
        case "page":
            tie, _, page = value.rpartition(".")
            await _list(visit, await _reasons(visit, _number(tie)), _number(page), _number(tie))
        case "tie":
            await _list(visit, await _reasons(visit, _number(value)), 1, _number(value))
        case "random":
            await _random(visit)
        case "add":
            visit.ask(ADDING)
            visit.say("why.ask_add", visit.button("why.list_button", "why:page:1"))
        case "search":
            visit.ask(SEARCHING)
            visit.say("why.ask_search", visit.button("why.list_button", "why:page:1"))
        case "undo":
            await _undo(visit)
        case _:
            await _on_one(visit, action, value)


async def _on_one(visit: Visit, action: str, value: str) -> None:
    kept = await _reasons(visit)
    place = next((i for i, k in enumerate(kept) if base36(k.id) == value), None)
    if place is None:
        visit.toast = visit.phrase("why.gone")
        await _list(visit, kept, 1)
        return
    reason = kept[place]
    match action:
        case "edit":
            visit.ask(EDITING, id=reason.id)
            visit.say("why.ask_edit", visit.button("why.list_button", "why:page:1"))
        case "up" | "down":
            other = place - 1 if action == "up" else place + 1
            if 0 <= other < len(kept):
                visit.keep(_swapped(reason, kept[other]))
                kept[place], kept[other] = kept[other], kept[place]
            await _list(visit, kept, _page_of(kept, reason))
        case "remove":
            visit.unkeep([reason.id])
            visit.person.keep_profile(undo=asdict(reason))
            visit.say(
                "why.removed",
                visit.button("why.undo_button", "why:undo"),
                visit.button("why.list_button", "why:page:1"),
            )
        case _:
            _one(visit, reason)


def _swapped(one: Keepsake, other: Keepsake) -> list[Keepsake]:
    return [replace(one, position=other.position), replace(other, position=one.position)]


async def _undo(visit: Visit) -> None:
    removed = dict(visit.person.profile.undo)
    if not removed:
        visit.toast = visit.phrase("why.nothing_to_undo")
        return
    removed["earlier"] = tuple(removed["earlier"])
    visit.person.keep_profile(undo={})
    visit.keep([Keepsake(**removed)])
    kept = sorted([*await _reasons(visit), Keepsake(**removed)], key=lambda k: k.position)
    await _list(visit, kept, 1)


# --- typed ---


async def typed(visit: Visit) -> None:
    """Words for adding, editing or searching."""
    asking, text = visit.person.profile.asking, visit.incoming.text
    visit.asked()
    if asking["what"] == ADDING:
        await reasons.add(visit, text, visit.incoming.message)
    elif asking["what"] == SEARCHING:
        await _search(visit, text)
    else:
        await _reword(visit, asking["id"], text)


async def _reword(visit: Visit, number: int, text: str) -> None:
    for reason in await _reasons(visit):
        if reason.id == number:
            changed = reworded(visit, reason, text)
            visit.keep([replace(changed, message=visit.incoming.message)])
            _one(visit, changed)
            return
    await reasons.add(visit, text, visit.incoming.message)


def reworded(visit: Visit, keepsake: Keepsake, text: str) -> Keepsake:
    """The same keepsake in other words; the old ones stay beside it."""
    return replace(
        keepsake,
        text=text,
        earlier=(*keepsake.earlier, keepsake.text),
        listened=visit.house.listener.listen(text) is not None,
    )


async def edited(visit: Visit) -> bool:
    """A message that a reason was written in was corrected."""
    for keepsake in await visit.shelf.kept(visit.person):
        if keepsake.message == visit.incoming.message and not keepsake.talk:
            visit.keep([reworded(visit, keepsake, visit.incoming.text)])
            visit.say("talk.corrected")
            return True
    return False


async def _search(visit: Visit, text: str) -> None:
    wanted = fold(text).split()
    found = [k for k in await _reasons(visit) if all(w in fold(k.text) for w in wanted)]
    if not found:
        visit.say(
            "why.not_found",
            visit.button("why.search_button", "why:search"),
            visit.button("why.list_button", "why:page:1"),
        )
        return
    await _list(visit, found, 1)


# --- screens ---


def _paged(kept: Sequence[Keepsake]) -> list[list[tuple[int, str]]]:
    """Pages of (place in the list, text): up to eight whole reasons, a long one over several."""
    pages: list[list[tuple[int, str]]] = [[]]
    used = 0
    for place, reason in enumerate(kept):
        for part in split(reason.text, ROOM):
            size = units(part) + 10
            if pages[-1] and (used + size > ROOM or len(pages[-1]) == PAGE):
                pages.append([])
                used = 0
            pages[-1].append((place, part))
            used += size
    return pages


def _page_of(kept: Sequence[Keepsake], reason: Keepsake) -> int:
    for number, page in enumerate(_paged(kept), 1):
        if any(kept[place].id == reason.id for place, _ in page):
            return number
    return 1


async def _list(visit: Visit, kept: Sequence[Keepsake], page: int, tie: int = 0) -> None:
    if not kept:
        visit.say(
            "why.empty",
            visit.button("why.add_button", "why:add"),
            visit.button("why.reflect_button", "cmd:reflect"),
            *talks.go_on_row(visit),
        )
        return
    pages = _paged(kept)
    page = min(max(page, 1), len(pages))
    blocks = [Block(visit.phrase("why.title"), "heading")]
    if len(pages) > 1:
        here = visit.phrase("why.page", number=str(page), total=str(len(pages)))
        blocks[0] = Block(f"{visit.phrase('why.title')} {here}", "heading")
    numbers = []
    for place, text in pages[page - 1]:
        blocks.append(Block(str(place + 1), "lead"))
        blocks.append(Block(text, "quote"))
        numbers.append(Button(str(place + 1), f"why:open:{base36(kept[place].id)}"))
    turns = [
        Button(sign, f"why:page:{tie}.{to}")
        for sign, to in (("‹", page - 1), ("›", page + 1))
        if 1 <= to <= len(pages)
    ]
    rows = [*arrange(numbers), tuple(turns), *_ties(visit, tie), *arrange(_tools(visit))]
    visit.show(Screen(tuple(blocks), tuple(r for r in rows if r), protect=True))


def _tools(visit: Visit) -> list[Button]:
    return [
        visit.button("why.add_button", "why:add"),
        visit.button("why.random_button", "why:random"),
        visit.button("why.search_button", "why:search"),
        *talks.go_on_row(visit),
    ]


def _ties(visit: Visit, tie: int) -> tuple[tuple[Button, ...], ...]:
    """Narrow the list to one tie, where there are several."""
    awake = [t for t in visit.person.ties.values() if not t.resting]
    if len(awake) < 2:
        return ()
    buttons = [
        Button(t.word or visit.phrase(f"ties.{t.kind}"), f"why:tie:{t.number}")
        for t in awake
        if t.number != tie
    ]
    if tie:
        buttons.append(visit.button("why.all_button", "why:tie:0"))
    return arrange(buttons)


def _one(visit: Visit, reason: Keepsake) -> None:
    """One reason whole, with where it comes from."""
    number = base36(reason.id)
    visit.show(
        Screen(
            (Block(reason.text, "quote"), Block(_origin(visit, reason), "lead")),
            arrange(
                [
                    visit.button("why.up_button", f"why:up:{number}"),
                    visit.button("why.down_button", f"why:down:{number}"),
                    visit.button("why.edit_button", f"why:edit:{number}"),
                    visit.button("why.remove_button", f"why:remove:{number}"),
                    visit.button("why.list_button", "why:page:1"),
                    *talks.go_on_row(visit),
                ]
            ),
            protect=True,
        )
    )


def _origin(visit: Visit, reason: Keepsake) -> str:
    """Its day, exercise, tie and direction."""
    day = visit.person.local(from_ms(reason.at)).date()
    parts = [in_words(day.isoformat(), visit.house.library.phrases, visit.person.language)]
    flow = visit.house.library.flows.get(reason.flow)
    if flow is not None:
        parts.append(flow.title)
    tie = visit.person.ties.get(reason.tie or 0)
    if tie is not None:
        parts.append(tie.word or visit.phrase(f"ties.{tie.kind}"))
    parts.append(visit.phrase(f"why.direction_{reason.direction}"))
    return " · ".join(parts)


async def _random(visit: Visit) -> None:
    """One at random; words in which something was heard do not come back by themselves."""
    kept = [k for k in await _reasons(visit) if not k.listened]
    if not kept:
        await _list(visit, await _reasons(visit), 1)
        return
    _one(visit, visit.random.choice(kept))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
