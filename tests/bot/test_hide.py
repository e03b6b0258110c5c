"""/hide: the chat is empty at once, and nothing gives away what stood in it."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.playground.client import Person, Playground
from bot.playground.faults import Fault

from .conftest import TheBot
from .walks import agree, begin


async def test_a_chat_of_300_messages_is_empty_within_5_seconds_and_nothing_is_said(
    ann: Person, bot: TheBot
) -> None:
    await begin(ann)
    for number in range(150):
        await ann.send(f"/about {number}")
        await ann.wait_for("three essays")
    assert len(ann.messages) >= 300
    begun = time.perf_counter()
    await ann.send("/hide")
    await ann.until(lambda person: not person.messages)
    assert time.perf_counter() - begun < 5
    await bot.play.polled()
    assert not ann.messages


async def test_the_welcome_and_the_first_words_go_too(ann: Person) -> None:
    await agree(ann)
    await ann.send("/hide")
    await ann.until(lambda person: not person.messages)


async def test_what_is_older_than_48_hours_is_untouched(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    old = len(ann.messages)
    bot.pass_time(timedelta(hours=49))
    await ann.send("/about")
    await ann.wait_for("three essays")
    await ann.send("/hide")
    await ann.until(lambda person: len(person.messages) == old)


async def test_hiding_works_for_someone_who_has_not_agreed(ann: Person, bot: TheBot) -> None:
    for _ in range(4):
        await ann.send("/help")
        await ann.wait_for("First, a person")
    await ann.press("Hide this chat")
    await ann.until(lambda person: not person.messages)
    await bot.play.polled()
    assert "people" not in bot.tables()


async def test_the_talk_rests_and_goes_on_where_it_was(ann: Person) -> None:
    await begin(ann)
    await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")
    await ann.send("/hide")
    await ann.until(lambda person: not person.messages)
    await ann.send("/today")
    await ann.wait_for("Not finished")
    await ann.press("Go on")
    await ann.wait_for("for them, what do you want")


async def test_what_lands_in_the_next_seconds_is_deleted_too(
    ann: Person, play: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    await agree(ann)
    play.faults.latency(0.5, "sendMessage", times=1)
    meet, under_way = play.faults.meet, asyncio.Event()

    def meet_and_tell(method: str, chat_id: int | None) -> list[Fault]:
        if method == "sendmessage":
            under_way.set()
        return meet(method, chat_id)

    monkeypatch.setattr(play.faults, "meet", meet_and_tell)
    await ann.send("/about")
    await under_way.wait()
    landed = asyncio.ensure_future(play.called(lambda call: call.method == "sendMessage"))
    await ann.send("/hide")
    await landed
    await ann.until(lambda person: not person.messages)


async def test_what_is_asked_right_after_hiding_is_answered(ann: Person) -> None:
    await agree(ann)
    await ann.send("/hide")
    await ann.send("/about")
    await ann.wait_for("three essays")
    await ann.send("/privacy")
    await ann.wait_for("sealed in the database")
    assert any("three essays" in message.text for message in ann.messages)


async def test_the_hide_button_of_care_empties_the_chat(ann: Person) -> None:
    await begin(ann)
    await ann.send("he hit me last night and I am scared he will kill me")
    await ann.wait_for("I believe you")
    await ann.press("Hide this chat")
    await ann.until(lambda person: not person.messages)


async def test_afterwards_the_menu_and_the_next_words_give_nothing_away(
    ann: Person, play: Playground
) -> None:
    await begin(ann)
    await ann.send("I want to leave my partner")
    await ann.wait_for("for them, what do you want")
    await ann.send("/hide")
    await ann.until(lambda person: not person.messages)
    menu = play.menu(ann.id)
    assert set(menu) >= {"today", "reflect", "why", "affirm", "checkin", "settings", "hide", "help"}
    shown = " ".join(menu.values()).casefold()
    for word in ("leave", "partner", "relationship", "reason", "door"):
        assert word not in shown
    await ann.send("hello")
    said = (await ann.reply()).text.casefold()
    for word in ("leave", "partner", "relationship"):
        assert word not in said
