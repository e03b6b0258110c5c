"""/today: what is unfinished, what comes next, one suggestion."""

from __future__ import annotations

from bot.person import from_ms
from bot.visit import Visit
from conversations.schedule import in_words
from conversations.screen import Block, Button, Screen, arrange

#: Unfinished talks shown at once; the newest first.
SHOWN = 3


async def show(visit: Visit) -> None:
    """The home page."""
    visit.asked()
    blocks = [Block(visit.phrase("today.title"), "heading")]
    rows: list[tuple[Button, ...]] = []
    unfinished = sorted(await visit.shelf.resting(visit.person), key=lambda s: -s.talk)
    for state in unfinished[:SHOWN]:
        flow = visit.house.library.flows.get(state.flow)
        if flow is None:
            continue
        tie = visit.person.ties.get(state.tie or 0)
        name = f"{flow.title} · {tie.word}" if tie and tie.word else flow.title
        blocks.append(Block(visit.phrase("today.unfinished", title=name)))
        rows.append(
            (
                visit.button("talks.go_on_button", f"talk:open:{state.talk}"),
                visit.button("talks.drop_button", f"talk:drop:{state.talk}"),
            )
        )
    for made in (await visit.shelf.appointments(visit.person))[:1]:
        at = visit.person.local(from_ms(made.next_at))
        day = in_words(at.date().isoformat(), visit.house.library.phrases, visit.person.language)
        blocks.append(Block(visit.phrase("today.next", day=day, time=f"{at:%H:%M}")))
    kept = await visit.shelf.kept(visit.person)
    if not unfinished:
        blocks.append(Block(visit.phrase("today.suggest_reflect")))
        flows = visit.house.library.flows.values()
        rows += arrange([Button(f.title, f"cmd:{f.command}") for f in flows])
    if kept:
        rows.append((visit.button("offers.why", "cmd:why"),))
    visit.show(Screen(tuple(blocks), tuple(rows), protect=bool(unfinished)))
