"""The marks: seen and cleared in /settings, asked about when their days are over, never resumed
by themselves."""

from datetime import timedelta

import pytest

from bot.playground.client import Person

from .conftest import TheBot
from .walks import agree, has

DANGER = "he hits me and I am scared of him"
COERCION = "he tracks my phone and takes my money"
SELF_HARM = "I want to kill myself"
RESTS = "An old pattern"


async def deciding(person: Person) -> str:
    """The labels of what is offered to those who are deciding."""
    await person.send("/more")
    await person.wait_for("All that is here")
    await person.press("I am deciding")
    return str((await person.wait_for("Several ways")).buttons)


@pytest.mark.parametrize("words", [DANGER, COERCION])
async def test_after_thirty_days_nothing_comes_back_before_it_was_asked(
    ann: Person, bot: TheBot, words: str
) -> None:
    await agree(ann)
    assert RESTS in await deciding(ann)
    await ann.send(words)
    await ann.wait_for("I believe you")
    bot.pass_time(timedelta(days=31))
    await ann.send("/today")
    shown = await ann.wait_for("Shall they rest on?")
    assert "/help" in shown.text
    assert {"Hide"} <= {label for row in shown.buttons for label in row}
    assert RESTS not in await deciding(ann)
    # It is asked once a day, not below every screen.
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await bot.play.polled()
    assert len([m for m in ann.messages if "Shall they rest on?" in m.text]) == 1


async def test_let_them_rest_on_and_it_is_asked_again_thirty_days_later(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await ann.send(DANGER)
    await ann.wait_for("I believe you")
    bot.pass_time(timedelta(days=31))
    await ann.send("/today")
    await ann.wait_for("Shall they rest on?")
    await ann.press("Let them rest on")
    await ann.wait_for("Then they rest on")
    assert RESTS not in await deciding(ann)
    bot.pass_time(timedelta(days=31))
    await ann.send("/today")
    await ann.wait_for("Shall they rest on?")
    await ann.press("Offer it all again")
    await ann.wait_for("That is ended")
    assert RESTS in await deciding(ann)


async def test_it_is_asked_and_answered_in_the_language_of_what_was_heard(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await ann.send("mi marido me pegó ayer")
    await ann.wait_for("Te creo")
    bot.pass_time(timedelta(days=31))
    await ann.send("/today")
    await ann.wait_for("¿Que sigan en reposo?")
    await ann.press("Lo que reposa")
    await ann.wait_for("reposa hasta que digas otra cosa")
    await ann.press("Ofrecerlo todo otra vez")
    await ann.wait_for("Eso ha terminado")
    assert RESTS in await deciding(ann)


async def test_in_the_middle_of_a_talk_nothing_is_asked(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await ann.send(DANGER)
    await ann.wait_for("I believe you")
    await ann.send("/grief")
    await ann.wait_for("Who or what is it about?")
    bot.pass_time(timedelta(days=31))
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await bot.play.polled()
    assert "Shall they rest on?" not in str([m.text for m in ann.messages])


async def test_settings_say_that_it_holds_until_the_person_says_so(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await ann.send(DANGER)
    await ann.wait_for("I believe you")
    bot.pass_time(timedelta(days=31))
    await ann.send("/settings")
    await ann.wait_for("Settings")
    await ann.press("What rests")
    await ann.wait_for("until you say otherwise")
    await ann.press("Offer it all again")
    await ann.wait_for("That is ended")


async def test_an_older_button_ends_no_mark_that_was_set_anew(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await ann.send(DANGER)
    await ann.wait_for("I believe you")
    await ann.send("/settings")
    await ann.wait_for("Settings")
    await ann.press("What rests")
    older = await ann.wait_for(has("Offer it all again"))
    press = older.data_of("Offer it all again")
    assert press is not None
    bot.pass_time(timedelta(days=2))
    await ann.send("he hit me again last night")
    await ann.wait_for(has("You misread me"))
    await ann.press_data(older.id, press)
    await bot.play.polled()
    assert RESTS not in await deciding(ann)


async def test_a_mark_of_self_harm_is_over_after_seven_days(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await ann.send(SELF_HARM)
    await ann.wait_for("Are you safe right now?")
    await ann.send("/today")
    assert "A line now" not in str((await ann.wait_for("Today")).buttons)
    bot.pass_time(timedelta(days=8))
    await ann.send("/today")
    shown = await ann.wait_for("Today")
    assert "A line now" in str(shown.buttons)
