"""The people's side over HTTP does what the page needs."""

import json
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.playground.client import Playground
from tests.playground.conftest import Api
from tests.playground.pictures import PNG


@pytest.fixture
def act(play: Playground, http: ClientSession) -> Any:
    async def call(path: str, body: Any = None, status: int = 200) -> Any:
        address = f"{play.api_url}/_play/{path}"
        method = "GET" if body is None else "POST"
        data = body if isinstance(body, bytes | None) else json.dumps(body)
        async with http.request(method, address, data=data) as answer:
            assert answer.status == status
            return await answer.json()

    return call


async def test_a_person_is_added_and_acts(act: Any, api: Api) -> None:
    ann = (await act("people", {"name": "Ann"}))["id"]
    chat = f"chats/{ann}"
    (said,) = await act(f"{chat}/write", {"text": "/start from-a-link"})
    yes = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    sent = await api("sendMessage", chat_id=ann, text="?", reply_markup=yes)
    place = {"message_id": sent["message_id"], "row": 0, "column": 0}
    await act(f"{chat}/press", place)
    await act(f"{chat}/press", {"message_id": sent["message_id"], "data": "old"})
    await act(f"{chat}/edit", {"message_id": said["message_id"], "text": "other"})
    await act(f"{chat}/location", {"latitude": 1, "longitude": 2})
    await act(f"{chat}/content", {"dice": {"emoji": "🎲", "value": 3}})
    photo = await act(f"{chat}/files/photo?name=p.png&caption=look", PNG)
    assert photo["photo"][0]["width"] == 3
    await act(f"{chat}/block", {})
    assert await act("people") == [{"id": ann, "name": "Ann", "blocked": True}]
    await act(f"{chat}/unblock", {})
    kinds = [next(iter(set(each) - {"update_id"})) for each in await api("getUpdates")]
    assert kinds == [
        "message",
        "callback_query",
        "callback_query",
        "edited_message",
        "message",
        "message",
        "message",
        "my_chat_member",
        "my_chat_member",
    ]
    standing = await act(chat)
    assert standing["messages"][0]["text"] == "other"
    await act(f"{chat}/delete", {"message_ids": [said["message_id"]]})
    assert len((await act(chat))["messages"]) == 4
    await act(f"{chat}/clear", {})
    assert (await act(chat))["messages"] == []


async def test_what_cannot_be_done_is_said(act: Any) -> None:
    ann = (await act("people", {"name": "Ann"}))["id"]
    await act(f"chats/{ann}/fly", {}, status=409)
    await act(f"chats/{ann}/write", {"text": " "}, status=409)
    await act(f"chats/{ann}/write", {"text": 5}, status=400)
    await act(f"chats/{ann}/press", {"message_id": 1, "row": 0, "column": 0}, status=409)
    await act("chats/7", status=400)
    await act("people", b"[]", status=400)
    await act("faults", {"kind": "mischief"}, status=400)


async def test_faults_are_set_shown_and_cleared(
    act: Any, play: Playground, http: ClientSession
) -> None:
    await act("faults", {"kind": "bad_gateway", "methods": "send*", "probability": 0.5})
    shown = await act("faults", {"outage": 30})
    assert [rule["kind"] for rule in shown["rules"]] == ["bad_gateway"]
    assert 0 < shown["outage_left"] <= 30
    rules = [{"kind": "latency", "seconds": 2}, {"kind": "reset"}]
    async with http.put(f"{play.api_url}/_play/faults", json=rules) as answer:
        kinds = [rule["kind"] for rule in (await answer.json())["rules"]]
    assert kinds == ["latency", "reset"]
    async with http.delete(f"{play.api_url}/_play/faults") as answer:
        assert (await answer.json())["rules"] == []


async def test_an_update_can_be_injected_and_calls_are_listed(act: Any, api: Api) -> None:
    raw = b'{"future": true}'
    assert (await act("updates", raw))["counted_as"] > 0
    assert await api("getUpdates") == [{"future": True}]
    assert [call["method"] for call in await act("calls")] == ["getUpdates"]


async def test_the_stream_tells_what_happens_in_one_chat(
    play: Playground, http: ClientSession
) -> None:
    ann, ben = play.person("Ann"), play.person("Ben")
    async with http.get(f"{play.api_url}/_play/events?chat={ann.id}") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readuntil(b"\n\n")
        await ben.send("not for this chat")
        said = await ann.send("one")
        await ann.delete(said)
        told = [
            json.loads((await stream.content.readuntil(b"\n\n")).removeprefix(b"data: "))
            for _ in range(2)
        ]
    assert [event["what"] for event in told] == ["message", "deleted"]
    assert told[0]["message"]["text"] == "one"
    assert told[0]["seq"] < told[1]["seq"]


@pytest.mark.parametrize("part", ["", "chat.js", "frame.css", "icon.svg"])
async def test_the_page_is_served_and_loads_nothing_from_elsewhere(
    play: Playground, http: ClientSession, part: str
) -> None:
    async with http.get(f"{play.api_url}/{part}") as answer:
        assert answer.status == 200
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert len(await answer.read()) > 100
