"""Every list, at any time: opened, added to, changed, ticked, ordered, searched, and undone."""

import time
from datetime import timedelta

import pytest

from bot.playground.client import Person

from .conftest import TheBot
from .list_walks import fill, open_list, opened, order, two_ties
from .walks import agree, begin, has

NAMES = [
    "Boundaries",
    "Needs",
    "People",
    "Growth",
    "Plan",
    "Letters",
    "Lessons",
    "Thanks",
]
OLDEST_FIRST = NAMES[:5]
TREES = ("alder", "birch", "cedar")
LONG = "".join(f"{n:04d} because of the stairs. " for n in range(150))[:4000].strip()


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


async def test_a_search_finds_by_word_with_slips_and_by_number(ann: Person) -> None:
    await agree(ann)
    await fill(ann, "People", "My neighbour on the third floor", "birch", "birch tree")
    for wanted in ("NEIGHBOUR", "nieghbour", "1"):
        await open_list(ann, "People")
        await ann.press("Search")
        await ann.wait_for("Which word")
        await ann.send(wanted)
        assert "third floor" in (await ann.wait_for(has("Remove"))).text
    await open_list(ann, "People")
    await ann.press("Search")
    await ann.wait_for("Which word")
    await ann.send("birch")
    shown = await ann.wait_for("Found")
    assert "third floor" not in shown.text
    await ann.press("2")
    assert (await ann.wait_for(has("Remove"))).text.startswith("birch tree")


async def test_any_of_200_items_is_three_taps_from_the_top(ann: Person) -> None:
    await agree(ann)
    await open_list(ann, "Plan")
    await ann.press("Add")
    await ann.wait_for("One a message")
    for first in range(0, 200, 40):
        lines = [f"- item number {n} of many" for n in range(first + 1, first + 41)]
        await ann.send("\n".join(lines))
        await ann.wait_for("Kept, all 40")
    await ann.send("one too many")
    await ann.wait_for("This list holds 200")
    begun = time.perf_counter()
    shown = await open_list(ann, "Plan")
    assert "item number 8 of many" in shown.text
    assert "item number 9 of many" not in shown.text
    for number in (200, 137, 9):
        await open_list(ann, "Plan")
        await ann.press("All pages")
        shown = await ann.wait_for("Which part")
        ranges = [label for row in shown.buttons for label in row if "–" in label]
        assert max(map(len, ranges)) <= 7
        label = next(r for r in ranges if int(r.split("–")[1]) >= number)
        await ann.press(label)
        await ann.wait_for(f"item number {number} of many")
        await ann.press(str(number))
        assert f"item number {number} of many" in (await ann.wait_for(has("Remove"))).text
    assert time.perf_counter() - begun < 5


async def test_an_item_of_4000_characters_is_one_of_eight_on_its_page_and_opens_whole(
    ann: Person,
) -> None:
    await agree(ann)
    await fill(ann, "Lessons", *TREES, LONG[:3999], *TREES, "dogwood", "elder")
    shown = await open_list(ann, "Lessons")
    assert order(shown, *TREES, "elder") == ["elder", *TREES[::-1], *TREES[:0:-1]]
    assert "0012 because" in shown.text
    assert shown.data_of("8")
    assert shown.data_of("›")
    await ann.press("6")
    shown = await ann.wait_for(has("Remove"))
    assert LONG[:3999] in shown.text


async def test_a_list_of_one_has_one_number_and_no_pages(ann: Person) -> None:
    await agree(ann)
    shown = await fill(ann, "Boundaries", "alder")
    labels = [label for row in shown.buttons for label in row]
    assert labels[0] == "1"
    assert not {"2", "‹", "›", "All pages"} & set(labels)
    await ann.press("1")
    await ann.wait_for(has("Up"))
    await ann.press("Up")
    assert order(await ann.wait_for(has("Search")), "alder") == ["alder"]


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


async def test_labels_fit_on_the_buttons_of_a_small_phone(ann: Person) -> None:
    await two_ties(ann)
    for name in NAMES:
        await fill(ann, name, *TREES)
        await opened(ann, name, 2)
    await ann.send("/steps")
    await ann.wait_for("The six steps")
    rows = [row for shown in ann.messages for row in shown.buttons]
    assert len(rows) > 100
    for row in rows:
        limit = {1: 24, 2: 12, 3: 7, 4: 3}[len(row)]
        assert all(len(label) <= limit for label in row), row


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


async def test_words_for_a_full_list_wait_and_are_not_lost(ann: Person) -> None:
    await agree(ann)
    await open_list(ann, "Growth")
    await ann.press("Add")
    await ann.wait_for("One a message")
    await ann.send("\n".join(f"{n}. tree {n}" for n in range(1, 201)))
    await ann.wait_for("Kept, all 200")
    await ann.send("one tree more")
    await ann.wait_for("This list holds 200")
    await ann.send("/today")
    assert "one tree more" in (await ann.wait_for("Today")).text


async def test_a_short_letter_is_copied_by_a_button_and_a_long_one_stands_alone(
    ann: Person,
) -> None:
    await agree(ann)
    await fill(ann, "Letters", "Thank you for the garden.", LONG)
    shown = await opened(ann, "Letters", 2)
    assert "clipboard" in shown.text
    copies = [key["copy_text"] for row in shown.keys for key in row if "copy_text" in key]
    assert copies == [{"text": "Thank you for the garden."}]
    await ann.press("All letters")
    await ann.wait_for(has("Search"))
    await ann.press("1")
    await ann.wait_for(has("Copy"))
    await ann.press("Copy")
    await ann.wait_for("It stands above")
    alone = next(m for m in ann.messages if not m.mine and m.text == LONG)
    assert not alone.protected
    await ann.press("Back")
    await ann.wait_for(has("Remove"))
