"""How fast one person is answered: a flood is taken in word by word, but not answered each time.

Everything is handled and kept as ever. What is held back is only the answer, so that a flood slows
nobody but the one it comes from; /help and what was heard are always answered.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from bot.visit import Visit
from conversations.screen import Block, Screen

#: So many answers at once, and then so many a second.
BURST, A_SECOND = 100.0, 3.0
#: Chats whose pace is remembered, the latest.
CHATS = 10_000
#: Commands that are answered at any pace.
ALWAYS = ("help", "hide", "forget")


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime
    told: bool = False


class Pace:
    """The pace of each chat, in memory; a restart begins anew."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def hold_back(self, visit: Visit) -> None:
        """Take the answer off the visit where its person is too fast; the first time, say so."""
        if visit.incoming.command in ALWAYS or visit.urgent or visit.hides or visit.forgets:
            return
        bucket = self._filled(visit.incoming.chat, visit.now)
        if bucket.left >= 1.0:
            bucket.left -= 1.0
            bucket.told = False
            return
        visit.screens.clear()
        visit.pictures.clear()
        if not bucket.told:
            bucket.told = True
            visit.show(Screen((Block(visit.phrase("talks.too_fast")),), anew=True))

    def _filled(self, chat: int, now: datetime) -> _Bucket:
        bucket = self._buckets.setdefault(chat, _Bucket(BURST, now))
        self._buckets.move_to_end(chat)
        if len(self._buckets) > CHATS:
            self._buckets.popitem(last=False)
        gained = max(0.0, (now - bucket.at).total_seconds()) * A_SECOND
        bucket.left, bucket.at = min(BURST, bucket.left + gained), now
        return bucket
