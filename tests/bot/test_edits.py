"""An edited message corrects what it was written for, wherever that is by now."""

from bot.playground.client import Person, Playground

from .conftest import TheBot
from .walks import agree, begin, has, to_reasons, to_the_end


async def test_in_the_open_talk(ann: Person) -> None:
    await begin(ann)
    mine = await ann.send("Room to breath")
    await ann.wait_for("for them, what do you want")
    await ann.edit(mine, "Room to breathe")
    await ann.wait_for("Changed in your answer")
    await ann.send("/back")
    assert "Room to breathe" in (await ann.wait_for("Here it is again")).text


async def test_in_a_resting_talk_which_goes_on_resting(ann: Person) -> None:
    await begin(ann)
    mine = await ann.send("Room to breath")
    await ann.wait_for("for them, what do you want")
    await ann.press("Later")
    await ann.wait_for("Left here")
    await ann.edit(mine, "Room to breathe")
    await ann.wait_for("Changed in your answer")
    await ann.send("/back")
    await ann.wait_for("No question is open")
    await ann.press("Go on")
    await ann.wait_for("for them, what do you want")
    await ann.send("/back")
    assert "Room to breathe" in (await ann.wait_for("Here it is again")).text


async def test_in_a_finished_talk_and_in_the_reason_kept_of_it(ann: Person) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann)
    mine = next(m for m in ann.messages if m.mine and "mornings" in m.text)
    await ann.edit(mine, "I want evenings without dread")
    await ann.wait_for("Changed in your answer")
    await ann.send("/why")
    shown = await ann.wait_for("Your reasons")
    assert "evenings" in shown.text
    assert "mornings" not in shown.text


async def test_of_a_reason_added_in_why(ann: Person) -> None:
    await agree(ann)
    await ann.send("/why")
    await ann.wait_for(has("Add"))
    await ann.press("Add")
    await ann.wait_for("own words")
    mine = await ann.send("aldr")
    await ann.wait_for("Kept.")
    await ann.edit(mine, "alder")
    await ann.wait_for("Changed in your answer")
    await ann.send("/why")
    assert "alder" in (await ann.wait_for("Your reasons")).text


async def test_of_words_that_are_held(ann: Person) -> None:
    await agree(ann)
    first = await ann.send("the gardn")
    await ann.wait_for("I hold what you wrote")
    await ann.send("and the gate")
    await ann.wait_for("I hold what you wrote")
    await ann.edit(first, "the garden")
    await ann.wait_for("Changed")
    await ann.press("A reason to keep")
    await ann.wait_for("Kept.")
    await ann.send("/why")
    assert "the garden\nand the gate" in (await ann.wait_for("Your reasons")).text


async def test_of_a_message_that_was_for_nothing_changes_nothing(
    ann: Person, play: Playground, bot: TheBot
) -> None:
    await begin(ann)
    mine = await ann.send("/about")
    await ann.wait_for("three essays")
    before = len(ann.messages)
    await ann.edit(mine, "/forget")
    await play.polled()
    await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")
    assert len(ann.messages) == before + 2


async def test_with_a_hit_gets_care_and_keeps_the_words(ann: Person) -> None:
    await begin(ann)
    mine = await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")
    await ann.edit(mine, "he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    await ann.press("Go on")
    await ann.wait_for("for them, what do you want")
