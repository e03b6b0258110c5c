"""The document of everything: no word is missing, whatever became of the exercise since."""

from datetime import UTC, datetime

import pytest

from bot.files.everything import Everything
from bot.files.reader import page
from bot.person import Keepsake, Profile
from conversations.turn import Answer, Part, State, Tie
from tests import shipped

AT = datetime(2031, 3, 5, 9, 0, tzinfo=UTC)
LIBRARY = shipped.library()


def told(state: State) -> str:
    """The document of somebody who has finished that talk."""
    kept = Keepsake(7, "note", "a note", 5, -7.0, earlier=("an older note",), tie=1)
    all_of_it = Everything(
        ties=[Tie(1, "friend", {"word": "K."})],
        kept=[kept],
        talks=[state],
        reflections=[state],
        check_ins=[],
        appointments=[],
        profile=Profile(held=[["not said yet", 3]]),
        language="en",
        zone="Europe/Lisbon",
    )
    return page(all_of_it, LIBRARY, AT).decode()


def said(flow: str, **more: object) -> State:
    """A talk with one answer in it."""
    answers = {"want_self": Answer(AT, (Part("to be heard", 4),))}
    return State(flow, 3, tie=1, answers=answers, finished=True, **more)  # type: ignore[arg-type]


def test_a_talk_stands_there_once_with_its_questions() -> None:
    document = told(said("three_questions"))
    assert document.count("to be heard") == 1
    assert "The three questions · K., Wednesday 5 March 2031" in document
    assert "For yourself" in document
    for words in ("a note", "Before: an older note", "not said yet", "Quiet hours"):
        assert words in document


@pytest.mark.parametrize(
    "state",
    [
        said("an_exercise_that_is_gone"),
        said("three_questions", later={"second_look": "no time at all"}),
        said("three_questions", at="a step that is gone", within={"picked": "?"}),
    ],
)
def test_an_odd_talk_loses_no_words(state: State) -> None:
    assert "to be heard" in told(state)
