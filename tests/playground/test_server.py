"""Every way of calling is understood, and what cannot be is refused in Telegram's words."""

import pytest
from aiohttp import ClientSession, FormData
from telegram import Bot
from telegram.error import InvalidToken

from bot.playground.client import Playground
from tests.playground.conftest import Api, RefusalError


@pytest.mark.parametrize("how", ["json", "form", "multipart", "query"])
async def test_parameters_come_in_every_shape(
    play: Playground, http: ClientSession, how: str
) -> None:
    ann = play.person("Ann")
    await ann.send("/start")
    address = f"{play.api_url}/bot{play.token}/sendMessage"
    markup = '{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]]}'
    fields = {"chat_id": str(ann.id), "text": "päper & ink", "reply_markup": markup}
    match how:
        case "json":
            answer = await http.post(address, json=fields)
        case "form":
            answer = await http.post(address, data=fields)
        case "multipart":
            form = FormData(fields)
            form.add_field("unused", b"bytes", filename="a.bin")
            answer = await http.post(address, data=form)
        case _:
            answer = await http.get(address, params=fields)
    assert answer.status == 200
    assert (await answer.json())["result"]["text"] == "päper & ink"
    assert ann.last.buttons == [["Yes"]]


async def test_a_wrong_token_is_unauthorized(play: Playground, http: ClientSession) -> None:
    async with http.get(f"{play.api_url}/bot1:wrong/getMe") as answer:
        assert (answer.status, await answer.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", f"{play.api_url}/bot"):
            pass


async def test_a_wrong_path_or_method_is_not_found(
    api: Api, play: Playground, http: ClientSession
) -> None:
    async with http.get(f"{play.api_url}/nothing/here") as answer:
        assert (answer.status, (await answer.json())["description"]) == (404, "Not Found")
    with pytest.raises(RefusalError, match="method not found") as caught:
        await api("sendEverything")
    assert caught.value.status == 404


async def test_method_names_may_be_in_any_case(api: Api) -> None:
    assert (await api("GETME"))["is_bot"] is True


async def test_a_body_that_is_no_json_is_refused(play: Playground, http: ClientSession) -> None:
    address = f"{play.api_url}/bot{play.token}/sendMessage"
    headers = {"Content-Type": "application/json"}
    for body in (b"{", b"[1]"):
        async with http.post(address, data=body, headers=headers) as answer:
            assert answer.status == 400


async def test_calls_are_noted_with_what_became_of_them(api: Api, play: Playground) -> None:
    ann = play.person("Ann")
    await ann.send("/start")
    await api("sendMessage", chat_id=ann.id, text="x")
    with pytest.raises(RefusalError):
        await api("sendMessage", chat_id=ann.id)
    noted = [(call.method, call.chat_id, call.status, call.done) for call in play.calls]
    assert noted == [("sendMessage", ann.id, 200, True), ("sendMessage", ann.id, 400, False)]
    assert play.calls[0].params["text"] == "x"


async def test_a_server_that_is_down_refuses_connections_and_comes_back(
    api: Api, play: Playground
) -> None:
    address = play.api_url
    await api("getMe")
    await play.down()
    async with ClientSession() as fresh:
        with pytest.raises(OSError, match="Connect"):
            await fresh.get(f"{address}/bot{play.token}/getMe")
    await play.up()
    assert play.api_url == address
    assert await api("getMe")
