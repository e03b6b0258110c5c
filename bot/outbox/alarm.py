"""A timer that can be asked for several times and rings once, at the earliest of them."""

import asyncio
from collections.abc import Callable


class Alarm:
    """Calls `ring` from the loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, ring: Callable[[], None]) -> None:
        self._loop, self._ring = loop, ring
        self._timer: asyncio.TimerHandle | None = None

    def within(self, seconds: float) -> None:
        """Ring so many seconds from now, if it would not sooner anyway."""
        when = self._loop.time() + seconds
        if self._timer is not None and self._timer.when() <= when:
            return
        self.stop()
        self._timer = self._loop.call_at(when, self._rings)

    def stop(self) -> None:
        """Do not ring."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _rings(self) -> None:
        self._timer = None
        self._ring()
