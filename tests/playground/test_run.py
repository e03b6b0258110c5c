"""`make chat` starts a server and a bot beside it, and ends both together."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.playground.client import TOKEN, Playground
from bot.playground.run import serve

_ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
# What stands in for the bot: tells where it is and ends when it is told to.
_BOT = """
import os, signal, sys, time, urllib.request
def end(*_):
    print("ended", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
address = os.environ["THRESHOLD_API_URL"] + "/bot" + os.environ["THRESHOLD_BOT_TOKEN"] + "/getMe"
assert b'"ok":true' in urllib.request.urlopen(address).read()
import bot.playground
for name in ("DATA_DIR", "DATABASE_URL"):
    print(name, os.environ.get("THRESHOLD_" + name), flush=True)
print("cwd", os.getcwd(), flush=True)
if "ends" in sys.argv:
    sys.exit(3)
time.sleep(60)
"""
_START = """
import asyncio, sys
from bot.playground.run import chat
from bot.playground.client import TOKEN
code = asyncio.run(chat(int(sys.argv[1]), TOKEN, [sys.executable, "-c", *sys.argv[2:]]))
sys.exit(code)
"""

Start = Callable[..., Awaitable[Process]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    started: list[Process] = []

    async def run(*arguments: str) -> Process:
        settings = {"PYTHONPATH": str(_ROOT), "THRESHOLD_DATABASE_URL": "real"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=tmp_path, env=os.environ | settings, stdout=PIPE
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def line(process: Process) -> str:
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode().strip()


async def test_the_server_alone_tells_its_address_and_ends_when_asked(start: Start) -> None:
    process = await start("-m", "bot.playground", "--port", "0")
    address = re.search(r"http://127.0.0.1:\d+/", await line(process))
    assert address is not None
    async with ClientSession() as session, session.get(address[0]) as answer:
        assert "Threshold playground" in await answer.text()
    process.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


async def test_the_bot_runs_beside_it_with_data_of_its_own(start: Start, tmp_path: Path) -> None:
    process = await start("-c", _START, "0", _BOT)
    assert "The chat is at" in await line(process)
    data = tmp_path / ".chat"
    assert await line(process) == f"DATA_DIR {data}"
    assert await line(process) == "DATABASE_URL None"
    assert await line(process) == f"cwd {data}"
    process.terminate()
    assert await line(process) == "ended"
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


async def test_when_the_bot_ends_so_does_the_rest_with_its_exit_code(start: Start) -> None:
    process = await start("-c", _START, "0", _BOT, "ends")
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 3


async def test_a_taken_port_makes_way_for_the_next(play: Playground) -> None:
    taken = play.server.port
    other = await serve(taken, TOKEN)
    try:
        assert taken < other.server.port < taken + 20
    finally:
        await other.server.stop()
