"""Keeping a person's own words, of whatever kind: a new piece, or an old one in other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.person import Keepsake
from bot.visit import Visit

REASON = "reason"


async def all_kept(visit: Visit) -> list[Keepsake]:
    """What the person keeps, with what this visit changed, in their own order."""
    kept = {k.id: k for k in await visit.shelf.kept(visit.person)}
    kept |= {k.id: k for k in visit.changes.kept}
    # What is let go and kept again in one visit stays.
    gone = {*visit.changes.unkept} - {k.id for k in visit.changes.kept}
    return sorted((k for k in kept.values() if k.id not in gone), key=lambda k: (k.position, k.id))


def tie_at_hand(visit: Visit) -> int | None:
    """The tie of the open talk, or the only one that is awake; None where it is not clear."""
    person = visit.person
    tie = person.talk.tie if person.talk is not None else None
    if tie in person.ties:
        return tie
    awake = [t.number for t in person.ties.values() if not t.resting]
    return awake[0] if len(awake) == 1 else None


def new_words(
    visit: Visit,
    kind: str,
    texts: Sequence[str],
    message: int | None,
    *,
    tie: int | None,
    below: Iterable[Keepsake] | None = None,
) -> list[Keepsake]:
    """Pieces in the order given: on top of all others, or at the end of those they go `below`.

    A reason gets the direction of the tie's last lean.
    """
    numbers = [visit.house.ids.next() for _ in texts]
    if below is None:
        # The newest stands on top, and of several at once the first.
        numbers.reverse()
        places = [-float(number) for number in numbers]
    else:
        last = max((k.position for k in below), default=0.0)
        places = [last + n for n, _ in enumerate(texts, 1)]
    lean = visit.person.ties[tie].lean if kind == REASON and tie is not None else "open"
    kept = [
        Keepsake(
            id=number,
            kind=kind,
            text=text,
            at=visit.now_ms,
            position=place,
            direction=lean,
            tie=tie,
            message=message,
            listened=visit.house.listener.listen(text) is not None,
        )
        for number, place, text in zip(numbers, places, texts, strict=True)
    ]
    # Care answers to what was kept last.
    visit.keep(sorted(kept, key=lambda k: k.listened))
    return kept


def reworded(visit: Visit, keepsake: Keepsake, text: str) -> Keepsake:
    """The same keepsake in other words; the old ones stay beside it."""
    return replace(
        keepsake,
        text=text,
        earlier=(*keepsake.earlier, keepsake.text),
        listened=visit.house.listener.listen(text) is not None,
    )
