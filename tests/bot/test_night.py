"""One calm minute, and a night without sleep: nothing is asked, what is written waits."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.outbox import playing
from bot.playground.client import Person, Playground

from .conftest import TheBot
from .walks import agree, begin, has

#: Half past one at night, UTC.
NIGHT = datetime(2030, 6, 2, 1, 30, tzinfo=UTC)
LINE = "Something you set for now is here."


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "TEMPO", 0.01)


async def know_the_clock(ann: Person, shows: str) -> None:
    """The person says what their clock shows."""
    await ann.send("/later")
    await ann.wait_for("When shall I come back?")
    await ann.press("Tomorrow")
    await ann.wait_for("what does your clock show")
    await ann.send(shows)
    await ann.wait_for(has("Not needed"))
    await ann.press("Not needed")
    await ann.wait_for("That reminder is gone.")


async def test_one_calm_minute_keeps_the_time_and_stands_there_whole(
    ann: Person, play: Playground
) -> None:
    await agree(ann)
    await ann.send("/ground")
    shown = await ann.wait_for("Five things you can see.")
    assert "One slow breath, all the way out." in shown.text
    ended = await ann.wait_for("That was one minute.")
    assert ended.id == shown.id
    assert "Take it twice" in shown.text
    edits = [call.params["text"] for call in play.calls if call.method == "editMessageText"]
    assert [text.rpartition("\n")[2] for text in edits[-5:-1]] == [
        "Now: what you can touch.",
        "Now: what you can hear.",
        "Now: what you can smell.",
        "Now one slow breath.",
    ]


async def test_it_is_there_before_anyone_agreed_and_in_help(ann: Person) -> None:
    await ann.send("/help")
    await ann.press("One calm minute", on=await ann.wait_for("First, a person."))
    await ann.wait_for("That was one minute.")
    await ann.send("/ground")
    await ann.wait_for("First: what you can see.")


async def test_a_night_breathes_and_asks_nothing(ann: Person) -> None:
    await begin(ann)
    await ann.send("/night")
    shown = await ann.wait_for("Nothing has to be solved tonight.")
    assert "?" not in shown.text
    ended = await ann.wait_for("as often as you like")
    assert ended.id == shown.id
    assert ended.buttons[-1] == ["Go on"], "the open talk is one tap away"
    await ann.press("Breathe again")
    await ann.wait_for("1 of 6: breathe")


async def test_what_is_written_at_night_comes_back_by_day(ann: Person, bot: TheBot) -> None:
    bot.set_clock(NIGHT)
    await agree(ann)
    await know_the_clock(ann, "3:30")
    await ann.send("/night")
    await ann.wait_for("Nothing has to be solved tonight.")
    await ann.send("The letter from the bank again")
    await ann.wait_for("Kept. It comes back by day, not now.")
    bot.set_clock(NIGHT.replace(hour=6, minute=59))
    await ann.send("/about")
    await ann.wait_for("three essays")
    assert LINE not in str(ann)
    bot.set_clock(NIGHT.replace(hour=7, minute=0, second=1))
    line = await ann.wait_for(LINE)
    assert "bank" not in line.text
    await ann.press("Open", on=line)
    shown = await ann.wait_for("You wrote this at night:")
    assert "The letter from the bank again" in shown.text
    assert shown.protected
    assert shown.id == line.id


async def test_a_line_of_ones_own_is_handed_back_by_day_where_one_wishes(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(NIGHT)
    await agree(ann)
    await ann.send("/night")
    await ann.wait_for("Nothing has to be solved tonight.")
    await ann.press("A line of mine, by day")
    await ann.wait_for("comes by day")
    assert "clock" not in str(ann), "nobody is asked anything at night"
    await ann.send("/why")
    await ann.press("Add", on=await ann.wait_for(has("Add")))
    await ann.wait_for("own words")
    await ann.send("I breathe more easily alone")
    await ann.wait_for("Kept.")
    bot.pass_time(timedelta(hours=9, seconds=1))
    await ann.press("Open", on=await ann.wait_for(LINE))
    assert "I breathe more easily alone" in (await ann.wait_for("as you wished for")).text


async def test_with_nothing_kept_the_day_says_so(ann: Person, bot: TheBot) -> None:
    bot.set_clock(NIGHT)
    await agree(ann)
    await ann.send("/night")
    await ann.wait_for("Nothing has to be solved tonight.")
    await ann.press("A line of mine, by day")
    await ann.wait_for("comes by day")
    bot.pass_time(timedelta(hours=9, seconds=1))
    await ann.press("Open", on=await ann.wait_for(LINE))
    await ann.wait_for("Nothing of your own is kept yet.")


async def test_one_thing_comes_by_day_however_much_was_written(ann: Person, bot: TheBot) -> None:
    bot.set_clock(NIGHT)
    await agree(ann)
    await ann.send("/night")
    await ann.wait_for("Nothing has to be solved tonight.")
    for words in ("The letter from the bank", "The key under the mat"):
        await ann.send(words)
        await ann.wait_for("Kept. It comes back by day")
    assert bot.tables()["appointments"] == 1
    bot.pass_time(timedelta(hours=9, seconds=1))
    await ann.press("Open", on=await ann.wait_for(LINE))
    assert "The key under the mat" in (await ann.wait_for("at night")).text


async def test_words_that_matter_more_are_answered_and_do_not_come_back_by_themselves(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(NIGHT)
    await agree(ann)
    await ann.send("/night")
    await ann.wait_for("Nothing has to be solved tonight.")
    await ann.send("I want to kill myself")
    await ann.wait_for("Are you safe right now?")
    assert "appointments" not in bot.tables()


async def test_hours_after_the_night_words_are_for_whatever_is_open(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(NIGHT)
    await begin(ann)
    await ann.send("/night")
    await ann.wait_for("Nothing has to be solved tonight.")
    bot.pass_time(timedelta(hours=4))
    await ann.send("Mornings without dread")
    await ann.wait_for("for them, what do you want")
