"""A word that stands on a button means the button, also where any words are an answer."""

import pytest

from conversations.claims import fact
from conversations.script import Script
from conversations.stage import Stage
from tests import shipped

LIBRARY = shipped.library()


def _talk(*lines: str) -> Stage:
    stage = Stage(LIBRARY)
    script = Script(stage)
    for line in lines:
        script.play(line)
    return stage


@pytest.mark.parametrize("typed", ["skip", "Skip", " SKIP. "])
def test_passing_over_can_be_typed_where_words_are_asked_for(typed: str) -> None:
    stage = _talk("> /grief", "> [A place]", "> the river", f"> {typed}")
    assert (fact(stage, "at"), fact(stage, "remains")) == ("lighter", "")


def test_where_nothing_may_be_passed_over_the_word_is_an_answer() -> None:
    stage = _talk("> /grief", "> [A place]", "> skip")
    assert (fact(stage, "at"), fact(stage, "lost")) == ("remains", "skip")


def test_nothing_is_kept_of_a_word_that_meant_to_pass_over() -> None:
    begun = ("> /doubt", "> [Guilt]", "> [3]", "> [Go on]")
    stage = _talk(*begun, "> skip")
    assert fact(stage, "at") == "now"
    assert fact(stage, "kept") == ""


@pytest.mark.parametrize("typed", ["nothing hurts", "Nothing hurts."])
def test_a_ready_answer_that_is_typed_is_that_answer(typed: str) -> None:
    stage = _talk("> /grief", "> [A place]", f"> {typed}")
    assert fact(stage, "lost") == "q.0, Nothing hurts"


def test_more_words_than_a_button_has_are_an_answer_of_ones_own() -> None:
    stage = _talk("> /grief", "> [A place]", "> nothing hurts yet", "> skip that one for now")
    assert fact(stage, "lost") == "nothing hurts yet"
    assert fact(stage, "remains") == "skip that one for now"


@pytest.mark.parametrize("typed", ["back", "Back."])
def test_going_back_can_be_typed_where_one_is_chosen(typed: str) -> None:
    stage = _talk("> /pattern", "> [A place]", f"> {typed}")
    assert fact(stage, "at") == "about"


def test_leaving_off_can_be_typed_where_one_is_chosen() -> None:
    stage = _talk("> /pattern", "> [A place]", "> later")
    assert fact(stage, "tend") == ""
    assert Script(stage).play("> /pattern")[0] == "Welcome back. You were here."


def test_keeping_an_answer_can_be_typed() -> None:
    stage = _talk("> /pattern", "> [A place]", "> [I stay long]", "> /back", "> keep it as it is")
    assert (fact(stage, "at"), fact(stage, "tend")) == ("learned", "long")


@pytest.mark.parametrize("typed", ["back", "later"])
def test_where_words_are_asked_for_these_are_words(typed: str) -> None:
    stage = _talk("> /grief", "> [A place]", f"> {typed}")
    assert fact(stage, "lost") == typed
