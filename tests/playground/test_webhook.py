"""A webhook really gets its updates, in order, again until it takes them."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.playground.client import PATIENCE, Playground
from tests.playground.conftest import Api, RefusalError


class Receiver:
    """A bot's own server that refuses as often as it is told to."""

    def __init__(self) -> None:
        self.texts: asyncio.Queue[str] = asyncio.Queue()
        self.secrets: list[str | None] = []
        self.refusals = 0
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=503)
        self.texts.put_nowait((await request.json())["message"]["text"])
        return web.Response()

    async def next(self) -> str:
        return await asyncio.wait_for(self.texts.get(), PATIENCE)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    taking = Receiver()
    app = web.Application()
    app.router.add_post("/hook", taking.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    taking.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield taking
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret(
    api: Api, play: Playground, receiver: Receiver
) -> None:
    ann = play.person("Ann")
    await ann.send("before")
    await api("setWebhook", url=receiver.url, secret_token="s3cret", max_connections=1)
    await ann.send("after")
    assert [await receiver.next(), await receiver.next()] == ["before", "after"]
    assert set(receiver.secrets) == {"s3cret"}


async def test_a_refused_update_comes_again_before_the_chats_next(
    api: Api, play: Playground, receiver: Receiver
) -> None:
    receiver.refusals = 2
    await api("setWebhook", url=receiver.url)
    ann = play.person("Ann")
    await ann.send("one")
    await ann.send("two")
    assert [await receiver.next(), await receiver.next()] == ["one", "two"]
    info = await api("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 503")


async def test_a_webhook_that_is_away_keeps_its_updates(
    api: Api, play: Playground, receiver: Receiver
) -> None:
    await api("setWebhook", url="http://127.0.0.1:1/hook")
    await play.person("Ann").send("kept")
    assert (await api("getWebhookInfo"))["pending_update_count"] == 1
    with pytest.raises(RefusalError, match="can't use getUpdates method while webhook is active"):
        await api("getUpdates")
    await api("setWebhook", url=receiver.url)
    assert await receiver.next() == "kept"


async def test_polling_is_possible_again_after_the_webhook_is_gone(
    api: Api, play: Playground
) -> None:
    await api("setWebhook", url="http://127.0.0.1:1/hook")
    await play.person("Ann").send("dropped")
    await api("deleteWebhook", drop_pending_updates=True)
    assert (await api("getWebhookInfo"))["url"] == ""
    assert await api("getUpdates") == []


async def test_a_bad_secret_or_address_is_refused(api: Api) -> None:
    with pytest.raises(RefusalError, match="unallowed characters"):
        await api("setWebhook", url="http://127.0.0.1/", secret_token="a b")
    with pytest.raises(RefusalError, match="invalid URL"):
        await api("setWebhook", url="nowhere")
