"""An item with a date: the bot reminds then, neutral until opened, and not of what is done."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.client import Person, Shown

from .conftest import TheBot
from .list_walks import fill, open_list, opened
from .walks import agree, has

#: A Sunday noon, UTC; the person's clock shows 14:00.
NOON = datetime(2030, 6, 2, 12, 0, tzinfo=UTC)
IN_A_WEEK = NOON + timedelta(days=7, hours=-5, minutes=1)


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


async def dated(ann: Person, name: str = "Plan", text: str = "alder") -> Shown:
    """A list of one item, set for next Sunday at nine."""
    await agree(ann)
    await fill(ann, name, text)
    await opened(ann, name, 1)
    await ann.press("Give it a date")
    await ann.wait_for("what does your clock show")
    await ann.send("14:00")
    await ann.wait_for("On which day?")
    await ann.press("In a week")
    await ann.wait_for("At what hour?")
    await ann.press("09:00")
    return await ann.wait_for("Set for Sunday 9 June, 09:00.")


async def due(ann: Person) -> Shown:
    """The neutral line."""
    return await ann.wait_for("Something you set for", ever=True)


async def lines(ann: Person) -> int:
    """How many neutral lines came, when the clock has surely ticked."""
    await ann.send("/about")
    await ann.wait_for("three essays")
    return sum("Something you set for" in message.text for message in ann.messages)


def reminders(bot: TheBot) -> int:
    """How many appointments are to come."""
    return bot.tables().get("appointments", 0)


async def test_its_day_comes_neutral_and_opens_in_place(ann: Person, bot: TheBot) -> None:
    shown = await dated(ann)
    assert shown.protected
    assert "1 · Sunday 9 June" in (await open_list(ann, "Plan")).text
    await bot.restart()
    bot.set_clock(IN_A_WEEK)
    line = await due(ann)
    assert line.buttons == [["Open", "Later"]]
    assert "alder" not in line.text
    await ann.press("Open", on=line)
    shown = await ann.wait_for("You set this for now")
    assert shown.id == line.id
    assert shown.protected
    assert "alder" in shown.text
    await ann.press("Tick it off")
    await ann.wait_for("This is done.")
    assert await lines(ann) == 0


async def test_day_and_hour_can_be_typed_and_what_is_no_day_is_asked_again(ann: Person) -> None:
    await dated(ann)
    await ann.press("Another date")
    await ann.wait_for("On which day?")
    await ann.send("some day")
    await ann.wait_for("I could not read that as a day")
    await ann.send("24 June")
    await ann.wait_for("At what hour?")
    await ann.send("half past seven in the evening")
    await ann.wait_for("Set for Monday 24 June, 19:30.")


async def test_an_hour_of_today_that_is_over_is_not_taken(ann: Person) -> None:
    await dated(ann)
    await ann.press("Another date")
    await ann.wait_for("On which day?")
    await ann.press("Today")
    await ann.wait_for("At what hour?")
    await ann.press("09:00")
    await ann.wait_for("That hour is over already today")
    await ann.press("Another hour")
    await ann.wait_for("At what hour?")
    await ann.press("18:00")
    await ann.wait_for("Set for Sunday 2 June, 18:00.")


async def test_another_date_takes_the_place_of_the_first_and_none_takes_it_off(
    ann: Person, bot: TheBot
) -> None:
    await dated(ann)
    await ann.press("Another date")
    await ann.wait_for("On which day?")
    await ann.press("Tomorrow")
    await ann.wait_for("At what hour?")
    await ann.press("12:00")
    await ann.wait_for("Set for Monday 3 June, 12:00.")
    assert reminders(bot) == 1
    await ann.press("No date")
    assert "Set for" not in (await ann.wait_for(has("Give it a date"))).text
    assert reminders(bot) == 0


async def test_what_is_ticked_does_not_remind_and_what_is_unticked_does(
    ann: Person, bot: TheBot
) -> None:
    await dated(ann)
    await ann.press("Tick it off")
    await ann.wait_for("This is done.")
    assert reminders(bot) == 0
    await ann.press("Not done yet")
    await ann.wait_for("Set for Sunday 9 June, 09:00.")
    assert reminders(bot) == 1
    bot.set_clock(IN_A_WEEK)
    await due(ann)


async def test_what_is_removed_does_not_remind_and_undo_brings_its_day_back(
    ann: Person, bot: TheBot
) -> None:
    await dated(ann)
    await ann.press("Remove")
    await ann.wait_for("Taken out")
    assert reminders(bot) == 0
    await ann.press("Undo")
    await ann.wait_for("1 · Sunday 9 June")
    assert reminders(bot) == 1


async def test_what_was_put_off_is_dropped_with_its_item(ann: Person, bot: TheBot) -> None:
    await dated(ann)
    bot.set_clock(IN_A_WEEK)
    await due(ann)
    await ann.press("Later")
    await ann.wait_for("When should it come again?")
    await ann.press("Tomorrow")
    await ann.wait_for("It comes again on Monday 10 June")
    await opened(ann, "Plan", 1)
    await ann.press("Tick it off")
    await ann.wait_for("This is done.")
    bot.pass_time(timedelta(days=1, hours=1))
    assert await lines(ann) == 0


async def test_words_in_which_something_was_heard_are_not_shown_on_their_day(
    ann: Person, bot: TheBot
) -> None:
    await dated(ann, "Needs")
    await ann.press("Edit")
    await ann.wait_for("Write it anew")
    await ann.send("he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    bot.set_clock(IN_A_WEEK)
    await ann.press("Open", on=await due(ann))
    shown = await ann.wait_for("one of your needs")
    assert "scared" not in shown.text
    await ann.press("Read it")
    await ann.wait_for("scared")


async def test_under_danger_no_part_of_a_plan_reminds_and_none_is_offered_a_date(
    ann: Person, bot: TheBot
) -> None:
    await dated(ann)
    await ann.send("he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    assert not (await opened(ann, "Plan", 1)).data_of("Another date")
    bot.set_clock(IN_A_WEEK)
    await fill(ann, "Needs", "birch")
    assert (await opened(ann, "Needs", 1)).data_of("Give it a date")
    assert await lines(ann) == 0
    bot.set_clock(NOON + timedelta(days=31))
    await ann.send("/today")
    await ann.wait_for(has("Offer it all again"))
    await ann.press("Offer it all again")
    await ann.wait_for("That is ended")
    bot.set_clock(NOON + timedelta(days=32))
    await due(ann)


async def test_the_date_of_an_item_stands_in_its_list_not_among_the_reminders(
    ann: Person,
) -> None:
    await dated(ann)
    await ann.send("/today")
    assert "Sunday 9 June, 09:00" in (await ann.wait_for("Coming up")).text
    await ann.send("/settings")
    await ann.wait_for(has("Reminders"))
    await ann.press("Reminders")
    await ann.wait_for("No reminder is set")
