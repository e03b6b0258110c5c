"""The server misbehaves exactly as it is asked to."""

import asyncio
import time

import pytest
from aiohttp import ClientConnectionError, ClientSession

from bot.playground.client import Person, Playground
from bot.playground.faults import Faults, Kind
from tests.playground.conftest import Api, RefusalError


@pytest.fixture
async def ann(play: Playground) -> Person:
    person = play.person("Ann")
    await person.send("/start")
    return person


async def test_a_bad_gateway_is_html_and_nothing_is_done(
    api: Api, play: Playground, http: ClientSession, ann: Person
) -> None:
    play.faults.bad_gateway("send*", times=1)
    address = f"{play.api_url}/bot{play.token}/sendMessage"
    async with http.post(address, json={"chat_id": ann.id, "text": "x"}) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
        assert "502 Bad Gateway" in await answer.text()
    assert len(ann.messages) == 1
    await api("sendMessage", chat_id=ann.id, text="x")
    assert len(ann.messages) == 2


async def test_a_reset_before_does_nothing(api: Api, play: Playground, ann: Person) -> None:
    play.faults.reset(times=1)
    with pytest.raises(ClientConnectionError):
        await api("sendMessage", chat_id=ann.id, text="x")
    assert len(ann.messages) == 1
    assert (play.calls[-1].status, play.calls[-1].done) == (0, False)


async def test_a_reset_after_has_done_everything(api: Api, play: Playground, ann: Person) -> None:
    play.faults.reset_after("sendMessage", times=1)
    with pytest.raises(ClientConnectionError):
        await api("sendMessage", chat_id=ann.id, text="x")
    assert ann.last.text == "x"
    assert (play.calls[-1].status, play.calls[-1].done) == (0, True)


async def test_latency_makes_an_answer_late(api: Api, play: Playground) -> None:
    play.faults.latency(0.2, "getMe")
    begun = time.monotonic()
    await api("getMe")
    assert time.monotonic() - begun >= 0.2


async def test_a_busy_telegram_closes_one_chat_for_a_while(
    api: Api, play: Playground, ann: Person
) -> None:
    ben = play.person("Ben")
    await ben.send("/start")
    play.faults.too_many(1_000, chat_id=ann.id)
    for _ in range(2):
        with pytest.raises(RefusalError, match=r"Too Many Requests: retry after \d+$") as caught:
            await api("sendMessage", chat_id=ann.id, text="x")
        assert caught.value.status == 429
        assert 900 < caught.value.body["parameters"]["retry_after"] <= 1_000
    await api("sendMessage", chat_id=ben.id, text="x")
    play.clock.advance(1_000)
    await api("sendMessage", chat_id=ann.id, text="x")


async def test_in_an_outage_every_connection_is_reset_also_one_that_waits(
    api: Api, play: Playground, ann: Person
) -> None:
    (update,) = await api("getUpdates")
    waiting = asyncio.create_task(api("getUpdates", offset=update["update_id"] + 1, timeout=50))
    await play.polled()
    play.faults.outage(60)
    with pytest.raises(ClientConnectionError):
        await waiting
    with pytest.raises(ClientConnectionError):
        await api("getMe")
    play.faults.clear()
    await api("getMe")


async def test_an_outage_ends_by_itself(api: Api, play: Playground) -> None:
    play.faults.outage(500)
    with pytest.raises(ClientConnectionError):
        await api("getMe")
    play.clock.advance(500)
    await api("getMe")


def test_the_same_seed_strikes_the_same_calls() -> None:
    def course(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.bad_gateway("send*", probability=0.3)
        return [bool(faults.meet("sendmessage", 1)) for _ in range(200)]

    assert course(7) == course(7) != course(8)
    assert 30 < sum(course(7)) < 90


def test_a_pattern_spares_other_methods_and_strikes_are_counted() -> None:
    faults = Faults()
    faults.reset("sendMessage", times=2)
    assert faults.meet("getupdates", None) == []
    assert [bool(faults.meet("sendmessage", 1)) for _ in range(3)] == [True, True, False]
    assert faults.struck[Kind.RESET] == 2
    assert faults.rules == ()
