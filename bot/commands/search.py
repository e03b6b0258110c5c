"""Finds kept words again: without case, accents or punctuation, and forgiving a slip."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.person import Keepsake
from conversations.answers import fold

#: Letters from which a word may be misspelt, and how alike (0 to 100) it has to be then.
LONG_ENOUGH, ALIKE = 4, 78


def find(kept: Sequence[Keepsake], text: str) -> list[Keepsake]:
    """Those that hold every word of the text, or its beginning; else those that nearly do."""
    wanted = _plain(text).split()
    if not wanted:
        return []
    folded = [(keepsake, _plain(keepsake.text)) for keepsake in kept]
    found = [k for k, words in folded if all(word in words for word in wanted)]
    return found or [k for k, words in folded if _nearly(wanted, words.split())]


def _nearly(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word == one or _alike(word, one) for one in words) for word in wanted)


def _alike(word: str, one: str) -> bool:
    return len(word) >= LONG_ENOUGH and fuzz.ratio(word, one, score_cutoff=ALIKE) > 0


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return fold("".join(c for c in apart if not unicodedata.combining(c)))
