"""/help and care over HTTP, before every single answer of an exercise; the talk waits each time."""

from typing import NoReturn

import pytest

from bot.playground.client import Person
from conversations.listening import Listener
from conversations.script import PAUSE, words

from .conftest import TheBot
from .played import transcript
from .walks import agree, begin

#: With lists and choices, with a breath and a timer, and with a text put together from answers.
SAMPLE = ("sorting", "doubt", "support")


def broken(*_: object) -> NoReturn:
    """What a fault in the rules does."""
    raise RuntimeError


@pytest.mark.parametrize("exercise", SAMPLE)
async def test_help_before_every_answer_leaves_the_talk_where_it_was(
    ann: Person, bot: TheBot, exercise: str
) -> None:
    await agree(ann)
    asked = 0
    for line in transcript(exercise):
        act = line.text.removeprefix("> ")
        if not line.text.startswith("> "):
            continue
        if asked:
            sent = await ann.send("/help")
            shown = await ann.wait_for("First, a person")
            assert "findahelpline.com" in shown.text
            assert [m.id for m in ann.messages if m.id > sent.id] == [shown.id]
            await ann.press("Go on")
            await ann.reply()
        bot.pass_time(PAUSE)
        if act.startswith("["):
            await ann.press(act.strip("[]"))
        else:
            await ann.send(words(act))
        await ann.reply()
        asked += 1
    assert asked > 5
    await ann.send("/today")
    assert "Not finished" not in (await ann.wait_for("Today")).text


async def test_a_fault_in_listening_brings_one_line_and_the_talk_goes_on(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(ann)
    monkeypatch.setattr(Listener, "_matches", broken)
    await ann.send("Mornings without the phone")
    shown = await ann.wait_for("for them, what do you want")
    assert "/help is there at any hour" in shown.text
    assert "Help and lines" in str(shown.buttons)
    await ann.send("/back")
    assert "Mornings without the phone" in (await ann.wait_for("Here it is again")).text


async def test_a_fault_in_listening_while_nothing_is_asked_holds_the_words(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await agree(ann)
    monkeypatch.setattr(Listener, "_matches", broken)
    await ann.send("Nothing in particular today")
    shown = await ann.wait_for("I hold what you wrote")
    assert "/help is there at any hour" in shown.text


async def test_a_fault_in_listening_stops_neither_commands_nor_an_hour(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await agree(ann)
    monkeypatch.setattr(Listener, "_matches", broken)
    await ann.send("/later 20 minutes")
    shown = await ann.wait_for("/help is there at any hour")
    assert "20 minutes" in shown.text
    await ann.send("/later")
    await ann.wait_for("When shall I come back")
    await ann.send("two hours")
    assert "/help is there at any hour" in (await ann.wait_for("2 hours")).text


async def test_a_fault_in_listening_still_lets_somebody_in(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Listener, "_matches", broken)
    await ann.send("hello, what is this")
    shown = await ann.wait_for("Nothing is kept before you agree")
    assert "/help is there at any hour" in shown.text
    await ann.press("I agree")
    await ann.wait_for("closest today")
