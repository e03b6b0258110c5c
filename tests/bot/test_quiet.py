"""What rests: one day, `/quiet`, `/stop`, quiet hours and hard dates."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.client import Person

from .conftest import TheBot
from .settings_walks import NOON, due_lines, morning_at, open_setting, settings, with_a_clock


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


async def test_not_today_leaves_out_one_day(ann: Person, bot: TheBot) -> None:
    """Skipped this evening, it comes the next."""
    await with_a_clock(ann)
    await open_setting(ann, "Check-in")
    await ann.press("Turn it on")
    await ann.wait_for("At what hour?")
    await ann.press("20:00")
    await ann.wait_for("first one comes today")
    await ann.press("Not today")
    assert "again on Monday 3 June" in (await ann.reply()).text
    bot.pass_time(timedelta(hours=7))
    assert await due_lines(ann) == 0
    bot.pass_time(timedelta(hours=24))
    await ann.until(lambda p: sum("Later" in str(m.buttons) for m in p.messages) == 1)


async def test_quiet_for_a_week_rests_everything_and_says_until_when(
    ann: Person, bot: TheBot
) -> None:
    """Nothing for seven days; then it comes at its hour again."""
    await with_a_clock(ann)
    await morning_at(ann, "7")
    await ann.send("/quiet")
    await ann.wait_for("For how long")
    await ann.press("For a week")
    await ann.wait_for("until Sunday 9 June")
    shown = (await settings(ann)).text
    assert "It is quiet until Sunday 9 June" in shown
    assert "every day, 07:00, at rest" in shown
    bot.pass_time(timedelta(days=5))
    assert await due_lines(ann) == 0
    bot.set_clock(datetime(2030, 6, 10, 5, 1, tzinfo=UTC))
    await ann.until(lambda p: sum("Later" in str(m.buttons) for m in p.messages) == 1)


async def test_quiet_until_a_typed_day_and_a_wrong_one_is_asked_back(ann: Person) -> None:
    """A day to come is taken; anything else changes nothing."""
    await with_a_clock(ann)
    await morning_at(ann, "7")
    await ann.send("/quiet")
    await ann.wait_for("For how long")
    await ann.send("until the cows come home")
    await ann.wait_for("24 December works")
    assert "quiet until" not in (await settings(ann)).text
    await ann.send("/quiet")
    await ann.wait_for("For how long")
    await ann.send("20 June")
    await ann.wait_for("until Thursday 20 June")
    await ann.press("Let it come again")
    await ann.wait_for("comes again at your hours")
    assert "at rest" not in (await settings(ann)).text


@pytest.mark.parametrize("words", ["/stop", "Stop", "leave me alone"])
async def test_stop_asks_once_and_then_nothing_comes(ann: Person, bot: TheBot, words: str) -> None:
    """One confirmation, by a button that works once; a word brings it all back."""
    await with_a_clock(ann)
    await morning_at(ann, "7")
    await ann.send(words)
    asked = await ann.wait_for("Stop all that comes by itself?")
    await ann.press("Stop all of it")
    await ann.wait_for("Nothing comes by itself any more")
    bot.pass_time(timedelta(days=2))
    assert await due_lines(ann) == 0
    await ann.press_data(asked.id, asked.data_of("Stop all of it") or "")
    await ann.wait_for("Nothing comes by itself.")
    await ann.send("/today")
    await ann.wait_for("Today")
    await ann.send("/quiet")
    await ann.press("Let it come again")
    await ann.wait_for("comes again at your hours")
    assert "Morning line: every day, 07:00" in (await settings(ann)).text


async def test_resuming_leaves_what_was_turned_off_before(ann: Person) -> None:
    """/quiet and back again turns nothing on that was off."""
    await with_a_clock(ann)
    await morning_at(ann, "7")
    await ann.press("Turn it off")
    await ann.wait_for("remembered")
    await ann.send("/quiet")
    await ann.wait_for("For how long")
    await ann.press("For a month")
    await ann.wait_for("until Tuesday 2 July")
    await ann.press("Let it come again")
    await ann.wait_for("comes again")
    assert "Morning line: off" in (await settings(ann)).text


async def test_quiet_hours_are_changed_by_two_answers_or_not_at_all(ann: Person) -> None:
    """The beginning alone changes nothing."""
    await with_a_clock(ann)
    await open_setting(ann, "Quiet hours")
    await ann.press("Change them")
    await ann.wait_for("When do they begin?")
    await ann.send("11 pm")
    await ann.wait_for("When do they end?")
    assert "22:00 to 07:00" in (await settings(ann)).text
    await open_setting(ann, "Quiet hours")
    await ann.press("Change them")
    await ann.wait_for("When do they begin?")
    await ann.press("23:00")
    await ann.wait_for("When do they end?")
    await ann.send("8")
    await ann.wait_for("Between 23:00 and 08:00")
    await ann.press("No quiet hours")
    await ann.wait_for("no quiet hours")
    assert "Quiet hours: none" in (await settings(ann)).text


async def test_a_hard_date_is_named_changed_and_taken_away(ann: Person) -> None:
    """A day of every year, the 29th of February too."""
    await with_a_clock(ann)
    await open_setting(ann, "Hard dates")
    await ann.press("Add a day")
    await ann.wait_for("Which day of the year?")
    await ann.send("someday")
    await ann.wait_for("24 December works")
    await ann.send("29 February")
    await ann.wait_for("How should 29 February be?")
    await ann.press("Quiet")
    await ann.wait_for("On 29 February nothing comes")
    await ann.press("Back")
    await ann.wait_for("1. 29 February: quiet")
    await ann.press("Remove 1")
    await ann.wait_for("like any other")
    assert "Hard dates" not in (await settings(ann)).text


async def test_a_silent_hard_date_lets_nothing_through(ann: Person, bot: TheBot) -> None:
    """Tomorrow is named silent; the line comes the day after."""
    await with_a_clock(ann)
    await morning_at(ann, "7")
    await open_setting(ann, "Hard dates")
    await ann.press("Add a day")
    await ann.wait_for("Which day")
    await ann.send("3 June")
    await ann.wait_for("How should 3 June be?")
    await ann.press("Quiet")
    await ann.wait_for("On 3 June nothing")
    bot.set_clock(datetime(2030, 6, 3, 5, 1, tzinfo=UTC))
    assert await due_lines(ann) == 0
    bot.set_clock(datetime(2030, 6, 4, 5, 1, tzinfo=UTC))
    await ann.until(lambda p: sum("Later" in str(m.buttons) for m in p.messages) == 1)
