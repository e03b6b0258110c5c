"""The check-in as a person meets it: a tap, a line, a correction; beside a talk, and on its day."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.check_ins import CheckIn, worst_running
from bot.playground.client import Person, Playground, Shown

from .conftest import TheBot
from .walks import agree, begin, has

#: A Sunday noon, UTC; nobody here has been asked for their clock.
NOON = datetime(2030, 6, 2, 12, 0, tzinfo=UTC)
HIT = "I want to kill myself"


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


async def check_in(person: Person, number: str) -> Shown:
    """From nothing asked to the question about a line."""
    await person.send("/checkin")
    await person.wait_for("in one number")
    await person.press(number)
    return await person.wait_for("One line about it")


async def day(person: Person, number: str, line: str | None = None) -> Shown:
    """A whole check-in."""
    await check_in(person, number)
    if line is None:
        await person.press("Skip")
    else:
        await person.send(line)
    return await person.wait_for("That is kept.")


async def kept(person: Person) -> Shown:
    """How today is on record."""
    await person.send("/checkin")
    return await person.wait_for("This is how it is kept")


async def test_one_tap_and_one_line_are_kept_and_sealed(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await day(ann, "4", "slept like a zebrafinch")
    assert bot.tables()["check_ins"] == 1
    assert bot.holds("zebrafinch") == []
    await bot.restart()
    shown = await kept(ann)
    assert "Today: 4 of 5" in shown.text
    assert "slept like a zebrafinch" in shown.text
    assert shown.protected


async def test_one_tap_alone_is_kept_at_once(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await check_in(ann, "2")
    await bot.restart()
    assert "Today: 2 of 5" in (await kept(ann)).text


async def test_it_is_one_message_from_the_number_to_the_end(ann: Person) -> None:
    await agree(ann)
    await ann.send("/checkin")
    asked = await ann.wait_for("in one number")
    await ann.press("3")
    line = await ann.wait_for("One line about it")
    await ann.press("Skip")
    assert {asked.id, line.id} == {(await ann.wait_for("That is kept.")).id}


async def test_a_mistaken_tap_is_corrected_by_another_below_the_question(ann: Person) -> None:
    await agree(ann)
    await check_in(ann, "1")
    await ann.press("4")
    await ann.wait_for("Today: 4 of 5")
    await ann.send("sun")
    await ann.wait_for("That is kept.")
    shown = await kept(ann)
    assert "4 of 5" in shown.text
    assert "sun" in shown.text


async def test_a_double_tap_is_one_tap(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await ann.send("/checkin")
    asked = await ann.wait_for("in one number")
    press = asked.data_of("3")
    assert press is not None
    await ann.press_data(asked.id, press)
    await ann.press_data(asked.id, press)
    await ann.wait_for("One line about it", ever=True)
    await bot.play.polled()
    assert [m.id for m in ann.messages if "One line" in m.text] == [asked.id]
    assert bot.tables()["check_ins"] == 1


async def test_a_number_changes_the_day_also_when_it_is_long_over(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await check_in(ann, "1")
    line = ann.last
    press = line.data_of("5")
    assert press is not None
    await ann.press("Skip")
    await ann.wait_for("That is kept.")
    await bot.restart()
    bot.pass_time(timedelta(days=3))
    await ann.press_data(line.id, press)
    assert "Sunday 2 June: 5 of 5" in (await ann.wait_for("One line about it")).text
    bot.pass_time(timedelta(days=30))
    await ann.press_data(line.id, press)
    await ann.wait_for("cannot be filled in any more")


async def test_yesterday_can_be_filled_in_and_is_asked_for_no_more(ann: Person) -> None:
    await agree(ann)
    await ann.send("/checkin")
    asked = await ann.wait_for("in one number")
    assert asked.text.startswith("Today")
    await ann.press("Fill in yesterday")
    assert (await ann.wait_for("Yesterday, in one number")).buttons[0] == list("12345")
    await ann.press("2")
    await ann.wait_for("Yesterday: 2 of 5")
    await ann.send("rain")
    await ann.wait_for("That is kept.")
    await ann.send("/checkin")
    asked = await ann.wait_for("Today, in one number")
    assert not has("Fill in yesterday")(asked)


async def test_change_it_shows_the_number_and_a_new_line_takes_the_place_of_the_old(
    ann: Person,
) -> None:
    await agree(ann)
    await day(ann, "2", "the first line")
    await ann.press("Change it")
    again = await ann.wait_for("Keep your answer, or give another")
    assert "2 of 5" in again.text
    await ann.press("Keep it as it is")
    there = await ann.wait_for("You wrote about it already")
    assert "the first line" in there.text
    await ann.send("the second line")
    await ann.wait_for("That is kept.")
    shown = await kept(ann)
    assert "the second line" in shown.text
    assert "the first line" not in shown.text


async def test_skipping_the_line_when_changing_leaves_the_old_one(ann: Person) -> None:
    await agree(ann)
    await day(ann, "2", "the first line")
    await ann.press("Change it")
    await ann.wait_for("Keep your answer")
    await ann.press("4")
    await ann.wait_for("You wrote about it already")
    await ann.press("Skip")
    await ann.wait_for("That is kept.")
    shown = await kept(ann)
    assert "4 of 5" in shown.text
    assert "the first line" in shown.text


async def test_a_line_can_be_taken_out(ann: Person) -> None:
    await agree(ann)
    await day(ann, "2", "not for anyone")
    await kept(ann)
    await ann.press("Take the line out")
    shown = await ann.wait_for("taken out")
    assert "not for anyone" not in shown.text
    assert "not for anyone" not in (await kept(ann)).text


async def test_an_edited_message_corrects_the_line_days_later(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await check_in(ann, "3")
    line = await ann.send("slepd well")
    await ann.wait_for("That is kept.")
    await bot.restart()
    bot.pass_time(timedelta(days=1))
    await ann.edit(line, "slept well")
    assert "slept well" in (await ann.wait_for("Changed.")).text


async def test_a_second_message_right_after_belongs_to_the_line(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await day(ann, "3", "a long day")
    await ann.send("and a good evening")
    shown = await ann.wait_for("Added to that day")
    assert "a long day\nand a good evening" in shown.text
    bot.pass_time(timedelta(minutes=5))
    await ann.send("what about tomorrow")
    await ann.wait_for("No question was open")


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


async def test_three_of_the_hardest_days_running_bring_one_quiet_line(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    for _ in range(2):
        await day(ann, "1")
        assert "/help" not in ann.last.text
        bot.pass_time(timedelta(days=1))
    shown = await check_in(ann, "1")
    assert "/help is there at any hour" in shown.text
    await ann.press("2")
    await ann.until(lambda p: "/help" not in p.last.text)


@pytest.mark.parametrize(
    ("days", "runs"),
    [
        ([(0, 1), (1, 1), (2, 1)], True),
        ([(0, 5), (1, 1), (2, 1), (3, 1)], True),
        ([(2, 1), (0, 1), (1, 1)], True),
        ([(0, 1), (5, 1), (12, 1)], True),
        ([(0, 1), (5, 1), (13, 1)], False),
        ([(0, 1), (1, 1), (2, 1), (3, 2)], False),
        ([(0, 1), (1, 1)], False),
        ([], False),
    ],
)
def test_the_hardest_days_run_on_where_they_are_the_newest_three_and_not_long_apart(
    days: list[tuple[int, int]], runs: bool
) -> None:
    check_ins = [CheckIn(NOON.date() + timedelta(days=day), 0, mood) for day, mood in days]
    assert worst_running(check_ins) == runs


async def test_any_tap_that_was_made_up_gets_a_kind_answer(ann: Person, play: Playground) -> None:
    await agree(ann)
    await check_in(ann, "3")
    for data in ("checkin:2030-06-02:9", "checkin:soon:3", "checkin:open:", "look:week:never"):
        press = f"{data}"
        assert await ann.press_data(ann.last.id, press)
    await ann.send("/checkin")
    await ann.wait_for("3 of 5")


async def test_forgetting_takes_the_days_along(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await day(ann, "3", "zebrafinch")
    await ann.send("/forget")
    await ann.wait_for("for good")
    await ann.press("Erase everything")
    await ann.wait_for("is erased")
    assert "check_ins" not in bot.tables()


# --- the week ------------------------------------------------------------------------------------


async def test_the_week_shows_days_in_words_and_one_line_of_ones_own(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await day(ann, "2", "the first line")
    bot.pass_time(timedelta(days=2))
    await day(ann, "4", "the last line")
    await ann.send("/week")
    shown = await ann.wait_for("Your week")
    assert "Wednesday 29 May to Tuesday 4 June" in shown.text
    assert "Sunday 2 June: 2 of 5\nTuesday 4 June: 4 of 5" in shown.text
    assert "Monday" not in shown.text
    assert "the last line" in shown.text
    assert "the first line" not in shown.text
    assert shown.protected
    await ann.press("Another line")
    assert "the first line" in (await ann.wait_for("Your week")).text
    await ann.press("All lines")
    assert "the last line" in (await ann.wait_for("What you wrote this week")).text
    bot.pass_time(timedelta(days=7))
    await ann.send("/week")
    await ann.wait_for("No day of this week")
    await ann.press("The week before")
    await ann.wait_for("the last line")


async def test_a_line_in_which_something_was_heard_does_not_come_back_by_itself(
    ann: Person,
) -> None:
    await agree(ann)
    await check_in(ann, "1")
    await ann.send(HIT)
    await ann.wait_for("Are you safe")
    await ann.send("/week")
    assert HIT not in (await ann.wait_for("Your week")).text


# --- the flow of lines ---------------------------------------------------------------------------


async def test_the_flow_of_lines_sets_themes_an_own_line_and_the_hour(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await ann.send("/affirmations")
    await ann.wait_for("What may they be about")
    await ann.press("☐ Peace")
    await ann.wait_for(has("☑ Peace"))
    await ann.press("Done")
    await ann.wait_for("a line of your own")
    await ann.send("I may take my time")
    await ann.wait_for("At what time")
    await ann.send("half past seven")
    await ann.wait_for("what does your clock show")
    await ann.press("Rather not say")
    await ann.send("/today")
    assert "07:30" in (await ann.wait_for("Coming up")).text
    assert bot.tables()["appointments"] == 1
    assert bot.tables()["kept"] == 1
