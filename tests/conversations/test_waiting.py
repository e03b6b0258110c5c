"""A timer within a talk, lengths of time, and talks that come between: on flows of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations import lengths
from conversations.claims import fact
from conversations.faults import ContentFaults
from conversations.library import Library, read_library
from conversations.script import replayed
from conversations.stage import Stage
from conversations.turn import Answer, Remind, Resumed, State
from conversations.waiting import begun
from conversations.way import Way
from conversations.wording import read_phrases

WAITS = """
title = "A pull"
command = "pull"
need = "strength"
open_to = ["people"]

[steps.how_long]
moment = "How long shall it wait?"
of = "length"
options = ["20m", "1h"]
optional = true

[steps.timer]
wait = "I come back in {answers.how_long}."
length = "how_long"

[steps.after]
ask = "How is it now?"
"""

PHRASES = read_phrases()


def library_of(folder: Path, **flows: str) -> Library:
    for name, text in flows.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return read_library(folder, PHRASES)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(library_of(tmp_path, pull=WAITS))


def shown(stage: Stage, script: str) -> str:
    """All that a script shows, as one text."""
    return "\n".join(line for played in replayed(stage, script) for line in played.shown)


def test_a_timer_comes_back_and_the_talk_goes_on(stage: Stage) -> None:
    assert "I come back in 20 minutes." in shown(stage, "> /pull\n> [20 minutes]\n")
    assert fact(stage, "remind") == "timer 2026-11-22 10:26"
    said = shown(stage, "@ 20 minutes later\n> [Open]\n")
    assert "The time is up." in said
    assert "How is it now?" in said
    assert fact(stage, "remind") == ""


def test_a_timer_begins_once_however_often_one_looks(stage: Stage) -> None:
    shown(stage, "> /pull\n> [20 minutes]\n> /cancel\n> /pull\n> /pull\n")
    assert fact(stage, "remind") == "timer 2026-11-22 10:26"
    assert fact(stage, "at") == "timer"


def test_nobody_has_to_wait(stage: Stage) -> None:
    said = shown(stage, "> /pull\n> [1 hour]\n> [Go on]\n")
    assert "How is it now?" in said
    assert fact(stage, "remind") == ""


def test_going_back_from_a_timer_stops_it_and_it_begins_anew(stage: Stage) -> None:
    shown(stage, "> /pull\n> [20 minutes]\n> [Back]\n")
    assert fact(stage, "remind") == ""
    shown(stage, "> 2 hours\n")
    assert fact(stage, "remind") == "timer 2026-11-22 12:12"


def test_words_written_meanwhile_are_held_and_kept(stage: Stage) -> None:
    said = shown(stage, "> /pull\n> [20 minutes]\n> I nearly wrote to them\n")
    assert "I hold that" in said
    assert fact(stage, "at") == "timer"
    shown(stage, "@ 30 minutes later\n> and now I did not\n")
    assert fact(stage, "timer") == "came, I nearly wrote to them\nand now I did not"
    assert fact(stage, "at") == "after"


def test_coming_back_after_the_time_needs_no_reminder(stage: Stage) -> None:
    shown(stage, "> /pull\n> [20 minutes]\n")
    stage.at = stage.at.replace(hour=15)
    assert any("How is it now?" in screen.text for screen in stage.happen(Resumed()))


def test_a_timer_of_no_length_is_passed_over(stage: Stage) -> None:
    assert "How is it now?" in shown(stage, "> /pull\n> [Skip]\n")


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("20 minutes", "20m"),
        ("half an hour", "30m"),
        ("1h", "1h"),
        ("an hour", "1h"),
        ("in two weeks", "2w"),
        ("a few days", "3d"),
        ("３ months", "3mo"),
        ("Forty minutes.", "40m"),
    ],
)
def test_a_length_is_read_as_people_type_it(typed: str, length: str) -> None:
    assert lengths.read_length(typed) == length


@pytest.mark.parametrize("typed", ["", "soon", "0 days", "900 weeks", "7:30", "-2 hours", "1.5 h"])
def test_what_is_no_length_is_asked_for_again(typed: str) -> None:
    assert lengths.read_length(typed) is None


@given(st.text(max_size=30))
def test_whatever_is_typed_a_length_that_is_read_can_be_kept(text: str) -> None:
    length = lengths.read_length(text)
    assert length is None or lengths.is_length(length)
    if length is not None:
        now = datetime(2026, 1, 31, 22, tzinfo=UTC)
        assert lengths.after(length, now) > now
        assert lengths.in_words(length, PHRASES, "en")


FAULTS = {
    "time_without_options": ('moment = "When?"\nof = "time"', "needs `options`"),
    "time_that_is_none": ('moment = "?"\nof = "time"\noptions = ["7:30"]', "“7:30” is no time"),
    "day_that_is_none": ('moment = "?"\nof = "day"\noptions = ["monday"]', "“monday” is no day"),
    "length_that_is_none": ('moment = "?"\nof = "length"\noptions = ["1y"]', "“1y” is no length"),
    "daily_day": ('moment = "?"\nof = "day"\ndaily = "check_in"', "can come `daily`"),
    "wait_for_nothing": ('wait = "W"\nlength = "how_lng"', "how_lng is waited for, but is no step"),
    "rests_what": (
        'choose = "?"\nchoices = { a = "A", b = "B" }\nrests = { c = ["danger"] }',
        "c rests, but is no choice",
    ),
    "rests_under_what": (
        'choose = "?"\nchoices = { a = "A", b = "B" }\nrests = { a = ["dangr"] }',
        "dangr is no mark. Did you mean danger?",
    ),
    "own_words_where": (
        'choose = "?"\nchoices = { a = "A", other = "B" }\nown = "othr"',
        "othr is for own words, but is no choice. Did you mean other?",
    ),
    "under_what": ('ask = "?"\nunder = ["dangr"]', "dangr is no mark. Did you mean danger?"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_new_verbs_is_told_in_plain_words(name: str, tmp_path: Path) -> None:
    step, sentence = FAULTS[name]
    head = 'title = "T"\ncommand = "t"\nneed = "strength"\nopen_to = ["people"]\n'
    with pytest.raises(ContentFaults) as broken:
        library_of(tmp_path, faulty=f"{head}[steps.one]\n{step}\n")
    assert sentence in str(broken.value)


def test_what_comes_between_may_leave_nothing_open(tmp_path: Path) -> None:
    between = WAITS.replace('need = "strength"', 'need = "strength"\naside = true')
    with pytest.raises(ContentFaults) as broken:
        library_of(tmp_path, pull=between)
    assert "What comes between has no tie, review, wait." in str(broken.value)


def test_a_further_question_finds_room_in_the_check_in(tmp_path: Path) -> None:
    """The boundary one minds, for instance: one more step in the file, and nothing else."""
    here = Path(lengths.__file__).parent / "flows" / "check_in.toml"
    minded = """
[steps.minded]
choose = "And the line you chose to mind?"
choices = { held = "Held", bent = "Bent", not_today = "Not today" }
rests_under = ["danger", "coercion"]
optional = true

[steps.line]"""
    text = here.read_text(encoding="utf-8").replace("\n[steps.line]", minded)
    stage = Stage(library_of(tmp_path, check_in=text))
    said = shown(stage, "> /checkin\n> [4]\n> [Held]\n> [Skip]\n")
    assert "And the line you chose to mind?" in said
    assert (fact(stage, "minded"), fact(stage, "finished")) == ("held", "yes")
    assert "mind?" not in shown(stage, "@ mark danger\n> /checkin\n> [4]\n")


def test_a_day_may_have_near_days_on_its_buttons(tmp_path: Path) -> None:
    """Tomorrow, for what is to be done this week; and none, as always."""
    head = 'title = "T"\ncommand = "near"\nneed = "strength"\nopen_to = ["people"]\n'
    step = 'moment = "Which day?"\nof = "day"\noptions = ["tomorrow", "week"]\nremind = true'
    near = library_of(tmp_path, near=f'{head}[steps.day]\n{step}\n\n[steps.end]\noffer = ["why"]\n')
    stage = Stage(near)
    assert "[Tomorrow]\n[In a week]\n[No day]" in shown(stage, "> /near\n")
    shown(stage, "> [Tomorrow]\n")
    assert fact(stage, "remind") == "day 2026-11-23 09:00"


STEPS = """
title = "A step"
command = "step"
need = "strength"
open_to = ["people"]

[steps.what]
ask = "What is it?"

[steps.day]
moment = "On which day?"
of = "day"
optional = true

[steps.hour]
moment = "At what time?"
of = "time"
options = ["08:00", "18:00"]
on = "day"
remind = true

[steps.after]
ask = "Anything else?"
"""


@pytest.fixture
def step(tmp_path: Path) -> Stage:
    return Stage(library_of(tmp_path, step=STEPS))


def test_a_time_comes_back_on_the_day_that_was_named_before(step: Stage) -> None:
    shown(step, "> /step\n> a walk\n> [In a week]\n> [18:00]\n")
    assert fact(step, "remind") == "hour 2026-11-29 18:00"
    assert fact(step, "at") == "after"


def test_without_a_day_no_time_is_asked_for(step: Stage) -> None:
    for way in ("[Skip]", "[No day]"):
        assert "Anything else?" in shown(step, f"> /step\n> a walk\n> {way}\n")
        assert fact(step, "remind") == ""
        shown(step, "> nothing\n")


def test_another_day_moves_it_and_none_takes_it_away(step: Stage) -> None:
    shown(step, "> /step\n> a walk\n> [In a week]\n> half past seven\n")
    assert fact(step, "remind") == "hour 2026-11-29 07:30"
    shown(step, "> /back\n> /back\n> [In two weeks]\n")
    assert fact(step, "remind") == "hour 2026-12-06 07:30"
    shown(step, "> /back\n> /back\n> [No day]\n")
    assert fact(step, "remind") == ""
    assert fact(step, "at") == "after"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('on = "day"', 'on = "dya"', "Did you mean day"),
        ('on = "day"', 'on = "what"', "asks for none"),
        ('on = "day"\n', "", "comes `daily`, `on` a day, or not at all"),
    ],
)
def test_a_time_on_no_day_is_a_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(ContentFaults, match=fault):
        library_of(tmp_path, step=STEPS.replace(old, new))


def test_what_waits_for_days_comes_on_a_morning_of_the_persons_own(stage: Stage) -> None:
    known = stage.known(None)
    for length, purpose in (("20m", "timer"), ("72h", "timer"), ("1d", "second_look")):
        flow = stage.library.flows["pull"]
        chosen = {"how_long": Answer(known.at, chosen=(length,))}
        state = State(flow="pull", talk=1, at="timer", answers=chosen)
        _, (remind,) = begun(flow.by_id["timer"], Way(flow, state, known))
        assert isinstance(remind, Remind)
        assert remind.purpose == purpose
        assert (remind.at.hour == 9) is (purpose == "second_look")
