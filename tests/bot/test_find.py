"""/find: everything one wrote, whatever it was written as, and one tap back to where it stands."""

import time

import pytest

from bot.commands import search
from bot.playground.client import Person, Shown
from tests.rare import typed

from .list_walks import fill
from .walks import WANTS, add_reason, agree, begin, has, to_reasons, to_the_end


async def find(person: Person, words: str) -> Shown:
    """The results of a search."""
    await person.send(f"/find {words}")
    return await person.reply()


@pytest.mark.parametrize("wanted", ["Straße", "STRASSE", "cafe", "wakcing", "cafe tired"])
def test_case_accents_and_a_slip_are_forgiven(wanted: str) -> None:
    texts = ["Tired of waking on the Straße below the café", "birch"]
    assert search.places(texts, wanted) == [0]


def test_words_in_other_scripts_are_found_with_and_without_their_marks() -> None:
    texts = ["אני רוצֶה לישון", "Хочу спать ёлка", "أُريد النوم"]
    assert search.places(texts, "רוצה") == [0]
    assert search.places(texts, "елка") == [1]
    assert search.places(texts, "أريد") == [2]


def test_a_search_goes_no_further_than_it_may() -> None:
    texts = ["word " * 100_000, "other " * 100_000, "alder"]
    begun = time.process_time()
    assert search.within_reach(texts) == 1
    assert search.places(texts, "alder") == []
    assert search.places(["alder", *texts], "alder") == [0]
    assert time.process_time() - begun < 2


def test_an_excerpt_holds_what_was_found() -> None:
    text = f"{'a b ' * 500}the Straße, wet{' c d' * 500}"
    shown = search.excerpt(text, "strasse")
    assert "the Straße, wet" in shown
    assert len(shown) <= search.AROUND + 2
    assert search.excerpt("short", "none") == "short"


async def test_what_was_written_is_found_wherever_it_was(ann: Person) -> None:
    await agree(ann)
    await add_reason(ann, "alder by the river")
    await fill(ann, "Boundaries", "no shouting by the river")
    await ann.send("/note down by the river")
    await ann.wait_for("Go on writing")
    await ann.send("/cancel")
    await ann.wait_for(has("Edit"))
    await ann.send("/checkin")
    await ann.wait_for(has("3"))
    await ann.press("3")
    await ann.wait_for("One line about it")
    await ann.send("walked to the river")
    await ann.wait_for("That is kept")
    shown = await find(ann, "River")
    assert "Found: 4" in shown.text
    for what in ("Reasons ·", "Boundaries ·", "Notes ·", "Check-in ·"):
        assert what in shown.text
    assert shown.protected
    for number, place in enumerate(_order(shown), 1):
        await find(ann, "River")
        await ann.press(str(number))
        assert (await ann.wait_for(place)).text


def _order(shown: Shown) -> list[str]:
    """What the results hold, in their order."""
    words = ("alder by", "no shouting by", "down by", "walked to")
    return sorted(words, key=shown.text.index)


async def test_answers_of_finished_and_unfinished_talks_are_found_in_their_place(
    ann: Person,
) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, word="K.")
    shown = await find(ann, "sleep well")
    assert "The three questions · K. ·" in shown.text
    assert WANTS[1] in shown.text
    await ann.press("1")
    assert WANTS[1] in (await ann.wait_for(has("As a file"))).text
    await find(ann, "Most of it")
    await ann.press("1")
    shown = await ann.wait_for(has("As a file"))
    assert "Most of it" in shown.text
    assert "(2 of " in shown.text, "the page on which it stands"
    await ann.send("/grief")
    await ann.wait_for("What is lost")
    await ann.send(typed("The garden behind the house"))
    await ann.wait_for(has("Back"))
    shown = await find(ann, "gardn")
    assert "After an ending" in shown.text
    await ann.press("1")
    await ann.wait_for("Welcome back")


async def test_a_reason_out_of_an_answer_is_found_once(ann: Person) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, picked="1")
    assert "Found: 1" in (await find(ann, "dread")).text


async def test_results_are_eight_a_page(ann: Person) -> None:
    await agree(ann)
    await fill(ann, "Growth", *(f"river {n}" for n in range(10)))
    shown = await find(ann, "river")
    assert "Found: 10" in shown.text
    assert shown.data_of("8")
    assert not shown.data_of("9")
    await ann.press("›")
    shown = await ann.wait_for(has("9"))
    assert shown.data_of("10")
    await ann.press("10")
    await ann.wait_for(has("Edit"))


async def test_nothing_found_says_so_and_one_may_look_again(ann: Person) -> None:
    await agree(ann)
    await ann.send("/more")
    await ann.wait_for("All that is here")
    await ann.press("What I wrote")
    await ann.wait_for("where to write more")
    await ann.press("Find my words")
    await ann.wait_for("Which words")
    await ann.send("zebra")
    await ann.wait_for("I did not find that")
    await ann.press("Search again")
    await ann.wait_for("Which words")
    await ann.send("/cancel")
    await ann.wait_for("All that is here")
