"""A breath within a talk, on a flow of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from conversations.claims import fact
from conversations.faults import ContentFaults
from conversations.script import replayed
from conversations.stage import Stage
from tests import shipped
from tests.conversations.test_waiting import library_of

BREATHES = """
title = "A breath"
command = "breath"
need = "strength"
open_to = ["people", "job"]

[steps.pulls]
ask = "What pulls?"

[steps.breath]
breathe = "Three breaths, as slow as you like."

[steps.after]
ask = "What is left of it?"

[steps.more]
ask = "What would you tell a friend?"

[steps.end]
say = "Before: {answers.pulls}"
offer = ["today"]
"""


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(library_of(tmp_path, breath=BREATHES))


def shown(stage: Stage, script: str) -> list[str]:
    """All that a script shows, line by line."""
    return [line for played in replayed(stage, script) for line in played.shown]


def test_a_breath_stands_and_is_played_below_its_words(stage: Stage) -> None:
    assert shown(stage, "> /breath\n> a message came\n")[-10:] == [
        "Three breaths, as slow as you like.",
        "1 of 3: breathe in.",
        "… 1 of 3: breathe out, slowly.",
        "… 2 of 3: breathe in.",
        "… 2 of 3: breathe out, slowly.",
        "… 3 of 3: breathe in.",
        "… 3 of 3: breathe out, slowly.",
        "… That was the last one. Go on when you like.",
        "[Go on]",
        "[Back] [Later]",
    ]


@pytest.mark.parametrize("way", ["> [Go on]", "> go on", "> /skip"])
def test_a_tap_words_for_it_and_skip_go_on(stage: Stage, way: str) -> None:
    assert "What is left of it?" in shown(stage, f"> /breath\n> a message came\n{way}\n")
    assert fact(stage, "breath") == "go_on"


def test_words_during_a_breath_are_kept_beside_it_and_go_on(stage: Stage) -> None:
    told = shown(stage, "> /breath\n> a message came\n> my hands are cold\n")
    assert "What is left of it?" in told
    assert fact(stage, "breath") == "go_on, my hands are cold"


def test_back_to_a_breath_plays_it_again_and_keeps_what_was_written(stage: Stage) -> None:
    told = shown(stage, "> /breath\n> a message\n> my hands are cold\n> [Back]\n> [Go on]\n")
    assert told.count("1 of 3: breathe in.") == 2
    assert not any("again" in line for line in told)
    assert fact(stage, "breath") == "go_on, my hands are cold"


def test_more_words_right_after_can_join_those_beside_the_breath(stage: Stage) -> None:
    told = shown(
        stage, "> /breath\n> a message\n> my hands are cold\n@ 20 s later\n> and my feet\n"
    )
    assert any("[Add to my last answer]" in line for line in told)


def test_left_during_a_breath_it_is_there_again(stage: Stage) -> None:
    told = shown(stage, "> /breath\n> a message\n> /cancel\n> /breath\n")
    assert told.count("1 of 3: breathe in.") == 2
    assert fact(stage, "at") == "breath"


def test_what_is_written_during_a_breath_is_listened_to(tmp_path: Path) -> None:
    stage = Stage(library_of(tmp_path, breath=BREATHES), listener=shipped.listener())
    told = shown(stage, "> /breath\n> a message\n> I want to kill myself\n")
    assert "What is left of it?" not in told
    assert fact(stage, "marks") == "self_harm"
    assert fact(stage, "breath") == "go_on, I want to kill myself"


def test_a_breath_of_no_turns_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentFaults, match="breath"):
        library_of(tmp_path, breath=BREATHES.replace('like."', 'like."\nturns = 0'))
