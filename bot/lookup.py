"""Slow questions, about places, PINs and files, answered before a turn and never in it.

A handler that needs an answer raises `LookupNeeded`. Nothing of its update is written then: the
answer is looked up beside the turns (`lookups`), and the update is handled anew with it. Until
that has been committed the update is not confirmed, so a death in between loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from bot import pins
from bot.logs import log_failure
from bot.pins import PinAnswer
from bot.places.finder import Places
from bot.places.likely import likely
from bot.places.models import Looked
from conversations.schedule import zone_of

if TYPE_CHECKING:
    from bot.files.brought import Brought
    from bot.house import House
    from bot.telegram_in import Incoming

#: Seconds that looking up may take; getting ready takes two to five of them on a slow machine.
DEADLINE = 15.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: a typed place, a point on the earth in degrees, or who lives by an offset.

    Or about a PIN: whether it is the one `kept`, or what is to be kept of it. Or a `file` that was
    sent, by its Telegram id.
    """

    text: str = ""
    point: tuple[float, float] | None = None
    offset: str = ""
    file: str = ""
    pin: str = ""
    kept: str = ""


class Atlas(Protocol):
    """Knows places; slow, and never asked in a turn."""

    async def look_up(self, wanted: Wanted, now: datetime) -> Looked:
        """What is wanted, as of that aware moment."""

    async def stop(self) -> None:
        """Nobody asks any more."""


class WholeAtlas:
    """All cities and zones, in a child process."""

    def __init__(self) -> None:
        self._places = Places()
        self._asking: set[asyncio.Task[Looked]] = set()

    async def look_up(self, wanted: Wanted, now: datetime) -> Looked:
        """As `Atlas`; given up after a while, when the child goes on getting ready."""
        asking = self._begin(self._ask(wanted, now))
        done, _ = await asyncio.wait((asking,), timeout=DEADLINE)
        return asking.result() if done else Looked(away=True)

    async def _ask(self, wanted: Wanted, now: datetime) -> Looked:
        if wanted.point is not None:
            return await self._places.at(*wanted.point)
        if wanted.offset:
            minutes = now.astimezone(zone_of(wanted.offset)).utcoffset() or timedelta()
            return likely(int(minutes.total_seconds() // 60), now)
        return await self._places.named(wanted.text, now)

    def _begin(self, work: Coroutine[Any, Any, Looked]) -> asyncio.Task[Looked]:
        task = asyncio.ensure_future(work)
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)
        return task

    async def stop(self) -> None:
        """As `Atlas`."""
        for task in self._asking:
            task.cancel()
        await self._places.stop()


class Nowhere:
    """An atlas without pages."""

    async def look_up(self, _wanted: Wanted, _now: datetime) -> Looked:
        """Nobody could look."""
        return Looked(away=True)

    async def stop(self) -> None:
        """Nothing to end."""


class LookupNeeded(Exception):  # noqa: N818 - no error: the handler asks to be run again
    """This update can be handled once that is looked up."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.wanted = wanted


def needed(incoming: Incoming, wanted: Wanted) -> Looked:
    """What was looked up for this update; raises `LookupNeeded` where nothing was yet."""
    if incoming.found is None:
        raise LookupNeeded(wanted)
    return incoming.found


def checked(incoming: Incoming, pin: str, kept: str = "") -> PinAnswer:
    """Whether that is the PIN, and what is to be kept of it; raises `LookupNeeded` at first."""
    if incoming.pin is None:
        raise LookupNeeded(Wanted(pin=pin, kept=kept))
    return incoming.pin


def brought(incoming: Incoming, file: str) -> Brought:
    """What is in that file; raises `LookupNeeded` where it was not fetched yet."""
    if incoming.brought is None:
        raise LookupNeeded(Wanted(file=file))
    return incoming.brought


async def answered(
    waiting: Sequence[tuple[Incoming, Wanted | None]], house: House
) -> list[Incoming]:
    """The updates with what was looked up for them; those without a question wait for the others.

    Never raises: what fails is `away`.
    """

    async def one(incoming: Incoming, wanted: Wanted | None) -> Incoming:
        if wanted is None:
            return incoming
        if wanted.pin:
            return replace(incoming, pin=await _about_pin(wanted))
        if wanted.file:
            return replace(incoming, brought=await house.fetch(wanted.file))
        try:
            found = await house.atlas.look_up(wanted, house.now())
        except Exception as error:
            log_failure("lookup_failed", error)
            found = Looked(away=True)
        return replace(incoming, found=found)

    return list(await asyncio.gather(*(one(incoming, wanted) for incoming, wanted in waiting)))


async def _about_pin(wanted: Wanted) -> PinAnswer:
    if wanted.kept:
        return PinAnswer(right=await pins.matches(wanted.pin, wanted.kept))
    return PinAnswer(kept=await pins.hashed(wanted.pin))
