"""Keeping a reason in the person's own words, wherever it comes from."""

from __future__ import annotations

from dataclasses import replace

from bot.person import Keepsake
from bot.visit import Visit

KIND = "reason"


async def add(visit: Visit, text: str, message: int | None) -> None:
    """One more reason, on top of the others, with the direction of the tie's last lean.

    It belongs to the tie of the open talk, or to the only one there is.
    """
    person, number = visit.person, visit.house.ids.next()
    tie = person.talk.tie if person.talk is not None else None
    awake = [t.number for t in person.ties.values() if not t.resting]
    if tie not in person.ties:
        tie = awake[0] if len(awake) == 1 else None
    visit.keep(
        [
            Keepsake(
                id=number,
                kind=KIND,
                text=text,
                at=visit.now_ms,
                position=-float(number),
                direction=person.ties[tie].lean if tie is not None else "open",
                tie=tie,
                message=message,
                listened=visit.house.listener.listen(text) is not None,
            )
        ]
    )
    visit.say(
        "why.added",
        visit.button("why.list_button", "why:page:0.1"),
        visit.button("why.add_button", "why:add"),
    )


def reworded(visit: Visit, keepsake: Keepsake, text: str) -> Keepsake:
    """The same keepsake in other words; the old ones stay beside it."""
    return replace(
        keepsake,
        text=text,
        earlier=(*keepsake.earlier, keepsake.text),
        listened=visit.house.listener.listen(text) is not None,
    )
