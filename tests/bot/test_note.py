"""/note: a free note in one message or many, corrected, and found again."""

from datetime import timedelta

import pytest

from bot.playground.client import Person, Shown
from tests.rare import typed

from .conftest import TheBot
from .list_walks import open_list
from .walks import agree, begin, has

LINES = (typed("The stairs were wet again"), typed("Nobody came"), "é <b>& 🕊️")


async def write(person: Person, *texts: str) -> list[Shown]:
    """A note of these messages, not ended yet."""
    await person.send("/note")
    await person.wait_for("in one message or in many")
    mine = []
    for text in texts:
        mine.append(await person.send(text))
        await person.wait_for("Go on writing")
    return mine


async def test_a_note_of_several_messages_is_one_and_comes_back_whole(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await write(ann, *LINES)
    await ann.press("Done")
    assert "\n".join(LINES) in (await ann.wait_for(has("Edit"))).text
    await bot.restart()
    shown = await open_list(ann, "Notes")
    assert "\n".join(LINES) in shown.text
    assert shown.data_of("1")
    assert not shown.data_of("2")


async def test_what_is_written_is_kept_at_once_and_goes_on_after_a_restart(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await write(ann, "alder")
    await bot.restart()
    await ann.send("birch")
    await ann.wait_for("Go on writing")
    assert "alder\nbirch" in (await open_list(ann, "Notes")).text


@pytest.mark.parametrize(("which", "whole"), [(0, "X\nbirch"), (1, "alder\nX")])
async def test_an_edited_message_corrects_its_part(ann: Person, which: int, whole: str) -> None:
    await agree(ann)
    mine = await write(ann, "alder", "birch")
    await ann.press("Done")
    await ann.wait_for(has("Edit"))
    await ann.edit(mine[which], "X")
    await ann.wait_for("Changed in your answer")
    await ann.press("Read it")
    assert (await ann.wait_for(has("Edit"))).text.startswith(whole)
    await ann.edit(mine[which], "longer than that")
    await ann.wait_for("Changed in your answer")
    assert whole.replace("X", "longer than that") in (await open_list(ann, "Notes")).text


async def test_a_note_of_one_message_is_corrected_too(ann: Person) -> None:
    await agree(ann)
    (mine,) = await write(ann, "alder")
    await ann.edit(mine, "birch")
    await ann.wait_for("Changed in your answer")
    assert "birch" in (await open_list(ann, "Notes")).text


async def test_a_long_text_that_the_app_splits_stays_one_text(ann: Person) -> None:
    await agree(ann)
    await ann.send("/note")
    await ann.wait_for("in one message or in many")
    await ann.send("🕊" * 4000)
    await ann.until(lambda person: sum("Go on writing" in m.text for m in person.messages) == 2)
    await ann.press("Done")
    shown = await ann.wait_for(has("Edit"))
    told = "".join(m.text for m in ann.messages if not m.mine and m.id >= shown.id - 2)
    assert told.count("🕊") == 4000
    assert "🕊\n🕊" not in told


async def test_words_behind_the_command_are_the_first_of_it(ann: Person) -> None:
    await agree(ann)
    await ann.send("/note the tap drips")
    await ann.wait_for("Go on writing")
    assert "the tap drips" in (await open_list(ann, "Notes")).text


async def test_an_hour_later_words_are_no_part_of_the_note(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await write(ann, "alder")
    bot.pass_time(timedelta(hours=2))
    await ann.send("birch")
    await ann.wait_for("I hold what you wrote")
    await ann.press("A note")
    await ann.wait_for("Kept.")
    shown = await open_list(ann, "Notes")
    assert shown.data_of("2")
    assert "alder\nbirch" not in shown.text


async def test_a_note_beside_a_talk_leaves_the_talk_as_it_was(ann: Person) -> None:
    await begin(ann)
    await write(ann, "alder")
    await ann.send("/cancel")
    assert "alder" in (await ann.wait_for(has("Edit"))).text
    await ann.press("Go on")
    await ann.wait_for("What do you really want")
    await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")


async def test_a_note_in_which_something_is_heard_is_kept_and_care_answers(ann: Person) -> None:
    await agree(ann)
    await write(ann, "alder")
    await ann.send("he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    assert "alder\nhe hits me" in (await open_list(ann, "Notes")).text


async def test_notes_are_added_from_their_list(ann: Person) -> None:
    await agree(ann)
    await open_list(ann, "Notes")
    await ann.press("Add")
    await ann.wait_for("in one message or in many")
    await ann.send("alder")
    await ann.wait_for("Go on writing")


async def test_held_messages_become_one_note_and_each_goes_on_correcting_its_part(
    ann: Person,
) -> None:
    await agree(ann)
    await ann.send("alder")
    await ann.wait_for("I hold what you wrote")
    second = await ann.send("birch")
    await ann.wait_for("I hold what you wrote")
    await ann.press("A note")
    await ann.wait_for("Kept.")
    await ann.edit(second, "cedar")
    await ann.wait_for("Changed in your answer")
    shown = await open_list(ann, "Notes")
    assert "alder\ncedar" in shown.text
    assert not shown.data_of("2")
