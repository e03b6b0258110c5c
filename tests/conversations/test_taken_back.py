"""Words that were meant for the bot leave their answer; nothing else changes."""

from datetime import UTC, datetime

from conversations.engine import advance, begin
from conversations.items import items_in
from conversations.taken_back import holds
from conversations.turn import Chose, Event, Known, Said, State, TakenBack, Tie, TieFact, Turn
from tests import shipped

LIBRARY = shipped.library()
FLOW = LIBRARY.flows["three_questions"]
AT = datetime(2030, 1, 1, 12, tzinfo=UTC)
KNOWN = Known(AT, ties=(Tie(1, "partner", {"safe": "yes"}),))


def _after(*events: Event, state: State | None = None) -> Turn:
    turn = Turn(state or begin(FLOW, KNOWN, LIBRARY.phrases, 1).state)
    for event in events:
        turn = advance(FLOW, turn.state, event, KNOWN, LIBRARY.phrases)
    return turn


def test_an_answer_of_one_message_is_asked_for_again() -> None:
    state = _after(Said("rain", AT, 5), Said("stop", AT, 6), TakenBack(6)).state
    assert state.at == "want_them"
    assert list(state.answers) == ["want_self"]
    assert not holds(state, 6)


def test_an_answer_of_two_messages_keeps_the_other_and_the_talk_stays() -> None:
    joined = _after(Said("rain", AT, 5), Said("stop", AT, 6), Chose("want_between", "_join")).state
    assert joined.answers["want_self"].text == "rain\nstop"
    state = _after(TakenBack(6), state=joined).state
    assert not holds(state, 6)
    assert state.answers["want_self"].text == "rain"


def test_a_new_wording_gives_way_to_the_one_before() -> None:
    state = _after(
        Said("rain", AT, 5), Chose("want_them", "_back"), Said("stop", AT, 6), TakenBack(6)
    ).state
    assert state.answers["want_self"].text == "rain"
    assert state.answers["want_self"].earlier == ()
    assert state.at == "want_them"


def test_a_word_for_the_tie_is_forgotten_and_asked_again() -> None:
    state = State(flow=FLOW.id, talk=1, tie=1, at="word")
    turn = _after(Said("stop", AT, 9), TakenBack(9), state=state)
    assert turn.state.at == "word"
    assert TieFact(1, "word", "") in turn.effects


def test_words_held_at_buttons_are_dropped() -> None:
    long = "is this really private between us, can you tell me that before I go on"
    state = State(flow=FLOW.id, talk=1, tie=1, at="talked")
    held = _after(Said(long, AT, 9), state=state).state
    assert holds(held, 9)
    gone = _after(TakenBack(9), state=held).state
    assert not holds(gone, 9)
    assert gone.at == "talked"


def test_a_message_that_is_nowhere_changes_nothing() -> None:
    state = _after(Said("rain", AT, 5)).state
    assert _after(TakenBack(77), state=state).state == state


def test_an_item_leaves_its_list_and_the_others_keep_their_ids() -> None:
    flow, step = LIBRARY.flows["sorting"], "likes"
    turn = Turn(State(flow=flow.id, talk=1, tie=1, at=step))
    for number, text in enumerate(("rain", "stop", "sun"), 5):
        turn = advance(flow, turn.state, Said(text, AT, number), KNOWN, LIBRARY.phrases)
    state = advance(flow, turn.state, TakenBack(6), KNOWN, LIBRARY.phrases).state
    listed = {part.id: part.text for part in items_in(state.answers[step])}
    assert listed == {"1": "rain", "3": "sun"}
    assert state.at == step
