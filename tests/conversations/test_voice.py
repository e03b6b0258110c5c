"""The voice, as far as it can be measured: short, plain, no cheer, no orders, labels that fit."""

from __future__ import annotations

import re

import pytest

from conversations.screen import LABEL_LIMITS
from tests import shipped
from tests.affirmations.essays import known_runs, taken_over
from tests.conversations.said import LABELS, MESSAGES, STRUCTURE, Said, flow_files, in_flows
from tests.conversations.said import in_phrases as phrases

LIBRARY = shipped.library()
#: Phrases with limits of their own: the welcome, /help and care.
APART = ("care.", "care_more.", "help.", "helplines.", "start.", "about.", "privacy.")
BUTTONS = re.compile(
    r"((?<!old)_button|^ties\.|^moments\.|^offers\.|^review\.(when_|gate_|keep|rew))"
)
BANNED = (
    *("!", "you should", "we should", "you must", "you need to", "you have to", "you ought"),
    *("great", "well done", "awesome", "amazing", "good job", "congratulations", "proud of you"),
    *("poor you", "sorry to hear", "how awful", "cheer up", "stay strong", "hang in there"),
)
#: What a clinic, or a video about other people's faults, says.
CLINICAL = (
    *("toxic", "narciss", "abuser", "codepend", "trauma", "closure", "journey", "diagnos"),
    *("disorder", "symptom", "syndrome", "gaslight", "attachment style", "dysfunction"),
    *("trigger", "coping", "patholog", "neuro", "therapeutic", "depress", "anxiety", "borderline"),
    *("bipolar", "love bomb", "red flag", "self-care", "healing", "manipulat", "victim"),
)
GENDERED = (
    "he she him her his hers himself herself husband wife mother father mum mom dad son daughter "
    "sister brother boyfriend girlfriend man woman men guy lady girl boy"
)
#: Said to nobody, in any way: an order dressed up as advice.
VERDICTS = (
    *("leave them", "walk away from", "stay with them", "forgive them", "confront", "report them"),
    *("you deserve", "they are to blame", "their fault", "it is time to", "let go of them"),
)
SENTENCE = re.compile(r"[.?…:]\s+|\n+")
TEXTS = (*in_flows(), *phrases())
SHORT = tuple(t for t in TEXTS if not t.place.startswith(APART))


def _with(texts: tuple[Said, ...], words: tuple[str, ...] | list[str], ends: str = "") -> list[str]:
    looked_for = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))}){ends}")
    return [f"{t.place}: {t.text}" for t in texts if looked_for.search(t.text.lower())]


def test_there_is_something_to_measure() -> None:
    """The rules below look at the whole of the flows and phrases."""
    assert len(in_flows()) > 400
    assert len(phrases()) > 500
    assert {t.flow for t in in_flows()} == set(LIBRARY.flows)
    assert any(t.place == "three_questions.want_self.ask" for t in TEXTS)
    # Every wording of every step is among them: those that only some kinds of tie see, too.
    said = {t.text for t in in_flows()}
    for flow in LIBRARY.flows.values():
        for leaf in flow.leaves:
            for kind in filter(flow.is_open_to, ("job", "self", "place", "parent", "partner")):
                text = leaf.step.field(leaf.verb, kind)
                assert not isinstance(text, str) or leaf.when or text in said, (flow.id, leaf.id)


def test_no_field_of_a_flow_is_forgotten_here() -> None:
    """A field that is new says whether people read it, before it can escape these rules."""

    def fields(steps: dict[str, dict[str, object]]) -> set[str]:
        found: set[str] = set()
        for step in steps.values():
            found |= step.keys()
            inner, wordings = step.get("steps", {}), step.get("for", {})
            assert isinstance(inner, dict)
            assert isinstance(wordings, dict)
            found |= fields(inner) | {field for one in wordings.values() for field in one}
        return found

    used = set[str]().union(*(fields(file["steps"]) for file in flow_files().values()))
    assert used - {*MESSAGES, *LABELS, *STRUCTURE} == set()


@pytest.mark.parametrize("word", BANNED)
def test_some_words_are_never_said(word: str) -> None:
    """No cheer, no orders, no pity."""
    assert _with(TEXTS, [word]) == []


def test_nobody_is_diagnosed() -> None:
    assert _with(TEXTS, CLINICAL) == []


def test_the_other_has_no_gender() -> None:
    assert _with(TEXTS, GENDERED.split(), r"(?!\w)") == []


def test_no_verdict_is_passed_and_nobody_is_told_what_to_do_about_the_other() -> None:
    assert _with(TEXTS, VERDICTS) == []


def test_a_message_is_at_most_three_short_sentences() -> None:
    """350 characters, and no sentence of more than twenty words."""
    long = [t.place for t in SHORT if len(t.text) > 350]
    many = [t.place for t in SHORT if len([s for s in SENTENCE.split(t.text.strip()) if s]) > 4]
    winding = [
        f"{t.place}: {sentence}"
        for t in TEXTS
        if not t.place.startswith("about.")
        for sentence in SENTENCE.split(t.text)
        if len(sentence.split()) > 20
    ]
    assert (long, many, winding) == ([], [], [])


def test_labels_fit_a_small_phone() -> None:
    """24 characters at one button a row; the arrangement sees to the rest."""
    wide = [t.place for t in phrases() if BUTTONS.search(t.place) and len(t.text) > LABEL_LIMITS[1]]
    assert wide == []


def test_no_sentence_is_made_by_putting_in_somebodys_words() -> None:
    """They stand on a line of their own, or before a colon; only a day or an hour may be put in."""
    alone = re.compile(r"\{[a-z_.]+\}(: .*)?|(\{day\}[:,] .*)")
    put_in = [
        f"{t.place}: {line}"
        for t in in_flows()
        for line in t.text.splitlines()
        if "{" in line.replace("{answers.hour}", "") and not alone.fullmatch(line.strip())
    ]
    assert put_in == []


def test_no_eight_words_in_a_row_are_an_essays() -> None:
    """Structure and ideas carry over, sentences do not; /about names the essays' titles."""
    runs = known_runs()
    taken = [t.place for t in TEXTS if not t.place.startswith("about.")]
    taken = [t.place for t in TEXTS if t.place in taken and taken_over(t.plain, runs)]
    assert taken == []


def test_the_first_of_the_three_questions_is_near() -> None:
    """Two taps after the command, and few words: the door, whether it is safe, the question."""
    flow = LIBRARY.flows["three_questions"]
    before = flow.leaves[: [x.id for x in flow.leaves].index("want_self")]
    words = sum(
        len(text.split()) for leaf in before for text in (leaf.step.field(leaf.verb, None),)
    )
    assert [leaf.id for leaf in before if leaf.verb != "say"] == ["about", "safe"]
    assert words < 80
