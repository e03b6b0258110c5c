"""/today: what is unfinished, what comes next, one suggestion."""

from __future__ import annotations

from bot.commands import loose
from bot.commands.keeping import REASON
from bot.commands.resting import wanted
from bot.person import from_ms
from bot.planning import day_in_words, upcoming
from bot.visit import Visit
from conversations.screen import Block, Button, Screen, arrange
from conversations.spoken import tie_label
from conversations.turn import State

#: Unfinished talks shown at once; the newest first.
SHOWN = 3


async def show(visit: Visit) -> None:
    """The home page."""
    visit.asked()
    blocks = [Block(visit.phrase("today.title"), "heading")]
    rows: list[tuple[Button, ...]] = []
    flows = visit.house.library.flows
    unfinished = [
        s
        for s in wanted(visit, await visit.shelf.resting(visit.person))
        if s.flow in flows and not flows[s.flow].aside
    ]
    newest = sorted(unfinished, key=lambda s: -s.talk)[:SHOWN]
    for number, state in enumerate(newest, 1):
        which = f" {number}" if len(newest) > 1 else ""
        name = f"{which.strip()}. {_name(visit, state)}" if which else _name(visit, state)
        blocks.append(Block(visit.phrase("today.unfinished", title=name)))
        rows.append(_buttons(visit, state, which))
    blocks += await _next(visit)
    held, held_buttons = loose.remind(visit)
    blocks += held
    rows += arrange(held_buttons)
    if not unfinished:
        blocks.append(Block(visit.phrase("today.suggest_reflect")))
        rows += arrange(
            [Button(f.title, f"cmd:{f.command}") for f in flows.values() if f.need == "deciding"]
        )
    if any(k.kind == REASON for k in await visit.shelf.kept(visit.person)):
        rows.append((visit.button("offers.why", "cmd:why"),))
    if "self_harm" not in visit.person.marks(visit.now):
        rows.append((visit.button("offers.affirm", "cmd:affirm"),))
    visit.show(Screen(tuple(blocks), tuple(rows), protect=bool(unfinished or held)))


def _name(visit: Visit, state: State) -> str:
    """The exercise, and which tie it is about."""
    title = visit.house.library.flows[state.flow].title
    if state.tie not in visit.person.ties:
        return title
    known = visit.person.known(visit.now)
    return f"{title} · {tie_label(state.tie or 0, known, visit.house.library.phrases)}"


def _buttons(visit: Visit, state: State, which: str) -> tuple[Button, ...]:
    return (
        Button(visit.phrase("talks.go_on_button") + which, f"talk:open:{state.talk}"),
        Button(visit.phrase("talks.drop_button") + which, f"talk:drop:{state.talk}"),
    )


async def _next(visit: Visit) -> list[Block]:
    """The next of what was set for a day or an hour, by the person's own clock."""
    for made in await upcoming(visit):
        at = visit.person.local(from_ms(made.next_at))
        words = {"day": day_in_words(visit, at), "time": f"{at:%H:%M}"}
        return [Block(visit.phrase("today.next", **words))]
    return []
