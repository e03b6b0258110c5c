"""The transport speaks JSON to the Bot API and raises python-telegram-bot's errors."""

import json
import socket
import traceback
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.playground.client import TOKEN, Playground
from bot.transport import AiohttpRequest, Refused, TooManyRequests, Transport, Unreachable
from tests.wire.conftest import Desk, texts
from tests.wire.scripted import scripted


def _refusal(code: int, description: str, **parameters: int) -> bytes:
    answer = {"ok": False, "error_code": code, "description": description}
    return json.dumps(answer | ({"parameters": parameters} if parameters else {})).encode()


ANSWERS = [
    (400, _refusal(400, "Bad Request: message is not modified: the same")),
    (400, _refusal(400, "Bad Request: group upgraded", migrate_to_chat_id=-100)),
    (401, _refusal(401, "Unauthorized")),
    (403, _refusal(403, "Forbidden: bot was blocked by the user")),
    (404, _refusal(404, "Not Found")),
    (404, b"404: Not Found"),
    (409, _refusal(409, "Conflict: terminated by other getUpdates request")),
    (429, _refusal(429, "Too Many Requests: retry after 3", retry_after=3)),
    (500, _refusal(500, "Internal Server Error")),
    (502, b"<html>Bad Gateway</html>"),
    (504, b""),
]


async def _ptb_error(api_url: str) -> TelegramError:
    # Its own warning of a coming type of retry_after is not what is compared here.
    async with HTTPXRequest() as request:
        with pytest.raises(TelegramError) as caught:
            await request.post(f"{api_url}/bot{TOKEN}/sendMessage")
    return caught.value


@pytest.mark.parametrize(("status", "body"), ANSWERS)
@pytest.mark.filterwarnings("ignore:.*retry_after")
async def test_an_error_is_of_the_class_that_python_telegram_bot_raises(
    status: int, body: bytes
) -> None:
    async def answer(method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        return status, body

    async with scripted(answer) as api_url:
        transport = Transport(api_url, TOKEN)
        with pytest.raises(TelegramError) as ours:
            await transport.call("sendMessage", {})
        await transport.close()
        theirs = await _ptb_error(api_url)
    expected = TooManyRequests if isinstance(theirs, RetryAfter) else type(theirs)
    assert type(ours.value) is expected


async def test_a_description_is_cut_where_words_may_begin() -> None:
    async def answer(method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        return 400, _refusal(400, 'Bad Request: can\'t parse entities: Unsupported tag "secret"')

    async with scripted(answer) as api_url:
        transport = Transport(api_url, TOKEN)
        with pytest.raises(BadRequest, match=r"^Can't parse entities$"):
            await transport.call("sendMessage", {"text": "secret"})
        await transport.close()


async def test_a_too_large_request_is_not_tried_for_ever() -> None:
    async def answer(method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        return 413, b"<html>Request Entity Too Large</html>"

    async with scripted(answer) as api_url:
        transport = Transport(api_url, TOKEN)
        with pytest.raises(BadRequest):
            await transport.call("sendDocument", {})
        await transport.close()


async def test_bytes_that_are_no_utf_8_are_replaced() -> None:
    async def answer(method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        return 200, b'{"ok": true, "result": "a\xffb"}'

    async with scripted(answer) as api_url:
        transport = Transport(api_url, TOKEN)
        assert await transport.call("getMe", {}) == "a\ufffdb"
        await transport.close()


@pytest.mark.parametrize("body", [b"[]", b"no json", b'{"ok": true}', b"[" * 100_000])
async def test_an_unreadable_answer_is_network_trouble(body: bytes) -> None:
    async def answer(method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        return 200, body

    async with scripted(answer) as api_url:
        transport = Transport(api_url, TOKEN)
        with pytest.raises(NetworkError):
            await transport.call("getMe", {})
        await transport.close()


async def test_a_server_that_does_not_listen_refuses() -> None:
    with socket.socket() as unused:  # bound and not listening: connections are refused
        unused.bind(("127.0.0.1", 0))
        transport = Transport(f"http://127.0.0.1:{unused.getsockname()[1]}", TOKEN)
        with pytest.raises(Refused):
            await transport.call("getMe", {})
        await transport.close()


async def test_a_name_that_nobody_knows_is_unreachable() -> None:
    transport = Transport("http://nowhere.invalid:80", TOKEN)
    with pytest.raises(Unreachable):
        await transport.call("getMe", {})
    await transport.close()


async def test_a_late_answer_is_a_timeout_and_a_reset_is_a_network_error(
    play: Playground, transport: Transport
) -> None:
    play.faults.latency(30, "getme", times=1)
    with pytest.raises(TimedOut):
        await transport.call("getMe", {}, timeout=0.1)
    play.faults.reset("getme", times=1)
    with pytest.raises(NetworkError):
        await transport.call("getMe", {})


async def test_no_error_names_the_token_even_in_a_full_traceback(
    play: Playground, transport: Transport
) -> None:
    play.faults.reset("getme", times=1)
    play.faults.bad_gateway("getfile", times=1)
    told = []
    elsewhere = Transport("http://127.0.0.1:9", TOKEN)
    for where, method in ((transport, "getMe"), (transport, "getFile"), (elsewhere, "getMe")):
        with pytest.raises(NetworkError) as caught:
            await where.call(method, {})
        error: BaseException | None = caught.value
        while error is not None:
            told.append("".join(traceback.format_exception(error)) + repr(vars(error)))
            error = error.__context__ or error.__cause__
    await elsewhere.close()
    assert len(told) == 3
    assert TOKEN not in "".join(told)


async def test_half_a_surrogate_pair_does_not_make_a_message_unsendable(desk: Desk) -> None:
    ann = await desk.person()
    assert await desk.settled(desk.say(ann, "half \ud83d of a heart"))
    assert texts(ann) == ["half ? of a heart"]


async def test_the_rare_methods_work_through_python_telegram_bot(desk: Desk) -> None:
    ann = await desk.person()
    request = AiohttpRequest(desk.transport)
    bot = Bot(
        TOKEN,
        base_url=f"{desk.play.api_url}/bot",
        base_file_url=f"{desk.play.api_url}/file/bot",
        request=request,
        get_updates_request=request,
    )
    async with bot:
        assert (await bot.get_me()).is_bot
        assert await bot.set_my_commands([("today", "What is here for today")])
        sent = await bot.send_document(ann.id, "naïve ✓".encode(), filename="mine.txt")
        assert sent.document is not None
        got = await (await bot.get_file(sent.document.file_id)).download_as_bytearray()
        assert got.decode() == "naïve ✓"
        with pytest.raises(BadRequest, match="not found"):
            await bot.send_message(999_999, "nobody")
    # Shutting the bot down left the shared session open.
    assert await desk.transport.call("getMe", {})
