"""Pictures on their way: drawn beside every queue, uploaded until they are there, never alone."""

import asyncio
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.outbox import Outcome, Outgoing
from bot.playground.client import Person, Shown
from tests.wire.conftest import Desk, texts


def _png(colour: int = 0) -> bytes:
    made = BytesIO()
    Image.new("L", (40, 30), colour).save(made, "png")
    return made.getvalue()


async def _at_once(recipe: dict[str, Any]) -> bytes | None:
    return _png(recipe["colour"])


class Slow:
    """Draws when it is told to."""

    def __init__(self) -> None:
        self.began, self.may_end = asyncio.Event(), asyncio.Event()

    async def __call__(self, recipe: dict[str, Any]) -> bytes | None:
        self.began.set()
        await self.may_end.wait()
        return await _at_once(recipe)


def _picture(desk: Desk, person: Person, caption: str = "2030", colour: int = 7) -> Outgoing:
    payload = {
        "recipe": {"colour": colour},
        "instead": "It could not be drawn.",
        "caption": caption,
        "protect_content": True,
    }
    item = desk.item(person, "", method="sendPhoto", payload=payload)
    del item.payload["text"]
    return item


def _photos(person: Person) -> list[Shown]:
    return [message for message in person.messages if "photo" in message.raw]


async def test_a_picture_is_uploaded_as_it_was_drawn(desk: Desk) -> None:
    desk.draws = _at_once
    ann = await desk.person()
    item = _picture(desk, ann)
    desk.outbox.send([item])
    assert await desk.settled([item])
    (photo,) = _photos(ann)
    assert photo.text == "2030"
    assert photo.protected
    assert desk.play.world.files[photo.raw["photo"][0]["file_id"]].data == _png(7)
    assert desk.outbox.message_of(item.row) == photo.id, "so that /hide can take it away"
    (call,) = desk.done("sendPhoto")
    assert set(call.params) == {"chat_id", "caption", "protect_content", "photo"}


@pytest.mark.parametrize("fault", ["bad_gateway", "reset", "reset_after", "too_many"])
async def test_an_upload_that_fails_is_made_again_without_drawing_again(
    desk: Desk, fault: str
) -> None:
    drawn = []

    async def counted(recipe: dict[str, Any]) -> bytes | None:
        drawn.append(recipe)
        return await _at_once(recipe)

    desk.draws = counted
    ann = await desk.person()
    if fault == "too_many":
        desk.play.faults.too_many(1, "sendphoto", times=1)
    else:
        getattr(desk.play.faults, fault)("sendphoto", times=1)
    item = _picture(desk, ann)
    desk.outbox.send([item])
    assert await desk.settled([item])
    assert desk.outcomes() == {item.row: Outcome.DELIVERED}
    assert len(drawn) == 1
    assert len(_photos(ann)) == (2 if fault == "reset_after" else 1)


@pytest.mark.parametrize("fault", ["", "bad_gateway", "reset"])
async def test_a_large_document_arrives_whole_under_its_name(desk: Desk, fault: str) -> None:
    data = bytes(range(256)) * 20_000

    async def made(_recipe: dict[str, Any]) -> bytes | None:
        return data

    desk.draws = made
    ann = await desk.person()
    payload = {"recipe": {"write": "it"}, "instead": "It could not be made.", "name": "all.json"}
    item = desk.item(ann, "", method="sendDocument", payload=payload)
    del item.payload["text"]
    if fault:
        getattr(desk.play.faults, fault)("senddocument", times=1)
    desk.outbox.send([item])
    assert await desk.settled([item])
    assert desk.outcomes() == {item.row: Outcome.DELIVERED}
    (sent,) = [message for message in ann.messages if "document" in message.raw]
    assert sent.raw["document"]["file_name"] == "all.json"
    assert desk.play.world.files[sent.raw["document"]["file_id"]].data == data
    (call,) = desk.done("sendDocument")
    assert set(call.params) == {"chat_id", "document"}


async def test_where_nothing_is_drawn_a_sentence_goes_out(desk: Desk) -> None:
    ann = await desk.person()
    item = _picture(desk, ann)
    desk.outbox.send([item])
    assert await desk.settled([item])
    assert texts(ann) == ["It could not be drawn."]


async def test_a_picture_that_telegram_refuses_becomes_a_sentence(desk: Desk) -> None:
    async def broken(_recipe: dict[str, Any]) -> bytes | None:
        return b"no picture"

    desk.draws = broken
    ann = await desk.person()
    item = _picture(desk, ann)
    desk.outbox.send([item])
    assert await desk.settled([item])
    assert texts(ann) == ["It could not be drawn."]
    assert desk.outcomes() == {item.row: Outcome.DELIVERED}


async def test_answers_pass_a_picture_that_is_being_drawn(desk: Desk) -> None:
    desk.draws = slow = Slow()
    ann, ben = await desk.person("Ann"), await desk.person("Ben")
    items = [_picture(desk, ann, "one"), _picture(desk, ben, "two"), _picture(desk, ann, "three")]
    desk.outbox.send(items)
    await slow.began.wait()
    assert await desk.settled(desk.say(ann, "an answer") + desk.say(ben, "another"))
    assert _photos(ann) == []
    slow.may_end.set()
    assert await desk.settled(items)
    assert texts(ann) == ["an answer", "one", "three"]
    assert texts(ben) == ["another", "two"]


async def test_a_hidden_chat_gets_no_picture_and_the_next_chat_gets_its_own(desk: Desk) -> None:
    desk.draws = slow = Slow()
    ann, ben = await desk.person("Ann"), await desk.person("Ben")
    items = [_picture(desk, ann), _picture(desk, ann), _picture(desk, ben)]
    desk.outbox.send(items)
    await slow.began.wait()
    await desk.outbox.hide(ann.id, [])
    assert await desk.settled(items[:2], 0)
    slow.may_end.set()
    assert await desk.settled(items)
    assert len(desk.done("sendPhoto")) == len(_photos(ben)) == 1
    assert desk.outcomes() == {items[2].row: Outcome.DELIVERED}


async def test_what_is_not_drawn_at_the_end_gets_no_mark(desk: Desk) -> None:
    desk.draws = slow = Slow()
    ann = await desk.person()
    desk.outbox.send([_picture(desk, ann)])
    await slow.began.wait()
    await desk.outbox.stop(0.1)
    assert desk.outcomes() == {}
    assert _photos(ann) == []
