"""The check-in beside a talk, beside words nobody asked for, and under care."""

from datetime import timedelta

import pytest

from bot.playground.client import Person

from .checkin_walks import HIT, NOON, check_in, kept
from .conftest import TheBot
from .walks import agree, begin


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


async def test_a_line_that_an_app_had_to_split_is_one_line_also_beside_a_talk(ann: Person) -> None:
    await begin(ann)
    await check_in(ann, "3")
    await ann.send("long" * 1012 + "x")
    await ann.send("end of it")
    await ann.wait_for("Added to that day")
    await ann.wait_for("longx end of it", ever=True)
    await ann.send("/today")
    assert "Not finished" in (await ann.wait_for("Today")).text


async def test_it_comes_between_two_questions_and_gives_the_talk_back(
    ann: Person, bot: TheBot
) -> None:
    await begin(ann)
    await ann.send("to be heard")
    await ann.wait_for("for them, what do you want")
    await check_in(ann, "2")
    await bot.restart()
    await ann.send("a hard morning")
    await ann.wait_for("That is kept.")
    assert "for them, what do you want" in (await ann.wait_for("Back to where you were")).text
    await ann.send("that they sleep")
    await ann.wait_for("between you")
    await ann.send("/today")
    assert "Not finished: The three questions" in (await ann.wait_for("Today")).text
    assert "check-in" not in ann.last.text
    assert "a hard morning" in (await kept(ann)).text


async def test_the_interrupted_talk_goes_on_by_its_own_buttons_as_well(
    ann: Person, bot: TheBot
) -> None:
    await begin(ann)
    question = ann.last
    await check_in(ann, "2")
    await ann.press("Nothing", on=question)
    await ann.wait_for("for them, what do you want")
    await ann.send("that they sleep")
    await ann.wait_for("between you")
    assert bot.tables()["talks"] == 1
    assert "2 of 5" in (await kept(ann)).text


async def test_an_earlier_answer_can_be_corrected_while_it_is_between(ann: Person) -> None:
    await begin(ann)
    answer = await ann.send("to be herd")
    await ann.wait_for("for them, what do you want")
    await check_in(ann, "2")
    await ann.edit(answer, "to be heard")
    await ann.wait_for("Changed in your answer")
    await ann.send("a hard morning")
    await ann.wait_for("That is kept.")
    assert "for them, what do you want" in (await ann.wait_for("Back to where you were")).text


async def test_words_beside_numbers_that_are_never_tapped_are_held(ann: Person) -> None:
    await agree(ann)
    await ann.send("/checkin")
    await ann.wait_for("in one number")
    await ann.send("I do not know what number this day has")
    await ann.wait_for("Which of these is nearest")
    await ann.press("Later")
    await ann.wait_for("It stays as it is")
    await ann.send("/today")
    assert "what number this day has" in (await ann.wait_for("What is it?")).text


async def test_words_beside_a_number_become_its_line(ann: Person) -> None:
    await agree(ann)
    await ann.send("/checkin")
    await ann.wait_for("in one number")
    await ann.send("it was a very long day at work again")
    await ann.wait_for("Which of these is nearest")
    await ann.press("2")
    await ann.wait_for("One line about it")
    await ann.press("Skip")
    await ann.wait_for("That is kept.")
    assert "very long day" in (await kept(ann)).text
    await ann.send("/today")
    assert "very long day" not in (await ann.wait_for("Today")).text


async def test_words_that_come_hours_later_are_not_taken_for_the_line(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await check_in(ann, "3")
    bot.pass_time(timedelta(hours=3))
    await ann.send("something else entirely")
    await ann.wait_for("No question was open")
    assert "something else" not in (await kept(ann)).text


async def test_a_line_is_listened_to_and_can_be_called_misread(ann: Person) -> None:
    await agree(ann)
    await check_in(ann, "1")
    await ann.send(HIT)
    await ann.wait_for("Are you safe right now?")
    await ann.press("You misread me")
    assert HIT in (await ann.wait_for("I take that back")).text


async def test_under_care_the_interrupted_talk_waits_without_cheer(ann: Person) -> None:
    await begin(ann)
    await check_in(ann, "1")
    await ann.send(HIT)
    await ann.wait_for("Are you safe right now?")
    await ann.press("Go on")
    shown = await ann.wait_for("What do you really want?")
    assert "Welcome back" not in shown.text
    assert "Back to where" not in shown.text
    assert HIT in (await kept(ann)).text
