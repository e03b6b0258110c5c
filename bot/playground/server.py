"""The Bot API over HTTP: reads calls, lets faults strike, answers as Telegram does."""

import asyncio
import json
import socket
import struct
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.playground import methods, profile
from bot.playground.faults import Faults, Kind
from bot.playground.polling import DisconnectError, Polling
from bot.playground.webhook import Webhook
from bot.playground.wire import (
    LARGEST_BODY,
    Params,
    RefusedError,
    Upload,
    bad_request,
    refusal,
    success,
)
from bot.playground.world import World

_PLAIN = methods.METHODS | profile.METHODS
_BAD_GATEWAY = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)
_CALLS_KEPT = 50_000
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER with no time: close() sends RST


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it came. `status` is the HTTP status, 0 where the connection was reset.

    `done` tells whether the call took effect, answered or not; `at` is seconds since 1970.
    """

    method: str
    chat_id: int | None
    at: float
    status: int
    done: bool
    params: dict[str, Any]


class Server:
    """Serves one world to one bot, and whatever other routes were added before the start."""

    def __init__(self, world: World, faults: Faults, host: str, port: int) -> None:
        self.world = world
        self.faults = faults
        self.host = host
        self.port = port
        self.calls: deque[Call] = deque(maxlen=_CALLS_KEPT)
        self.on_call: list[Callable[[Call], None]] = []
        self.polling = Polling(world.updates)
        self.webhook = Webhook(world.updates)
        self.closing: list[Callable[[], None]] = [self.polling.disconnect]
        self.app = web.Application(client_max_size=LARGEST_BODY)
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._place: socket.socket | None = None
        self._own: dict[str, Callable[[Params], Awaitable[bytes]]] = {
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._webhook_info,
        }
        faults.on_outage.append(self.polling.disconnect)

    @property
    def url(self) -> str:
        """Where this server listens, without a slash at the end."""
        return f"http://{self.host}:{self.port}"

    async def start(self) -> None:
        """Listen. Raises `OSError` where the port is taken; port 0 becomes a free one."""
        self.app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self.app.router.add_route("*", "/{rest:.*}", self._not_found)
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await self.open()

    async def open(self) -> None:
        """Take connections, at first or again."""
        assert self._runner is not None
        self._site = web.TCPSite(self._runner, self.host, self.port, reuse_address=True)
        await self._site.start()
        self._let_go()
        self.port = self._runner.addresses[0][1]

    async def shut(self) -> None:
        """Break all connections and refuse new ones, as a server that is gone; `open` ends it."""
        if self._site is None or self._runner is None or self._runner.server is None:
            return
        await self._site.stop()
        self._site = None
        # The port stays bound, though nobody listens: else another program may be given it.
        self._place = socket.socket()
        self._place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._place.bind((self.host, self.port))
        self.polling.disconnect()
        for connection in self._runner.server.connections:
            if connection.transport is not None:
                connection.transport.abort()

    async def stop(self) -> None:
        """Stop listening and let go of everything."""
        for close in self.closing:
            close()
        await self.webhook.stop()
        self._let_go()
        if self._runner is not None:
            await self._runner.cleanup()

    def _let_go(self) -> None:
        if self._place is not None:
            self._place.close()
            self._place = None

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.world.token:
            return _refused(RefusedError(401, "Unauthorized"))
        try:
            values = await _read(request)
        except RefusedError as refused:
            return _refused(refused)
        params, name = Params(values), method.lower()
        chat_id = params.whole("chat_id") or None
        try:
            answer, done = await self._answer(name, params, chat_id)
        except DisconnectError:
            self._note(method, chat_id, 0, False, values)
            return _reset(request)
        lost = answer is None
        self._note(method, chat_id, 0 if answer is None else answer.status, done, values)
        return _reset(request) if lost or answer is None else answer

    async def _answer(
        self, name: str, params: Params, chat_id: int | None
    ) -> tuple[web.Response | None, bool]:
        """The answer, None where it gets lost, and whether the call took effect."""
        struck = self.faults.meet(name, chat_id)
        for fault in struck:
            if fault.kind is Kind.LATENCY:
                await asyncio.sleep(fault.seconds)
        kinds = {fault.kind for fault in struck}
        if Kind.RESET in kinds:
            raise DisconnectError
        if Kind.BAD_GATEWAY in kinds:
            return web.Response(status=502, body=_BAD_GATEWAY, content_type="text/html"), False
        try:
            wait = self.faults.closed_for(name, chat_id)
            if wait is not None:
                raise RefusedError(429, f"Too Many Requests: retry after {wait}", wait)
            body = await self._perform(name, params)
        except RefusedError as refused:
            return _refused(refused), False
        if Kind.RESET_AFTER in kinds:
            return None, True
        return web.Response(body=body, content_type="application/json"), True

    async def _perform(self, name: str, params: Params) -> bytes:
        plain = _PLAIN.get(name)
        if plain is not None:
            return success(plain(self.world, params))
        own = self._own.get(name)
        if own is None:
            raise RefusedError(404, "Not Found: method not found")
        return await own(params)

    async def _get_updates(self, params: Params) -> bytes:
        if self.webhook.url:
            raise RefusedError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        return await self.polling.get_updates(params)

    async def _set_webhook(self, params: Params) -> bytes:
        return success(await self.webhook.set(params))

    async def _delete_webhook(self, params: Params) -> bytes:
        kept = {"drop_pending_updates": params.values.get("drop_pending_updates")}
        return success(await self.webhook.set(Params(kept)))

    async def _webhook_info(self, _: Params) -> bytes:
        return success(self.webhook.info())

    def _note(
        self, method: str, chat_id: int | None, status: int, done: bool, values: dict[str, Any]
    ) -> None:
        call = Call(method, chat_id, self.world.now(), status, done, values)
        self.calls.append(call)
        for listener in tuple(self.on_call):
            listener(call)

    async def _file(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.world.token:
            return _refused(RefusedError(401, "Unauthorized"))
        path = request.match_info["path"]
        for stored in self.world.files.values():
            if stored.path == path:
                return web.Response(body=stored.data, content_type="application/octet-stream")
        return _refused(RefusedError(404, "Not Found"))

    async def _not_found(self, _: web.Request) -> web.Response:
        return _refused(RefusedError(404, "Not Found"))


async def _read(request: web.Request) -> dict[str, Any]:
    values: dict[str, Any] = dict(request.query)
    kind = request.content_type
    if kind == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                values[name] = Upload(value.filename, value.file.read())
            else:
                values[name] = value
    elif request.body_exists:
        body = await request.read()
        if kind == "application/json":
            values |= _object(body)
        else:
            values |= parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
    return values


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(found, dict):
        raise bad_request("can't parse request JSON object")
    return found


def _refused(refused: RefusedError) -> web.Response:
    return web.Response(status=refused.code, body=refusal(refused), content_type="application/json")


def _reset(request: web.Request) -> web.Response:
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()
    return web.Response()  # goes nowhere: the connection is gone
