"""Polling goes on through trouble, ends when it must, and says at the start what is wrong."""

import asyncio
import socket
from typing import Any

import pytest

from bot.errors import StartError
from bot.intake import Poller, TokenRefused, check_token
from bot.playground.client import TOKEN, Playground
from bot.readable import Update
from bot.transport import Transport
from tests.wire.reader import Reader
from tests.wire.scripted import scripted


async def test_network_trouble_is_waited_out(play: Playground, transport: Transport) -> None:
    ann = play.person()
    play.faults.bad_gateway("getupdates", times=2)
    play.faults.reset("getupdates", times=2)
    await ann.send("one")
    async with Reader(transport) as reader:
        await reader.until(lambda reader: reader.texts() == ["one"])
        await play.down()
        await ann.send("two")
        await play.up()
        await reader.until(lambda reader: reader.texts() == ["one", "two"])


async def test_an_answer_that_got_lost_loses_no_update(
    play: Playground, transport: Transport
) -> None:
    ann = play.person()
    play.faults.reset_after("getupdates", probability=0.5)
    async with Reader(transport) as reader:
        for number in range(10):
            await ann.send(str(number))
            await reader.until(lambda reader, said=str(number): said in reader.texts())  # type: ignore[misc]
    assert reader.texts() == [str(number) for number in range(10)]


async def test_another_poller_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.intake.CONFLICT_PAUSE", 0.05)
    conflicts = 3

    async def answer(method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        nonlocal conflicts
        conflicts -= 1
        if conflicts >= 0:
            return 409, b'{"ok": false, "description": "Conflict: terminated by other"}'
        if "offset" in params:
            await asyncio.sleep(30)
        return 200, b'{"ok": true, "result": [{"update_id": 1}]}'

    async with scripted(answer) as api_url:
        transport = Transport(api_url, TOKEN)
        async with Reader(transport) as reader:
            await reader.until(lambda reader: bool(reader.batches))
        await transport.close()
    told = capsys.readouterr().out
    assert told.count("another_poller") == 1
    assert told.count("polling_works_again") == 1


@pytest.mark.parametrize("status", [401, 404])
async def test_a_refused_token_ends_the_polling(status: int) -> None:
    async def answer(method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        return status, b'{"ok": false, "description": "Unauthorized"}'

    async with scripted(answer) as api_url:
        transport = Transport(api_url, TOKEN)
        with pytest.raises(TokenRefused):
            await Reader(transport).poller.run(asyncio.Event())
        with pytest.raises(StartError, match="THRESHOLD_BOT_TOKEN") as refused:
            await check_token(transport)
        await transport.close()
    assert refused.value.exit_code == 2
    assert TOKEN not in refused.value.message


async def test_stopping_abandons_the_long_poll_at_once_and_finishes_the_batch_in_hand(
    play: Playground, transport: Transport
) -> None:
    begun, finish = asyncio.Event(), asyncio.Event()
    finished = 0

    async def handle(updates: list[Update]) -> None:
        nonlocal finished
        begun.set()
        await finish.wait()
        finished += len(updates)

    stop = asyncio.Event()
    task = asyncio.create_task(Poller(transport, handle).run(stop))
    await play.person().send("one")
    await begun.wait()
    stop.set()
    finish.set()
    async with asyncio.timeout(5):
        await task
    assert finished == 1


async def test_a_server_out_of_reach_at_the_start_is_one_line_with_the_host() -> None:
    with socket.socket() as unused:  # bound and not listening: connections are refused
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        transport = Transport(f"http://127.0.0.1:{port}", TOKEN)
        with pytest.raises(StartError, match=f"127.0.0.1:{port}") as refused:
            await check_token(transport)
        await transport.close()
    assert refused.value.exit_code == 1
    assert TOKEN not in refused.value.message
    assert "\n" not in refused.value.message


async def test_a_server_that_stumbles_at_the_start_is_asked_again(
    play: Playground, transport: Transport
) -> None:
    play.faults.bad_gateway("getme", times=2)
    play.faults.reset("getme", times=1)
    assert (await check_token(transport))["is_bot"] is True
