"""The voice, as far as it can be measured: short, plain, no cheer, no orders, labels that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from conversations.flow import Block, Flow
from conversations.library import read_library
from conversations.screen import LABEL_LIMITS

LIBRARY = read_library()
#: Phrases with limits of their own: the welcome, /help and care.
APART = ("care.", "care_more.", "help.", "helplines.", "start.", "about.")
LABELS = re.compile(
    r"((?<!old)_button|^ties\.|^moments\.|^offers\.|^review\.(when_|gate_|keep|rew))"
)
BANNED = (
    "!",
    "you should",
    "we should",
    "you must",
    "you need to",
    "great",
    "well done",
    "awesome",
    "poor you",
    "sorry to hear",
    "toxic",
    "narciss",
    "abuser",
    "codepend",
    "trauma",
    "closure",
    "journey",
)


def _said(flow: Flow) -> Iterator[tuple[str, str]]:
    """Every text of a flow, in every wording, with its place."""
    for leaf in flow.leaves:
        for wording in (leaf.step.__dict__, *leaf.step.wording_for.values()):
            for field, value in wording.items():
                place = f"{flow.id}.{leaf.id}.{field}"
                if isinstance(value, str) and field not in ("keep", "before", "of"):
                    yield place, value
                elif field == "say":
                    for raw in value:
                        block = raw if isinstance(raw, Block) else Block(**raw)
                        yield place, block.text
                        yield place, block.heading


def _texts() -> Iterator[tuple[str, str]]:
    for flow in LIBRARY.flows.values():
        yield from _said(flow)
    for key in LIBRARY.phrases.keys():  # noqa: SIM118 - Phrases is no mapping
        # What people may type is understood, not said.
        if not key.startswith(APART) and ".typed_" not in key:
            yield key, LIBRARY.phrases(key)


TEXTS = sorted({(place, text) for place, text in _texts() if text.strip()})
SENTENCE = re.compile(r"[.?…:]\s+|\n+")


def test_there_is_something_to_measure() -> None:
    """The rules below look at the whole of the flows and phrases."""
    assert len(TEXTS) > 150
    assert any(place == "three_questions.want_self.ask" for place, _ in TEXTS)


@pytest.mark.parametrize("word", BANNED)
def test_some_words_are_never_said(word: str) -> None:
    """No cheer, no orders, no labels for people."""
    found = [
        place for place, text in TEXTS if re.search(rf"(?<!\w){re.escape(word)}", text.lower())
    ]
    assert found == []


def test_a_message_is_at_most_three_short_sentences() -> None:
    """350 characters, and no sentence of more than twenty words."""
    long = [place for place, text in TEXTS if len(text) > 350]
    many = [p for p, t in TEXTS if len([s for s in SENTENCE.split(t.strip()) if s]) > 4]
    winding = [
        f"{place}: {sentence}"
        for place, text in TEXTS
        for sentence in SENTENCE.split(text)
        if len(sentence.split()) > 20
    ]
    assert (long, many, winding) == ([], [], [])


def test_labels_fit_a_small_phone() -> None:
    """24 characters at one button a row; the arrangement sees to the rest."""
    keys = LIBRARY.phrases.keys()
    wide = [k for k in keys if LABELS.search(k) and len(LIBRARY.phrases(k)) > LABEL_LIMITS[1]]
    assert wide == []


def test_a_job_a_place_and_an_older_self_are_never_called_them() -> None:
    """What is written for a person is not said about a thing."""
    flow = LIBRARY.flows["three_questions"]
    for leaf in flow.leaves:
        if any("tie.kind" in str(clause) for clauses in leaf.when for clause in clauses):
            continue
        for kind in ("job", "place", "self"):
            for field in ("ask", "choose"):
                if hasattr(leaf.step, field) and not leaf.when:
                    words = str(leaf.step.field(field, kind)).lower().split()
                    assert "them" not in words, (leaf.id, kind)


def test_the_first_of_the_three_questions_is_near() -> None:
    """Two taps after the command, and few words: the door, whether it is safe, the question."""
    flow = LIBRARY.flows["three_questions"]
    before = flow.leaves[: [x.id for x in flow.leaves].index("want_self")]
    words = sum(
        len(text.split()) for leaf in before for text in (leaf.step.field(leaf.verb, None),)
    )
    assert [leaf.id for leaf in before if leaf.verb != "say"] == ["about", "safe"]
    assert words < 80
