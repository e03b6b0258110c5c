"""The test client behaves like a person with a phone, and waits without polling."""

import asyncio

import pytest
from telegram import Bot

from bot.playground.client import NeverCameError, Person, Playground
from bot.playground.people import ImpossibleError
from tests.playground.conftest import Api


@pytest.fixture
async def ann(play: Playground) -> Person:
    person = play.person("Ann")
    await person.send("/start")
    return person


async def test_waiting_ends_with_the_words_that_come(bot: Bot, ann: Person) -> None:
    waiting = asyncio.create_task(ann.wait_for("three"))
    await bot.send_message(ann.id, "one")
    await bot.send_message(ann.id, "two and three")
    assert (await waiting).text == "two and three"


async def test_what_stood_before_the_last_act_is_no_answer_to_it(bot: Bot, ann: Person) -> None:
    await bot.send_message(ann.id, "Hello")
    assert (await ann.reply()).text == "Hello"
    await ann.send("again")
    with pytest.raises(NeverCameError, match="Hello"):
        await ann.wait_for("Hello", timeout=0.05)
    assert (await ann.wait_for("Hello", ever=True)).text == "Hello"


async def test_an_edit_counts_as_news(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.id, "Question")
    await ann.send("answer")
    await sent.edit_text("Next question")
    assert (await ann.wait_for(lambda shown: shown.edited)).text == "Next question"
    assert ann.news == [ann.last]


async def test_until_waits_for_anything_about_the_chat(bot: Bot, ann: Person) -> None:
    waiting = asyncio.create_task(ann.until(lambda me: not me.messages))
    await bot.delete_message(ann.id, ann.messages[0].id)
    await waiting


async def test_a_missing_button_cannot_be_pressed(ann: Person) -> None:
    with pytest.raises(NeverCameError, match="no button 'Yes'"):
        await ann.press("Yes")


async def test_a_very_long_text_goes_as_several_messages(api: Api, ann: Person) -> None:
    text = "word " * 1500
    await ann.send(text)
    parts = [update["message"]["text"] for update in (await api("getUpdates"))[1:]]
    assert [len(part) <= 4096 for part in parts] == [True, True]
    assert " ".join(parts) == text.strip()


async def test_what_an_app_would_not_allow_is_not_possible(bot: Bot, ann: Person) -> None:
    theirs = await bot.send_message(ann.id, "x")
    with pytest.raises(ImpossibleError, match="own message"):
        await ann.edit(ann.last, "y")
    with pytest.raises(ImpossibleError, match="empty"):
        await ann.send("  ")
    await ann.block()
    with pytest.raises(ImpossibleError, match="blocked"):
        await ann.press_data(theirs.message_id, "x")


async def test_a_call_can_be_waited_for(api: Api, play: Playground) -> None:
    waiting = asyncio.create_task(play.called(lambda call: call.method == "getMe"))
    await api("getMe")
    assert (await waiting).status == 200
    assert (await play.called(lambda call: call.method == "getMe", ever=True)).done
