"""The line that comes in the morning: neutral, once a day, and never where it must not."""

from datetime import timedelta

from bot.playground.client import Person, Playground

from .affirm_walks import (
    LIBRARY,
    a_line,
    every_morning,
    lines_in,
    more,
    settled,
    told,
    tomorrow_at,
)
from .conftest import TheBot
from .walks import agree, has


async def test_the_morning_line_is_neutral_until_it_is_opened_where_it_stands(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    await agree(ann)
    await a_line(ann)
    await every_morning(ann)
    await ann.send("/today")
    assert "07:30" in (await ann.wait_for("Today")).text
    await bot.restart()
    bot.set_clock(tomorrow_at(bot, 7, 30) + timedelta(seconds=2))
    due = await ann.wait_for("Something you set for")
    assert not lines_in(due.text)
    data = due.data_of("Open")
    assert data is not None
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.press_data(due.id, data)
    opened = await ann.wait_for(lambda shown: shown.id == due.id and bool(lines_in(shown.text)))
    assert opened.protected
    await ann.press_data(due.id, data)
    await play.polled()
    here = [message for message in ann.messages if message.id == due.id]
    assert [lines_in(message.text) for message in here] == [lines_in(opened.text)]


async def test_a_morning_line_comes_once_a_day_and_not_once_it_is_turned_off(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await a_line(ann)
    await every_morning(ann)
    for day in range(2):
        bot.set_clock(tomorrow_at(bot, 7, 30) + timedelta(seconds=2))
        await ann.until(lambda person, day=day: told(person) == day + 1, 30)  # type: ignore[misc]
    await a_line(ann)
    await more(ann)
    await ann.press("Turn it off")
    await ann.wait_for("No line comes by itself any more")
    await ann.send("/today")
    assert "Coming up" not in (await ann.wait_for("Today")).text
    bot.set_clock(tomorrow_at(bot, 7, 31))
    await a_line(ann)
    assert told(ann) <= 2  # the first may have been taken back unopened


async def test_not_today_leaves_out_today_alone(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    bot.set_clock(tomorrow_at(bot, 5))
    await a_line(ann)
    await every_morning(ann)
    await a_line(ann)
    await more(ann)
    await ann.press("Not today")
    await ann.wait_for("Not today, then")
    await ann.send("/today")
    assert f" {tomorrow_at(bot, 7).day} " in (await ann.wait_for("Coming up")).text
    bot.set_clock(tomorrow_at(bot, 7, 31, days=0))
    await a_line(ann)
    assert "Something you set for" not in str(ann)
    bot.set_clock(tomorrow_at(bot, 7, 31))
    await ann.wait_for("Something you set for")


async def test_a_typed_hour_is_understood_and_a_wrong_one_changes_nothing(ann: Person) -> None:
    await agree(ann)
    await a_line(ann)
    await every_morning(ann, "07:00")
    await a_line(ann)
    await more(ann)
    await ann.press("Another hour")
    await ann.wait_for("At what hour")
    await ann.send("07:60")
    await ann.wait_for("00 to 59")
    await ann.send("half past eight")
    assert "08:30" in (await ann.wait_for("Lines come every day")).text


async def test_nothing_is_given_unasked_while_self_harm_was_heard(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await a_line(ann)
    await every_morning(ann)
    bot.set_clock(tomorrow_at(bot, 7, 30) + timedelta(seconds=2))
    due = await ann.wait_for("Something you set for")
    await ann.send("I want to kill myself")
    await ann.wait_for(has("I am safe"))
    await ann.press("Open", on=due)
    opened = await ann.wait_for("No line comes by itself these days")
    assert lines_in(opened.text) == []
    await ann.press("A line now", on=opened)
    (line,) = lines_in((await ann.wait_for(has("Another"))).text)
    assert not LIBRARY.rests(line, {"self_harm"})
    await ann.send("/today")
    assert "A line now" not in str((await ann.wait_for("Today")).buttons)


async def test_on_a_hard_date_the_form_is_the_gentler_one(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await a_line(ann)
    await more(ann)
    await ann.press("How true they feel")
    await ann.wait_for("How true do they feel")
    await ann.press("5")
    await ann.wait_for("plainer words")
    shown = await a_line(ann)
    assert lines_in(shown.text)[0].line in shown.text
    await every_morning(ann)
    bot.set_clock(tomorrow_at(bot, 6))
    await ann.press_data(ann.last.id, f"0|hard:as:gentler.{bot.now():%m-%d}")
    await settled(ann)
    bot.set_clock(tomorrow_at(bot, 7, 30, days=0) + timedelta(seconds=2))
    await ann.wait_for("Something you set for today")
    await ann.press("Open")
    opened = await ann.wait_for(has("Another"))
    assert lines_in(opened.text)[0].gentler in opened.text


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
