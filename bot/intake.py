"""Fetches updates by long polling and confirms them only after they have been handled."""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Collection
from typing import Any, Final

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.errors import ENVIRONMENT_FAULT, SETTINGS_FAULT, StartError
from bot.readable import Update, number_of, readable
from bot.transport import Refused, TooManyRequests, Transport, Unreachable, Unreadable

ALLOWED_UPDATES: Final = ["message", "edited_message", "callback_query", "my_chat_member"]
BATCH = 100
POLL_SECONDS = 50
ANSWER_SECONDS = 10.0  # on top of a long poll
LONGEST_PAUSE = 5.0
CONFLICT_PAUSE = 5.0
START_SECONDS = 15.0  # how long a server that answers with errors is given at the start
AGAIN_PAUSE = 0.1  # while what was handed over is not finished, Telegram gives it again at once
# Telegram numbers updates anew after a week without any; an old offset would then skip them.
QUIET_SECONDS = 6 * 24 * 3600.0

_UPDATE_ID: Final = re.compile(rb'"update_id"\s*:\s*(\d{1,19})\b')

_log = structlog.get_logger(__name__)


class TokenRefused(Exception):  # noqa: N818 (a state of affairs more than a failure)
    """The Bot API does not know the token (any more)."""


async def check_token(transport: Transport) -> dict[str, Any]:
    """Ask the server who the bot is (getMe) before anything starts.

    Raises `StartError`: exit code 2 when the token is refused, 1 when the server cannot be
    reached. A server that answers with errors is asked again for a while.
    """
    loop = asyncio.get_running_loop()
    give_up = loop.time() + START_SECONDS
    pause = 0.1
    while True:
        try:
            me = await transport.call("getMe", {})
        except InvalidToken:
            raise StartError(
                "The Bot API does not accept the bot token: please check THRESHOLD_BOT_TOKEN.",
                SETTINGS_FAULT,
            ) from None
        except (Refused, Unreachable):
            raise StartError(
                f"The Bot API at {transport.host} cannot be reached: please check the network "
                "and THRESHOLD_API_URL.",
                ENVIRONMENT_FAULT,
            ) from None
        except TelegramError as error:
            if loop.time() + pause > give_up:
                raise StartError(
                    f"The server at {transport.host} does not answer as a Bot API server does "
                    f"({type(error).__name__}).",
                    ENVIRONMENT_FAULT,
                ) from None
        else:
            if isinstance(me, dict):
                return me
            raise StartError(
                f"The server at {transport.host} does not answer as a Bot API server does.",
                ENVIRONMENT_FAULT,
            )
        await asyncio.sleep(pause)
        pause = min(2.0, pause * 2)


class Poller:
    """Hands batches of raw updates to `handle` and asks for the next ones when it has returned.

    The next offset is what confirms a batch, so nothing is confirmed that was not handled; a
    batch whose handling raises is handed over again. `unfinished` gives the numbers of updates
    that were handed over and are not done: nothing from the first of them on is confirmed, and
    what Telegram gives again meanwhile is not handed over twice. (Up to a batch beyond it is
    fetched; then all waits.) `passed_over` counts entries that could not be read as an update.
    """

    def __init__(
        self,
        transport: Transport,
        handle: Callable[[list[Update]], Awaitable[None]],
        unfinished: Callable[[], Collection[int]] = tuple,
        *,
        poll_seconds: int = POLL_SECONDS,
    ) -> None:
        self.passed_over = 0
        self._transport = transport
        self._handle = handle
        self._unfinished = unfinished
        self._handed_over: set[int] = set()  # from the offset on
        self._poll_seconds = poll_seconds
        self._offset: int | None = None
        self._limit = BATCH
        self._failures = 0
        self._stuck = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set: a batch in hand is finished, the long poll is abandoned.

        Raises `TokenRefused` when the Bot API refuses the token.
        """
        stopped = asyncio.ensure_future(stop.wait())
        try:
            heard_at = asyncio.get_running_loop().time()
            while not stop.is_set():
                entries = await self._fetch(stopped)
                now = asyncio.get_running_loop().time()
                if entries:
                    heard_at = now
                    await self._take(entries, stopped)
                elif now - heard_at > QUIET_SECONDS:
                    self._offset = None
        finally:
            stopped.cancel()

    async def _fetch(self, stopped: asyncio.Future[Any]) -> list[object] | None:
        """The next entries; None when there are none, after a failure, or at the end."""
        payload: dict[str, object] = {
            "timeout": self._poll_seconds,
            "limit": self._limit,
            "allowed_updates": ALLOWED_UPDATES,
        }
        if self._offset is not None:
            payload["offset"] = self._offset
        poll = asyncio.ensure_future(
            self._transport.call("getUpdates", payload, timeout=self._poll_seconds + ANSWER_SECONDS)
        )
        try:
            await asyncio.wait((poll, stopped), return_when=asyncio.FIRST_COMPLETED)
            if not poll.done():
                return None
            entries = poll.result()
        except InvalidToken:
            raise TokenRefused from None
        except Unreadable as error:
            await self._repair(error.body, stopped)
            return None
        except TelegramError as error:
            await self._rest(error, stopped)
            return None
        finally:
            poll.cancel()
            await asyncio.wait((poll,))
        if self._failures:
            _log.info("polling_works_again", failures=self._failures)
            self._failures = 0
        self._limit = BATCH
        return entries if isinstance(entries, list) else None

    async def _rest(self, error: TelegramError, stopped: asyncio.Future[Any]) -> None:
        """Wait after a failure; one line tells of the first, `_fetch` of the end."""
        self._failures += 1
        if self._failures == 1:
            if isinstance(error, Conflict):
                _log.error("another_poller", help="another process uses this bot token")
            else:
                _log.warning("polling_troubled", error=type(error).__name__)
        if isinstance(error, Conflict):
            seconds = CONFLICT_PAUSE
        elif isinstance(error, TooManyRequests):
            seconds = error.seconds
        else:
            longest = 1.0 if isinstance(error, Refused) else LONGEST_PAUSE
            seconds = min(longest, 0.05 * 2 ** min(self._failures, 16))
            seconds *= 0.5 + random.random() / 2  # noqa: S311 (spreads retries)
        await _sleep(seconds, stopped)

    async def _repair(self, body: bytes, stopped: asyncio.Future[Any]) -> None:
        """An answer that is no JSON: ask for one update at a time, and step over the broken one.

        Its number is all that is looked for in it.
        """
        number = _UPDATE_ID.search(body)
        if number is None and self._offset is None:
            await self._rest(Unreadable(b""), stopped)
        elif self._limit > 1:
            self._limit = 1
        else:
            await self._step_over(1, int(number[1]) if number else -1, stopped)

    async def _take(self, entries: list[object], stopped: asyncio.Future[Any]) -> None:
        """Hand over what can be read, then step beyond all of it."""
        fresh = [entry for entry in entries if number_of(entry) not in self._handed_over]
        updates = [update for entry in fresh if (update := readable(entry)) is not None]
        if updates and not await self._hand_over(updates, stopped):
            return
        beyond = max((number_of(entry) + 1 for entry in entries), default=0)
        unread = len(fresh) - len(updates)
        if not (unfinished := self._unfinished()):
            self._handed_over.clear()
            await self._step_over(unread, max(beyond, self._offset or 0) - 1, stopped)
            return
        self._passed(unread)
        self._handed_over |= {number for entry in entries if (number := number_of(entry)) >= 0}
        self._offset = min(unfinished)
        self._handed_over = {n for n in self._handed_over if n >= self._offset}
        if not updates:
            await _sleep(AGAIN_PAUSE, stopped)

    async def _step_over(self, unread: int, number: int, stopped: asyncio.Future[Any]) -> None:
        """Go beyond `number`, the highest of a batch in which `unread` could not be read."""
        if not self._stuck:
            self._passed(unread)
        if number >= (self._offset or 0):
            self._offset = number + 1
            self._stuck = 0
            return
        # Nothing here has a number. Telegram gives the earliest first and all before the offset
        # is done, so one number further skips nothing that could have been read.
        if self._offset is not None:
            self._offset += 1
        self._stuck += 1
        await _sleep(min(1.0, 0.02 * 2 ** min(self._stuck, 10)), stopped)

    def _passed(self, unread: int) -> None:
        if unread:
            self.passed_over += unread
            _log.warning("update_passed_over", passed_over=self.passed_over)

    async def _hand_over(self, updates: list[Update], stopped: asyncio.Future[Any]) -> bool:
        """Handle a batch, again and again if need be; false when stopped before it worked."""
        failures = 0
        while True:
            try:
                await self._handle(updates)
            except Exception as error:  # whatever it is, confirming now would lose the batch
                failures += 1
                _log.error(
                    "batch_not_handled",
                    error=type(error).__name__,
                    updates=len(updates),
                    failures=failures,
                )
            else:
                return True
            if await _sleep(min(LONGEST_PAUSE, 0.1 * 2 ** min(failures, 10)), stopped):
                return False


async def _sleep(seconds: float, stopped: asyncio.Future[Any]) -> bool:
    """Sleep, or be woken by the end; true when it is the end."""
    await asyncio.wait((stopped,), timeout=seconds)
    return stopped.done()
