"""A flow that is edited while someone is in it: ids move along, and no answer is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from conversations.engine import advance, begin
from conversations.flow import Flow
from conversations.turn import (
    Answer,
    Chose,
    Effect,
    Event,
    Finished,
    Known,
    Part,
    Resumed,
    Said,
    Show,
    State,
    Tie,
    WentBack,
)
from tests import shipped
from tests.conversations.edits import renamed, without

LIBRARY = shipped.library()
FLOW = LIBRARY.flows["three_questions"]
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
KNOWN = Known(at=AT, ties=(Tie(1, "job"),))


def _after(flow: Flow, state: State, *events: Event, known: Known = KNOWN) -> State:
    for event in events:
        state = advance(flow, state, event, known, LIBRARY.phrases).state
    return state


def _begun() -> State:
    return begin(FLOW, KNOWN, LIBRARY.phrases, talk=7).state


def _shows(effects: tuple[Effect, ...]) -> list[Show]:
    return [effect for effect in effects if isinstance(effect, Show)]


def test_an_answer_and_the_question_one_is_at_follow_a_rename() -> None:
    """The talk goes on as if nothing had happened."""
    state = _after(FLOW, _begun(), Said("rest", AT, 1))
    flow = renamed(FLOW, {"want_self": "for_me", "want_them": "for_them"})
    moved = _after(flow, state, Said("a handover", AT + timedelta(minutes=5), 2))
    assert moved.answers["for_me"].text == "rest"
    assert moved.answers["for_them"].text == "a handover"
    assert moved.at == "want_between"


def test_words_to_a_question_that_is_gone_are_kept_and_the_next_one_is_asked() -> None:
    """They answered what they saw; the next question says that something changed."""
    state = _after(FLOW, _begun(), Said("rest", AT, 1))
    flow = without(FLOW, "want_them")
    turn = advance(flow, state, Said("a handover", AT, 2), KNOWN, LIBRARY.phrases)
    assert turn.state.answers["want_them"].text == "a handover"
    assert turn.state.at == "want_between"
    assert [show.note for show in _shows(turn.effects)] == ["changed"]


def test_a_tap_on_a_question_that_is_gone_leads_to_the_next_one() -> None:
    """Kindly, and without losing an answer."""
    state = _after(FLOW, _begun(), Said("rest", AT, 1))
    flow = without(FLOW, "want_them")
    turn = advance(flow, state, Chose("want_them", "q.0"), KNOWN, LIBRARY.phrases)
    assert turn.state.answers["want_self"].text == "rest"
    assert [(show.step, show.note) for show in _shows(turn.effects)] == [
        ("want_between", "changed")
    ]


def test_a_question_that_a_mark_puts_to_rest_keeps_what_is_written_to_it() -> None:
    """Between the question and the answer the mark came; the answer is not thrown away."""
    person = Known(at=AT, ties=(Tie(1, "friend", {"safe": "yes"}),))
    state = begin(FLOW, person, LIBRARY.phrases, talk=7).state
    for number, text in enumerate(("a", "b", "c")):
        later = AT + timedelta(minutes=5 * number)
        state = _after(FLOW, state, Said(text, later, number), known=person)
    state = _after(
        FLOW, state, Chose("second_look", "now"), Chose("second_look", "keep"), known=person
    )
    assert state.at == "fallible"
    marked = Known(at=AT, ties=person.ties, marks=frozenset({"danger"}))
    state = _after(FLOW, state, Said("sleep", AT + timedelta(hours=1), 9), known=marked)
    assert state.answers["fallible"].text == "sleep"
    assert state.at == "talked"


def test_a_finished_talk_shows_its_end_again_and_can_be_gone_back_into() -> None:
    """Nothing is finished twice by looking at it; /back opens the last question."""
    given = {
        leaf.id: Answer(at=AT, parts=(Part("x"),)) for leaf in FLOW.leaves if leaf.verb == "ask"
    }
    chosen = {
        leaf.id: Answer(at=AT, chosen=("no",))
        for leaf in FLOW.leaves
        if leaf.verb in ("choose", "rate", "review", "pick", "moment", "tie")
    }
    state = State("three_questions", 7, None, 1, {**given, **chosen}, finished=True)
    again = advance(FLOW, state, Resumed(), KNOWN, LIBRARY.phrases)
    assert not [e for e in again.effects if isinstance(e, Finished)]
    # It was not safe to speak here, so the end is the one that stands under that.
    assert _shows(again.effects)[0].step == "next_resting"
    back = advance(FLOW, state, WentBack(), KNOWN, LIBRARY.phrases)
    assert back.state.at == "again"
    assert not back.state.finished


def test_a_state_of_another_version_is_refused() -> None:
    """A newer bot's state is not guessed at."""
    with pytest.raises(ValueError, match="another version"):
        State.from_json(_begun().to_json().replace('"v":1', '"v":99'))
