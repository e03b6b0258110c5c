"""The settings: each change says what it now is, and what cannot be read changes nothing."""

from datetime import UTC, datetime

import pytest

from bot.playground.client import Person

from .conftest import TheBot
from .settings_walks import NOON, due_lines, morning_at, open_setting, settings, with_a_clock
from .walks import agree, answer_wants, begin


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


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
