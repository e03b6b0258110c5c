"""getUpdates hands everything over, waits, and forgets only what was confirmed."""

import asyncio
import json

import pytest
from aiohttp import ClientSession

from bot.playground.client import PATIENCE, Playground
from bot.playground.updates import ID_LIMIT
from bot.playground.world import World
from tests.playground.conftest import Api, RefusalError


async def test_updates_stay_until_an_offset_confirms_them(api: Api, play: Playground) -> None:
    ann = play.person("Ann")
    for word in "abc":
        await ann.send(word)
    first = await api("getUpdates", limit=2)
    assert [update["message"]["text"] for update in first] == ["a", "b"]
    assert await api("getUpdates", limit=2) == first
    rest = await api("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["c"]
    assert await api("getUpdates", offset=rest[-1]["update_id"] + 1) == []


async def test_a_negative_offset_keeps_only_the_last(api: Api, play: Playground) -> None:
    ann = play.person("Ann")
    for word in "abc":
        await ann.send(word)
    assert [each["message"]["text"] for each in await api("getUpdates", offset=-1)] == ["c"]
    assert len(await api("getUpdates")) == 1


async def test_a_long_poll_ends_as_soon_as_someone_writes(api: Api, play: Playground) -> None:
    waiting = asyncio.create_task(api("getUpdates", timeout=50))
    await play.polled()
    assert not waiting.done()
    await play.person("Ann").send("hello")
    assert (await asyncio.wait_for(waiting, PATIENCE))[0]["message"]["text"] == "hello"


async def test_a_long_poll_with_nothing_to_tell_ends_empty(api: Api) -> None:
    assert await asyncio.wait_for(api("getUpdates", timeout=1), PATIENCE) == []


async def test_a_second_poller_sends_the_first_away(api: Api, play: Playground) -> None:
    first = asyncio.create_task(api("getUpdates", timeout=50))
    await play.polled()
    second = asyncio.create_task(api("getUpdates", timeout=50))
    with pytest.raises(RefusalError, match="terminated by other getUpdates request") as caught:
        await first
    assert caught.value.status == 409
    await play.person("Ann").send("hello")
    assert len(await second) == 1


async def test_numbers_come_from_the_clock_so_a_restarted_server_goes_on_above(
    play: Playground,
) -> None:
    ann = play.person("Ann")
    for _ in range(20):
        await ann.send("a")
    play.clock.advance(10)
    restarted = World(play.token, play.clock)
    assert play.world.updates.next_id < restarted.updates.next_id < ID_LIMIT
    assert ann.messages[-1].id < restarted.place(ann.chat, restarted.bot, {})["message_id"]


async def test_allowed_updates_are_remembered(api: Api, play: Playground) -> None:
    ann = play.person("Ann")
    await api("getUpdates", allowed_updates=["callback_query"])
    await ann.send("unheard")
    await ann.press_data(1, "heard")
    assert [each["callback_query"]["data"] for each in await api("getUpdates")] == ["heard"]
    await api("getUpdates", allowed_updates=[])
    await ann.send("heard again")
    assert len(await api("getUpdates")) == 2


async def test_updates_are_kept_for_24_hours(api: Api, play: Playground) -> None:
    ann = play.person("Ann")
    await ann.send("old")
    play.clock.advance(23 * 3600)
    await ann.send("new")
    assert len(await api("getUpdates")) == 2
    play.clock.advance(2 * 3600)
    assert [each["message"]["text"] for each in await api("getUpdates")] == ["new"]


async def test_injected_bytes_go_out_verbatim(play: Playground, http: ClientSession) -> None:
    odd = b'{"update_id": 1e999, "message": {"text": "\\ud800"}, "new_kind":[ ]}'
    number = play.inject(odd)
    await play.person("Ann").send("after")
    address = f"{play.api_url}/bot{play.token}/getUpdates"
    async with http.get(address) as answer:
        assert odd in await answer.read()
    async with http.get(address, params={"offset": number + 1}) as answer:
        (left,) = json.loads(await answer.read())["result"]
    assert left["message"]["text"] == "after"


async def test_an_injected_update_without_a_number_gets_one(api: Api, play: Playground) -> None:
    number = play.inject({"future_kind": {"id": 1}})
    assert await api("getUpdates") == [{"update_id": number, "future_kind": {"id": 1}}]


async def test_an_edited_message_is_told_a_deleted_one_is_not(api: Api, play: Playground) -> None:
    ann = play.person("Ann")
    said = await ann.send("one")
    await ann.edit(said, "two")
    await ann.delete(said)
    updates = await api("getUpdates")
    assert [set(each) - {"update_id"} for each in updates] == [{"message"}, {"edited_message"}]
    assert updates[1]["edited_message"]["text"] == "two"
    assert updates[1]["edited_message"]["message_id"] == said.id
