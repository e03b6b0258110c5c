"""A playground for each test, a bot that talks to it, and the chat page in a real browser."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession
from playwright.async_api import Page, async_playwright, expect
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.playground.client import Playground

CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


expect.set_options(timeout=15_000)  # a busy machine is no fault of the page

Api = Callable[..., Coroutine[Any, Any, Any]]


class RefusalError(Exception):
    """An answer with `ok: false`."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(body["description"])
        self.status = status
        self.body = body


@pytest.fixture
async def play() -> AsyncIterator[Playground]:
    async with Playground() as playground:
        yield playground


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def api(play: Playground, http: ClientSession) -> Api:
    """Calls a Bot API method with JSON; returns the result or raises `RefusalError`."""

    async def call(method: str, **params: Any) -> Any:
        async with http.post(f"{play.api_url}/bot{play.token}/{method}", json=params) as answer:
            body = await answer.json()
            if not body["ok"]:
                assert answer.status == body["error_code"]
                raise RefusalError(answer.status, body)
            return body["result"]

    return call


@pytest.fixture
async def bot(play: Playground) -> AsyncIterator[Bot]:
    """python-telegram-bot's own client, as bots use it."""
    base = play.api_url
    patient = HTTPXRequest(16, 60, 60, 60, 60)  # its own five seconds may pass on a busy machine
    async with Bot(play.token, f"{base}/bot", f"{base}/file/bot", request=patient) as client:
        yield client


@asynccontextmanager
async def browser_page(
    address: str, width: int = 390, height: int = 844, **context: Any
) -> AsyncIterator[Page]:
    """The chat page of a playground in chromium; whatever breaks in it fails the test."""
    broken: list[str] = []
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        view = await chromium.new_context(viewport={"width": width, "height": height}, **context)
        page = await view.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        await page.goto(address)
        yield page
        await chromium.close()
    assert not broken


@pytest.fixture
async def page(play: Playground) -> AsyncIterator[Page]:
    """The chat page, phone-sized, opened on `play`."""
    if not os.access(CHROMIUM, os.X_OK):
        pytest.skip("chromium is not installed")
    async with browser_page(play.api_url + "/") as opened:
        yield opened


@asynccontextmanager
async def running(work: Awaitable[None]) -> AsyncIterator[None]:
    """Let something run beside the test; its failure fails the test."""
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        if not task.done():
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    if not task.cancelled() and (error := task.exception()) is not None:
        raise error
