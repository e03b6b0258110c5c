"""How hard it is to read: a child of twelve can, and someone tired at 4:22 in the morning.

Flesch-Kincaid gives the years at school that a text asks for; age is about five more.
"""

from __future__ import annotations

import socket

import pytest
import textstat

from tests.conversations.said import in_flows, in_phrases

#: Grades: of all that one exercise says, and of a single message of twenty words or more.
OF_A_FLOW, OF_A_MESSAGE = 7, 8
LONG = 20
MESSAGES = [text for text in (*in_flows(), *in_phrases()) if not text.label]
FLOWS = sorted({text.flow for text in MESSAGES})


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measuring fetches nothing."""

    def refuse(*_: object) -> None:
        raise AssertionError("measuring went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def _grade(text: str) -> float:
    return float(textstat.flesch_kincaid_grade(text))


@pytest.mark.parametrize("flow", FLOWS)
def test_an_exercise_is_easy_to_read(flow: str) -> None:
    """All that it says, in every wording, as one text."""
    texts = dict.fromkeys(text.plain for text in MESSAGES if text.flow == flow)
    whole = " ".join(text if text.endswith((".", "?", "…")) else f"{text}." for text in texts)
    assert len(whole.split()) > LONG
    assert _grade(whole) <= OF_A_FLOW


def test_no_long_message_is_hard_to_read() -> None:
    long = [text for text in MESSAGES if len(text.plain.split()) >= LONG]
    assert len(long) > LONG
    hard = [f"{text.place}: {_grade(text.plain):.1f}" for text in long]
    assert [told for told in hard if float(told.rpartition(" ")[2]) > OF_A_MESSAGE] == []


def test_what_an_office_writes_is_found_to_be_hard() -> None:
    """The measure itself can fail."""
    office = (
        "Notwithstanding organisational difficulties, participants are respectfully requested to "
        "communicate their individual requirements regarding interpersonal responsibilities."
    )
    assert _grade(office) > OF_A_MESSAGE
