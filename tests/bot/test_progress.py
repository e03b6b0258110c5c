"""/progress as a person meets it: words first, then two pictures; one tap leads to the rest."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.pictures.artist import Artist
from bot.playground.client import Person, Playground, Shown

from .conftest import TheBot
from .walks import agree, begin, has

#: A Sunday noon, UTC; nobody here has been asked for their clock.
NOON = datetime(2030, 6, 2, 12, 0, tzinfo=UTC)
#: Drawing starts a process and reads a large library.
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


async def fill(person: Person, bot: TheBot, moods: Sequence[int], every: int = 1) -> None:
    """A day for each mood, `every` days apart; the last one is today."""
    for number, mood in enumerate(moods):
        if number:
            bot.pass_time(timedelta(days=every))
        await person.send("/checkin")
        await person.wait_for("in one number")
        await person.press(str(mood))
        await person.wait_for("One line about it")


def photos(person: Person) -> list[Shown]:
    return [one for one in person.messages if "photo" in one.raw]


def drawn(play: Playground, shown: Shown) -> Image.Image:
    """The picture as it reached Telegram."""
    return Image.open(BytesIO(play.world.files[shown.raw["photo"][0]["file_id"]].data))


async def test_words_come_first_and_two_protected_pictures_follow(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    await agree(ann)
    await fill(ann, bot, [2, 4, 3])
    await ann.send("/progress")
    said = await ann.wait_for("Two pictures follow")
    assert "3 days filled in so far. The first was 2 June 2030." in said.text
    assert "June: 3 days, from 2 to 4" in said.text
    assert "this chat" in said.text
    await ann.until(lambda who: len(photos(who)) == 2, PATIENCE)
    line, year = photos(ann)
    assert said.id < line.id < year.id
    assert (line.text, year.text) == ("Wednesday 22 May to Tuesday 4 June", "2030")
    assert [drawn(play, one).size for one in (line, year)] == [(1080, 720), (1080, 1400)]
    assert line.protected
    assert year.protected


async def test_what_is_to_be_drawn_is_sealed_and_hiding_takes_pictures_away(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await fill(ann, bot, [2, 4])
    await ann.send("/progress")
    await ann.until(lambda who: len(photos(who)) == 2, PATIENCE)
    assert bot.holds("mood_line") == []
    await ann.send("/hide")
    await ann.until(lambda who: not who.messages)


async def test_an_answer_does_not_wait_for_a_picture(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await fill(ann, bot, [2, 4])
    await ann.send("/progress")
    await ann.send("/today")
    await ann.wait_for("Today")
    await ann.until(lambda who: len(photos(who)) == 2, PATIENCE)
    assert "photo" in ann.last.raw


async def test_three_worst_running_bring_no_chart(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await fill(ann, bot, [3, 1, 1, 1])
    await ann.send("/progress")
    said = await ann.wait_for("4 days filled in")
    assert "No picture comes with this" in said.text
    assert has("Help and lines")(said)
    await ann.press("Day by day")
    said = await ann.wait_for("Monday 3 June: 1 of 5")
    assert photos(ann) == []
    assert not said.protected


async def test_without_any_day_nothing_is_counted(ann: Person) -> None:
    await agree(ann)
    await ann.send("/progress")
    said = await ann.wait_for("one tap is enough")
    assert "0" not in said.text
    await ann.press("Check in")
    await ann.wait_for("in one number")


async def test_one_day_is_told_in_words_alone(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await fill(ann, bot, [4])
    await ann.send("/progress")
    said = await ann.wait_for("1 day filled in")
    assert "June: 1 day, a 4" in said.text
    assert "picture" not in said.text


async def test_months_and_years_are_led_through_by_taps(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await fill(ann, bot, [3, 3], every=40)
    bot.pass_time(timedelta(days=300))
    await fill(ann, bot, [1])
    await ann.send("/progress")
    said = await ann.wait_for("3 days filled in")
    assert "May: 1 day, a 1" in said.text
    await ann.press("Day by day")
    said = await ann.wait_for("May 2031")
    assert not has("Later")(said)
    await ann.press("Earlier")
    await ann.wait_for("Friday 12 July: 3 of 5")
    await ann.press("Earlier")
    said = await ann.wait_for("Sunday 2 June: 3 of 5")
    assert not has("Earlier")(said)
    await ann.press("Later")
    await ann.wait_for("July 2030")
    await ann.press("Days of 2030")
    said = await ann.wait_for("A picture follows")
    assert "June: 1 day, a 3\nJuly: 1 day, a 3" in said.text
    assert has("Days of 2031")(said)
    await ann.until(lambda who: len(photos(who)) == 1, PATIENCE)
    assert photos(ann)[0].text == "2030"


async def test_days_left_out_never_bring_the_count_back_to_zero(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await fill(ann, bot, [3, 4])
    bot.pass_time(timedelta(days=200))
    await ann.send("/progress")
    said = await ann.wait_for("2 days filled in so far. The first was 2 June 2030.")
    assert "A picture follows" in said.text  # the year's; in twelve weeks there is nothing


async def test_a_month_that_is_not_there_is_an_old_button(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await fill(ann, bot, [3])
    await ann.send("/progress")
    said = await ann.wait_for("1 day filled in")
    data = said.data_of("Day by day")
    assert data is not None
    for wrong in ("2029-01", "x", "", "2030-06-01"):
        await ann.press_data(said.id, data.replace("2030-06", wrong))
    await ann.until(lambda who: len(who.toasts) == 4)


async def test_a_talk_goes_on_after_the_words(ann: Person, bot: TheBot) -> None:
    await begin(ann)
    await ann.send("/checkin")
    await ann.press("4", on=await ann.wait_for("in one number"))
    await ann.send("/progress")
    said = await ann.wait_for("1 day filled in")
    assert any(
        "t:" in key["callback_data"] or "talk:" in key["callback_data"]
        for row in said.keys
        for key in row
    )


async def test_words_alone_where_nobody_can_draw(ann: Person, bot: TheBot) -> None:
    bot.artist = lambda: Artist(module=("tests.pictures.no_such_module",))
    await bot.restart()
    await agree(ann)
    await fill(ann, bot, [2, 4])
    await ann.send("/progress")
    await ann.wait_for("The line could not be drawn", PATIENCE)
    await ann.wait_for("The calendar could not be drawn", PATIENCE)
    assert photos(ann) == []


async def test_a_picture_that_was_being_drawn_at_the_end_comes_after_the_start(
    ann: Person, bot: TheBot
) -> None:
    bot.artist = lambda: Artist(module=("tests.pictures.hanging",))
    await bot.restart()
    await agree(ann)
    await fill(ann, bot, [2, 4])
    await ann.send("/progress")
    await ann.wait_for("Two pictures follow")
    bot.artist = Artist
    await bot.restart()
    await ann.until(lambda who: len(photos(who)) == 2, PATIENCE)
