"""/then: an earlier reflection beside the newest of the same exercise and tie, in the same words.

Presses, with talks by their numbers: `then:all:PAGE`, `then:of:NEWEST`, `then:which:NEWEST.PAGE`,
`then:pair:EARLIER.NEWEST.PAGE`, `then:read:TALK.PAGE`, `then:at:TALK.STEP`, `then:file:TALK`,
`then:send:TALK`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands import then_screens
from bot.commands.told import Told, day_in_words, last_answer, title_of, told
from bot.files import document
from bot.visit import File, Visit
from conversations.flow import Flow
from conversations.screen import Button
from conversations.turn import State


async def show(visit: Visit) -> None:
    """Every exercise and tie that something was finished for; the only one at once."""
    visit.asked()
    groups = await _groups(visit)
    if not groups:
        visit.say("then.none", visit.button("offers.today", "cmd:today"))
    elif len(groups) == 1:
        await _of(visit, groups[0])
    else:
        _all(visit, groups, 1)


async def tapped(visit: Visit, action: str, value: str, _: str) -> None:
    """A button of it; what is gone leads back to all there is."""
    visit.asked()
    step = value.partition(".")[2] if action == "at" else ""
    numbers = _numbers(value.partition(".")[0] if step else value)
    groups = await _groups(visit)
    first = numbers[0] if numbers else 0
    group = next((g for g in groups if any(state.talk == first for state in g)), None)
    if action == "all" and groups:
        _all(visit, groups, first)
    elif group is None:
        visit.toast = visit.phrase("then.gone")
        await show(visit)
    elif action == "at":
        state = next(state for state in group if state.talk == first)
        visit.show(then_screens.one(visit, await _told(visit, state), 1, step))
    else:
        await _in_group(visit, group, action, numbers)


def _numbers(value: str) -> list[int]:
    parts = value.split(".")
    known = all(part.isascii() and part.isdecimal() and len(part) < 9 for part in parts)
    return [int(part) for part in parts] if known else []


async def _in_group(
    visit: Visit, group: Sequence[State], action: str, numbers: Sequence[int]
) -> None:
    talks = {state.talk: state for state in group}
    one = talks[numbers[0]]
    page = numbers[-1] if len(numbers) > 1 else 1
    match action:
        case "pair" if len(numbers) == 3 and numbers[1] in talks:
            await _pair(visit, one, talks[numbers[1]], page, several=len(group) > 2)
        case "which" if len(group) > 1:
            _which(visit, group, page)
        case "read":
            visit.show(then_screens.one(visit, await _told(visit, one), page))
        case "file":
            visit.say(
                "files.before",
                visit.button("files.send_button", f"then:send:{one.talk}"),
                visit.button("then.back_button", f"then:read:{one.talk}.1"),
            )
        case "send":
            await _send(visit, one)
        case _:
            await _of(visit, group)


async def _groups(visit: Visit) -> list[list[State]]:
    """Finished talks by exercise and tie; in each the newest first, and the newest group first."""
    groups: dict[tuple[str, int | None], list[State]] = {}
    finished = await visit.shelf.reflections(visit.person)
    for state in sorted(finished, key=lambda state: -state.talk):
        flow = visit.house.library.flows.get(state.flow)
        if flow is not None and flow.keeps == "reflection":
            groups.setdefault((state.flow, state.tie), []).append(state)
    return list(groups.values())


def _flow(visit: Visit, state: State) -> Flow:
    return visit.house.library.flows[state.flow]


async def _told(visit: Visit, state: State) -> Told:
    return await told(visit, _flow(visit, state), state)


def _all(visit: Visit, groups: Sequence[Sequence[State]], page: int) -> None:
    lines = [
        (title_of(visit, _flow(visit, group[0]), group[0]), f"then:of:{group[0].talk}")
        for group in groups
    ]
    visit.show(then_screens.listed(visit, "then.which_exercise", lines, page, "then:all:{}"))


async def _of(visit: Visit, group: Sequence[State]) -> None:
    """The newest, with the one before it where there is one."""
    if len(group) == 1:
        visit.show(then_screens.one(visit, await _told(visit, group[0]), 1))
    else:
        await _pair(visit, group[1], group[0], 1, several=len(group) > 2)


def _which(visit: Visit, group: Sequence[State], page: int) -> None:
    """Which earlier one stands beside the newest."""
    newest, *earlier = group
    days = [visit.person.local(last_answer(state, visit.now)) for state in earlier]
    lines = [
        (f"{day_in_words(visit, at.date())}, {at:%H:%M}", f"then:pair:{s.talk}.{newest.talk}.1")
        for s, at in zip(earlier, days, strict=True)
    ]
    press = f"then:which:{newest.talk}.{{}}"
    visit.show(then_screens.listed(visit, "then.which_earlier", lines, page, press))


async def _pair(visit: Visit, earlier: State, newest: State, page: int, *, several: bool) -> None:
    then, now = await _told(visit, earlier), await _told(visit, newest)
    order = [leaf.id for leaf in _flow(visit, newest).leaves]
    more: list[Button] = []
    if several:
        more.append(visit.button("then.another_button", f"then:which:{newest.talk}.1"))
    more += [
        visit.button("then.read_then_button", f"then:read:{earlier.talk}.1"),
        visit.button("then.read_now_button", f"then:read:{newest.talk}.1"),
    ]
    visit.show(then_screens.pair(visit, then, now, page, order=order, more=more))


async def _send(visit: Visit, state: State) -> None:
    """The reflection as one file to read, for someone one trusts."""
    one = await _told(visit, state)
    recipe = document.recipe(
        one.title,
        visit.phrase("then.file_lead", day=one.day),
        [{"title": "", "texts": list(one.answers.values())}],
        visit.person.language,
    )
    visit.say("files.here", visit.button("offers.today", "cmd:today"))
    day = visit.person.local(visit.now).date()
    name = visit.phrase("files.name", day=day.isoformat())
    visit.files.append(File(recipe, f"{name}.html", visit.phrase("files.instead")))
