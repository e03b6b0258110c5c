"""How a message ends: delivered, refused, given up; and what begins or is deleted with that."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from bot.outbox.hiding import Hiding
from bot.outbox.items import REPLY, Outcome, Outgoing
from bot.outbox.lanes import Lane
from bot.outbox.ledger import Ledger
from bot.outbox.pacing import Scheduled
from bot.outbox.playing import Playing


class Endings:
    """Takes settled messages out of their queue and notes what became of them."""

    def __init__(
        self,
        ledger: Ledger,
        hiding: Hiding,
        playing: Playing,
        scheduled: Scheduled,
        spawn: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        self._ledger, self._hiding, self._playing = ledger, hiding, playing
        self._scheduled, self._spawn = scheduled, spawn

    def finish(
        self, lane: Lane, item: Outgoing, outcome: Outcome, message_id: int | None = None
    ) -> None:
        """This message is settled; what has landed in a chat being hidden goes again."""
        wanted = bool(lane.items) and lane.items[0] is item  # else dropped while in flight
        if wanted:
            lane.items.popleft()
        if outcome is Outcome.DELIVERED:
            if message_id is not None:
                self._landed(lane, item, message_id, wanted=wanted)
        elif not wanted:
            return
        self._ledger.note(item, outcome, message_id)
        self._ledger.close(item.row)

    def _landed(self, lane: Lane, item: Outgoing, message_id: int, *, wanted: bool) -> None:
        if self._hiding.watches(item.chat) and (not wanted or item.priority > REPLY):
            self._spawn(self._hiding.delete(item.chat, [message_id]))
        elif item.frames is not None and wanted and not lane.items:
            self._playing.begin(item.chat, message_id, item.frames)

    def give_up_chat(self, lane: Lane, item: Outgoing, last: Outgoing) -> None:
        """Give up what was queued when the refused message went out, up to `last`.

        What came later stays: it answers someone who has written again in the meantime.
        """
        given_up: Sequence[Outgoing] = [
            *self._scheduled.remove(lambda waiting: waiting.chat == item.chat),
            *lane.take_through(last if last in lane.items else item),  # it may be dropped
        ]
        for gone in given_up:
            self._ledger.note(gone, Outcome.UNREACHABLE, None)
            self._ledger.close(gone.row)
