"""Delivery of updates to the address a bot has set, in order per chat, again until taken."""

import asyncio
import re

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.playground.updates import Pending, UpdateQueue
from bot.playground.wire import Json, Params, bad_request

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 10.0
_PATIENCE = ClientTimeout(total=60)


class Webhook:
    """Posts every pending update once it is its chat's turn."""

    def __init__(self, updates: UpdateQueue) -> None:
        self._updates = updates
        self._secret = ""
        self._most = 40
        self._last_error: Json = {}
        self._busy: dict[int | None, asyncio.Task[None]] = {}
        self._session: ClientSession | None = None
        self.url = ""
        updates.listeners.append(self._go_on)

    async def set(self, params: Params) -> bool:
        """setWebhook; an empty address takes it away."""
        secret = params.text("secret_token")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        url = params.text("url")
        if url and not url.startswith(("https://", "http://")):
            raise bad_request("bad webhook: invalid URL specified")
        await self.stop()
        if params.flag("drop_pending_updates"):
            self._updates.clear()
        if "allowed_updates" in params:
            kinds = params.structure("allowed_updates", "allowed updates")
            self._updates.ask_for([str(kind) for kind in kinds or []])
        self.url, self._secret, self._last_error = url, secret, {}
        self._most = min(max(params.whole("max_connections", 40), 1), 100)
        self._go_on()
        return True

    def info(self) -> Json:
        """getWebhookInfo."""
        about: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.url:
            about |= {"max_connections": self._most} | self._last_error
        if self._updates.allowed is not None:
            about["allowed_updates"] = sorted(self._updates.allowed)
        return about

    async def stop(self) -> None:
        """Stop delivering; what was not taken stays pending."""
        self.url = ""
        tasks = list(self._busy.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._busy.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _go_on(self) -> None:
        if not self.url:
            return
        for entry in self._updates.head(1000):
            if len(self._busy) >= self._most:
                return
            if entry.chat_id not in self._busy:
                self._busy[entry.chat_id] = asyncio.create_task(self._deliver(entry))

    async def _deliver(self, entry: Pending) -> None:
        pause = _FIRST_PAUSE
        while not await self._taken(entry):
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        self._updates.drop(entry.update_id)
        del self._busy[entry.chat_id]
        self._go_on()

    async def _taken(self, entry: Pending) -> bool:
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers[_SECRET_HEADER] = self._secret
        self._session = self._session or ClientSession(timeout=_PATIENCE)
        try:
            async with self._session.post(self.url, data=entry.raw, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return True
                problem = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (ClientError, TimeoutError, OSError) as error:
            problem = f"Connection failed: {type(error).__name__}"
        self._last_error = {"last_error_date": int(entry.at), "last_error_message": problem}
        return False
