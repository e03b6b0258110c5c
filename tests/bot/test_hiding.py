"""Hiding by a word of one's own, and by itself some time after a talk."""

from datetime import timedelta

import pytest

from bot.playground.client import Person
from tests.rare import typed

from .conftest import TheBot
from .walks import begin, has

WORD = typed("blue kettle")


@pytest.fixture
async def _word(ann: Person) -> None:
    await begin(ann)
    await ann.send("/privacy")
    await ann.wait_for(has("A word for hiding"))
    await ann.press("A word for hiding")
    await ann.wait_for("Which word")
    await ann.send(WORD)
    await ann.wait_for("The word is kept")


@pytest.mark.usefixtures("_word")
@pytest.mark.parametrize("said", [WORD, WORD.upper(), f"{WORD}. "])
async def test_the_word_typed_alone_empties_the_chat_and_nothing_is_said(
    ann: Person, said: str
) -> None:
    await ann.send(said)
    await ann.until(lambda person: not person.messages)


@pytest.mark.usefixtures("_word")
async def test_the_word_within_other_words_is_an_answer(ann: Person) -> None:
    await ann.send("/back")
    await ann.reply()
    await ann.until(lambda person: all(m.text != WORD for m in person.messages))
    await ann.send(f"the {WORD} broke")
    await ann.reply()
    assert ann.messages


@pytest.mark.usefixtures("_word")
async def test_the_word_hides_also_while_it_is_locked(ann: Person) -> None:
    for text, wanted in (("/lock", "PIN of"), ("9090", "once more"), ("9090", "lock is on")):
        await ann.send(text)
        await ann.wait_for(wanted)
    await ann.press("Lock now")
    await ann.wait_for("This is locked")
    await ann.send(WORD)
    await ann.until(lambda person: not person.messages)


async def _after(ann: Person, label: str) -> None:
    await begin(ann)
    await ann.send("/privacy")
    await ann.wait_for(has("Hide by itself"))
    await ann.press("Hide by itself")
    await ann.wait_for(has(label))
    await ann.press(label)
    await ann.wait_for("by itself")


async def test_an_hour_after_a_talk_the_chat_is_empty(ann: Person, bot: TheBot) -> None:
    await _after(ann, "After an hour")
    await ann.send("/cancel")
    await ann.wait_for("Left here for now")
    await bot.noted()
    bot.pass_time(timedelta(minutes=55))
    assert ann.messages
    bot.pass_time(timedelta(minutes=10))
    await ann.until(lambda person: not person.messages)


async def test_nobody_is_interrupted_while_they_write(ann: Person, bot: TheBot) -> None:
    await _after(ann, "After an hour")
    await ann.send("/cancel")
    await ann.wait_for("Left here for now")
    bot.pass_time(timedelta(minutes=58))
    await ann.send("/today")
    await ann.wait_for("Today")
    bot.pass_time(timedelta(minutes=3))
    await ann.send("/settings")
    await ann.wait_for("Settings")
    assert len(ann.messages) > 4
    await bot.noted()
    bot.pass_time(timedelta(minutes=25))
    await ann.until(lambda person: not person.messages)


async def test_never_is_never(ann: Person, bot: TheBot) -> None:
    await _after(ann, "After a day")
    await ann.press("Never by itself")
    await ann.wait_for("only when you ask")
    await ann.send("/cancel")
    await ann.wait_for("Left here for now")
    before = len(ann.messages)
    bot.pass_time(timedelta(hours=30))
    await ann.send("/today")
    await ann.wait_for("Today")
    assert len(ann.messages) >= before
