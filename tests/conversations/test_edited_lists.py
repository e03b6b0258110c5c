"""Lists in a flow that is edited under a talk: items, and what was said of them, move along."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from conversations.engine import advance, begin
from conversations.flow import Flow
from conversations.items import items_in
from conversations.library import read_library
from conversations.turn import (
    Chose,
    Edited,
    Event,
    KeptLine,
    Known,
    Reworded,
    Said,
    State,
    Tie,
    WentBack,
)
from conversations.way import Way
from tests.conversations.edits import renamed, without

LIBRARY = read_library(Path(__file__).parent / "lists")
FLOW = LIBRARY.flows["weighing"]
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
KNOWN = Known(at=AT, ties=(Tie(1, "job"),))


def _after(flow: Flow, state: State, *events: Event, known: Known = KNOWN) -> State:
    for event in events:
        state = State.from_json(state.to_json())
        state = advance(flow, state, event, known, LIBRARY.phrases).state
    return state


def _said(text: str, message: int) -> Said:
    return Said(text, AT + timedelta(minutes=5 * message), message)


def _with_two() -> State:
    """Two dislikes, the first of which cannot be changed."""
    state = begin(FLOW, KNOWN, LIBRARY.phrases, talk=7).state
    state = _after(FLOW, state, Chose("likes", "_skip"), _said("noise", 1), _said("pay", 2))
    return _after(FLOW, state, Chose("dislikes", "done"), Chose("can@1", "no"))


def test_an_inner_step_that_is_renamed_takes_its_answers_about_items_along() -> None:
    """The talk goes on at the same item."""
    flow = renamed(FLOW, {"can": "changes"})
    state = _after(flow, _with_two(), Chose("changes@2", "yes"))
    assert state.answers["changes@1"].chosen == ("no",)
    assert state.at == "bear@1"


def test_a_list_that_is_renamed_keeps_its_items_and_what_was_said_of_them() -> None:
    """The step that collects it, with every mention of it."""
    flow = renamed(FLOW, {"dislikes": "troubles", "can": "changes", "fixed": "stays"})
    state = _after(flow, _with_two(), Chose("changes@2", "no"))
    assert [part.text for part in items_in(state.answers["troubles"])] == ["noise", "pay"]
    assert Way(flow, state, KNOWN).items("stays") == ("1", "2")
    assert state.at == "bear@1"


def test_what_was_picked_from_a_list_stays_picked_when_the_list_is_renamed() -> None:
    """Ticks hold the old name until the talk is healed."""
    state = _after(FLOW, _with_two(), Chose("can@2", "yes"), Chose("bear@1", "yes"))
    assert state.at == "reasons"
    state = _after(FLOW, state, Chose("reasons", "x.dislikes@1"), Chose("reasons", "done"))
    flow = renamed(FLOW, {"dislikes": "troubles"})
    state = _after(flow, state, WentBack())
    assert state.answers["reasons"].chosen == ("troubles@1",)


def test_an_item_that_is_written_to_a_list_which_rests_is_kept_as_one() -> None:
    """A mark fell in the middle; the words are in the list when it stands again."""
    state = begin(FLOW, KNOWN, LIBRARY.phrases, talk=7).state
    state = _after(FLOW, state, Chose("likes", "_skip"), _said("noise", 1))
    gone = without(FLOW, "dislikes")
    state = _after(gone, state, _said("pay", 2))
    state = _after(FLOW, state, WentBack())
    assert [part.text for part in items_in(state.answers["dislikes"])] == ["noise", "pay"]
    assert [part.id for part in items_in(state.answers["dislikes"])] == ["1", "2"]


def test_the_first_item_that_is_written_where_the_list_is_gone_is_numbered_later() -> None:
    """Words without an item's id get one as soon as the list is there."""
    state = begin(FLOW, KNOWN, LIBRARY.phrases, talk=7).state
    state = _after(FLOW, state, Chose("likes", "_skip"))
    state = _after(without(FLOW, "dislikes"), state, _said("noise", 1))
    state = _after(FLOW, state, WentBack())
    assert [part.id for part in items_in(state.answers["dislikes"])] == ["1"]


def test_an_id_that_was_given_once_is_not_given_again() -> None:
    """What was said of an item that is gone is not taken for what is said of another."""
    state = _with_two()
    state = _after(FLOW, state, WentBack(), WentBack())
    assert state.at == "dislikes"
    state = _after(FLOW, state, Chose("dislikes", "i.2"), Chose("dislikes", "gone"))
    state = _after(FLOW, state, Chose("dislikes", "i.1"), Chose("dislikes", "gone"))
    state = _after(FLOW, state, _said("the cold", 3))
    assert [part.id for part in items_in(state.answers["dislikes"])] == ["3"]


def test_an_edited_message_with_fewer_lines_takes_items_away_and_with_more_adds_some() -> None:
    """By their place in the message; the others are left alone."""
    state = begin(FLOW, KNOWN, LIBRARY.phrases, talk=7).state
    state = _after(FLOW, state, Chose("likes", "_skip"))
    state = _after(FLOW, state, _said("first", 1), _said("- noise\n- pay\n- hours", 2))
    turn = advance(FLOW, state, Edited(2, "- noise\n- low pay", AT), KNOWN, LIBRARY.phrases)
    items = items_in(turn.state.answers["dislikes"])
    assert [part.text for part in items] == ["first", "noise", "low pay"]
    assert Reworded("dislikes@3", "low pay") in turn.effects
    again = Edited(2, "- a\n- b\n- c\n- d", AT)
    state = _after(FLOW, turn.state, again)
    items = items_in(state.answers["dislikes"])
    assert [part.id for part in items] == ["1", "2", "3", "5", "6"]


def test_a_mark_puts_reasons_for_leaving_out_of_what_is_offered() -> None:
    """Kept words for leaving rest under it, and nothing else does."""
    kept = (KeptLine(1, "reason", "a", 1, "leaving"), KeptLine(2, "reason", "b", 1, "staying"))
    other = KeptLine(3, "reason", "c", 2, "open")
    state = _with_two()
    way = Way(FLOW, state, replace(KNOWN, kept=(*kept, other)))
    assert [line.text for line in way.kept("reason")] == ["a", "b"]
    marked = replace(KNOWN, kept=(*kept, other), marks=frozenset({"danger"}))
    assert [line.text for line in Way(FLOW, state, marked).kept("reason")] == ["b"]
