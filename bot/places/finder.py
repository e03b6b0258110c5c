"""Finds the zone of a typed place or of a shared location.

What is large runs in a child process (`bot.places.worker`), started when it is first needed and
ended after a minute without a question. Nothing that is asked is stored or logged.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.children import Child, ChildAwayError
from bot.places.models import Looked, Place
from bot.places.zones import find_zone

IDLE_SECONDS = 60.0
#: Loading takes two to five seconds on an ordinary machine.
DEADLINE_SECONDS = 30.0
WORKER = ("bot.places.worker",)


class Places:
    """One for the house; every method waits without holding the loop, and never raises."""

    def __init__(
        self,
        *,
        idle: float = IDLE_SECONDS,
        deadline: float = DEADLINE_SECONDS,
        module: Sequence[str] = WORKER,
    ) -> None:
        self.child = Child(module, idle=idle, deadline=deadline)

    async def named(self, text: str, moment: datetime) -> Looked:
        """What a typed city, country, zone name, abbreviation or offset means at that moment."""
        found = find_zone(text)
        if found.places:
            return found
        return await self._ask(ask="named", text=text, moment=moment.isoformat())

    async def at(self, latitude: float, longitude: float) -> Looked:
        """The zone of a shared location, in degrees."""
        return await self._ask(ask="at", latitude=latitude, longitude=longitude)

    async def stop(self) -> None:
        """End the child."""
        await self.child.stop()

    async def _ask(self, **question: Any) -> Looked:
        try:
            answer = await self.child.ask(question)
        except ChildAwayError:
            return Looked(away=True)
        return Looked(tuple(Place(**place) for place in answer["places"]), answer["sure"])
