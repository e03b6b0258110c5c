"""Draws pictures in a child process: started on first use, ended when idle, retried once."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence

from bot.children import Child, ChildAwayError
from bot.logs import log_failure
from bot.pictures.recipes import Recipe

IDLE_SECONDS = 60.0
#: Getting ready takes two seconds on an ordinary machine, a picture a third of one.
DEADLINE_SECONDS = 30.0
WORKER = ("bot.pictures.worker",)


class Artist:
    """One for the house; many may ask, and it draws one picture at a time."""

    def __init__(
        self,
        *,
        idle: float = IDLE_SECONDS,
        deadline: float = DEADLINE_SECONDS,
        module: Sequence[str] = WORKER,
    ) -> None:
        self.child = Child(module, idle=idle, deadline=deadline)

    async def draw(self, recipe: Recipe) -> bytes | None:
        """The picture as a PNG; None where the child failed twice over it. Never raises."""
        try:
            answer = await self.child.ask(recipe)
            return b64decode(answer["png"])
        except (ChildAwayError, KeyError, ValueError) as error:
            log_failure("picture_failed", error)
            return None

    async def stop(self) -> None:
        """End the child."""
        await self.child.stop()
