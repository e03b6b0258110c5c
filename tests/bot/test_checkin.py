"""The check-in as a person meets it: a tap, a line, a correction."""

from datetime import timedelta

import pytest

from bot.check_ins import CheckIn, worst_running
from bot.playground.client import Person, Playground

from .checkin_walks import NOON, check_in, day, kept
from .conftest import TheBot
from .walks import agree, has


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


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
