"""The voice fits whom it speaks of, and gives nothing away: ties that are no love, things that are
nobody, and notifications that anyone may see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import get_args

import pytest

from bot.appointments import Kind
from bot.due_line import due_line
from conversations.turn import KINDS, PEOPLE
from conversations.wording import read_phrases
from tests.conversations.said import Said, in_flows
from tests.conversations.said import in_phrases as phrases

#: What is said of a love, and of no other tie.
LOVE = re.compile(
    r"\b(partners?|relationships?|romantic|romance|dating|lovers?|in love|loved one|marriages?|"
    r"married|spouse|divorced?|break-?ups?|breaking up|an ex|your ex|couples?|affairs?|intimate|"
    r"intimacy|sweetheart|your love|soulmate)\b"
)
#: What is said of a person, and of no job, place or older self.
PERSON = re.compile(
    r"\b(between (the two of )?you|two of you|both of you|you both|each other|your parent|"
    r"your child|speak your mind|(with|to|for|see|tell|told|without|about|from|after|before) them|"
    r"they (said|say|did|do|want|mean|feel|think|hurt|are|were|would))\b"
)
#: Exercises that are about other people than the tie: those who stand by one.
ABOUT_OTHERS = ("support",)
#: What tells a passer-by what this is about.
TELLING = re.compile(
    r"\b(leav\w+|left|stay\w*|relation\w*|partner\w*|parents?|friend\w*|job|work|reasons?|lean|"
    r"boundar\w+|needs?|support\w*|letters?|grie\w+|pause|sever|doubt\w*|plans?|safe\w*|help|"
    r"feel\w*|love\w*|end\w*|goodbye|exercises?|questions?|talks?|affirm\w*|lines?|second look|"
    r"mood|hard|bad|sad|private|secret|confidential)\b"
)


def _with(words: re.Pattern[str], texts: Iterable[Said]) -> list[str]:
    return [f"{t.place}: {t.text}" for t in texts if words.search(t.plain.lower())]


def test_only_a_partner_is_spoken_of_as_a_love() -> None:
    """Where the tie may be something else, no word of love is said."""
    flows = [t for t in in_flows() if t.kinds != {"partner"}]
    # Whom it may be about is asked with words for each: those of the first screen.
    others = [t for t in phrases() if not t.place.startswith(("ties.", "tie_words.", "about."))]
    assert _with(LOVE, [*flows, *others]) == []


@pytest.mark.parametrize("kind", sorted({*KINDS} - {*PEOPLE}))
def test_what_is_written_for_a_person_is_not_said_about_a_thing(kind: str) -> None:
    """A job, a place and an older self are nobody; a community is many."""
    allowed = {"circle": ("each other", "with them", "to them", "for them")}.get(kind, ())
    texts = [t for t in in_flows() if kind in t.kinds and t.flow not in ABOUT_OTHERS]
    assert [
        told for told in _with(PERSON, texts) if not any(words in told.lower() for words in allowed)
    ] == []


@pytest.mark.parametrize("gentle", [False, True])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_notification_tells_nobody_what_it_is_about(kind: Kind, late: bool, gentle: bool) -> None:
    """What the clock sends, its buttons included: the same for everyone, and about nothing."""
    screen = due_line(
        kind, "a1", date(2026, 11, 22), read_phrases(), "en", late=late, gentle=gentle
    )
    shown = [screen.text, *(button.label for button in screen.buttons)]
    assert [text for text in shown if TELLING.search(text.lower())] == []
    assert "{" not in "".join(shown)


def test_the_notice_before_all_is_erased_tells_nobody_either() -> None:
    shown = [t.plain for t in phrases() if t.place.startswith("retention.")]
    assert len(shown) > 1
    assert [text for text in shown if TELLING.search(text.lower())] == []
