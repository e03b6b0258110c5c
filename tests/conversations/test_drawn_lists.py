"""Lists in a drawing and in a picture: each step beyond them is reached, their words are drawn."""

from pathlib import Path

import pytest

from conversations.boards import columns
from conversations.draw import chart
from conversations.faults import ContentFaults
from conversations.library import Library, read_library
from conversations.script import Script
from conversations.stage import Stage
from conversations.turn import Draw

FLOW = """
title = "Sorting"
command = "sorted"
need = "deciding"
open_to = ["people", "job"]

[lists]
fixed = { of = "bad", where = { change = "no" } }
heavy = { of = "fixed", where = { bear = "no" } }

[steps.good]
collect = "What is good?"
optional = true

[steps.bad]
collect = "What is not?"
optional = true

[steps.each_bad]
each = "bad"

[steps.each_bad.steps.change]
choose = "{item}: can you change it?"
choices = { yes = "Yes", no = "No" }

[steps.each_fixed]
each = "fixed"

[steps.each_fixed.steps.bear]
choose = "{item}: can you live with it?"
choices = { yes = "Yes", no = "No" }

[steps.weighs]
when = { lists.heavy = "some" }
choose = "Which weighs more?"
choices = { good = "What is good", heavy = "The rest" }

[steps.light]
when = { lists.heavy = "none", kept.reason = "some" }
ask = "What do you make of that?"

[steps.board]
say = [
    { heading = "Good", text = "{lists.good}", column = 1 },
    { heading = "Heavy", text = "{lists.heavy}", column = 2 },
    { heading = "Weighs more", text = "{answers.weighs}" },
]

[steps.picture]
when = [{ lists.good = "some" }, { lists.bad = "some" }]
say = "A picture follows."
draws = "board"

[steps.next]
offer = ["why"]
"""


def library(folder: Path, flow: str = FLOW) -> Library:
    (folder / "sorted.toml").write_text(flow, encoding="utf-8")
    return read_library(folder)


def test_every_step_is_reached_by_some_way_of_filling_the_lists(tmp_path: Path) -> None:
    drawn = chart(library(tmp_path).flows["sorted"])
    assert drawn.faults == []
    assert {("change", "bear"), ("bear", "weighs"), ("bad", "light"), ("board", "next")} <= {
        *drawn.edges
    }
    assert ("board", "picture") in drawn.edges


def test_a_step_that_no_list_leads_to_is_told(tmp_path: Path) -> None:
    never = FLOW.replace('when = { lists.heavy = "some" }', 'when = { lists.heavy = ["never"] }')
    with pytest.raises(ContentFaults, match="never is no answer about"):
        library(tmp_path, never)
    both = FLOW.replace(
        'when = { lists.heavy = "some" }', 'when = { lists.heavy = "some", lists.bad = "none" }'
    )
    faults = chart(library(tmp_path, both).flows["sorted"]).faults
    assert [fault.step for fault in faults] == ["weighs"]


def test_the_picture_comes_last_with_the_items_in_their_columns(tmp_path: Path) -> None:
    stage = Stage(library(tmp_path))
    script = Script(stage)
    for said in ("/sorted", "the garden", "two⏎lines", "[Done]", "noise", "cold", "[Done]"):
        script.play(f"> {said}")
    for said in ("[No]", "[Yes]", "[No]"):
        script.play(f"> {said}")
    shown = script.play("> [The rest]")
    assert shown[-1] == "(a picture)"
    assert "A picture follows." in shown
    state = stage.state
    assert state is not None
    assert columns(
        stage.library.flows, state, Draw("board"), stage.known(None), stage.library.phrases
    ) == ((("Good", ("the garden", "two\nlines")),), (("Heavy", ("noise",)),))


@pytest.mark.parametrize(("items", "whole"), [(3, True), (60, False)])
def test_a_very_long_list_is_shown_by_the_beginning_of_every_item(
    items: int, whole: bool, tmp_path: Path
) -> None:
    script = Script(Stage(library(tmp_path)))
    script.play("> /sorted")
    for number in range(items):
        script.play(f"> {number} {{100 x so}}")
    script.play("> [Done]")
    shown = script.stage.shown
    script.play("> [Skip]")
    told = "".join(screen.text for screen in shown[-3:])
    assert told.count("so so") >= items
    assert ("…" not in told) == whole
    assert len(told) < 15_000


def test_nothing_is_drawn_of_empty_lists(tmp_path: Path) -> None:
    script = Script(Stage(library(tmp_path)))
    for line in ("> /sorted", "> [Skip]"):
        script.play(line)
    assert "(a picture)" not in script.play("> [Skip]")


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('draws = "board"', 'draws = "bord"', "bord is drawn, but is no step. Did you mean board?"),
        ('draws = "board"', 'draws = "good"', "good is drawn, but nothing in it has a `column`."),
        ('"{lists.good}"', '"All: {lists.good}"', "In a `column` a list stands alone"),
        ("column = 1", "column = 3", "column"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_plain_words(
    before: str, after: str, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(ContentFaults) as broken:
        library(tmp_path, FLOW.replace(before, after))
    assert sentence in str(broken.value)
