"""/later, and a word of one's own for a reminder: they come once, and say nothing until opened."""

from datetime import UTC, datetime, timedelta

from bot.playground.client import Person, Shown

from .conftest import TheBot
from .walks import agree, begin, has

#: Ten to midnight, UTC: within quiet hours.
LATE = datetime(2030, 6, 2, 23, 50, tzinfo=UTC)
NOON = datetime(2030, 6, 2, 12, 0, tzinfo=UTC)
LINE = "Something you set for now is here."


async def ask(ann: Person) -> Shown:
    """The question when to come back."""
    await ann.send("/later")
    return await ann.wait_for("When shall I come back?")


async def test_twenty_minutes_come_back_within_quiet_hours_with_the_talk_that_was_open(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(LATE)
    await begin(ann)
    asked = await ask(ann)
    assert asked.buttons[0] == ["20 minutes", "1 hour"]
    await ann.press("20 minutes")
    await ann.wait_for("I come back in 20 minutes.")
    assert "clock" not in str(ann)
    await bot.restart()
    bot.pass_time(timedelta(minutes=20, seconds=1))
    line = await ann.wait_for(LINE)
    assert line.buttons == [["Open", "Later"]]
    await ann.press("Open", on=line)
    assert "What do you really want?" in (await ann.wait_for("Welcome back.")).text


async def test_without_a_talk_it_says_that_it_is_here(ann: Person, bot: TheBot) -> None:
    bot.set_clock(LATE)
    await agree(ann)
    await ask(ann)
    await ann.press("1 hour")
    await ann.wait_for("I come back in 1 hour.")
    bot.pass_time(timedelta(hours=1, seconds=1))
    await ann.press("Open", on=await ann.wait_for(LINE))
    await ann.wait_for("You asked me to come back around now.")


async def test_a_length_may_be_typed_also_right_behind_the_command(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(NOON)
    await agree(ann)
    await ann.send("/later 40 minutes")
    await ann.wait_for("I come back in 40 minutes.")
    await ask(ann)
    await ann.send("half an hour")
    await ann.wait_for("I come back in 30 minutes.")
    await ask(ann)
    await ann.send("soonish")
    await ann.wait_for("could not read that as a length of time")
    await ann.send("2 hours")
    await ann.wait_for("I come back in 2 hours.")
    assert bot.tables()["appointments"] == 3


async def test_this_evening_and_tomorrow_are_hours_of_the_persons_own_clock(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(NOON)
    await agree(ann)
    await ask(ann)
    await ann.press("This evening")
    await ann.wait_for("what does your clock show")
    await ann.send("14:00")
    await ann.wait_for("I come back on Sunday 2 June, at 19:30.")
    await ask(ann)
    await ann.press("Tomorrow")
    await ann.wait_for("I come back on Monday 3 June, at 09:00.")
    await ann.send("/later this evening")
    await ann.wait_for("I come back on Sunday 2 June, at 19:30.")
    await ann.send("/later in 3 days")
    await ann.wait_for("I come back on Wednesday 5 June, at 09:00.")


async def test_words_to_oneself_show_only_when_it_is_opened(ann: Person, bot: TheBot) -> None:
    bot.set_clock(NOON)
    await begin(ann)
    await ask(ann)
    await ann.press("20 minutes")
    await ann.wait_for("I come back in 20 minutes.")
    await ann.press("Add a word")
    await ann.wait_for("Which words shall come with it?")
    await ann.send("Drink a glass of water, then look at the lake")
    await ann.wait_for("Kept. They show only when you open it.")
    assert bot.holds("glass of water") == []
    bot.pass_time(timedelta(minutes=20, seconds=1))
    line = await ann.wait_for(LINE)
    assert "lake" not in line.text
    await ann.press("Open", on=line)
    shown = await ann.wait_for("You set this for now:")
    assert "Drink a glass of water, then look at the lake" in shown.text
    assert shown.protected
    assert shown.buttons[0][0] == "Go on"
    await ann.press("Go on", on=shown)
    await ann.wait_for("What do you really want?")


async def test_not_needed_takes_it_away(ann: Person, bot: TheBot) -> None:
    bot.set_clock(NOON)
    await agree(ann)
    await ask(ann)
    await ann.press("20 minutes")
    await ann.wait_for("I come back in 20 minutes.")
    await ann.press("Not needed")
    await ann.wait_for("That reminder is gone.")
    assert "appointments" not in bot.tables()


async def test_it_stands_among_the_reminders_without_its_words(ann: Person, bot: TheBot) -> None:
    bot.set_clock(NOON)
    await agree(ann)
    await ask(ann)
    await ann.press("20 minutes")
    await ann.press("Add a word", on=await ann.wait_for("I come back in 20 minutes."))
    await ann.wait_for("Which words")
    await ann.send("the lake")
    await ann.wait_for("Kept. They show")
    await ann.send("/settings")
    await ann.press("Reminders", on=await ann.wait_for("Settings"))
    listed = await ann.wait_for("Your reminders:")
    assert "1. A timer: Sunday 2 June, 12:20" in listed.text
    assert "lake" not in listed.text
    await ann.press("Change 1")
    assert has("Other words")(await ann.wait_for("What should change?"))


async def test_a_reminder_that_repeats_has_its_words_every_time(ann: Person, bot: TheBot) -> None:
    bot.set_clock(NOON)
    await agree(ann)
    await ann.send("/settings")
    await ann.press("Reminders", on=await ann.wait_for("Settings"))
    await ann.press("Add one", on=await ann.wait_for(has("Add one")))
    which = await ann.wait_for("To which exercise?")
    exercise = which.buttons[0][0]
    await ann.press(exercise, on=which)
    await ann.wait_for("what does your clock show")
    await ann.send("12:00")
    await ann.press("Every day", on=await ann.wait_for("Once, or again and again?"))
    await ann.press("18:00", on=await ann.wait_for(has("18:00")))
    await ann.press("Add a word", on=await ann.wait_for(has("Add a word")))
    await ann.wait_for("Which words")
    await ann.send("slowly")
    await ann.wait_for("Kept. They show")
    for day in (2, 3):
        bot.set_clock(NOON.replace(day=day, hour=18, second=1))
        await ann.press("Open", on=await ann.wait_for(LINE))
        shown = await ann.wait_for("You set this for now:")
        assert "slowly" in shown.text
        assert exercise in str(shown.buttons)


async def test_words_that_matter_more_are_answered_first(ann: Person, bot: TheBot) -> None:
    bot.set_clock(NOON)
    await agree(ann)
    await ask(ann)
    await ann.press("20 minutes")
    await ann.press("Add a word", on=await ann.wait_for("I come back in 20 minutes."))
    await ann.wait_for("Which words")
    await ann.send("I want to kill myself")
    await ann.wait_for("Are you safe right now?")


async def test_a_word_for_one_that_is_gone_is_not_kept(ann: Person, bot: TheBot) -> None:
    bot.set_clock(NOON)
    await agree(ann)
    await ask(ann)
    await ann.press("20 minutes")
    shown = await ann.wait_for("I come back in 20 minutes.")
    word = shown.data_of("Add a word")
    assert word is not None
    await ann.press("Not needed")
    await ann.wait_for("That reminder is gone.")
    await ann.press_data(shown.id, word)
    await ann.send("/about")
    await ann.wait_for("three essays")
    assert "Which words" not in str(ann)


async def test_an_old_button_of_it_is_answered(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    asked = await ask(ann)
    data = asked.data_of("20 minutes")
    assert data is not None
    for forged in ("later:99y", "later:", "later:0m", "night:", "rem:word:", "rem:word:zz"):
        await ann.press_data(asked.id, f"{data.partition('|')[0]}|{forged}")
    await ann.send("/about")
    await ann.wait_for("three essays")
