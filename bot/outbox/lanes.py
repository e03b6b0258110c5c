"""The chats with something to send: one queue each, and which of them may go next."""

import asyncio
from collections import deque
from collections.abc import Callable

from bot.outbox.items import Outgoing


class Lane:
    """One chat's messages in their order; the first stays in the queue while it is in flight."""

    __slots__ = ("busy", "chat", "flooded", "items", "lined_up", "timer")

    def __init__(self, chat: int) -> None:
        self.chat = chat
        self.items: deque[Outgoing] = deque()
        self.busy = False
        self.lined_up = False
        self.timer: asyncio.TimerHandle | None = None  # set while the lane rests
        self.flooded = False  # rests because Telegram asked for it

    def take_through(self, end: Outgoing) -> list[Outgoing]:
        """Take out everything up to this message; nothing where it is not in the queue."""
        taken = []
        while end in self.items:
            taken.append(self.items.popleft())
        return taken


class Lanes:
    """All lanes that are not idle; an idle chat costs nothing, neither a task nor memory."""

    def __init__(self, loop: asyncio.AbstractEventLoop, on_ready: Callable[[], None]) -> None:
        self.ready: deque[Lane] = deque()
        self._all: dict[int, Lane] = {}
        self._loop = loop
        self._on_ready = on_ready  # called when a rest is over

    def append(self, item: Outgoing) -> None:
        """Put a message at the end of its chat's queue."""
        lane = self._all.get(item.chat)
        if lane is None:
            lane = self._all[item.chat] = Lane(item.chat)
        lane.items.append(item)
        self._settle(lane)

    def take(self) -> Lane:
        """The next lane in line, now under way."""
        lane = self.ready.popleft()
        lane.lined_up = False
        lane.busy = True
        return lane

    def put_back(self, lane: Lane, pause: float, flooded: bool) -> None:
        """The lane is no longer under way; it rests `pause` seconds before it goes again."""
        lane.busy = False
        if pause > 0 and (lane.items or flooded):
            lane.flooded = flooded
            lane.timer = self._loop.call_later(pause, self._rested, lane)
        self._settle(lane)

    def remove(self, chat: int, unwanted: Callable[[Outgoing], bool]) -> list[Outgoing]:
        """Take these out of a chat's queue; a rest that was for its old first message ends."""
        lane = self._all.get(chat)
        if lane is None:
            return []
        gone = [item for item in lane.items if unwanted(item)]
        lane.items = deque(item for item in lane.items if not unwanted(item))
        if not lane.flooded:
            self._end_rest(lane)
        return gone

    def still(self, chat: int) -> None:
        """Nothing that waits in this chat's queue is played any more."""
        lane = self._all.get(chat)
        for item in lane.items if lane else ():
            item.frames = None

    def end_rests(self) -> None:
        """The server is back: only the pauses that Telegram asked for go on."""
        for lane in [lane for lane in self._all.values() if lane.timer and not lane.flooded]:
            self._end_rest(lane)

    def stop_timers(self) -> None:
        """Nobody wakes any more."""
        for lane in self._all.values():
            if lane.timer:
                lane.timer.cancel()

    def _rested(self, lane: Lane) -> None:
        self._end_rest(lane)
        self._on_ready()

    def _end_rest(self, lane: Lane) -> None:
        if lane.timer:
            lane.timer.cancel()
            lane.timer = None
        lane.flooded = False
        self._settle(lane)

    def _settle(self, lane: Lane) -> None:
        """Line the lane up when it may go, let go of it when it has nothing to do."""
        if lane.busy or lane.lined_up or lane.timer:
            return
        if lane.items:
            lane.lined_up = True
            self.ready.append(lane)
        else:
            self._all.pop(lane.chat, None)
