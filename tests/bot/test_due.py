"""What the clock sent, met by a person: opened, put off, passed over, left, or never sent."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import clock
from bot.playground.client import Person, Playground, Shown

from .conftest import TheBot
from .walks import answer_wants, begin

#: A Sunday noon, UTC; the person's clock shows 14:00.
NOON = datetime(2030, 6, 2, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LINE = "Something you set for now is here."


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked for every minute is looked for often."""
    monkeypatch.setattr(clock, "SWEEP_SECONDS", 0.1)


@pytest.fixture
async def due(ann: Person, bot: TheBot) -> Shown:
    """The line of a second look that was put off to the evening: it is 19:30 there."""
    bot.set_clock(NOON)
    await begin(ann)
    await answer_wants(ann)
    await ann.press("This evening")
    await ann.wait_for("what does your clock show")
    await ann.send("14:00")
    await ann.wait_for("gets things wrong")
    bot.set_clock(NOON.replace(hour=17, minute=30, second=1))
    return await ann.wait_for(LINE)


async def reach(bot: TheBot, ann: Person, at: datetime) -> None:
    """It is that time, and the clock has surely ticked."""
    bot.set_clock(at)
    await ann.send("/about")
    await ann.wait_for("three essays")


async def test_put_off_for_an_hour_it_comes_again_once(
    due: Shown, ann: Person, bot: TheBot
) -> None:
    await ann.press("Later", on=due)
    asked = await ann.wait_for("When should it come again?")
    assert asked.id == due.id
    assert asked.buttons == [["In an hour", "Tomorrow"], ["Not today"], ["Open"], ["Go on"]]
    await ann.press("In an hour")
    assert (await ann.wait_for("again in an hour")).id == due.id
    bot.pass_time(HOUR)
    again = await ann.wait_for(LINE)
    assert again.id != due.id
    await ann.press("Open")
    await ann.wait_for("once more")


async def test_put_off_again_only_the_last_choice_counts(
    due: Shown, ann: Person, bot: TheBot
) -> None:
    await ann.press("Later", on=due)
    asked = await ann.wait_for("When should it come again?")
    hour, tomorrow = asked.data_of("In an hour"), asked.data_of("Tomorrow")
    assert hour is not None
    assert tomorrow is not None
    await ann.press_data(due.id, hour)
    await ann.wait_for("again in an hour")
    await ann.press_data(due.id, tomorrow)
    shown = await ann.wait_for("again on")
    assert shown.text == "It comes again on Monday 3 June, at 09:00."
    bot.pass_time(2 * HOUR)
    await ann.send("/about")
    await ann.wait_for("three essays")
    assert LINE not in str(ann)
    bot.set_clock(NOON + timedelta(hours=19, seconds=1))
    await ann.wait_for(LINE)


async def test_not_today_says_so_where_the_line_stood(due: Shown, ann: Person) -> None:
    await ann.press("Later", on=due)
    await ann.wait_for("When should it come again?")
    await ann.press("Not today")
    assert (await ann.wait_for("Not today, then.")).id == due.id


async def test_open_may_be_typed(due: Shown, ann: Person) -> None:
    await ann.send("open")
    await ann.wait_for("once more")


async def test_a_line_that_nobody_opened_is_gone_after_forty_hours(
    due: Shown, ann: Person, bot: TheBot
) -> None:
    bot.pass_time(39 * HOUR)
    await ann.send("/about")
    await ann.wait_for("three essays")
    assert any(shown.id == due.id for shown in ann.messages)
    bot.pass_time(2 * HOUR)
    await ann.until(lambda person: all(shown.id != due.id for shown in person.messages), 30)


async def test_an_opened_line_stays(due: Shown, ann: Person, bot: TheBot) -> None:
    await ann.press("Later", on=due)
    await ann.wait_for("When should it come again?")
    await ann.press("Not today")
    await ann.wait_for("Not today, then.")
    await reach(bot, ann, bot.now() + 41 * HOUR)
    assert any(shown.id == due.id for shown in ann.messages)


async def test_a_talk_that_was_left_is_named_once_after_two_days(ann: Person, bot: TheBot) -> None:
    bot.set_clock(NOON)
    await begin(ann)
    await ann.send("I want mornings without dread")
    await ann.wait_for("for them, what do you want")
    bot.set_clock(NOON + 2 * DAY + timedelta(minutes=1))
    await ann.wait_for(LINE)
    await ann.press("Open")
    await ann.wait_for("for them, what do you want", ever=True)
    bot.set_clock(NOON + 6 * DAY)
    await ann.send("/about")
    await ann.wait_for("three essays")
    assert LINE not in str(ann)


async def test_who_blocked_the_bot_is_not_written_to_and_finds_everything_again(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    bot.set_clock(NOON)
    await begin(ann)
    await answer_wants(ann)
    await ann.press("Tomorrow")
    await ann.wait_for("what does your clock show")
    await ann.send("14:00")
    await ann.wait_for("gets things wrong")
    await ann.block()
    await play.polled()
    bot.set_clock(NOON + 20 * HOUR)
    await play.polled()
    sent = len([call for call in play.calls if call.method == "sendMessage"])
    bot.set_clock(NOON + 30 * HOUR)
    await play.polled()
    assert len([call for call in play.calls if call.method == "sendMessage"]) == sent
    await ann.unblock()
    await ann.send("/today")
    assert "Coming up" in (await ann.wait_for("Today")).text
    bot.set_clock(NOON + 44 * HOUR)
    await ann.wait_for("Something you set for")
    await ann.press("Open")
    await ann.wait_for("once more")
