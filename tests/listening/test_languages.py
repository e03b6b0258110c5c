"""Holds each other language to what it reached on the messages it was developed with.

As in English, these figures flatter; they keep a change from breaking what works.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conversations.listening import FOLDER, Listener, read_listener

HOME = Path(__file__).parent
LANGUAGES = sorted(
    file.stem
    for file in HOME.glob("*.jsonl")
    if file.stem != "en" and (FOLDER / file.stem).is_dir()
)
HITS = ("self_harm", "danger", "coercion", "own_harm")
#: The share that may be missed (or, where nothing is to be heard, wrongly heard), in any language.
ALLOWED = {**dict.fromkeys(HITS, 0.2), "hard": 0.1, "everyday": 0.0, "negated": 0.25, "past": 0.35}
AT_LEAST = 150


def messages(language: str) -> list[dict[str, str]]:
    text = (HOME / f"{language}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def listener() -> Listener:
    return read_listener()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ALLOWED)
def test_a_kind_of_message_is_heard_as_well_as_it_was(
    kind: str, language: str, listener: Listener
) -> None:
    asked = [message for message in messages(language) if message["kind"] == kind]
    if not asked:
        pytest.skip("no messages of this kind")
    wrong = [
        f"{message['id']}: {message['text']}"
        for message in asked
        if (listener.listen(message["text"]) is None) == (kind in HITS)
    ]
    assert len(wrong) / len(asked) <= ALLOWED[kind], "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_of_its_own_language_hear_a_message(language: str, listener: Listener) -> None:
    """What is said next is said in the language of the rule."""
    heard = [listener.listen(m["text"]) for m in messages(language) if m["label"] != "none"]
    rules = [one.rule for one in heard if one is not None]
    assert sum(rule.startswith(f"{language}.") for rule in rules) / len(rules) >= 0.95


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_messages_as_many_of_them_ordinary_and_no_two_alike(language: str) -> None:
    asked = messages(language)
    assert len(asked) >= AT_LEAST
    ordinary = [m for m in asked if m["kind"] in ("hard", "everyday")]
    assert all(len([m for m in asked if m["label"] == label]) <= len(ordinary) for label in HITS)
    assert len({m["id"] for m in asked}) == len(asked)
    seen: dict[tuple[str, ...], str] = {}
    for message in asked:
        words = re.findall(r"\w+", message["text"].casefold().replace("'", ""))
        for start in range(len(words) - 4):
            five = tuple(words[start : start + 5])
            assert seen.setdefault(five, message["id"]) == message["id"], five
