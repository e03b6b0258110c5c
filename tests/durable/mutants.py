"""Three faults a bot could have; the kill test is only worth something while it finds each."""

from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.aftermath import After
from bot.app import Parts
from bot.storage import updates
from bot.storage.connection import Connection
from bot.telegram_in import Incoming
from bot.transport import CALL_SECONDS, Transport
from bot.turns import Turns
from tests.durable.probe import ProbedTransport


class ConfirmsAtOnce(Transport):
    """Confirms what it fetched before anybody has handled it."""

    async def call(
        self, method: str, payload: Mapping[str, object], *, timeout: float = CALL_SECONDS
    ) -> Any:
        result = await super().call(method, payload, timeout=timeout)
        if method == "getUpdates" and result:
            beyond = {"offset": result[-1]["update_id"] + 1, "timeout": 0, "limit": 1}
            await super().call(method, {**payload, **beyond})
        return result


class _ConfirmsEarly(ProbedTransport, ConfirmsAtOnce):
    pass


class _SendsEarly(Turns):
    """Sends from within the transaction."""

    async def _decide(
        self, conn: Connection, batch: Sequence[Incoming], after: After, held: Container[object]
    ) -> None:
        await super()._decide(conn, batch, after, held)
        self._outbox.send(after.calls)
        await self._outbox.settled([call.row for call in after.calls], 5.0)
        after.calls = []


async def _all_new(conn: Connection, digests: Collection[bytes], at: int) -> set[bytes]:
    return set(digests)


def confirm_early(parts: Parts) -> Parts:
    """Updates are confirmed before they are handled."""
    return replace(parts, transport=_ConfirmsEarly)


def send_early(parts: Parts) -> Parts:
    """Messages are sent before their rows are committed."""
    return replace(parts, turns=_SendsEarly)


def no_seen_check(parts: Parts) -> Parts:
    """Every update counts as new."""
    updates.note_seen = _all_new
    return parts


MUTANTS: Mapping[str, Callable[[Parts], Parts]] = {
    made.__name__: made for made in (confirm_early, send_early, no_seen_check)
}
