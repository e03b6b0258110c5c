"""Updates that cannot be read or handled hold nobody up, and the person concerned is answered."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest

from bot.playground.client import Call, Person, Playground
from tests import shipped
from tests.durable.crowd import Crowd
from tests.durable.one_person import SOON, agreed, tapped
from tests.durable.probe import DIES, RAISES, SHOWS, Point
from tests.durable.processes import Bot
from tests.durable.stored import copied, read
from tests.rare import rare, typed

HUGE = 2**70
#: Deaths that one update may cost: one in company, three alone.
DEATHS = 4
phrase = shipped.library().phrases


def message(person: Person, **changes: Any) -> dict[str, Any]:
    """An update with a message of this person; a change of None takes a field away."""
    body = {
        "message_id": 1,
        "from": {"id": person.id, "is_bot": False, "first_name": "Ann"},
        "chat": {"id": person.id, "type": "private"},
        "date": int(time.time()),
        "text": typed(rare()),
    }
    return {"message": {key: value for key, value in (body | changes).items() if value is not None}}


def tap(person: Person, **changes: Any) -> dict[str, Any]:
    """An update with a tap of this person on a button of long ago."""
    body = {
        "id": "77",
        "from": {"id": person.id, "is_bot": False, "first_name": "Ann"},
        "message": message(person)["message"],
        "chat_instance": "1",
        "data": "1|cmd:today",
    }
    return {
        "callback_query": {k: value for k, value in (body | changes).items() if value is not None}
    }


def nested(depth: int) -> bytes:
    """JSON in JSON, deeper than any parser follows."""
    return b'{"update_id":1,"message":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"


def unanswerable(ann: Person) -> dict[str, bytes | dict[str, Any]]:
    """Updates that nobody can be answered for."""
    return {
        "not JSON": b'{"update_id":1,"message":{"text":"',
        "no object": b"17",
        "null": b"null",
        "a list": b"[[]]",
        "no number": json.dumps(message(ann)).encode(),
        "a number out of range": json.dumps({"update_id": HUGE, **message(ann)}).encode(),
        "a number below zero": json.dumps({"update_id": -3, **message(ann)}).encode(),
        "a number as text": json.dumps({"update_id": "many", **message(ann)}).encode(),
        "a number as truth": json.dumps({"update_id": True, **message(ann)}).encode(),
        "nested without end": nested(100_000),
        "nested deeply": nested(900),
        "empty": {},
        "a kind of the future": {"thought": {"from": {"id": ann.id}, "text": typed(rare())}},
        "a message that is text": {"message": typed(rare())},
        "a message that is nothing": {"message": None},
        "neither chat nor sender": message(ann, chat=None, **{"from": None}),
        "a chat out of range": message(ann, chat={"id": HUGE, "type": "private"}, **{"from": None}),
        "a chat that is a list": message(ann, chat=[ann.id], **{"from": "Ann"}),
        "a tap from nobody": tap(ann, message=None, **{"from": None}),
        "a tap that is a number": {"callback_query": 4},
        "a change of nothing": {"my_chat_member": {"chat": 1, "new_chat_member": "kicked"}},
    }


def answerable(ann: Person) -> dict[str, bytes | dict[str, Any]]:
    """Updates with something wrong in them that still tell who waits for an answer."""
    half = json.dumps(message(ann, text="HALF")).replace("HALF", rf"\ud83d {typed(rare())}")
    return {
        "half a character": b'{"update_id":1,' + half.encode()[1:],
        "no chat, but a sender": message(ann, chat=None),
        "a text that is a number": message(ann, text=4),
        "a text that is a list": message(ann, text=[typed(rare())]),
        "no text": message(ann, text=None),
        "ids out of range": message(ann, message_id=HUGE, date=HUGE),
        "an id as text": message(ann, message_id="one", date="today"),
        "a sender that is text": message(ann, **{"from": typed(rare())}),
        "entities that are none": message(ann, entities="bold", photo={}),
        "a text beyond every limit": message(ann, text=typed(rare()) * 20_000),
        "a tap on nothing": tap(ann, message=None),
        "a tap that says a number": tap(ann, data=5),
        "a tap that says too much": tap(ann, data="t:" * 3_000),
        "a tap on a row out of range": tap(ann, data="zzzzzzzzzzzzzzzz|t:1:about:new.friend"),
        "a tap with no id": tap(ann, id=None),
        "a tap on a talk out of range": tap(ann, data=f"1|t:{HUGE}:about:new.friend"),
    }


def inject(play: Playground, update: bytes | dict[str, Any]) -> None:
    """Queue it; bytes with a made-up number get the next one, so that they are not old news."""
    if isinstance(update, bytes):
        number = play.world.updates.next_id
        update = update.replace(b'"update_id":1,', b'"update_id":%d,' % number)
    play.inject(update)


async def test_what_cannot_be_read_holds_nobody_up(play: Playground, bot: Bot) -> None:
    ann, crowd = await agreed(play), Crowd(play, 3)
    others = asyncio.create_task(crowd.finish())
    for name, update in unanswerable(ann).items():
        inject(play, update)
        inject(play, update)
        await ann.send("/today")
        try:
            await ann.reply(SOON)
        except AssertionError as error:
            raise AssertionError(f"stuck behind: {name}") from error
    assert await others == []
    await play.polled(SOON)


async def test_what_is_half_wrong_is_answered(play: Playground, bot: Bot) -> None:
    ann, stranger = await agreed(play), play.person("Bob")
    await stranger.send("/start")
    await stranger.reply(SOON)
    for person in (ann, stranger):
        for name, update in answerable(person).items():
            answer = asyncio.ensure_future(play.called(answers, SOON))
            inject(play, update)
            try:
                await answer
            except AssertionError as error:
                raise AssertionError(f"no answer to: {name}") from error
            await play.polled(SOON)
    await bot.kill()
    assert (await read(copied(bot.data))).set_aside == 0


def answers(call: Call) -> bool:
    """A message, an edit, or a tap that is answered (nobody on the server waits for that one)."""
    return (call.done and call.method in SHOWS) or call.method == "answerCallbackQuery"


async def test_a_group_is_left_and_told_why(play: Playground, bot: Bot) -> None:
    ann = play.person("Ann")
    group = await ann.bring_to_group("Family")
    await play.called(lambda call: call.method == "leaveChat" and call.done, SOON, ever=True)
    said = [text["text"] for text in group.messages.values() if text["from"]["is_bot"]]
    assert said == [phrase("talks.group")]
    await bot.kill()
    assert (await read(copied(bot.data))).people == set()


async def test_a_group_is_left_though_the_bot_dies_before_it_says_so(
    play: Playground, bot: Bot
) -> None:
    bot.marks.wish(Point.LEAVING)
    await play.person("Ann").bring_to_group("Family")
    await bot.gone()
    bot.marks.wish(Point.NOWHERE)
    await bot.start()
    await play.called(lambda call: call.method == "leaveChat" and call.done, 30)


async def test_a_handler_that_raises_costs_one_answer_and_three_rest_the_talk(
    play: Playground, bot: Bot
) -> None:
    crowd = Crowd(play, 3)
    others = asyncio.create_task(crowd.finish())
    ann = await agreed(play)
    await ann.send(typed(rare()))
    await ann.reply(SOON)
    for _ in range(2):
        await ann.send(RAISES)
        await ann.wait_for(phrase("talks.trouble"), SOON)
    await ann.send(RAISES)
    await ann.wait_for(phrase("talks.rested_by_trouble"), SOON)
    await ann.send("/today")
    await ann.reply(SOON)
    await tapped(ann, "talk:open:1")
    assert "t:1:want_them:_rest" in str(ann.last.raw)
    assert await others == []


async def test_between_two_faults_one_answer_that_works_begins_the_count_anew(
    play: Playground, bot: Bot
) -> None:
    ann = await agreed(play)
    for text in (RAISES, RAISES, typed(rare()), RAISES, RAISES):
        await ann.send(text)
        await ann.reply(SOON)
        assert phrase("talks.rested_by_trouble") not in ann.last.text
    assert phrase("talks.trouble") in ann.last.text


async def test_an_update_that_kills_the_process_is_set_aside_and_its_person_told(
    play: Playground, tmp_path: Path
) -> None:
    async with Bot(play, tmp_path) as bot:
        await bot.up()
        deaths = 0

        async def start_again() -> None:
            nonlocal deaths
            while True:
                await bot.gone(patience=None)
                deaths += 1
                await bot.start()

        ann, crowd = await agreed(play), Crowd(play, 5)
        watch = asyncio.create_task(start_again())
        assert await crowd.steps(4) == []
        await ann.send(DIES)
        others = asyncio.create_task(crowd.finish())
        await ann.wait_for(phrase("talks.trouble"), 60.0)
        assert 2 <= deaths <= DEATHS
        lived = deaths
        await ann.send(typed(rare()))
        await ann.wait_for(lambda shown: "t:1:want_them:_rest" in str(shown.raw), SOON)
        assert await others == []
        assert deaths == lived
        watch.cancel()
        await bot.kill()
        stored = await read(copied(bot.data))
        assert stored.set_aside == 1
        assert crowd.differences(stored) == []


@pytest.mark.parametrize("name", ["empty", "nested without end", "not JSON"])
async def test_a_bot_starts_though_the_first_it_fetches_is_broken(
    play: Playground, tmp_path: Path, name: str
) -> None:
    ann = play.person("Ann")
    inject(play, unanswerable(ann)[name])
    await ann.send("/start")
    async with Bot(play, tmp_path) as bot:
        await bot.start()
        await ann.reply(30.0)
