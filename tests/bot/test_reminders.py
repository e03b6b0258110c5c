"""What was set for later comes at the person's own hour, once, and says nothing until opened."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot import clock as clock_room
from bot.playground.client import Person, Shown

from .conftest import TheBot
from .walks import answer_wants, begin, to_reasons, to_the_end

#: A Sunday noon, UTC; the person's clock shows 14:00.
NOON = datetime(2030, 6, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


async def put_off(ann: Person, until: str = "This evening", clock: str = "14:00") -> Shown:
    """The second look put off; then the next question stands."""
    await begin(ann)
    await answer_wants(ann)
    await ann.press(until)
    await ann.wait_for("what does your clock show")
    await ann.send(clock)
    return await ann.wait_for("gets things wrong")


async def due(ann: Person) -> Shown:
    """The neutral line."""
    return await ann.wait_for("Something you set for", ever=True)


async def count_due(ann: Person, bot: TheBot) -> int:
    """How many neutral lines came, when the clock has surely ticked."""
    await ann.send("/about")
    await ann.wait_for("three essays")
    return sum("Something you set for" in message.text for message in ann.messages)


async def test_a_second_look_comes_at_the_persons_evening_once_and_neutral(
    ann: Person, bot: TheBot
) -> None:
    await put_off(ann)
    bot.set_clock(NOON.replace(hour=17, minute=25))
    await ann.send("/today")
    assert "Sunday 2 June, 19:30" in (await ann.wait_for("Coming up")).text
    bot.pass_time(timedelta(minutes=6))
    shown = await due(ann)
    assert "mornings" not in shown.text
    assert shown.buttons == [["Open", "Later"]]
    assert await count_due(ann, bot) == 1


async def test_it_comes_once_also_after_a_restart_that_slept_over_it(
    ann: Person, bot: TheBot
) -> None:
    await put_off(ann)
    await bot.stop()
    bot.set_clock(NOON + timedelta(days=2))
    await bot.start()
    await due(ann)
    await bot.restart()
    assert await count_due(ann, bot) == 1


async def test_opened_it_shows_the_answers_and_a_rewriting_is_kept(
    ann: Person, bot: TheBot
) -> None:
    await put_off(ann, "Tomorrow")
    bot.set_clock(NOON + timedelta(hours=19, minutes=1))
    await due(ann)
    await ann.press("Open")
    shown = await ann.wait_for("once more")
    assert "mornings without dread" in shown.text
    await ann.press(next(label for row in shown.buttons for label in row if "1" in label))
    await ann.wait_for("Write it anew")
    await ann.send("I want one quiet room")
    assert "one quiet room" in (await ann.wait_for("once more")).text
    await ann.press("Keep all of it")
    await ann.wait_for("gets things wrong")


async def test_opened_in_a_resting_talk_it_takes_the_talk_up(ann: Person, bot: TheBot) -> None:
    await put_off(ann)
    await ann.press("Later")
    await ann.wait_for("Left here for now")
    bot.set_clock(NOON + timedelta(days=1))
    await due(ann)
    await ann.press("Open")
    await ann.wait_for("once more")


async def test_opened_in_a_finished_talk_it_shows_the_look_and_then_the_end(
    ann: Person, bot: TheBot
) -> None:
    await put_off(ann)
    for label, then in (
        ("Skip", "talked about it"),
        ("Never", "unsaid"),
    ):
        await ann.press(label)
        await ann.wait_for(then)
    await ann.send("Most of it")
    await ann.wait_for("purpose you share")
    for label, then in (
        ("No", "Whom else"),
        ("Skip", "yours to give"),
        ("Skip", "yours to draw"),
        ("Skip", "has not come yet"),
        ("Go on without", "lean today"),
        ("Pause", "How clear"),
        ("3", "reasons to remember"),
    ):
        await ann.press(label)
        await ann.wait_for(then)
    await to_the_end(ann)
    bot.set_clock(NOON + timedelta(days=1))
    await due(ann)
    await ann.press("Open")
    await ann.wait_for("once more")
    await ann.press("Keep all of it")
    await ann.wait_for("This stays here")


async def test_left_unopened_it_is_the_next_question_of_its_talk(ann: Person, bot: TheBot) -> None:
    await put_off(ann)
    bot.set_clock(NOON + timedelta(days=1))
    await due(ann)
    await ann.press("Skip")
    await ann.wait_for("once more")
    await ann.press("Keep all of it")
    await ann.wait_for("talked about it")


async def test_looking_earlier_takes_the_reminder_away(ann: Person, bot: TheBot) -> None:
    await put_off(ann)
    await ann.send("/back")
    await ann.wait_for("once more")
    assert bot.tables()["appointments"] == 1
    await ann.press("Keep all of it")
    await ann.wait_for("gets things wrong")
    bot.set_clock(NOON + timedelta(days=1))
    assert await count_due(ann, bot) == 0


async def test_look_again_on_a_day_comes_at_nine_and_opens_what_was_written(
    ann: Person, bot: TheBot
) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, again="In a week")
    await ann.wait_for("what does your clock show")
    await ann.send("2pm")
    await ann.wait_for("by that clock")
    bot.set_clock(NOON + timedelta(days=7, hours=-5, minutes=-1))
    assert bot.tables()["appointments"] == 1
    bot.pass_time(timedelta(minutes=2))
    await due(ann)
    await ann.press("Open")
    await ann.wait_for("look at this again around today")
    await ann.press("Read what I wrote")
    await ann.wait_for("mornings without dread")


@pytest.mark.parametrize(
    "clock", ["14:00", "2pm", "2:00 p.m.", "14.00", "it's 14:00 here", "two in the afternoon"]
)
async def test_the_clock_can_be_typed_as_people_write_it(
    ann: Person, bot: TheBot, clock: str
) -> None:
    await put_off(ann, clock=clock)
    await ann.send("/today")
    await ann.wait_for("Sunday 2 June, 19:30")


async def test_the_clock_can_be_tapped_and_is_asked_once(ann: Person, bot: TheBot) -> None:
    await begin(ann)
    await answer_wants(ann)
    await ann.press("This evening")
    await ann.wait_for("what does your clock show")
    await ann.press("14:00")
    await ann.wait_for("gets things wrong")
    await ann.send("/reflect")
    await ann.wait_for("begin anew")
    await ann.press("Begin anew")
    await ann.wait_for("What do you really want")
    await answer_wants(ann)
    await ann.press("Tomorrow")
    await ann.wait_for("gets things wrong")


async def test_rather_not_say_is_an_answer_too(ann: Person, bot: TheBot) -> None:
    await begin(ann)
    await answer_wants(ann)
    await ann.press("This evening")
    await ann.wait_for("what does your clock show")
    await ann.press("Rather not say")
    await ann.wait_for("gets things wrong")
    await ann.press("Later")
    await ann.wait_for("Left here")
    await ann.send("/reflect")
    await ann.wait_for("begin anew")
    await ann.press("Begin anew")
    await ann.wait_for("What do you really want")
    await answer_wants(ann)
    await ann.press("Tomorrow")
    await ann.wait_for("gets things wrong")


@pytest.mark.parametrize("clock", ["99:99", "25", "14:00 or 15:00", "Mars/Olympus"])
async def test_what_is_no_time_is_refused_kindly(ann: Person, clock: str) -> None:
    await begin(ann)
    await answer_wants(ann)
    await ann.press("This evening")
    await ann.wait_for("what does your clock show")
    await ann.send(clock)
    assert "works" in (await ann.reply()).text
    await ann.send("/skip")
    await ann.wait_for("gets things wrong")


async def test_a_sentence_at_the_clock_question_is_held(ann: Person) -> None:
    await begin(ann)
    await answer_wants(ann)
    await ann.press("This evening")
    await ann.wait_for("what does your clock show")
    await ann.send("I only wanted to say that I miss the garden")
    await ann.wait_for("such as 14:20")
    await ann.send("/today")
    await ann.wait_for("I miss the garden")


async def test_a_talk_that_is_let_go_takes_its_reminder_along(ann: Person, bot: TheBot) -> None:
    await put_off(ann)
    await ann.send("/today")
    await ann.wait_for("Not finished")
    await ann.press("Let it go")
    await ann.wait_for("is erased")
    await ann.press("Let it go")
    await ann.wait_for("Let go.")
    bot.set_clock(NOON + timedelta(days=1))
    assert await count_due(ann, bot) == 0


async def test_a_line_nobody_opened_is_taken_back_after_40_hours_and_no_other(
    ann: Person, bot: TheBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_off(ann)
    bot.set_clock(NOON + timedelta(days=1))
    shown = await due(ann)
    await bot.stop()
    monkeypatch.setattr(clock_room, "PURGE_SECONDS", 0.05)
    before = len(ann.messages)
    bot.pass_time(timedelta(hours=40, minutes=1))
    await bot.start()
    await ann.until(lambda person: shown.id not in {message.id for message in person.messages})
    assert len(ann.messages) == before - 1


async def test_an_opened_line_stays(
    ann: Person, bot: TheBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_off(ann)
    bot.set_clock(NOON + timedelta(days=1))
    shown = await due(ann)
    await ann.press("Open")
    await ann.wait_for("once more")
    await bot.stop()
    purge, purged = clock_room.Clock.purge, asyncio.Event()

    async def purge_and_tell(clock: clock_room.Clock) -> None:
        await purge(clock)
        purged.set()

    monkeypatch.setattr(clock_room.Clock, "purge", purge_and_tell)
    monkeypatch.setattr(clock_room, "PURGE_SECONDS", 0.05)
    bot.pass_time(timedelta(hours=40, minutes=1))
    await bot.start()
    await purged.wait()
    await ann.send("/about")
    await ann.wait_for("three essays")
    assert shown.id in {message.id for message in ann.messages}
