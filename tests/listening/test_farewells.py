"""Idioms of ending: ordinary everywhere, asked about gently, once, where a farewell is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from conversations.claims import fact
from conversations.faults import ContentFaults
from conversations.listening import FAREWELL
from conversations.rule_files import WEAK
from conversations.script import replayed
from conversations.stage import Stage
from tests import shipped
from tests.conversations.test_waiting import library_of

LISTENER = shipped.listener()
#: Outside a farewell a weak signal, and no more.
A_GOODBYE = "When you read this, I will be gone"
ENDING = (
    "I want to end it",
    "It all ends here",
    "I want everything to stop",
    "I can't go on like this",
    "I cannot do this anymore",
    "I am done with everything",
    "I give up",
    A_GOODBYE,
    "You will never see me again",
    "Do not look for me",
    "Goodbye for ever",
    "It is time for me to go",
    "I wish to disappear",
    "The old me has to die",
    "I want to kill the girl I was",
    "She has to die so that I can live",
    "dead inside",
    "I can't be this person anymore",
)
ORDINARY = (
    "Goodbye, and thank you for the summers",
    "I will not call on Sundays any more",
    "I am leaving the flat on Sunday",
    "I never said goodbye to you",
    "My father died in May and you were there",
    "The job is behind me",
    "I loved the way you sang in the car",
    "I do not want to end it",
    "She was braver than I thought, the girl I was",
    "When you read this I may be on a train",
)
FLOW = """
title = "A letter"
command = "letter"
need = "strength"
open_to = ["people", "self"]
strict = [{ purpose = "unsent" }, { tie = { kind = "self" } }]

[steps.about]
tie = "Whom is it for?"
which = "For whom?"
other = "Who?"

[steps.purpose]
choose = "What is it for?"
choices = { talk = "A talk", unsent = "Never to be sent" }

[steps.happened]
ask = "What happened?"

[steps.feel]
ask = "What do you feel?"

[steps.need]
ask = "What do you need?"
"""


@pytest.mark.parametrize("text", ENDING)
def test_an_idiom_of_ending_is_noticed_only_in_a_farewell(text: str) -> None:
    heard = LISTENER.listen(text)
    assert (heard and heard.label) == (WEAK if text == A_GOODBYE else None)
    heard = LISTENER.listen(text, strict=True)
    assert heard is not None
    assert heard.label == FAREWELL


@pytest.mark.parametrize("text", ORDINARY)
def test_a_plain_goodbye_is_no_idiom_of_ending(text: str) -> None:
    assert LISTENER.listen(text, strict=True) is None


def test_what_is_graver_is_heard_as_what_it_is() -> None:
    heard = LISTENER.listen("I give up. I want to kill myself.", strict=True)
    assert heard is not None
    assert heard.label == "self_harm"


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(library_of(tmp_path, letter=FLOW), listener=LISTENER)


def last(stage: Stage, script: str) -> list[str]:
    """What the last line of a script shows."""
    return list(replayed(stage, script)[-1].shown)


def test_in_a_letter_never_to_be_sent_it_is_asked_about_once(stage: Stage) -> None:
    to_it = "@ tie partner\n> /letter\n> [Never to be sent]\n"
    told = last(stage, f"{to_it}> I want to end it.\n")
    assert "Is any of it about your own life? If not, just go on." in told
    assert fact(stage, "marks") == ""
    assert last(stage, "> [Go on]\n")[0] == "What do you feel?"
    assert last(stage, "> I cannot go on like this.\n")[0] == "What do you need?"


def test_said_to_be_about_ones_life_it_is_answered_as_such(stage: Stage) -> None:
    to_it = "@ tie partner\n> /letter\n> [Never to be sent]\n> I want to end it.\n"
    told = last(stage, f"{to_it}> [Yes, my life too]\n")
    assert "Are you safe right now?" in told
    assert fact(stage, "marks") == "self_harm"
    assert fact(stage, "happened") == "I want to end it."


def test_in_a_letter_for_a_talk_the_same_words_are_ordinary(stage: Stage) -> None:
    to_it = "@ tie partner\n> /letter\n> [A talk]\n"
    assert last(stage, f"{to_it}> I want to end it.\n")[0] == "What do you feel?"


def test_to_an_older_self_it_is_asked_about_whatever_it_is_for(stage: Stage) -> None:
    to_it = "@ tie self\n> /letter\n> [A talk]\n"
    told = last(stage, f"{to_it}> The old me has to die.\n")
    assert any("your own life" in line for line in told)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('purpose = "unsent"', 'porpose = "unsent"', "Did you mean purpose"),
        ('purpose = "unsent"', 'purpose = "unsend"', "Did you mean unsent"),
    ],
)
def test_a_farewell_that_cannot_be_known_is_a_fault(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    with pytest.raises(ContentFaults, match=fault):
        library_of(tmp_path, letter=FLOW.replace(old, new))
