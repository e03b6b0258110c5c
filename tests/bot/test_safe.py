"""/safe: the safety plan as an exercise and as a list, offered by care, open under every mark."""

import pytest

from bot.playground.client import Person

from .conftest import TheBot
from .played import play, transcript
from .walks import agree, begin, has

DANGER = "he hits me and I am scared of him"
SELF_HARM = "I want to kill myself"


async def test_it_is_an_exercise_first_and_a_list_from_then_on(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await play(ann, bot, transcript("safety"))
    await ann.send("/safe")
    shown = await ann.wait_for("Your safety plan")
    assert "What helps" in shown.text
    assert "The blue folder" in shown.text
    assert shown.protected
    await ann.press("1")
    shown = await ann.wait_for("Voices in the kitchen")
    assert "Give it a date" not in str(shown.buttons)


async def test_care_offers_it_and_the_talk_waits_where_it_was(ann: Person) -> None:
    await begin(ann)
    await ann.send(SELF_HARM)
    await ann.wait_for("Are you safe right now?")
    await ann.press("My safety plan")
    await ann.wait_for("hard hour is coming")
    await ann.press("Later")
    await ann.wait_for("Everything you wrote stays")
    await ann.send("/today")
    await ann.wait_for("Not finished")
    await ann.press("Go on 2")
    await ann.wait_for("for them, what do you want")


async def test_what_belongs_in_it_is_heard_once_and_then_brings_one_quiet_line(
    ann: Person,
) -> None:
    await agree(ann)
    await ann.send("/safe")
    await ann.wait_for("hard hour is coming")
    await ann.send("When he hits me in the kitchen")
    await ann.wait_for("I believe you")
    await ann.press("Go on")
    await ann.wait_for("When he hits me in the kitchen")
    await ann.send("When he threatens to kill me")
    shown = await ann.wait_for("/help is there at any hour")
    assert "2. When he threatens to kill me" in shown.text
    assert "I believe you" not in shown.text
    await ann.send("I want to kill myself")
    await ann.wait_for("Are you safe right now?")


async def test_a_line_added_in_the_list_under_the_mark_brings_one_quiet_line(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await play(ann, bot, transcript("safety"))
    await ann.send(DANGER)
    await ann.wait_for("I believe you")
    await ann.press("My safety plan")
    await ann.wait_for("Your safety plan")
    await ann.press("Add")
    await ann.wait_for("What belongs in it?")
    await ann.send("When he hits me again")
    shown = await ann.wait_for("Kept.")
    assert "/help is there at any hour" in shown.text


@pytest.mark.parametrize("words", [DANGER, SELF_HARM, "he tracks my phone and takes my money"])
async def test_under_every_mark_it_is_offered_and_opens(ann: Person, words: str) -> None:
    await agree(ann)
    await ann.send(words)
    await ann.wait_for(has("My safety plan"))
    await ann.send("/more")
    await ann.wait_for("All that is here")
    await ann.press("Strength right now")
    await ann.wait_for(has("A safety plan"))
    await ann.send("/safe")
    await ann.wait_for("A plan for hard hours")


async def test_a_friend_on_the_list_is_named_by_help_and_by_care(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await play(ann, bot, transcript("support"))
    await ann.send("/help")
    shown = await ann.wait_for("First, a person. You noted:")
    assert "Noor" in shown.text
    assert not shown.protected
    await ann.send(SELF_HARM)
    await ann.wait_for("Are you safe right now?")
    await ann.press("Someone I trust")
    assert "Noor" in (await ann.wait_for("In your list of people")).text


async def test_while_it_is_locked_help_names_nobody(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await play(ann, bot, transcript("support"))
    await ann.send("/lock")
    await ann.wait_for("PIN")
    await ann.send("2468")
    await ann.wait_for("once more")
    await ann.send("2468")
    await ann.wait_for(has("Lock now"))
    await ann.press("Lock now")
    await ann.send("/help")
    shown = await ann.wait_for("First, a person. Someone you trust")
    assert "Noor" not in shown.text


async def test_helplines_asks_for_the_country_once(ann: Person) -> None:
    await agree(ann)
    await ann.send("/helplines")
    await ann.wait_for("Which country")
    await ann.send("Ireland")
    await ann.wait_for("Emergency, Ireland")
    await ann.send("/helplines")
    await ann.wait_for("Emergency, Ireland")
    await ann.send("/helplines norway")
    await ann.wait_for("Emergency, Norway")


async def test_helplines_answers_before_anything_is_agreed(ann: Person, bot: TheBot) -> None:
    await ann.send("/helplines")
    await ann.wait_for("Which country")
    await ann.send("Canada")
    await ann.wait_for("Emergency, Canada")
    await ann.send("/help")
    shown = await ann.wait_for("First, a person")
    assert "My safety plan" not in str(shown.buttons)
    await bot.play.polled()
    assert "people" not in bot.tables()


async def test_a_line_of_the_plan_is_about_no_tie(ann: Person, bot: TheBot) -> None:
    await begin(ann)
    await ann.press("Later")
    await ann.wait_for("Everything you wrote stays")
    await play(ann, bot, transcript("safety"))
    await ann.send("/safe")
    await ann.wait_for("Your safety plan")
    await ann.press("Add")
    await ann.wait_for("What belongs in it?")
    await ann.send("A torch by the door")
    await ann.wait_for("Kept. The next one may follow, or tap Done.")
    await ann.press("Done")
    await ann.wait_for("A torch by the door")
    await ann.press("8")
    assert "partner" not in (await ann.wait_for("A torch by the door")).text
