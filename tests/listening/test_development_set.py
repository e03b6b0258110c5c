"""Holds listening to what it reached on the development set, misses by name.

These figures flatter: the rules were made while looking at these messages, and the sieve learned
them. They keep a change from breaking what works; they do not say how listening does on words
nobody has seen.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conversations.listening import Listener
from conversations.rule_files import WEAK
from tests import shipped

FILE = Path(__file__).parent / "en.jsonl"
MESSAGES: list[dict[str, str]] = [
    json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()
]
#: Kind -> the share that may be missed (or, where nothing is to be heard, wrongly heard).
ALLOWED = {
    "self_harm": 0.07,
    "danger": 0.04,
    "coercion": 0.06,
    "own_harm": 0.04,
    "hard": 0.03,
    "everyday": 0.0,
    "negated": 0.0,
    "past": 0.12,
}
AT_LEAST = {
    "self_harm": 300,
    "danger": 300,
    "coercion": 100,
    "own_harm": 100,
    "hard": 400,
    "everyday": 200,
    "negated": 25,
    "past": 35,
}
LABELLED = {"self_harm", "danger", "coercion", "own_harm"}


@pytest.fixture(scope="module")
def listener() -> Listener:
    return shipped.listener()


def of_kind(kind: str) -> list[dict[str, str]]:
    return [message for message in MESSAGES if message["kind"] == kind]


def noticed(listener: Listener, text: str) -> bool:
    """Whether care would answer; a weak signal gets one optional line and counts as nothing."""
    heard = listener.listen(text)
    return heard is not None and heard.label != WEAK


@pytest.mark.parametrize("kind", sorted(ALLOWED))
def test_a_kind_of_message_is_heard_as_well_as_it_was(kind: str, listener: Listener) -> None:
    messages = of_kind(kind)
    assert len(messages) >= AT_LEAST[kind]
    wrong = [
        f"{message['id']}: {message['text']}"
        for message in messages
        if noticed(listener, message["text"]) == (message["label"] == "none")
    ]
    assert len(wrong) / len(messages) <= ALLOWED[kind], "\n".join(wrong)


@pytest.mark.parametrize("label", ["self_harm", "danger"])
def test_what_is_heard_is_nearly_always_the_right_thing(label: str, listener: Listener) -> None:
    heard = [listener.listen(message["text"]) for message in of_kind(label)]
    labels = [one.label for one in heard if one]
    assert labels.count(label) / len(labels) >= 0.95


def test_no_two_messages_share_five_words_in_a_row() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for message in MESSAGES:
        words = re.findall(r"\w+", message["text"].casefold().replace("'", ""))
        for start in range(len(words) - 4):
            five = tuple(words[start : start + 5])
            assert seen.setdefault(five, message["id"]) == message["id"], five


def test_ids_are_unique_and_labels_known() -> None:
    assert len({message["id"] for message in MESSAGES}) == len(MESSAGES)
    assert {message["label"] for message in MESSAGES} == {*LABELLED, "none"}
    assert all(m["label"] == (m["kind"] if m["kind"] in LABELLED else "none") for m in MESSAGES)
