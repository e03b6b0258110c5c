"""Keeping what a talk brings: answers and items in a person's own words, each known again later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.commands.keeping import all_kept, reworded
from bot.commands.resting import rests
from bot.person import Keepsake
from bot.visit import Visit
from conversations.flow import Flow
from conversations.healing import renamed
from conversations.known import READ_DOWN
from conversations.turn import (
    Keep,
    KeptFact,
    KeptFirst,
    KeptLine,
    KeptWords,
    Known,
    Reworded,
    State,
)

Change = Keep | KeptFact | KeptFirst | Reworded


async def known_to(visit: Visit, flow: Flow) -> Known:
    """What the engine may know in a talk of that flow; kept words only where it reads them."""
    known = visit.person.known(visit.now)
    if not flow.reads_kept:
        return known
    lines = (
        KeptLine(k.id, k.kind, k.text, k.tie, k.direction)
        for k in await all_kept(visit)
        if k.kind in flow.reads_kept and not k.listened and not rests(visit, k)
    )
    return replace(known, kept=tuple(lines))


async def change(visit: Visit, state: State, effect: Change) -> None:
    """Carry out what a talk decided about kept words."""
    flow = visit.house.library.flows[state.flow]
    kept = await all_kept(visit)
    mine = [_under_new_names(k, flow.renamed) for k in kept if k.talk == state.talk]
    match effect:
        case Keep():
            _keep(visit, state, effect, mine, kept)
        case Reworded(step, text):
            same = [k for k in mine if k.step == step and k.step != k.by and k.text != text]
            visit.keep(reworded(visit, k, text) for k in same)
        case KeptFact(step, name, value):
            item = [k for k in mine if _is_item(k, step) and k.facts.get(name, "") != value]
            visit.keep(replace(k, facts=_with(k.facts, name, value)) for k in item)
        case KeptFirst(step):
            for k in mine:
                if _is_item(k, step):
                    top = min(other.position for other in kept if other.kind == k.kind)
                    if k.position > top:
                        visit.keep([replace(k, position=top - 1)])


def _under_new_names(kept: Keepsake, moved: Mapping[str, str]) -> Keepsake:
    """The row by the names that its steps have now."""
    if not moved:
        return kept
    return replace(kept, step=renamed(kept.step, moved), by=renamed(kept.by, moved))


def _is_item(kept: Keepsake, step: str) -> bool:
    """Whether this is the row of an item, and not a copy that something else made of it."""
    return kept.step == step and kept.by == step.partition("@")[0]


def _keep(
    visit: Visit, state: State, effect: Keep, mine: list[Keepsake], kept: list[Keepsake]
) -> None:
    """Keep these words in place of what this step of this talk kept before.

    What stays keeps its place, and the wording it was given since; what is new goes on top, or
    below all others where the kind is read down.
    """
    before = {k.step: k for k in mine if k.by == effect.step}
    down = effect.kind in READ_DOWN
    last = max((k.position for k in kept if k.kind == effect.kind), default=0.0)
    for words in effect.items if down else reversed(effect.items):
        stays = before.pop(words.step, None)
        if stays is None:
            made = _new(visit, state, effect, words)
            last += 1
            visit.keep([replace(made, position=last) if down else made])
            continue
        now = stays
        if words.text not in (now.text, *now.earlier):
            now = reworded(visit, now, words.text)
        now = replace(now, direction=words.direction, message=words.message)
        if now != stays:
            visit.keep([now])
    visit.unkeep([k.id for k in before.values()])


def _new(visit: Visit, state: State, effect: Keep, words: KeptWords) -> Keepsake:
    number = visit.house.ids.next()
    return Keepsake(
        id=number,
        kind=effect.kind,
        text=words.text,
        at=visit.now_ms,
        position=-float(number),
        direction=words.direction,
        tie=state.tie,
        flow=state.flow,
        talk=state.talk,
        step=words.step,
        by=effect.step,
        message=words.message,
        listened=visit.house.listener.listen(words.text) is not None,
        facts=dict(words.facts),
    )


def _with(facts: Mapping[str, str], name: str, value: str) -> dict[str, str]:
    told = {**facts, name: value}
    return {known: said for known, said in told.items() if said}
