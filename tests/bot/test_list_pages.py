"""Long lists and long items: found by pages, by number, by search, and shown whole."""

import time

from bot.playground.client import Person

from .list_walks import NAMES, TREES, fill, open_list, opened, order, two_ties
from .walks import agree, has

LONG = "".join(f"{n:04d} because of the stairs. " for n in range(150))[:4000].strip()


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
    begun = time.process_time()
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
    assert time.process_time() - begun < 5


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
