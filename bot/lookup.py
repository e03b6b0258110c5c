"""Slow questions about places, answered before a turn and never in it.

A handler that needs an answer raises `LookupNeeded`. Nothing of its update is written then: the
answer is looked up once the others are through, and the update is handled anew with it. Until
that has been committed the update is not confirmed, so a death in between loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.logs import log_failure

if TYPE_CHECKING:
    from bot.telegram_in import Incoming

#: Seconds that looking up may take; all that one batch needs is looked up at once.
DEADLINE = 4.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: a typed place, a point on the earth in degrees, or who lives by an offset."""

    text: str = ""
    point: tuple[float, float] | None = None
    offset: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A zone as in `zone_of`, and what people call the place."""

    zone: str
    label: str


@dataclass(frozen=True, slots=True)
class Found:
    """The likely places, the likeliest first; `sure` where the first is surely meant.

    `away`: nobody could look.
    """

    places: tuple[Place, ...] = ()
    sure: bool = False
    away: bool = False


#: Answers what is wanted, as of that aware moment.
LookUp = Callable[[Wanted, datetime], Awaitable[Found]]


class LookupNeeded(Exception):  # noqa: N818 - no error: the handler asks to be run again
    """This update can be handled once that is looked up."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.wanted = wanted


async def nowhere(_wanted: Wanted, _now: datetime) -> Found:
    """Where nobody can look anything up."""
    return Found(away=True)


def needed(incoming: Incoming, wanted: Wanted) -> Found:
    """What was looked up for this update; raises `LookupNeeded` where nothing was yet."""
    if incoming.found is None:
        raise LookupNeeded(wanted)
    return incoming.found


async def answered(
    waiting: Sequence[tuple[Incoming, Wanted | None]], look_up: LookUp, now: datetime
) -> list[Incoming]:
    """The updates with what was looked up for them; those without a question wait for the others.

    Never raises: what fails or takes too long is `away`.
    """

    async def one(incoming: Incoming, wanted: Wanted | None) -> Incoming:
        if wanted is None:
            return incoming
        try:
            found = await asyncio.wait_for(look_up(wanted, now), DEADLINE)
        except Exception as error:
            log_failure("lookup_failed", error)
            found = Found(away=True)
        return replace(incoming, found=found)

    return list(await asyncio.gather(*(one(incoming, wanted) for incoming, wanted in waiting)))
