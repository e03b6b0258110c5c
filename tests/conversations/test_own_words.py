"""Words of one's own at a choice that has room for them: an answer like any other."""

from pathlib import Path

import pytest

from conversations.library import read_library
from conversations.script import replayed
from conversations.stage import Stage

FLOW = """
title = "A pull"
command = "pull"
need = "strength"
open_to = ["people"]

[steps.pull]
choose = "What pulls right now?"
choices = { habit = "Habit", guilt = "Guilt", other = "Something else" }
own = "other"

[steps.more]
when = { pull = "other" }
ask = "Is there more to it?"

[steps.end]
say = "You said: {answers.pull}"

[steps.next]
offer = ["why"]
"""


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    (tmp_path / "pull.toml").write_text(FLOW, encoding="utf-8")
    return Stage(read_library(tmp_path))


@pytest.mark.parametrize(
    ("typed", "stands", "at"),
    [
        ("habit", "habit", ""),
        ("2", "guilt", ""),
        ("the song on the radio", "other, the song on the radio", "more"),
        ("x", "other, x", "more"),
    ],
)
def test_a_label_is_that_choice_and_anything_else_is_ones_own(
    stage: Stage, typed: str, stands: str, at: str
) -> None:
    replayed(stage, f"> /pull\n> {typed}\n= pull: {stands} · at: {at}\n")


def test_own_words_can_be_corrected_into_a_choice_and_back(stage: Stage) -> None:
    script = """
> /pull
> guilt
= pull: guilt · finished: yes
> ~ the song on the radio
= pull: other, the song on the radio
> ~ the smell of rain
= pull: other, the smell of rain
"""
    replayed(stage, script)


@pytest.mark.parametrize("typed", ["   ", "{20001 x a}"])
def test_nothing_and_too_much_are_kindly_refused(stage: Stage, typed: str) -> None:
    replayed(stage, f"> /pull\n> {typed}\n= pull: · at: pull\n")
