"""Finds words again: without case, accents or punctuation, and forgiving a slip."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate

from rapidfuzz import fuzz, process

from bot.person import Keepsake

#: Letters from which a word may be misspelt, and how alike (0 to 100) it has to be then.
LONG_ENOUGH, ALIKE = 4, 78
#: Characters one search goes through, a twentieth of a second's work; what comes after is left out.
MOST = 1_000_000
#: Characters of a text shown around what was found in it.
AROUND = 160

#: Accents, also those of Hebrew and Arabic.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f]+")
_WORD = re.compile(r"[^\W_]+")


def find(kept: Sequence[Keepsake], text: str) -> list[Keepsake]:
    """Those that hold every word of the text, or its beginning; else those that nearly do."""
    return [kept[place] for place in places([k.text for k in kept], text)]


def places(texts: Sequence[str], wanted: str) -> list[int]:
    """Where in `texts` every wanted word, or its beginning, stands; else where it nearly does.

    Goes through the first `MOST` characters.
    """
    words = plain(wanted).split()
    if not words:
        return []
    folded = [plain(text) for text in texts[: within_reach(texts)]]
    exact = [i for i, text in enumerate(folded) if all(word in text for word in words)]
    if exact:
        return exact
    spoken = [frozenset(text.split()) for text in folded]
    every = frozenset().union(*spoken)
    alike = [_alike(word, every) for word in words]
    return [i for i, said in enumerate(spoken) if all(said & near for near in alike)]


def within_reach(texts: Sequence[str]) -> int:
    """How many of the texts, from the first on, one search goes through."""
    return sum(used <= MOST for used in accumulate(map(len, texts)))


def excerpt(text: str, wanted: str) -> str:
    """The part of a text around the first wanted word; the whole where it is short."""
    if len(text) <= AROUND:
        return text
    words = plain(wanted).split()
    found = next((w.start() for w in re.finditer(r"\S+", text) if _is_one(w.group(), words)), 0)
    begin = max(0, min(found - AROUND // 3, len(text) - AROUND))
    end = begin + AROUND
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    return f"{before}{text[begin:end].strip()}{after}"


def _is_one(said: str, words: Sequence[str]) -> bool:
    spoken = plain(said)
    return any(word in spoken or _alike(word, frozenset(spoken.split())) for word in words)


def _alike(word: str, every: frozenset[str]) -> frozenset[str]:
    """The word itself, and the words that a slip of the finger makes of it."""
    if len(word) < LONG_ENOUGH:
        return every & {word}
    near = process.extract(word, list(every), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
    return frozenset(found for found, *_ in near)


def plain(text: str) -> str:
    """The words of a text alone, in compatible forms, without case and accents."""
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(_WORD.findall(text.casefold()))
