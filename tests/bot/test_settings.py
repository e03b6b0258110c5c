"""The settings: each change says what it now is, and what cannot be read changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.client import Person, Shown

from .conftest import TheBot
from .walks import agree, answer_wants, begin

#: A Sunday noon, UTC; the person's clock shows 14:00.
NOON = datetime(2030, 6, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


async def settings(ann: Person) -> Shown:
    """The one screen."""
    await ann.send("/settings")
    return await ann.wait_for("Quiet hours")


async def open_setting(ann: Person, label: str) -> Shown:
    """One of its buttons."""
    await settings(ann)
    await ann.press(label)
    return await ann.reply()


async def with_a_clock(ann: Person) -> None:
    """Someone whose clock shows 14:00."""
    await agree(ann)
    await ann.send("/settings")
    await ann.wait_for("not asked yet")
    await ann.press("Clock")
    await ann.wait_for("what does your clock show")
    await ann.send("14:00")
    await ann.wait_for("It is 14:00 with you")


async def morning_at(ann: Person, hour: str) -> Shown:
    """The morning line turned on."""
    await open_setting(ann, "Morning line")
    await ann.press("Turn it on")
    await ann.wait_for("At what hour?")
    await ann.send(hour)
    return await ann.reply()


async def due_lines(ann: Person) -> int:
    """Neutral lines in the chat, once the clock has surely looked."""
    await ann.send("/about")
    await ann.wait_for("three essays")
    return sum("Later" in str(message.buttons) for message in ann.messages if not message.mine)


async def test_the_first_morning_line_asks_for_the_clock_and_then_the_hour(
    ann: Person, bot: TheBot
) -> None:
    """Nothing is set half-way: the clock first, then the hour, then it is told."""
    await agree(ann)
    await open_setting(ann, "Morning line")
    await ann.press("Turn it on")
    await ann.wait_for("what does your clock show")
    assert "appointments" not in bot.tables()
    await ann.send("14:00")
    await ann.wait_for("At what hour?")
    await ann.send("half past seven")
    assert "every day, 07:30, from tomorrow" in (await ann.reply()).text
    assert "Morning line: every day, 07:30" in (await settings(ann)).text


@pytest.mark.parametrize(
    ("typed", "said"), [("24:00", "midnight"), ("07:60", "00 to 59"), ("soon", "7:30 or 19:30")]
)
async def test_a_wrong_hour_is_asked_back_kindly_and_the_old_one_stays(
    ann: Person, bot: TheBot, typed: str, said: str
) -> None:
    """Each with an example that works; what was set stays as it was."""
    await with_a_clock(ann)
    await morning_at(ann, "7")
    await ann.press("Another hour")
    await ann.wait_for("At what hour?")
    await ann.send(typed)
    assert said in (await ann.reply()).text
    assert "Morning line: every day, 07:00" in (await settings(ann)).text


async def test_a_changed_hour_whose_day_is_done_begins_tomorrow(ann: Person, bot: TheBot) -> None:
    """The check-in came at three; wished for at four it comes from tomorrow, and only then."""
    await with_a_clock(ann)
    await open_setting(ann, "Check-in")
    await ann.press("Turn it on")
    await ann.wait_for("At what hour?")
    await ann.send("15:00")
    assert "first one comes today" in (await ann.reply()).text
    bot.pass_time(timedelta(hours=1, minutes=1))
    await ann.wait_for(lambda shown: "Later" in str(shown.buttons), ever=True)
    await open_setting(ann, "Check-in")
    await ann.press("Another hour")
    await ann.wait_for("At what hour?")
    await ann.send("16:00")
    assert "from tomorrow" in (await ann.reply()).text
    bot.pass_time(timedelta(hours=1))
    assert await due_lines(ann) == 1
    bot.pass_time(timedelta(days=1))
    await ann.until(lambda p: sum("Later" in str(m.buttons) for m in p.messages) == 2)


async def test_days_of_the_week_are_chosen_one_by_one(ann: Person) -> None:
    """Monday to Friday is two taps; no day at all is asked back."""
    await with_a_clock(ann)
    await morning_at(ann, "7")
    await ann.press("Other days")
    await ann.wait_for("On which days?")
    await ann.press("☑ Sat")
    await ann.wait_for(lambda shown: "☐ Sat" in str(shown.buttons))
    await ann.press("☑ Sun")
    await ann.wait_for(lambda shown: "☐ Sun" in str(shown.buttons))
    await ann.press("Done")
    assert "Monday to Friday, 07:00" in (await ann.reply()).text
    for day in ("Mon", "Tue", "Wed", "Thu", "Fri"):
        if day == "Mon":
            await ann.press("Other days")
            await ann.wait_for("On which days?")
        await ann.press(f"☑ {day}")
        await ann.wait_for(lambda shown, day=day: f"☐ {day}" in str(shown.buttons))  # type: ignore[misc]
    await ann.press("Done")
    await ann.wait_for("At least one day")
    assert "Monday to Friday, 07:00" in (await settings(ann)).text


async def test_turned_off_it_keeps_its_hour_and_comes_no_more(ann: Person, bot: TheBot) -> None:
    """Off and on again: the same hour, without being asked."""
    await with_a_clock(ann)
    await morning_at(ann, "7")
    await ann.press("Turn it off")
    await ann.wait_for("hour is remembered")
    assert "Morning line: off" in (await settings(ann)).text
    bot.pass_time(timedelta(days=1))
    assert await due_lines(ann) == 0
    await open_setting(ann, "Morning line")
    await ann.press("Turn it on")
    assert "every day, 07:00" in (await ann.reply()).text


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


async def test_around_the_hour_is_later_by_less_than_ten_minutes(ann: Person, bot: TheBot) -> None:
    """Nobody is early, and the appointment is not at its minute any more."""
    await with_a_clock(ann)
    await morning_at(ann, "7")
    await open_setting(ann, "Around")
    await ann.press("Around the hour")
    await ann.wait_for("up to ten minutes later")
    bot.set_clock(datetime(2030, 6, 3, 4, 59, 59, tzinfo=UTC))
    assert await due_lines(ann) == 0
    bot.set_clock(datetime(2030, 6, 3, 5, 10, tzinfo=UTC))
    await ann.until(lambda p: sum("Later" in str(m.buttons) for m in p.messages) == 1)


async def test_a_single_reminder_is_set_moved_and_removed(ann: Person, bot: TheBot) -> None:
    """On a day at an hour; a past hour is asked back."""
    await with_a_clock(ann)
    await open_setting(ann, "Reminders")
    await ann.press("Add one")
    await ann.wait_for("To which exercise?")
    await ann.press("The three questions")
    await ann.wait_for("Once, or again")
    await ann.press("Once")
    await ann.wait_for("On which day?")
    await ann.press("Today")
    await ann.wait_for("At what hour?")
    await ann.send("9:00")
    await ann.wait_for("over already today")
    await ann.press("Another hour")
    await ann.wait_for("At what hour?")
    await ann.send("18:00")
    assert "Sunday 2 June, 18:00" in (await ann.reply()).text
    await ann.press("Back")
    await ann.wait_for("1. The three questions: Sunday 2 June, 18:00")
    await ann.press("Change 1")
    await ann.wait_for("What should change?")
    await ann.press("Another day")
    await ann.wait_for("On which day?")
    await ann.send("24 December")
    await ann.wait_for("At what hour?")
    await ann.press("18:00")
    await ann.wait_for("Tuesday 24 December, 18:00")
    bot.set_clock(datetime(2030, 6, 2, 16, 1, tzinfo=UTC))
    assert await due_lines(ann) == 0
    await open_setting(ann, "Reminders")
    await ann.press("Change 1")
    await ann.wait_for("What should change?")
    await ann.press("Remove it")
    await ann.wait_for("is gone")
    assert "appointments" not in bot.tables()


async def test_a_repeating_reminder_opens_its_exercise(ann: Person, bot: TheBot) -> None:
    """Tuesdays only, at seven in the evening."""
    await with_a_clock(ann)
    await open_setting(ann, "Reminders")
    await ann.press("Add one")
    await ann.wait_for("To which exercise?")
    await ann.press("The three questions")
    await ann.wait_for("Once, or again")
    await ann.press("On some days")
    shown = await ann.wait_for("On which days?")
    for day in ("Mon", "Wed", "Thu", "Fri", "Sat", "Sun"):
        await ann.press(f"☑ {day}")
        shown = await ann.wait_for(lambda s, day=day: f"☐ {day}" in str(s.buttons))  # type: ignore[misc]
    assert "☑ Tue" in str(shown.buttons)
    await ann.press("Done")
    await ann.wait_for("At what hour?")
    await ann.send("7 in the evening")
    await ann.wait_for("Tuesday, 19:00")
    bot.set_clock(datetime(2030, 6, 4, 17, 1, tzinfo=UTC))
    await ann.wait_for(lambda shown: "Later" in str(shown.buttons), ever=True)
    await ann.press("Open")
    await ann.wait_for("no hurry")


async def test_a_tie_is_renamed_rested_and_its_safety_changed(ann: Person) -> None:
    """What was answered once can be answered anew."""
    await begin(ann)
    await answer_wants(ann)
    assert "it is safe" in (await open_setting(ann, "Whom about")).text
    await ann.press("Another word")
    await ann.wait_for("Which word")
    await ann.send("a word that is much too long to stand on any button")
    await ann.wait_for("shorter word")
    await ann.send("M.")
    await ann.wait_for("From now on: M.")
    await ann.press("Back")
    await ann.wait_for("M.")
    await ann.press("Is it safe?")
    await ann.wait_for("safe to speak your mind")
    await ann.press("No")
    await ann.wait_for("That is noted")
    await ann.press("Back")
    await ann.wait_for("it is not safe")
    await ann.press("Let it rest")
    await ann.wait_for("It rests")
    await ann.press("Back")
    await ann.wait_for("This one rests")
    await ann.press("Take it up again")
    await ann.wait_for("taken up again")


async def test_marks_are_seen_and_ended(ann: Person) -> None:
    """What rests for safety is told in plain words, and can be ended."""
    await agree(ann)
    assert "Nothing rests" in (await open_setting(ann, "What rests")).text
    await ann.send("he hits me and I am afraid of him")
    await ann.wait_for("I believe you")
    shown = await open_setting(ann, "What rests")
    assert "safe other person rests, until Tuesday 2 July" in shown.text
    await ann.press("Offer it all again")
    await ann.wait_for("That is ended")
    assert "Nothing rests" in (await open_setting(ann, "What rests")).text


async def test_a_country_is_chosen_and_taken_back(ann: Person) -> None:
    """By the list of /help; none is an answer too."""
    await agree(ann)
    await open_setting(ann, "Country")
    await ann.press("Choose")
    await ann.reply()
    await ann.send("Ireland")
    await ann.wait_for("112")
    assert "help lines: Ireland" in (await settings(ann)).text
    await ann.press("Country")
    await ann.wait_for("shown for Ireland")
    await ann.press("None")
    await ann.wait_for("No country is set")


async def test_words_of_another_kind_are_held_and_care_comes_first(ann: Person) -> None:
    """A question about an hour swallows nothing that was said."""
    await with_a_clock(ann)
    await open_setting(ann, "Morning line")
    await ann.press("Turn it on")
    await ann.wait_for("At what hour?")
    await ann.send("I only wanted to say that I miss the garden")
    await ann.wait_for("7:30 or 19:30 works")
    await ann.send("I want to kill myself")
    await ann.wait_for("safe right now")
    await ann.send("/today")
    await ann.wait_for("while no question was open")
    await ann.press("Show it")
    await ann.wait_for("I miss the garden")
