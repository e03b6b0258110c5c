"""One HTTP session to the Bot API: raw calls for the hot methods, a request class for the rest.

`Transport.call` sends JSON and returns the `result`, raising python-telegram-bot's errors; it
builds none of that library's objects, which is what most of a send would cost. `AiohttpRequest`
lets `telegram.Bot` use the same session for the rare methods.

No error raised here carries the token or what someone wrote: addresses and bodies are never put
into a message, a description is cut after its reason, and the client's own errors, which name the
address, are not chained.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from io import BytesIO
from typing import Any, Final
from urllib.parse import quote

import aiohttp
from multidict import CIMultiDict
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData
from yarl import URL

CONNECTIONS = 100
CONNECT_SECONDS = 5.0
CALL_SECONDS = 10.0
UPLOAD_SECONDS = 60.0
KEEP_ALIVE_SECONDS = 50.0
#: What a file is, by the end of its name.
KINDS: Final = {"png": "image/png", "html": "text/html", "json": "application/json"}

_JSON: Final = CIMultiDict({"Content-Type": "application/json"})
# One encoder for all calls; a half of a surrogate pair must not make a whole message unsendable.
_encode: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":")
).encode


class Refused(NetworkError):  # noqa: N818 (named as its family is)
    """The server was not listening: the request was never accepted, repeating it is safe."""


class Unreachable(NetworkError):  # noqa: N818 (named as its family is)
    """No connection came about (name, route, certificate): the request was never accepted."""


class Unreadable(NetworkError):  # noqa: N818 (named as its family is)
    """The answer was no JSON that can be read; `body` is for repairs, never for a log."""

    def __init__(self, body: bytes) -> None:
        super().__init__("Invalid server response")
        self.body = body


class TooManyRequests(RetryAfter):
    """python-telegram-bot's RetryAfter with the pause in plain seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(max(1, int(seconds)))

    @property
    def retry_after(self) -> Any:
        """The pause as a timedelta; the parent's property warns of its coming change."""
        return self._retry_after


class Transport:
    """Calls Bot API methods at `api_url`; one instance for the whole process, inside its loop."""

    def __init__(self, api_url: str, token: str) -> None:
        self.api_url = api_url.rstrip("/")
        self._base = f"{self.api_url}/bot{token}/"
        self._urls: dict[str, URL] = {}
        self._timeouts: dict[float, aiohttp.ClientTimeout] = {}
        self._session: aiohttp.ClientSession | None = None

    @property
    def host(self) -> str:
        """Host and port of the server, fit for a log line."""
        url = URL(self.api_url)
        return f"{url.host}:{url.port}" if url.explicit_port else str(url.host)

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session, opened at first use because it belongs to the running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE_SECONDS, ttl_dns_cache=60
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
            )
        return self._session

    async def call(
        self, method: str, payload: Mapping[str, object], *, timeout: float = CALL_SECONDS
    ) -> Any:
        """Call a Bot API method with JSON and return its `result`.

        `timeout` is in seconds, for the whole call. Raises the errors of `telegram.error`:
        `TooManyRequests`, `Forbidden`, `BadRequest`, `InvalidToken`, `Conflict`, `ChatMigrated`,
        `TimedOut`, and `NetworkError` with its subclasses above.
        """
        data = _encode(payload).encode("utf-8", "replace")
        sent = await self.exchange("POST", self._url(method), timeout, data=data, headers=_JSON)
        return _result(*sent)

    def file_url(self, path: str) -> URL:
        """Where a file of that `file_path` is fetched from; it holds the token."""
        base = self._base.replace(f"{self.api_url}/bot", f"{self.api_url}/file/bot", 1)
        return URL(base + quote(path), encoded=True)

    async def upload(
        self, method: str, payload: Mapping[str, object], field: str, name: str, file: bytes
    ) -> Any:
        """Call a method with a file of that name in a field, as a form; else as `call`."""
        form = aiohttp.FormData()
        for key, value in payload.items():
            form.add_field(key, value if isinstance(value, str) else _encode(value))
        kind = KINDS.get(name.rpartition(".")[2], "application/octet-stream")
        # From a stream a large file goes out in pieces, and nobody else waits for it.
        form.add_field(field, BytesIO(file), filename=name, content_type=kind)
        return _result(*await self.exchange("POST", self._url(method), UPLOAD_SECONDS, data=form))

    def _url(self, method: str) -> URL:
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._base + method, encoded=True)
        return url

    async def exchange(
        self, verb: str, url: URL, timeout: float, **arguments: Any
    ) -> tuple[int, bytes]:
        """One HTTP request: status and body, or a `NetworkError` that names no address."""
        limits = self._timeouts.get(timeout)
        if limits is None:
            limits = self._timeouts[timeout] = aiohttp.ClientTimeout(
                total=timeout, sock_connect=CONNECT_SECONDS
            )
        trouble: NetworkError
        try:
            async with self.session.request(
                verb, url, timeout=limits, allow_redirects=False, **arguments
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            trouble = TimedOut()
        except aiohttp.ClientConnectorError as error:
            refused = isinstance(error.os_error, ConnectionRefusedError)
            trouble = (Refused if refused else Unreachable)(type(error).__name__)
        except (aiohttp.ClientError, OSError) as error:
            trouble = NetworkError(type(error).__name__)
        # Raised out here so that the client's error, which holds the address, is not its context.
        raise trouble

    async def close(self) -> None:
        """Close all connections; calls under way fail."""
        if self._session is not None:
            await self._session.close()


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's way to the network over the transport's session.

    `telegram.Bot(token, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot", request=this,
    get_updates_request=this)`. The session stays the transport's: shutting the bot down closes
    nothing.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def read_timeout(self) -> float | None:
        """Seconds for a whole call, unless the call names its own."""
        return UPLOAD_SECONDS

    async def initialize(self) -> None:
        """Nothing to prepare: the transport opens its session at first use."""

    async def shutdown(self) -> None:
        """Nothing to close: the transport outlives every `Bot`."""

    async def do_request(  # noqa: PLR0917 (the parent's signature)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Send one request; errors are raised here, since the parent's quote the body."""
        form: aiohttp.FormData | None = None
        if request_data is not None:
            form = aiohttp.FormData(request_data.json_parameters)
            for name, (filename, content, mime) in request_data.multipart_data.items():
                form.add_field(name, content, filename=filename, content_type=mime)
        seconds = read_timeout if isinstance(read_timeout, int | float) else UPLOAD_SECONDS
        status, body = await self._transport.exchange(method, URL(url), seconds, data=form)
        if status != HTTPStatus.OK:
            raise error_of(status, body)
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; unlike the parent's, this never logs it."""
        answer = _read(payload)
        if answer is None:
            raise Unreadable(payload)
        return answer


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _result(status: int, body: bytes) -> Any:
    answer = _read(body) if status == HTTPStatus.OK else None
    if answer is None or "result" not in answer:
        raise error_of(status, body)
    return answer["result"]


def error_of(status: int, body: bytes) -> TelegramError:
    """The error python-telegram-bot would raise for an answer without a result.

    Two differences: a 429 without a number of seconds is still a `TooManyRequests`, and any other
    refusal of this very request (413, say) is a `BadRequest`, since repeating it cannot help.
    """
    answer = _read(body)
    if status == HTTPStatus.OK:
        if answer is None or answer.get("ok") is not False:
            return Unreadable(body)
        code = answer.get("error_code")
        status = code if isinstance(code, int) else HTTPStatus.BAD_REQUEST
    answer = answer or {}
    message = _reason(answer.get("description"), status)
    parameters = answer.get("parameters")
    if not isinstance(parameters, dict):
        parameters = {}
    if status == HTTPStatus.TOO_MANY_REQUESTS or parameters.get("retry_after"):
        seconds = parameters.get("retry_after")
        return TooManyRequests(seconds if isinstance(seconds, int | float) else 1)
    if isinstance(moved := parameters.get("migrate_to_chat_id"), int):
        return ChatMigrated(moved)
    match status:
        case HTTPStatus.FORBIDDEN:
            return Forbidden(message)
        case HTTPStatus.NOT_FOUND | HTTPStatus.UNAUTHORIZED:
            return InvalidToken(message)
        case HTTPStatus.CONFLICT:
            return Conflict(message)
        case HTTPStatus.REQUEST_TIMEOUT:
            return NetworkError(message)
    return (BadRequest if 400 <= status < 500 else NetworkError)(message)


def _reason(description: object, status: int) -> str:
    """The API's reason without its details: those may quote what someone wrote."""
    if not isinstance(description, str):
        return f"HTTP {status}"
    family, colon, rest = description.partition(": ")
    return family + colon + rest.partition(":")[0]
