"""/why: one's own words, whole, found again in a few taps, changed and brought back."""

import time

import pytest

from bot.playground.client import Person, Shown

from .conftest import TheBot
from .walks import WANTS, add_reason, agree, begin, has, reasons, to_reasons, to_the_end

LONG = "".join(f"{n:04d} because of the stairs. " for n in range(150))[:4000].strip()


async def opened(person: Person, number: int) -> Shown:
    """A reason of the first page, alone."""
    await reasons(person)
    await person.press(str(number))
    return await person.wait_for(has("Remove"))


@pytest.mark.parametrize(
    "text",
    [
        "I want to hear my own steps 🕊️👩‍👩‍👧‍👦 again",
        "אני רוצה לישון בלי פחד",
        "<b>not bold</b> &amp; </blockquote> {answers.want_self}",
        "first line\n\n\n  indented and   spaced",
        "e\u0301 is not é, \u200d nor is Å",
    ],
)
async def test_a_reason_comes_back_code_point_for_code_point(ann: Person, text: str) -> None:
    await agree(ann)
    await add_reason(ann, text)
    assert text in (await reasons(ann)).text
    assert text in (await opened(ann, 1)).text


async def test_a_reason_of_4000_characters_is_shown_whole(ann: Person) -> None:
    await agree(ann)
    await add_reason(ann, LONG)
    await reasons(ann)
    parts = [ann.last]
    while parts[-1].data_of("›"):
        await ann.press("›", on=parts[-1])
        parts.append(await ann.wait_for("Your reasons"))
    body = "".join(shown.text.split("\n1\n", 1)[1] for shown in parts)
    assert body.replace(" ", "") == LONG.replace(" ", "")


async def test_4000_emoji_that_the_app_splits_are_one_reason(ann: Person) -> None:
    await agree(ann)
    text = "🕊" * 4000
    await ann.send("/why")
    await ann.wait_for(has("Add"))
    await ann.press("Add")
    await ann.wait_for("own words")
    await ann.send(text)
    await ann.wait_for("Added to your answer")
    shown = await reasons(ann)
    count = shown.text.count("🕊")
    while shown.data_of("›"):
        await ann.press("›", on=shown)
        shown = await ann.wait_for("Your reasons")
        count += shown.text.count("🕊")
    assert count == 4000


async def test_the_newest_stands_on_top_and_up_and_down_reorder(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    for text in ("alder", "birch", "cedar"):
        await add_reason(ann, text)
    assert _order((await reasons(ann)).text) == ["cedar", "birch", "alder"]
    await opened(ann, 3)
    await ann.press("Up")
    assert _order((await ann.wait_for("Your reasons")).text) == ["cedar", "alder", "birch"]
    await opened(ann, 1)
    await ann.press("Down")
    assert _order((await ann.wait_for("Your reasons")).text) == ["alder", "cedar", "birch"]
    await bot.restart()
    assert _order((await reasons(ann)).text) == ["alder", "cedar", "birch"]


def _order(text: str) -> list[str]:
    return [line for line in text.splitlines() if line in ("alder", "birch", "cedar")]


async def test_a_removed_reason_comes_back_to_its_place_by_undo(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    for text in ("alder", "birch", "cedar"):
        await add_reason(ann, text)
    await opened(ann, 2)
    await ann.press("Remove")
    removed = await ann.wait_for("Taken out")
    assert _order((await reasons(ann)).text) == ["cedar", "alder"]
    await bot.restart()
    await ann.press("Undo", on=removed)
    assert _order((await ann.wait_for("Your reasons")).text) == ["cedar", "birch", "alder"]
    await ann.press("Undo", on=removed)
    await ann.wait_for("Your reasons")
    assert ann.toasts[-1] == "There is nothing to bring back."


async def test_a_reason_can_be_reworded_and_its_new_message_corrected(ann: Person) -> None:
    await agree(ann)
    await add_reason(ann, "alder")
    await opened(ann, 1)
    await ann.press("Edit")
    await ann.wait_for("Write it anew")
    mine = await ann.send("birch")
    await ann.wait_for(lambda shown: shown.text.startswith("birch"))
    await ann.edit(mine, "cedar")
    await ann.wait_for("Changed in your answer")
    assert _order((await reasons(ann)).text) == ["cedar"]


@pytest.mark.parametrize("wanted", ["Straße", "strasse", "CAFE", "wacking", "stras tired"])
async def test_search_forgives_case_accents_and_slips(ann: Person, wanted: str) -> None:
    await agree(ann)
    await add_reason(ann, "Waking tired on the Straße below the café")
    await add_reason(ann, "birch")
    await reasons(ann)
    await ann.press("Search")
    await ann.wait_for("Which word")
    await ann.send(wanted)
    shown = await ann.wait_for("Found")
    assert "Straße" in shown.text
    assert "birch" not in shown.text


async def test_a_search_without_a_find_says_so_and_leads_on(ann: Person) -> None:
    await agree(ann)
    await add_reason(ann, "alder")
    await reasons(ann)
    await ann.press("Search")
    await ann.wait_for("Which word")
    await ann.send("zebra")
    shown = await ann.wait_for("has that word")
    assert shown.data_of("Search")
    await ann.press("All reasons")
    await ann.wait_for("alder")


async def test_random_never_brings_back_what_was_heard(ann: Person) -> None:
    await agree(ann)
    await add_reason(ann, "alder")
    await reasons(ann)
    await ann.press("Add")
    await ann.wait_for("own words")
    await ann.send("he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    for _ in range(8):
        await reasons(ann)
        await ann.press("One at random")
        assert (await ann.wait_for(has("Remove"))).text.startswith("alder")


async def test_reasons_can_be_narrowed_to_one_tie(ann: Person) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, word="K.")
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
    await to_reasons(ann, ("Fair turns of calling", "Less hurry", "Laughing again"))
    await to_the_end(ann, picked="2", word="Mo")
    shown = await reasons(ann)
    assert shown.data_of("K.")
    await ann.press("Mo")
    shown = await ann.wait_for("Your reasons")
    assert "Less hurry" in shown.text
    assert "mornings" not in shown.text
    await ann.press("Everything")
    await ann.wait_for("mornings")


async def test_any_of_200_reasons_is_four_taps_away_and_quick(ann: Person) -> None:
    await agree(ann)
    await ann.send("/why")
    await ann.wait_for("No reason is kept yet")
    for number in range(200):
        data = ann.last.data_of("Add")
        assert data is not None
        await ann.press_data(ann.last.id, data)
        await ann.wait_for("own words")
        await ann.send(f"reason number {number} of many")
        await ann.wait_for("Kept.")
        await ann.press("Done")
        await ann.wait_for("Your reasons")
    begun = time.process_time()
    shown = await reasons(ann)
    assert "reason number 199" in shown.text
    await ann.press("All pages")
    shown = await ann.wait_for("Which part of the list")
    label = next(
        label for row in shown.buttons for label in row if label.partition("–")[0] in ("97", "89")
    )
    await ann.press(label)
    shown = await ann.wait_for("Your reasons")
    while not shown.data_of("101"):
        await ann.press("›")
        shown = await ann.wait_for("Your reasons")
    await ann.press("101")
    assert (await ann.wait_for(has("Remove"))).text.startswith("reason number 99 ")
    assert time.process_time() - begun < 3


async def test_adding_can_be_left_by_cancel_without_leaving_the_talk(ann: Person) -> None:
    await begin(ann)
    await ann.send("/why")
    await ann.wait_for(has("Add"))
    await ann.press("Add")
    await ann.wait_for("own words")
    await ann.send("/cancel")
    await ann.wait_for("No reason is kept yet")
    await ann.press("Go on")
    await ann.wait_for("What do you really want")


async def test_why_survives_forgotten_talks_and_a_restart(ann: Person, bot: TheBot) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann)
    await bot.restart()
    assert "mornings without dread" in (await reasons(ann)).text


async def test_choosing_the_reasons_again_keeps_their_order_and_what_was_reworded(
    ann: Person,
) -> None:
    await begin(ann)
    await to_reasons(ann)
    await ann.send("1, 2")
    await ann.wait_for(lambda shown: "☑" in str(shown.buttons))
    await ann.press("Done")
    await ann.wait_for("What word")
    await opened(ann, 2)
    await ann.press("Edit")
    await ann.wait_for("Write it anew")
    await ann.send("birch")
    await ann.wait_for(has("Up"))
    await ann.press("Up")
    await ann.wait_for("Your reasons")
    await ann.press("Go on")
    await ann.wait_for("What word")
    await ann.send("/back")
    await ann.wait_for("reasons to remember")
    await ann.send("3")
    await ann.wait_for(lambda shown: str(shown.buttons).count("☑") == 3)
    await ann.press("Done")
    await ann.wait_for("What word")
    shown = await reasons(ann)
    places = [shown.text.index(words) for words in (WANTS[2], "birch", WANTS[0])]
    assert places == sorted(places)
    assert WANTS[1] not in shown.text
