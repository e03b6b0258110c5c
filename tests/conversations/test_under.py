"""A step that stands under a mark takes the place of what rests there, and nothing else moves."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from conversations.draw import chart
from conversations.flow import Flow
from conversations.library import read_library
from conversations.turn import Known, State, Tie
from conversations.way import Way

FLOW = """
title = "A talk"
command = "talk_it_out"
need = "staying"
open_to = ["people"]

[steps.safe]
choose = "Is it safe?"
choices = { yes = "Yes", no = "No" }
keep = "tie.safe"

[steps.together]
rests_under = ["unsafe", "danger"]
ask = "What would you ask of them?"

[steps.alone]
under = ["unsafe", "danger"]
ask = "What is yours alone?"

[steps.next]
offer = ["why"]
"""
AT = datetime(2026, 11, 22, 4, 22, tzinfo=UTC)


@pytest.fixture
def flow(tmp_path: Path) -> Flow:
    """A small flow with one step that rests, and one in its place."""
    (tmp_path / "talk_it_out.toml").write_text(FLOW, encoding="utf-8")
    return read_library(tmp_path).flows["talk_it_out"]


@pytest.mark.parametrize(
    ("safe", "mark", "asked"),
    [
        ("yes", "", "together"),
        ("no", "", "alone"),
        ("unsure", "", "alone"),
        ("yes", "danger", "alone"),
        ("yes", "self_harm", "together"),
    ],
)
def test_one_of_the_two_is_asked(flow: Flow, safe: str, mark: str, asked: str) -> None:
    tie = Tie(1, "partner", {"safe": safe})
    known = Known(AT, ties=(tie,), marks=frozenset({mark} if mark else ()))
    way = Way(flow, State(flow=flow.id, talk=1, tie=1), known)
    assert list(way.ids) == [asked, "next"]


def test_the_drawing_reaches_both_and_says_under_what(flow: Flow) -> None:
    drawn = chart(flow)
    assert drawn.faults == []
    assert "only under unsafe, danger" in drawn.mermaid()
