"""Lists and their exercises: begun where nothing is kept, and what they asked about one item."""

import shutil
from pathlib import Path

import pytest

from bot import app
from bot.playground.client import Person, Playground, Shown
from conversations.library import FLOWS, read_library
from tests import shipped

from .conftest import TheBot
from .list_walks import fill, opened, two_ties
from .walks import agree, has

HERE = Path(__file__).parent / "exercises"


@pytest.fixture(autouse=True)
def _exercise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The bot knows the exercises beside this test, in place of its own of those names."""
    folder = tmp_path / "flows"
    shutil.copytree(FLOWS, folder)
    for file in HERE.glob("*.toml"):
        shutil.copy(file, folder / file.name)

    content = (read_library(folder), *shipped.content()[1:])
    monkeypatch.setattr(app, "read_content", lambda: content)


@pytest.fixture
def ann(_exercise: None, play: Playground, bot: TheBot) -> Person:
    return play.person("Ann")


async def gone_through(ann: Person) -> None:
    """The exercise with one need, and something said to each question about it."""
    await agree(ann)
    await ann.send("/needs")
    await ann.wait_for("What is needed?")
    await ann.send("a quiet room")
    await ann.wait_for(has("Done"))
    await ann.press("Done")
    await ann.wait_for("How is it with this?")
    await ann.press("Sometimes")
    await ann.wait_for("What would it take?")
    await ann.send("a door that shuts")
    await ann.wait_for("How often is it there?")
    await ann.press("3")
    await ann.wait_for("From whom?")
    await ann.press("☐ Them")
    await ann.wait_for(lambda shown: "☑" in str(shown.buttons))
    await ann.press("Done")
    await ann.wait_for(has("Read my reasons"))


async def one(ann: Person, number: str) -> Shown:
    """A question about the first item anew."""
    await opened(ann, "Needs", 1)
    await ann.press("What I said of it")
    await ann.wait_for("1. How is it with this?")
    await ann.press(number)
    return await ann.wait_for(has("Back"))


async def test_typed_by_its_name_the_exercise_begins_and_then_there_is_its_list(
    ann: Person,
) -> None:
    await gone_through(ann)
    await ann.send("/needs")
    shown = await ann.wait_for("What you need")
    assert "a quiet room" in shown.text
    await ann.press("Go through it again")
    await ann.wait_for("What is needed?")


async def test_on_from_the_journey_it_is_about_the_tie_at_hand_and_nobody_is_asked(
    ann: Person, bot: TheBot
) -> None:
    await two_ties(ann)
    await ann.send("/steps")
    await ann.wait_for("The six steps · A friend")
    await ann.press("Go on: boundaries")
    await ann.wait_for("What is a line?")
    await ann.send("no calls at night")
    await ann.wait_for(has("Done"))
    await ann.press("Done")
    await ann.wait_for("This stays here.")
    await bot.restart()
    await ann.send("/steps")
    shown = await ann.wait_for("The six steps · A friend")
    assert "☑ 1. Boundaries: 1 kept" in shown.text
    assert shown.data_of("Go on: needs")
    await ann.press("Boundaries")
    shown = await ann.wait_for("Your boundaries · A friend")
    assert "1 · A line\nno calls at night" in shown.text
    await ann.send("/steps")
    await ann.wait_for("The six steps")
    await ann.press("A partner")
    assert "☐ 1. Boundaries" in (await ann.wait_for("· A partner")).text
    await ann.press("Go on: boundaries")
    await ann.wait_for("What is a line?")


async def test_a_step_that_was_gone_through_with_nothing_to_keep_is_done(ann: Person) -> None:
    await gone_through(ann)
    await opened(ann, "Needs", 1)
    await ann.press("Remove")
    await ann.wait_for("Taken out")
    await ann.send("/steps")
    shown = await ann.wait_for("The six steps")
    assert "☑ 2. Needs\n" in shown.text


async def test_an_opened_item_tells_what_was_said_in_words(ann: Person, bot: TheBot) -> None:
    await gone_through(ann)
    await bot.restart()
    shown = await opened(ann, "Needs", 1)
    assert "How it is: Sometimes" in shown.text
    assert "What would it take? a door that shuts" in shown.text
    assert "How often: 3" in shown.text
    assert "From whom: Them" in shown.text


async def test_a_choice_is_changed_by_a_button_and_a_need_is_met_with_it(ann: Person) -> None:
    await gone_through(ann)
    await one(ann, "1")
    await ann.press("Missing")
    assert "How it is: Missing" in (await ann.wait_for(has("It is met"))).text
    await one(ann, "1")
    await ann.press("Met")
    shown = await ann.wait_for("This is met.")
    assert "How it is: Met" in shown.text
    await ann.press("Not met now")
    assert "How it is" not in (await ann.wait_for(has("It is met"))).text


async def test_words_are_typed_anew_or_tapped_and_can_be_left_open(ann: Person) -> None:
    await gone_through(ann)
    await one(ann, "2")
    await ann.send("a lock")
    assert "What would it take? a lock" in (await ann.wait_for(has("Remove"))).text
    await one(ann, "2")
    await ann.send("i do not know yet")
    assert "What would it take? I do not know yet" in (await ann.wait_for(has("Remove"))).text
    await one(ann, "2")
    await ann.press("Leave it open")
    assert "What would it take?" not in (await ann.wait_for(has("Remove"))).text


async def test_a_number_and_several_choices_are_changed(ann: Person) -> None:
    await gone_through(ann)
    await one(ann, "3")
    await ann.press("5")
    assert "How often: 5" in (await ann.wait_for(has("Remove"))).text
    await one(ann, "4")
    await ann.press("☐ Friends")
    await ann.wait_for(has("☑ Friends"))
    await ann.press("☑ Them")
    await ann.wait_for(has("☐ Them"))
    shown = await opened(ann, "Needs", 1)
    assert "From whom: Friends" in shown.text


async def test_an_item_added_by_hand_can_be_told_about_too(ann: Person) -> None:
    await agree(ann)
    await fill(ann, "Needs", "alder")
    await one(ann, "1")
    await ann.press("Sometimes")
    assert "How it is: Sometimes" in (await ann.wait_for(has("Remove"))).text


async def test_what_is_heard_in_words_about_an_item_is_answered_with_care(ann: Person) -> None:
    await gone_through(ann)
    await one(ann, "2")
    await ann.send("he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    assert "scared of him" in (await opened(ann, "Needs", 1)).text


async def test_the_questions_are_left_by_back_and_by_cancel(ann: Person) -> None:
    await gone_through(ann)
    await one(ann, "2")
    await ann.send("/cancel")
    await ann.wait_for("What you need")
    await one(ann, "1")
    await ann.press("Back")
    await ann.wait_for("1. How is it with this?")
    await ann.press("Back")
    await ann.wait_for(has("Remove"))
