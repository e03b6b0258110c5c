"""Which kind of tie typed words name: "my sister", "mum", "the church", "where I grew up"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz.distance import OSA

from conversations.answers import fold
from conversations.turn import KINDS
from conversations.wording import Phrases

#: Longer texts tell a story; they are not taken for the name of a kind.
MOST_WORDS = 24
#: Words of at least so many letters are understood with one slip.
SLIPS_FROM = 5
#: Kinds asked about where it is not clear.
LIKELIEST = 2

Words = tuple[str, ...]


def kinds_named(text: str, phrases: Phrases, language: str) -> tuple[str, ...]:
    """The kinds that a text names: none, one where it is clear, or the two likeliest."""
    tokens = tuple(fold(text).split())
    if not 0 < len(tokens) <= MOST_WORDS:
        return ()
    found: list[str] = []
    for meant in _spotted(tokens, _vocabulary(phrases, language)):
        found += [kind for kind in meant if kind not in found]
    return tuple(found[:LIKELIEST])


def _spotted(tokens: Words, vocabulary: Mapping[Words, Words]) -> Iterator[Words]:
    """What is named, in the order of the text; the longest phrase at each place wins."""
    longest = max(map(len, vocabulary))
    here = 0
    while here < len(tokens):
        for size in range(min(longest, len(tokens) - here), 0, -1):
            words = tokens[here : here + size]
            if meant := vocabulary.get(words) or vocabulary.get((*words[:-1], _one(words[-1]))):
                yield meant
                here += size
                break
        else:
            if meant := _with_a_slip(tokens[here], vocabulary):
                yield meant
            here += 1


def _one(word: str) -> str:
    """The singular of a plain English plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _with_a_slip(word: str, vocabulary: Mapping[Words, Words]) -> Words:
    """What a word means that is one slip away from a known one; nothing where it is open."""
    if len(word) < SLIPS_FROM:
        return ()
    near = {
        meant
        for known, meant in vocabulary.items()
        if len(known) == 1
        and len(known[0]) >= SLIPS_FROM
        and OSA.distance(word, known[0], score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else ()


@cache
def _vocabulary(phrases: Phrases, language: str) -> Mapping[Words, Words]:
    """What each word or phrase means; a phrase that is named as unsure means two kinds."""
    known: dict[Words, Words] = {}
    for kind in KINDS:
        for entry in phrases(f"tie_words.typed_{kind}", language).replace("\n", " ").split(","):
            known[tuple(fold(entry).split())] = (kind,)
    for line in phrases("tie_words.typed_unsure", language).splitlines():
        entry, _, kinds = line.partition(":")
        known[tuple(fold(entry).split())] = _listed(kinds)
    return known


def _listed(kinds: str) -> Words:
    named: Sequence[str] = [kind.strip() for kind in kinds.split(",")]
    return tuple(kind for kind in named if kind in KINDS)
