"""Paces what the clock sends: the most urgent first, at a rate from which replies are subtracted.

Pure: times are passed in, `now` in seconds of a monotonic clock, `now_ms` in epoch milliseconds.
"""

import heapq
from collections.abc import Callable
from itertools import count

from bot.outbox.items import Outgoing

BURST_SECONDS = 0.1
DEBT_SECONDS = 1.0


class Budget:
    """A token bucket of `rate` messages a second.

    It holds a tenth of a second's worth, so a start sends no burst. Replies may draw it below
    zero, at most by one second's worth: a rush of replies delays the scheduled messages, but not
    long after it is over.
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._most = max(1.0, rate * BURST_SECONDS)
        self._least = -max(1.0, rate * DEBT_SECONDS)
        self._tokens = self._most
        self._at = 0.0

    def _refill(self, now: float) -> None:
        self._tokens = min(self._most, self._tokens + (now - self._at) * self._rate)
        self._at = now

    def spend(self, now: float) -> None:
        """One message goes out, allowed or not."""
        self._refill(now)
        self._tokens = max(self._least, self._tokens - 1.0)

    def wait(self, now: float) -> float:
        """Seconds until a scheduled message may go; 0 when one may now."""
        self._refill(now)
        # Measured in time, not tokens: a rounding error must not become a wait of nothing.
        missing = (1.0 - self._tokens) / self._rate
        return missing if missing > 1e-6 else 0.0


class Scheduled:
    """The messages of the clock that wait for their time or for the budget."""

    def __init__(self, rate: float) -> None:
        self.budget = Budget(rate)
        self._later: list[tuple[int, int, Outgoing]] = []  # by not_before
        self._due: list[tuple[int, int, Outgoing]] = []  # by priority
        self._order = count()

    def __len__(self) -> int:
        return len(self._later) + len(self._due)

    def push(self, item: Outgoing) -> None:
        """Take a message in; among equals the first stays first."""
        heapq.heappush(self._later, (item.not_before or 0, next(self._order), item))

    def pop(self, now: float, now_ms: int) -> Outgoing | None:
        """The message that may go now, paid from the budget, or None."""
        while self._later and self._later[0][0] <= now_ms:
            _, order, item = heapq.heappop(self._later)
            heapq.heappush(self._due, (item.priority, order, item))
        if not self._due or self.budget.wait(now) > 0:
            return None
        self.budget.spend(now)
        return heapq.heappop(self._due)[2]

    def wait(self, now: float, now_ms: int) -> float | None:
        """Seconds until `pop` may give something; None when nothing waits."""
        if self._due:
            return self.budget.wait(now)
        if self._later:
            return max(0.0, (self._later[0][0] - now_ms) / 1000)
        return None

    def remove(self, unwanted: Callable[[Outgoing], bool]) -> list[Outgoing]:
        """Take out and return the messages that are not wanted any more."""
        taken: list[Outgoing] = []
        for heap in (self._later, self._due):
            out = [entry for entry in heap if unwanted(entry[2])]
            if out:
                heap[:] = [entry for entry in heap if not unwanted(entry[2])]
                heapq.heapify(heap)
                taken.extend(entry[2] for entry in out)
        return taken
