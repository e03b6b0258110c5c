"""The hours and days of what comes by itself: set, changed, and a wrong one changes nothing."""

from datetime import timedelta

import pytest

from bot.playground.client import Person

from .conftest import TheBot
from .settings_walks import NOON, due_lines, morning_at, open_setting, settings, with_a_clock
from .walks import agree


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


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
