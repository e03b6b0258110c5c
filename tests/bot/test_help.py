"""/help in every state: one message, before agreeing too, and the talk waits where it was."""

from bot.playground.client import Person

from .conftest import TheBot
from .walks import agree, begin


async def test_help_is_one_message_before_agreeing(ann: Person, bot: TheBot) -> None:
    await ann.send("/help")
    shown = await ann.wait_for("First, a person")
    assert "emergency number" in shown.text
    assert "findahelpline.com" in shown.text
    assert "Under 18" in shown.text
    assert len([m for m in ann.messages if not m.mine]) == 1
    await bot.play.polled()
    assert "people" not in bot.tables()


async def test_a_country_can_be_typed_before_agreeing_and_is_not_remembered(
    ann: Person, bot: TheBot
) -> None:
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.press("Choose a country")
    await ann.wait_for("type its name")
    await ann.send("Germany")
    await ann.wait_for("Emergency, Germany: 112")
    await ann.send("/help norway")
    await ann.wait_for("Emergency, Norway")
    await bot.play.polled()
    assert "people" not in bot.tables()


async def test_in_mid_talk_help_leaves_the_talk_where_it_was(ann: Person) -> None:
    await begin(ann)
    await ann.send("Quiet evenings")
    await ann.wait_for("for them, what do you want")
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.press("Choose a country")
    await ann.wait_for("Which country")
    await ann.send("united kingdom")
    await ann.wait_for("999")
    await ann.press("Go on")
    await ann.wait_for("for them, what do you want")


async def test_words_for_the_talk_are_its_answer_while_help_stands_below_it(ann: Person) -> None:
    await begin(ann)
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.send("Mornings without fear of the phone")
    await ann.wait_for("for them, what do you want")


async def test_the_country_is_remembered_after_agreeing_and_over_a_restart(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.press("Choose a country")
    await ann.wait_for("Which country")
    await ann.send("Frnace")
    await ann.wait_for("Emergency, France")
    await bot.restart()
    await ann.send("/help")
    shown = await ann.wait_for("Emergency, France")
    assert "3114" in shown.text
    assert shown.data_of("Another country")


async def test_a_text_that_is_no_country_is_not_lost_while_countries_are_asked(
    ann: Person,
) -> None:
    await agree(ann)
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.press("Choose a country")
    await ann.wait_for("Which country")
    await ann.send("I do not even know where to begin with this")
    await ann.wait_for("I hold what you wrote")


async def test_a_country_that_is_not_in_the_table_gets_the_directory(ann: Person) -> None:
    await begin(ann)
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.press("Choose a country")
    await ann.wait_for("Which country")
    await ann.send("Atlantis")
    shown = await ann.wait_for("I do not have that country yet")
    assert "findahelpline.com" in shown.text
    await ann.press("Go on")
    await ann.wait_for("What do you really want")
