"""Lists of two hundred, of one and of none: eight a page, and every item within three taps."""

from pathlib import Path

import pytest

from conversations.items import ITEM_CHARACTERS, ITEM_LIMIT
from conversations.library import Library, read_library
from conversations.script import in_lines
from conversations.stage import Stage
from conversations.turn import Tie

FOLDER = Path(__file__).parent / "lists"


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(FOLDER)


@pytest.fixture
def stage(library: Library) -> Stage:
    stage = Stage(library, ties={1: Tie(1, "job")})
    stage.show(stage.command("weigh"))
    stage.show(stage.command("skip"))
    return stage


def _say(stage: Stage, text: str) -> str:
    return "\n".join(in_lines(stage.show(stage.say(text))))


def _tap(stage: Stage, label: str) -> str:
    return "\n".join(in_lines(stage.show(stage.tap(label))))


def _fill(stage: Stage, count: int) -> None:
    for first in range(1, count + 1, 50):
        last = min(first + 49, count)
        _say(stage, "\n".join(f"- thing {n} of many" for n in range(first, last + 1)))


def _items(shown: str) -> list[str]:
    return [line for line in shown.splitlines() if line.startswith("| ")]


def test_two_hundred_items_fit_and_one_more_does_not(stage: Stage) -> None:
    """What does not fit is not lost in silence: it is said, and the list is as it was."""
    _fill(stage, ITEM_LIMIT)
    assert "as many as fit" in _say(stage, "one too many")
    state = stage.state
    assert state is not None
    assert len(state.answers["dislikes"].parts) == ITEM_LIMIT


@pytest.mark.parametrize("number", [1, 8, 9, 100, 193, 200])
def test_any_item_is_three_taps_away(stage: Stage, number: int) -> None:
    """All pages, the page, the item."""
    _fill(stage, ITEM_LIMIT)
    shown = _tap(stage, "193–200")
    assert "[1–8] [9–16] [17–24]" in shown
    first = (number - 1) // 8 * 8 + 1
    shown = _tap(stage, f"{first}–{min(first + 7, 200)}")
    assert len(_items(shown)) == 8
    assert f"| {number}. thing {number} of many" in _items(shown)
    assert f"| thing {number} of many" in _items(_tap(stage, str(number)))


def test_a_number_that_is_typed_opens_its_item(stage: Stage) -> None:
    """No tapping through pages."""
    _fill(stage, 30)
    assert "| thing 12 of many" in _say(stage, "12")
    assert _items(_tap(stage, "The list"))[-1] == "| 30. thing 30 of many"


def test_the_list_shows_its_newest_page(stage: Stage) -> None:
    """What was just written is to be seen."""
    _fill(stage, 17)
    assert _items(_say(stage, "the newest"))[-1] == "| 18. the newest"


def test_one_of_two_hundred_is_chosen_by_page_or_number(stage: Stage) -> None:
    """Whichever is nearer."""
    _fill(stage, 60)
    shown = _tap(stage, "Done")
    for _ in range(60):
        shown = _tap(stage, "No")
    for _ in range(60):
        shown = _tap(stage, "Yes")
    assert "Which weighs most?" in shown
    _tap(stage, "1–8")
    assert "| 33. thing 33 of many" in _tap(stage, "33–40")
    _tap(stage, "33")
    assert stage.state is not None
    assert stage.state.answers["most"].chosen == ("dislikes@33",)


def test_an_item_of_four_thousand_characters_is_kept_whole_and_shown_short(stage: Stage) -> None:
    """Its beginning stands in the list and in the question; all of it where it is looked at."""
    long = "word " * (ITEM_CHARACTERS // 5)
    shown = _say(stage, long.rstrip())
    assert len(_items(shown)[0]) < 200
    assert _items(shown)[0].endswith("…")
    assert "shorter parts" in _say(stage, "x" * (ITEM_CHARACTERS + 1))
    _say(stage, "1")
    assert stage.shown[-1].blocks[-1].text == long.rstrip()
    question = _tap(stage, "The list") and _tap(stage, "Done")
    assert len(question) < 400
    assert "…: can you change it?" in question


def test_an_empty_list_is_passed_by(stage: Stage) -> None:
    """Nothing is asked about what is not there; what has to have an item says so."""
    assert "needs an answer" in _say(stage, "done")
    _say(stage, "the noise")
    _tap(stage, "Done")
    assert "What you said." in _tap(stage, "Yes")


def test_a_list_of_one_is_gone_over_once(stage: Stage) -> None:
    """One question, one answer; and no choice where there is only one to choose."""
    _say(stage, "the noise")
    assert "the noise: can you change it?" in _tap(stage, "Done")
    assert "the noise: can you live with it?" in _tap(stage, "No")
    assert "Which are reasons to remember?" in _tap(stage, "Yes")


def test_a_list_of_two_hundred_long_items_is_as_large_as_its_words(stage: Stage) -> None:
    """Nothing is written down twice, neither of the items nor of what was said of them."""
    for n in range(ITEM_LIMIT):
        _say(stage, f"{n} " + "x" * (ITEM_CHARACTERS - 4))
    _tap(stage, "Done")
    assert stage.state is not None
    size = len(stage.state.to_json())
    assert size < ITEM_LIMIT * (ITEM_CHARACTERS + 60)
