"""Which affirmation comes next, and in which form: no repeats, believable, one's own words between.

What is stored for a person is a `seed`, drawn once, and a `Place` of a few hundred bytes: for every
theme, a bit for each line sent since its pool was last through. So lines and themes may come and
go in between, and still nothing comes twice before all else has come once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, NonNegativeInt

from conversations.affirmation_library import Affirmations, Line, check, read_affirmations
from conversations.wording import SOURCE_LANGUAGE, say

__all__ = [
    "BETWEEN",
    "FELT_TRUE",
    "Affirmations",
    "Line",
    "Next",
    "Own",
    "Place",
    "check",
    "next_affirmation",
    "read_affirmations",
    "standing",
    "worded",
]

#: How true such lines feel is asked from 1 to 5; from here on the plain form is believed.
FELT_TRUE = 4
#: Library lines between two of one's own, so that own lines are every third at most.
BETWEEN = 2


@dataclass(frozen=True, slots=True)
class Own:
    """A line of one's own, or one kept from the library (`line` is its id there).

    `id` is any number that stays with it; own lines take turns in the order of these numbers.
    """

    id: int
    text: str
    line: str | None = None


class Place(BaseModel):
    """Where a person is in the library; a new one is the beginning. Stored as JSON."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    #: By theme, the bits of the lines that were sent since their pool was last through.
    sent: dict[str, NonNegativeInt] = {}
    #: How often a pool was through; with the seed it makes the order.
    rounds: NonNegativeInt = 0
    #: The last library line's id, and the last own line's; empty or None before the first.
    last: str = ""
    last_own: int | None = None
    #: Library lines since the last own line.
    since_own: NonNegativeInt = 0


@dataclass(frozen=True, slots=True)
class Next:
    """What to send, and the place to store with it."""

    affirmation: Line | Own
    place: Place


def standing(library: Affirmations, own: Sequence[Own], marks: Collection[str]) -> tuple[Own, ...]:
    """One's own lines without those kept from library lines that rest under these marks."""
    resting = {line.id for line in library.lines if library.rests(line, marks)}
    return tuple(one for one in own if one.line not in resting)


def next_affirmation(
    pool: Sequence[Line], own: Sequence[Own], place: Place, seed: int
) -> Next | None:
    """The next line for one person; None where there is nothing to send.

    No line of the pool comes again before all of the pool have come. Own lines come in turn, after
    every two of the pool, or alone where the pool is empty. A line that was kept comes among
    one's own and no longer from the pool.
    """
    kept = {one.line for one in own}
    lines = [line for line in pool if line.id not in kept]
    if own and (place.since_own >= BETWEEN or not lines):
        return _next_own(own, place)
    return _next_line(lines, place, seed) if lines else None


def _next_own(own: Sequence[Own], place: Place) -> Next:
    def turn(one: Own) -> tuple[bool, int]:
        return (place.last_own is not None and one.id <= place.last_own, one.id)

    chosen = min(own, key=turn)
    return Next(chosen, place.model_copy(update={"last_own": chosen.id, "since_own": 0}))


def _next_line(lines: Sequence[Line], place: Place, seed: int) -> Next:
    sent, rounds = dict(place.sent), place.rounds
    waiting = [line for line in lines if not sent.get(line.theme, 0) & line.bit]
    if not waiting:
        rounds += 1
        for line in lines:
            sent[line.theme] &= ~line.bit
        waiting = [line for line in lines if line.id != place.last] or list(lines)

    # Half of the lines come early in every round and half late, always the same halves, so that
    # a line from the end of one round is not back at the start of the next.
    halves = {theme: int.from_bytes(_drawn(seed, theme)) for theme in {n.theme for n in waiting}}
    early = [line for line in waiting if halves[line.theme] & line.bit]
    chosen = min(early or waiting, key=lambda line: _drawn(seed, rounds, line.id))
    sent[chosen.theme] = sent.get(chosen.theme, 0) | chosen.bit
    update = {"sent": sent, "rounds": rounds, "last": chosen.id, "since_own": place.since_own + 1}
    return Next(chosen, place.model_copy(update=update))


def _drawn(*parts: int | str) -> bytes:
    return hashlib.blake2b("/".join(map(str, parts)).encode(), digest_size=16).digest()


def worded(
    affirmation: Line | Own, felt: int | None = None, language: str = SOURCE_LANGUAGE
) -> str:
    """The text to send. `felt` is how true such lines felt, 1 to 5: gentler until that is high."""
    if isinstance(affirmation, Own):
        return affirmation.text
    if felt is not None and felt >= FELT_TRUE:
        return say(f"affirmations.{affirmation.id}.line", affirmation.line, language)
    return say(f"affirmations.{affirmation.id}.gentler", affirmation.gentler, language)
