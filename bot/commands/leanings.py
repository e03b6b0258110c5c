"""When the lean of a tie has changed: each old reason is offered, to keep, to rest or to reword.

One at a time, and one may leave off at any point. Presses, N the tie's number and ID a reason's in
base 36: `lean:look:N`, `lean:all:N`, `lean:off:N`, `lean:keep:ID`, `lean:rest:ID`, `lean:word:ID`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.commands.keeping import REASON, reworded
from bot.commands.old_reasons import LOOKED_AT, looked_at, not_looked_at, old_reasons
from bot.person import Keepsake
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.screen import Block, Button, Screen, arrange
from conversations.turn import State, Tie

REWORDING = "lean_word"


async def offer(visit: Visit, state: State) -> None:
    """At the end of a talk that changed the lean; not while only neutral questions come."""
    tie = visit.person.ties.get(state.tie or 0)
    if tie is None or not tie.turned or "self_harm" in visit.person.marks(visit.now):
        return
    old = await old_reasons(visit, tie)
    if not old:
        await _looked_through(visit, tie)
        return
    key = "leanings.offer_one" if len(old) == 1 else "leanings.offer"
    buttons = [
        visit.button("leanings.start_button", f"lean:look:{tie.number}"),
        visit.button("leanings.all_button", f"lean:all:{tie.number}"),
        visit.button("leanings.off_button", f"lean:off:{tie.number}"),
    ]
    words = Block(visit.phrase(key, number=str(len(old))))
    visit.show(Screen((words,), arrange(buttons), anew=True))


async def tapped(visit: Visit, action: str, value: str, _: str) -> None:
    """A button of it."""
    visit.asked()
    if action in ("look", "all", "off"):
        tie = visit.person.ties.get(int(value)) if _is_number(value) else None
        if tie is None:
            visit.toast = visit.phrase("talks.old_button")
        elif action == "look":
            await _next(visit, tie)
        elif action == "all":
            visit.keep([looked_at(k, tie) for k in await old_reasons(visit, tie)])
            await _over(visit, tie, "leanings.all_kept")
        else:
            visit.say(
                "leanings.left", visit.button("lists.all_reason_button", "list:page:reason.0.1")
            )
        return
    await _about_one(visit, action, value)


async def _about_one(visit: Visit, action: str, value: str) -> None:
    kept = await visit.shelf.kept(visit.person)
    reason = next((k for k in kept if base36(k.id) == value and k.kind == REASON), None)
    tie = visit.person.ties.get(reason.tie or 0) if reason is not None else None
    if reason is None or tie is None:
        visit.toast = visit.phrase("lists.gone")
        return
    match action:
        case "word":
            visit.ask(REWORDING, id=reason.id)
            visit.say(
                "lists.ask_edit", visit.button("times.back_button", f"lean:look:{tie.number}")
            )
            return
        case "keep":
            visit.keep([looked_at(reason, tie)])
        case "rest":
            visit.keep([replace(looked_at(reason, tie), rests=True)])
    note = {"keep": "leanings.kept", "rest": "leanings.rests"}.get(action, "")
    await _next(visit, tie, note)


async def typed(visit: Visit) -> None:
    """Other words for an old reason: from now on it stands with the lean of today."""
    number = visit.person.profile.asking.get("id")
    visit.asked()
    kept = await visit.shelf.kept(visit.person)
    reason = next((k for k in kept if k.id == number), None)
    tie = visit.person.ties.get(reason.tie or 0) if reason is not None else None
    if reason is None or tie is None:
        visit.toast = visit.phrase("lists.gone")
        return
    anew = reworded(visit, reason, visit.incoming.text)
    facts = {name: fact for name, fact in anew.facts.items() if name != LOOKED_AT}
    message = visit.incoming.message
    visit.keep([replace(anew, direction=tie.lean, facts=facts, message=message)])
    await _next(visit, tie, "leanings.reworded")


def left(visit: Visit) -> None:
    """The question for other words is passed over."""
    visit.asked()
    visit.follow = "list:page:reason.0.1"


async def _next(visit: Visit, tie: Tie, note: str = "") -> None:
    """The next of them, or that they are through."""
    old = await old_reasons(visit, tie)
    if not old:
        await _over(visit, tie, "leanings.through")
        return
    reason = old[0]
    said = [Block(visit.phrase(note), "lead")] if note else []
    blocks = [*said, Block(_direction(visit, reason)), Block(reason.text, "quote")]
    buttons = [
        visit.button(f"leanings.{name}_button", f"lean:{name}:{base36(reason.id)}")
        for name in ("keep", "rest", "word")
    ]
    rest: list[Button] = [visit.button("leanings.off_button", f"lean:off:{tie.number}")]
    if len(old) > 1:
        rest.insert(0, visit.button("leanings.all_button", f"lean:all:{tie.number}"))
    visit.show(Screen(tuple(blocks), (*arrange(buttons), *arrange(rest)), protect=True))


def _direction(visit: Visit, reason: Keepsake) -> str:
    return visit.phrase(f"leanings.was_{reason.direction}")


async def _looked_through(visit: Visit, tie: Tie) -> None:
    """Nothing is left to look at; what only a mark holds back comes when it is over."""
    if not await not_looked_at(visit, tie):
        visit.person.keep_tie(replace(tie, turned=False))


async def _over(visit: Visit, tie: Tie, key: str) -> None:
    await _looked_through(visit, tie)
    visit.say(key, visit.button("lists.all_reason_button", "list:page:reason.0.1"))


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 6
