"""Every list, at any time: opened, added to, changed, ticked, ordered, searched, and undone."""

from datetime import timedelta

import pytest

from bot.playground.client import Person

from .conftest import TheBot
from .list_walks import NAMES, TREES, fill, open_list, opened, order, two_ties
from .walks import agree, begin, has

OLDEST_FIRST = NAMES[:5]


@pytest.mark.parametrize("name", NAMES)
async def test_each_list_is_filled_reordered_reworded_and_emptied(
    ann: Person, bot: TheBot, name: str
) -> None:
    await agree(ann)
    shown = await fill(ann, name, *TREES)
    first, second, third = TREES if name in OLDEST_FIRST else TREES[::-1]
    assert order(shown, *TREES) == [first, second, third]
    await opened(ann, name, 3)
    await ann.press("To the top")
    assert order(await ann.wait_for(has("Search")), *TREES) == [third, first, second]
    await opened(ann, name, 1)
    await ann.press("Down")
    assert order(await ann.wait_for(has("Search")), *TREES) == [first, third, second]
    await opened(ann, name, 3)
    await ann.press("Up")
    await ann.wait_for(has("Search"))
    await bot.restart()
    assert order(await open_list(ann, name), *TREES) == [first, second, third]
    await ann.press("2")
    await ann.wait_for(has("Remove"))
    await ann.press("Edit")
    await ann.wait_for("Write it anew")
    await ann.send("dogwood")
    assert (await ann.wait_for(has("Remove"))).text.startswith("dogwood")
    await opened(ann, name, 1)
    await ann.press("Remove")
    await ann.wait_for("Taken out")
    await ann.press("Undo")
    shown = await ann.wait_for(has("Search"))
    assert order(shown, *TREES, "dogwood") == [first, "dogwood", third]
    for _ in range(3):
        await opened(ann, name, 1)
        await ann.press("Remove")
        await ann.wait_for("Taken out")
    shown = await open_list(ann, name)
    assert not order(shown, *TREES, "dogwood")
    assert not shown.data_of("Search")


async def test_a_list_goes_on_taking_items_until_done_is_typed(ann: Person) -> None:
    await agree(ann)
    await open_list(ann, "Growth")
    await ann.send("add")
    await ann.wait_for("One a message")
    for tree in TREES:
        await ann.send(tree)
        await ann.wait_for("Kept. The next one may follow")
    await ann.send("done")
    assert order(await ann.wait_for(has("Search")), *TREES) == list(TREES)
    await ann.send("elder")
    await ann.wait_for("No question was open")


async def test_words_long_after_the_last_item_are_no_item(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await open_list(ann, "Growth")
    await ann.press("Add")
    await ann.wait_for("One a message")
    await ann.send("alder")
    await ann.wait_for("Kept.")
    bot.pass_time(timedelta(hours=2))
    await ann.send("birch")
    await ann.wait_for("No question was open")
    assert order(await open_list(ann, "Growth"), *TREES) == ["alder"]


async def test_a_message_of_marked_lines_is_several_items_and_can_be_corrected(
    ann: Person,
) -> None:
    await agree(ann)
    await open_list(ann, "Plan")
    await ann.press("Add")
    await ann.wait_for("One a message")
    mine = await ann.send("- alder\n- brich\n- cedar")
    await ann.wait_for("Kept, all 3")
    await ann.press("Done")
    await ann.wait_for("cedar")
    await ann.edit(mine, "- alder\n- birch\n- cedar\n- elder")
    await ann.wait_for("Changed in your answer")
    shown = await open_list(ann, "Plan")
    assert order(shown, *TREES, "brich", "elder") == [*TREES, "elder"]


async def test_a_plan_is_ticked_and_unticked(ann: Person) -> None:
    await agree(ann)
    await fill(ann, "Plan", *TREES)
    await opened(ann, "Plan", 2)
    await ann.press("Tick it off")
    assert "This is done." in (await ann.wait_for(has("Not done yet"))).text
    shown = await open_list(ann, "Plan")
    assert "1 of 3 done." in shown.text
    assert "2 · done" in shown.text
    await ann.press("2")
    await ann.wait_for(has("Remove"))
    await ann.send("not done yet")
    await ann.wait_for(has("Tick it off"))
    assert "done" not in (await open_list(ann, "Plan")).text


async def test_a_need_is_met_and_a_boundary_has_no_tick(ann: Person) -> None:
    await agree(ann)
    await fill(ann, "Needs", "alder")
    await opened(ann, "Needs", 1)
    await ann.press("It is met")
    await ann.wait_for("This is met.")
    await fill(ann, "Boundaries", "birch")
    shown = await opened(ann, "Boundaries", 1)
    assert not any("ick" in label for row in shown.buttons for label in row)


async def test_what_is_heard_in_an_item_is_answered_with_care_and_kept(ann: Person) -> None:
    await agree(ann)
    await open_list(ann, "Letters")
    await ann.press("Add")
    await ann.wait_for("Write the letter")
    await ann.send("he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    await ann.send("and what now")
    await ann.wait_for("No question was open")
    assert "scared" in (await open_list(ann, "Letters")).text


async def test_lists_stand_beside_a_talk_and_lead_back_to_it(ann: Person) -> None:
    await begin(ann)
    shown = await fill(ann, "Plan", "alder")
    assert shown.protected
    await ann.press("Go on")
    await ann.wait_for("What do you really want?")


async def test_kept_words_only_stand_in_protected_messages(ann: Person) -> None:
    await agree(ann)
    await fill(ann, "Plan", "alder")
    await opened(ann, "Plan", 1)
    await ann.press("Edit")
    await ann.wait_for("Write it anew")
    await ann.send("birch")
    await ann.wait_for(has("Remove"))
    for shown in ann.messages:
        if not shown.mine and ("alder" in shown.text or "birch" in shown.text):
            assert shown.protected


async def test_with_several_ties_a_list_can_be_narrowed_and_added_to_for_one(ann: Person) -> None:
    await two_ties(ann)
    await fill(ann, "Plan", "alder")
    shown = await open_list(ann, "Plan")
    assert shown.data_of("A partner")
    await ann.press("A partner")
    await ann.wait_for("The plan is empty")
    await ann.press("Add")
    await ann.wait_for("One a message")
    for tree in ("birch", "cedar"):
        await ann.send(tree)
        await ann.wait_for("Kept")
    await ann.press("Done")
    shown = await ann.wait_for("Your plan · A partner")
    assert order(shown, *TREES) == ["birch", "cedar"]
    await ann.press("2")
    await ann.wait_for(has("Up"))
    await ann.press("Up")
    shown = await ann.wait_for("Your plan · A partner")
    assert order(shown, *TREES) == ["cedar", "birch"]
    await ann.press("A friend")
    assert order(await ann.wait_for("Your plan · A friend"), *TREES) == ["alder"]
    await ann.press("Everything")
    assert order(await ann.wait_for(has("A friend")), *TREES) == ["alder", "cedar", "birch"]


async def test_with_one_tie_nobody_is_asked_which(ann: Person) -> None:
    await begin(ann)
    shown = await fill(ann, "Plan", "alder")
    assert not shown.data_of("A partner")
