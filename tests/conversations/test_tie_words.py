"""Typed kinds of tie: each line of the list is understood as a person would mean it."""

import pytest

from conversations.tie_words import kinds_named
from conversations.turn import KINDS
from conversations.wording import read_phrases

PHRASES = read_phrases()
#: What is typed, and the kinds it names: one where it is clear, two where it is asked.
NAMED = {
    "partner": "my husband; Wife; my ex; it's about my boyfriend; my girlfriend of six years; "
    "my marriage; the person I live with; someone I'm seeing; my ex-wife; fiancé; my sposue",
    "parent": "mum; My mom; my dad!; about my father; my parents; step-mother; mother and father",
    "child": "my son; our daughter; my kids; my grown child; my youngest; my dauhgter",
    "relative": "my sister; brother; my mother-in-law; grandma; my cousin; an aunt; my sisster; "
    "my uncles; my half-brother",
    "friend": "my best friend; an old friend; a mate of mine; my bff; my firend; a school friend",
    "colleague": "boss; my boss at the bakery; my manager; a coworker; co-worker; "
    "someone at work; my business partner; my former boss; my supervisor",
    "group": "my friends; a group chat; my siblings; the girls; my flatmates",
    "job": "work; my job; my career; the company; it is about my workplace; my PhD; nursing",
    "circle": "the church; my mosque; choir; the band; my club; a support group; the congregation",
    "place": "my home town; my hometown; the city; my country; where I grew up; this flat; "
    "the neighbourhood",
    "self": "me; myself; my old self; who I used to be; my former life; an old version of myself; "
    "the person I was",
    "relative group": "my family; family",
    "colleague friend": "a friend from work; my work wife",
    "friend colleague": "my roommate; flatmate",
    "relative partner": "my sister's boyfriend",
    "friend relative": "my neighbour",
    "colleague circle": "my pastor; the boss of my church",
    "partner job": "my husband and my job",
    "": "M.; it is complicated; asdf; I do not know yet; 🙂; everything; nobody",
}
CASES = [(text, kinds) for kinds, texts in NAMED.items() for text in texts.split("; ")]


@pytest.mark.parametrize(("text", "kinds"), CASES)
def test_typed_words_name_their_kind(text: str, kinds: str) -> None:
    assert " ".join(kinds_named(text, PHRASES, "en")) == kinds


def test_every_kind_has_words_and_no_word_stands_twice() -> None:
    seen: dict[str, str] = {}
    for kind in KINDS:
        words = [
            w.strip() for w in PHRASES(f"tie_words.typed_{kind}").replace("\n", " ").split(",")
        ]
        assert len(words) > 10
        assert [w for w in words if w in seen] == []
        seen |= dict.fromkeys(words, kind)


def test_a_story_is_not_taken_for_a_name() -> None:
    story = "my sister said that " + "and then it went on " * 10
    assert kinds_named(story, PHRASES, "en") == ()
