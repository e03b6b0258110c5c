"""The plain questions and the stop words, wherever they are written: a plain answer, or a stop."""

import pytest

from bot.playground.client import Person, Shown

from .conftest import TheBot
from .walks import add_reason, agree, begin, has, to_first_question

PLAIN = {
    "Who reads this?": "No person reads along",
    "are you a bot": "I am a program, not a person",
    "can you see my messages?": "without end-to-end encryption",
    "what is this": "one foot out of the door",
    "Leave me alone!": "Stop all that comes by itself",
    "delete everything please": "cannot be undone",
}


async def in_why(person: Person) -> Shown:
    """To the question for a new reason."""
    await person.send("/why")
    await person.wait_for(has("Add"))
    await person.press("Add")
    return await person.wait_for("own words")


@pytest.mark.parametrize(("typed", "told"), PLAIN.items())
async def test_they_are_answered_where_nothing_is_asked(ann: Person, typed: str, told: str) -> None:
    await agree(ann)
    await ann.send(typed)
    await ann.wait_for(told)


@pytest.mark.parametrize("typed", ["Who reads this?", "are you real", "is this private?"])
async def test_they_are_answered_before_anyone_has_agreed(
    ann: Person, bot: TheBot, typed: str
) -> None:
    await ann.send(typed)
    await ann.wait_for(PLAIN.get(typed, "person" if "real" in typed else "end-to-end"), ever=True)
    await ann.wait_for("Nothing is kept before you agree")
    assert {"people", "keys", "talks", "kept", "outbox"}.isdisjoint(bot.tables())


async def test_stop_before_agreeing_says_that_nothing_comes(ann: Person) -> None:
    await ann.send("stop")
    await ann.wait_for("nothing comes by itself")


async def test_in_a_talk_they_are_the_answer_they_may_be(ann: Person) -> None:
    await begin(ann)
    await ann.send("Leave me alone")
    shown = await ann.wait_for("for them, what do you want")
    assert shown.data_of("I meant you")
    await ann.send("/back")
    assert "Leave me alone" in (await ann.wait_for("What do you really want")).text


async def test_i_meant_you_takes_them_out_again_and_asks_once_to_stop(
    ann: Person, bot: TheBot
) -> None:
    await begin(ann)
    await ann.send("Leave me alone")
    await ann.wait_for("for them, what do you want")
    await bot.restart()
    await ann.press("I meant you")
    shown = await ann.wait_for("Stop all that comes by itself")
    assert "taken out of your answer" in shown.text
    await ann.press("Stop all of it")
    await ann.wait_for("Nothing comes by itself any more")
    await ann.press("Go on")
    shown = await ann.wait_for("What do you really want")
    assert "Leave me alone" not in shown.text


async def test_i_meant_you_may_be_typed(ann: Person) -> None:
    await begin(ann)
    await ann.send("Who reads this?")
    await ann.wait_for("for them, what do you want")
    await ann.send("I meant you")
    await ann.wait_for("No person reads along")


async def test_what_is_no_answer_at_buttons_is_answered_at_once(ann: Person) -> None:
    await agree(ann)
    await ann.press("I am deciding")
    await ann.wait_for("no hurry")
    await ann.send("what is this?")
    await ann.wait_for("one foot out of the door")
    await ann.press("Go on")
    await ann.wait_for("no hurry")


async def test_a_reason_of_those_words_is_kept_until_one_meant_the_bot(ann: Person) -> None:
    await agree(ann)
    await in_why(ann)
    await ann.send("leave me alone")
    await ann.wait_for("Kept.")
    await ann.press("I meant you")
    await ann.wait_for("Stop all that comes by itself")
    await ann.send("/why")
    await ann.wait_for("No reason is kept yet")


async def test_an_old_button_finds_nothing_and_still_answers(ann: Person) -> None:
    await agree(ann)
    await in_why(ann)
    await ann.send("stop")
    kept = await ann.wait_for("Kept.")
    await ann.press("I meant you", on=kept)
    await ann.wait_for("taken out of your answer")
    await ann.press("I meant you", on=kept)
    await ann.wait_for("no longer where they were")


async def test_a_line_of_the_day_is_taken_out_of_that_day(ann: Person) -> None:
    await agree(ann)
    await ann.send("/checkin")
    await ann.wait_for("in one number")
    await ann.press("2")
    await ann.wait_for("One line about it")
    await ann.send("stop")
    await ann.wait_for("That is kept.")
    await ann.press("I meant you")
    await ann.wait_for("Stop all that comes by itself")
    await ann.send("/checkin")
    shown = await ann.wait_for("This is how it is kept")
    assert "stop" not in shown.text


async def test_a_hit_goes_before_them(ann: Person) -> None:
    await agree(ann)
    await to_first_question(ann)
    await ann.send("I want to kill myself. Leave me alone.")
    await ann.wait_for("safe right now")


async def test_what_comes_near_is_held_like_any_other_words(ann: Person) -> None:
    await agree(ann)
    await add_reason(ann, "I told him to stop")
    assert not ann.last.data_of("I meant you")
    await ann.send("/today")
    await ann.reply()
    await ann.send("nobody reads my letters")
    await ann.wait_for("What is it?")


async def test_at_night_they_are_kept_as_a_note_until_one_meant_the_bot(ann: Person) -> None:
    await agree(ann)
    await ann.send("/night")
    await ann.reply()
    await ann.send("leave me alone")
    shown = await ann.wait_for(has("I meant you"))
    assert "Stop all" not in shown.text
    await ann.press("I meant you")
    await ann.wait_for("Stop all that comes by itself")
    await ann.send("/today")
    assert "leave me alone" not in (await ann.wait_for("Today")).text
