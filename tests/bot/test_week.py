"""The look back at a week: its days in words, and one line of one's own."""

from datetime import timedelta

import pytest

from bot.playground.client import Person

from .checkin_walks import HIT, NOON, check_in, day
from .conftest import TheBot
from .walks import agree


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


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
