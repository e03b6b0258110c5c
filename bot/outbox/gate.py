"""Decides when anything may be sent at all: pauses for everyone, and a server that is down.

Pure: the time is passed in, in seconds of a monotonic clock.
"""

from collections import deque

IN_FLIGHT = 64
PROBES = 8
CHATS_FAILING = 5
CHATS_FLOODED = 3
FLOOD_WINDOW = 1.0
FIRST_GAP = 0.05
LONGEST_GAP = 1.25


class Gate:
    """One for the outbox.

    The server counts as down when sends to several chats have failed and none worked since. Then
    a few probes go out, one at a time, instead of everyone's retries; the first that works opens
    the gate for all. A probe may hang until its deadline, so several may be under way, spaced
    evenly over it.
    """

    def __init__(self) -> None:
        self.down = False
        self._held_until = 0.0
        self._failing: set[int] = set()
        self._floods: deque[tuple[float, int]] = deque()
        self._gap = FIRST_GAP
        self._next_probe = 0.0

    @property
    def limit(self) -> int:
        """How many messages may be in flight at once."""
        return PROBES if self.down else IN_FLIGHT

    @property
    def scheduled_limit(self) -> int:
        """How many of these what the clock sends may take; the rest is for replies."""
        return self.limit * 3 // 4

    def held(self, now: float) -> bool:
        """Whether Telegram asked for a pause of everyone that is not over."""
        return self._held_until > now

    def wait(self, now: float) -> float:
        """Seconds until the next message may start; 0 when it may now."""
        until = max(self._held_until, self._next_probe) if self.down else self._held_until
        return max(0.0, until - now)

    def started(self, now: float) -> None:
        """A message starts; while the server is down it is the probe of its moment."""
        if self.down:
            self._next_probe = now + self._gap
            self._gap = min(LONGEST_GAP, self._gap * 1.5)

    def failed(self, chat: int) -> bool:
        """A send found no server; true when the server thereby counts as down from now on."""
        self._failing.add(chat)
        if self.down or len(self._failing) < CHATS_FAILING:
            return False
        self.down = True
        self._gap = FIRST_GAP
        self._next_probe = 0.0
        return True

    def worked(self) -> bool:
        """The Bot API answered; true when it had counted as down until now."""
        if not self._failing:
            return False
        self._failing.clear()
        was_down, self.down = self.down, False
        return was_down

    def flooded(self, chat: int, now: float, seconds: float) -> bool:
        """Telegram asked for a pause; true when it is now one for all chats."""
        self._floods.append((now, chat))
        while self._floods[0][0] < now - FLOOD_WINDOW:
            self._floods.popleft()
        if len({chat for _, chat in self._floods}) < CHATS_FLOODED:
            return False
        self._held_until = max(self._held_until, now + seconds)
        return True
