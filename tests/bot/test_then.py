"""/then: an earlier reflection beside the newest, and one reflection as a file to take along."""

import html
import re

import pytest

from bot.playground.client import Person, Playground, Shown
from tests.rare import typed

from .conftest import TheBot
from .walks import WANTS, agree, begin, has, to_reasons, to_the_end

LATER = (typed("Mornings with the window open"), WANTS[1], typed("<b>Fewer</b> & plainer words 🕊️"))


async def twice(person: Person) -> None:
    """The three questions, gone through twice about the same person."""
    await begin(person)
    await to_reasons(person)
    await to_the_end(person, word="K.")
    await person.send("/reflect")
    await person.wait_for("What do you really want")
    await to_reasons(person, LATER)
    await person.send("2")
    await person.wait_for(lambda shown: "☑" in str(shown.buttons))
    await person.press("Done")
    await person.wait_for("look at this again")
    await person.press("No day")
    await person.wait_for("This stays here")


async def then(person: Person) -> Shown:
    """What /then shows first."""
    await person.send("/then")
    return await person.reply()


async def test_nothing_finished_says_so(ann: Person) -> None:
    await agree(ann)
    assert "Nothing is finished yet" in (await then(ann)).text


async def test_two_of_the_same_stand_side_by_side(ann: Person, bot: TheBot) -> None:
    await twice(ann)
    shown = await then(ann)
    assert shown.text.startswith("The three questions · K. (1 of ")
    assert shown.protected
    first, second, third = (shown.text.index(words) for words in (WANTS[0], LATER[0], WANTS[1]))
    assert first < second < third
    assert shown.text.count(WANTS[1]) == 1, "what stayed the same stands once"
    assert "Both times" in shown.text
    assert "is it safe" not in shown.text
    assert LATER[2] in shown.text
    await bot.restart()
    await ann.press("›", on=shown)
    assert "(2 of " in (await ann.wait_for("The three questions")).text


async def test_which_earlier_one_can_be_chosen(ann: Person) -> None:
    await twice(ann)
    await ann.send("/reflect")
    await ann.wait_for("What do you really want")
    await to_reasons(ann, ("Other", "Others", "Otherwise"))
    await ann.send("1")
    await ann.wait_for(lambda shown: "☑" in str(shown.buttons))
    await ann.press("Done")
    await ann.wait_for("look at this again")
    await ann.press("No day")
    await ann.wait_for("This stays here")
    shown = await then(ann)
    assert LATER[0] in shown.text
    await ann.press("Another earlier one")
    shown = await ann.wait_for("Which earlier one")
    oldest = shown.keys[1][0]
    await ann.press_data(shown.id, oldest["callback_data"])
    shown = await ann.wait_for("Other")
    assert WANTS[0] in shown.text
    assert LATER[0] not in shown.text


async def test_each_exercise_and_tie_is_listed(ann: Person) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, word="K.")
    shown = await then(ann)
    assert WANTS[0] in shown.text, "the only one opens at once"
    await ann.send("/reflect")
    await ann.wait_for("About: K.")
    await ann.press("Not this one")
    await ann.wait_for("Which one")
    await ann.press("Something else")
    await ann.wait_for("Who or what")
    await ann.press("A friend")
    await ann.wait_for("safe to speak")
    await ann.press("Yes")
    await ann.wait_for("What do you really want")
    await to_reasons(ann)
    await to_the_end(ann, word="Mo")
    shown = await then(ann)
    labels = [label for row in shown.buttons for label in row]
    assert labels[:2] == ["The three questions · Mo", "The three questions · K."]


def _words(page: bytes) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "\n", page.decode()))


async def test_a_reflection_goes_out_as_a_file_after_one_line_about_it(
    ann: Person, play: Playground, bot: TheBot
) -> None:
    await twice(ann)
    await then(ann)
    await ann.press("Only the newest")
    await ann.wait_for(has("As a file"))
    await ann.press("As a file")
    shown = await ann.wait_for("stays on this device")
    assert not any("document" in message.raw for message in ann.messages)
    await ann.press("Send the file", on=shown)
    sent = await ann.wait_for(lambda message: "document" in message.raw)
    assert not sent.protected
    assert re.fullmatch(r"document-\d{4}-\d\d-\d\d\.html", sent.raw["document"]["file_name"])
    page = play.world.files[sent.raw["document"]["file_id"]].data
    for words in LATER:
        assert words in _words(page)
    assert b"<b>" not in page
    assert bot.holds(WANTS[1]) == []
    await ann.send("/hide")
    await ann.until(lambda person: not person.messages)


async def test_a_file_that_was_owed_at_a_restart_is_made_then(
    ann: Person, play: Playground, bot: TheBot
) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann)
    await then(ann)
    await ann.press("As a file")
    await ann.wait_for("stays on this device")
    play.faults.bad_gateway("senddocument", times=10_000)
    await ann.press("Send the file")
    await ann.wait_for("The file follows")
    await play.called(lambda call: call.method == "sendDocument", ever=True)
    await bot.stop()
    play.faults.clear()
    await bot.start()
    await ann.wait_for(lambda message: "document" in message.raw)


@pytest.mark.parametrize("value", ["read:99.1", "pair:1.99.1", "of:", "send:x", "which:-1.1"])
async def test_a_button_of_what_is_gone_leads_back(ann: Person, value: str) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann)
    shown = await then(ann)
    data = shown.data_of("As a file")
    assert data is not None
    await ann.press_data(shown.id, f"{data.partition('|')[0]}|then:{value}")
    assert WANTS[0] in (await ann.reply()).text
