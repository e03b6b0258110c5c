"""Corners that random sequences came to: words passed over, an end without one, a question gone."""

from pathlib import Path

import pytest

from conversations.library import Library, read_library
from conversations.stage import Stage
from conversations.turn import Joined, Misread, Skipped
from tests.conversations.edits import without

FLOW = """
title = "Two rooms"
command = "rooms"
need = "strength"
open_to = ["people"]

[steps.quiet]
ask = "Which room is quiet?"

[steps.light]
received = "That stands here now."
ask = "Which room has light?"

[steps.best]
pick = "Which of these is the best?"
from = ["quiet", "light"]
optional = true
keep = "lesson"

[steps.next]
offer = ["why"]
"""


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    (tmp_path / "rooms.toml").write_text(FLOW, encoding="utf-8")
    return Stage(read_library(tmp_path))


def test_words_of_ones_own_wait_where_they_were_written_when_two_answers_join(stage: Stage) -> None:
    stage.show(stage.command("rooms"))
    for text in ("the kitchen", "the hall", "the attic, all in all"):
        stage.show(stage.say(text))
    assert stage.state is not None
    assert stage.state.at == "best"
    stage.show(stage.happen(Joined()))
    assert (stage.state.at, list(stage.state.answers)) == ("light", ["quiet"])
    stage.show(stage.say("the stairs"))
    assert stage.state.at == "best"
    assert "the attic, all in all" in stage.state.within["own"]


def test_an_answer_after_which_an_editor_left_nothing_is_not_met_with_silence(stage: Stage) -> None:
    stage.show(stage.command("rooms"))
    for event in ("the kitchen", "the hall"):
        stage.show(stage.say(event))
    stage.show(stage.happen(Skipped()))
    stage.show(stage.happen(Misread("rule")))
    assert stage.state is not None
    assert stage.state.at == "light"
    shorter = without(stage.library.flows["rooms"], "next")
    stage.library = Library({"rooms": shorter}, stage.library.phrases)
    (shown,) = stage.say("the stairs")
    assert shown.text.strip()


def test_an_answer_whose_question_an_editor_took_away_may_join_the_one_before(stage: Stage) -> None:
    stage.show(stage.command("rooms"))
    for text in ("the kitchen", "the hall"):
        stage.show(stage.say(text))
    shorter = without(stage.library.flows["rooms"], "light")
    stage.library = Library({"rooms": shorter}, stage.library.phrases)
    (shown,) = stage.show(stage.happen(Joined()))
    assert shown.text.strip()
    assert stage.state is not None
    assert stage.state.at == "best"
    assert stage.state.answers["quiet"].text == "the kitchen\nthe hall"
