"""The check-in and the look back as the clock brings them: neutral, answered where they stand."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.client import Person, Shown

from .conftest import TheBot
from .walks import agree, begin, has, to_first_question

#: A Saturday noon, UTC, which is what the clock here shows too.
NOON = datetime(2030, 6, 1, 12, 0, tzinfo=UTC)
NUMBERS = list("12345")


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


async def every(person: Person, kind: str, hour: str) -> None:
    """Turn it on in the settings, on a clock that shows UTC."""
    await person.send("/settings")
    await person.wait_for(has(kind))
    await person.press(kind)
    await person.wait_for(has("Turn it on"))
    await person.press("Turn it on")
    await person.wait_for("what does your clock show")
    await person.press("Rather not say")
    await person.wait_for("At what hour")
    await person.send(hour)
    await person.wait_for("It comes ")


async def evening_line(person: Person) -> Shown:
    """The scheduled line, as it stands in the chat."""
    return await person.wait_for(lambda m: NUMBERS in m.buttons and has("Later")(m), ever=True)


async def test_an_evening_line_is_neutral_and_one_tap_answers_it_where_it_stands(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await every(ann, "Check-in", "20:00")
    bot.set_clock(NOON.replace(hour=20, minute=1))
    line = await evening_line(ann)
    for word in ("check", "mood", "feel", "hard", "good"):
        assert word not in line.text.lower()
    await ann.press("4", on=line)
    shown = await ann.wait_for("Today: 4 of 5")
    assert shown.id == line.id
    await ann.send("a walk")
    await ann.wait_for("That is kept.")
    bot.pass_time(timedelta(hours=45))
    await ann.send("/checkin")
    await ann.wait_for("in one number")
    assert line.id in [message.id for message in ann.messages]


async def test_a_line_tapped_after_midnight_is_about_its_own_day(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await every(ann, "Check-in", "23:00")
    bot.set_clock(NOON.replace(hour=23, minute=1))
    line = await evening_line(ann)
    bot.set_clock(NOON + timedelta(hours=13))
    await ann.press("2", on=line)
    await ann.wait_for("Yesterday: 2 of 5")


async def test_a_bare_number_typed_in_the_evening_answers_it_too(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await every(ann, "Check-in", "23:00")
    bot.set_clock(NOON.replace(hour=23, minute=1))
    await evening_line(ann)
    bot.set_clock(NOON + timedelta(hours=13))
    await ann.send("3")
    await ann.wait_for("Yesterday: 3 of 5")


async def test_an_evening_line_interrupts_a_talk_and_gives_it_back(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await every(ann, "Check-in", "20:00")
    await ann.send("/start")
    await ann.wait_for("closest")
    await to_first_question(ann)
    bot.set_clock(NOON.replace(hour=20, minute=1))
    line = await evening_line(ann)
    await ann.press("3", on=line)
    await ann.wait_for("One line about it")
    await ann.press("Skip")
    assert "What do you really want" in (await ann.wait_for("Back to where you were")).text
    await ann.send("to be heard")
    await ann.wait_for("for them, what do you want")


async def test_an_evening_line_that_nobody_taps_leaves_the_talk_alone(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await every(ann, "Check-in", "20:00")
    await ann.send("/start")
    await ann.wait_for("closest")
    await to_first_question(ann)
    bot.set_clock(NOON.replace(hour=20, minute=1))
    await evening_line(ann)
    await ann.send("to be heard")
    await ann.wait_for("for them, what do you want")
    assert "check_ins" not in bot.tables()


async def test_the_sunday_line_opens_the_week_where_it_stands(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await ann.send("/checkin")
    await ann.wait_for("in one number")
    await ann.press("3")
    await ann.wait_for("One line")
    await ann.send("mornings without dread")
    await ann.wait_for("That is kept.")
    await every(ann, "Look back", "18:00")
    bot.set_clock(NOON + timedelta(days=1, hours=6, minutes=1))
    line = await ann.wait_for(has("Open"), ever=True)
    assert "week" not in line.text.lower()
    bot.pass_time(timedelta(hours=12))
    await ann.press("Open", on=line)
    shown = await ann.wait_for("Your week")
    assert shown.id == line.id
    assert "Monday 27 May to Sunday 2 June" in shown.text
    assert "Saturday 1 June: 3 of 5" in shown.text
    assert "without dread" in shown.text
    assert shown.protected


async def test_the_first_check_in_offers_the_evening(ann: Person) -> None:
    await begin(ann)
    await ann.send("/checkin")
    await ann.wait_for("in one number")
    await ann.press("3")
    await ann.wait_for("One line")
    await ann.press("Skip")
    done = await ann.wait_for("That is kept.", ever=True)
    await ann.press("Every evening?", on=done)
    await ann.wait_for(has("Turn it on"))
