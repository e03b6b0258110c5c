"""Understands the plain questions and the stop words, in any words near to the ones in the list.

"Who reads this?", "are you a person?", "is this private?", "what is this?", "stop", "delete
everything": a text counts only where it says this and nothing else. The phrasings are content
(`phrases/plain.toml`), as short patterns; what they mean here is decided by whole clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from conversations.answers import fold
from conversations.wording import Phrases

#: Where several are said at once, the one that changes most is meant.
KINDS = ("delete", "stop", "who_reads", "private", "person", "what")
#: A longer text says more than these.
LONGEST = 160
#: Words of at least so many letters are understood with one slip, shorter ones with two swapped.
SLIPS_FROM, SWAPS_FROM = 5, 4

_CLAUSES = re.compile(r"[.!?;:\n]+")
_PARTS = re.compile(r",| and | or else |\s[-\u2013\u2014]\s")
_REPEATED = re.compile(r"(\w)\1{2,}")
_SLOT = re.compile(r"\[|\]|[^\s\[\]]+")


def meant(text: str, phrases: Phrases, language: str) -> str | None:
    """Which plain question a text asks, or "stop" or "delete"; None where it says more or less."""
    if len(text) > LONGEST:
        return None
    known = _understood(phrases, language)
    plain = text.replace("'", "").replace("\u2019", "")
    found: list[str] = []
    for clause in filter(str.strip, _CLAUSES.split(plain)):
        kinds = known.clause(clause)
        if kinds is None:
            return None
        found += kinds
    return next((kind for kind in KINDS if kind in found), None)


@dataclass(frozen=True)
class _Understood:
    """The patterns of each kind, what may stand around them, and every word they know."""

    patterns: Mapping[str, re.Pattern[str]]
    before: re.Pattern[str]
    after: re.Pattern[str]
    words: frozenset[str]

    def clause(self, clause: str) -> list[str] | None:
        """The kinds that a clause means; empty where it is only polite, None where it is more."""
        kind = self._kind(clause)
        if kind is not None:
            return [kind] if kind else []
        parts = [part for part in _PARTS.split(clause) if part.strip()]
        kinds = [self._kind(part) for part in parts] if len(parts) > 1 else [None]
        return None if None in kinds else [kind for kind in kinds if kind]

    def _kind(self, part: str) -> str | None:
        folded = _REPEATED.sub(r"\1", fold(part))
        said = "".join(f"{self._without_slip(word)} " for word in folded.split())
        for bare in self._bare(said):
            if not bare:
                return ""
            for kind, pattern in self.patterns.items():
                if pattern.fullmatch(bare):
                    return kind
        return None

    def _bare(self, said: str) -> Iterator[str]:
        """The text as it is, then with less and less of what is only polite around it."""
        yield said
        while found := self.before.match(said):
            said = said[found.end() :]
            yield said
        while found := self.after.search(said):
            said = said[: found.start()]
            yield said

    def _without_slip(self, word: str) -> str:
        """The word that was meant, where exactly one is a slip away."""
        if word in self.words or len(word) < SWAPS_FROM:
            return word
        near = {
            known
            for known in self.words
            if len(known) >= SWAPS_FROM
            and OSA.distance(word, known, score_cutoff=1) <= 1
            and (len(word) >= SLIPS_FROM or sorted(word) == sorted(known))
        }
        return near.pop() if len(near) == 1 else word


@cache
def _understood(phrases: Phrases, language: str) -> _Understood:
    lines = phrases("plain.typed_words", language).strip().splitlines()
    named = {name: rest.strip() for name, _, rest in (line.partition(":") for line in lines)}
    sources = {kind: phrases(f"plain.typed_{kind}", language).strip() for kind in KINDS}
    patterns = {
        kind: re.compile("|".join(_compiled(line, named) for line in source.splitlines()))
        for kind, source in sources.items()
    }
    around = phrases("plain.typed_around", language).split("\n")
    polite = sorted((fold(entry) for entry in around if entry.strip()), key=len, reverse=True)
    either = "|".join(map(re.escape, polite))
    everything = " ".join([*named.values(), *sources.values(), *polite])
    words = frozenset(re.findall(r"[^\W\d_A-Z]+", everything))
    before, after = re.compile(rf"(?:{either}) "), re.compile(rf"(?:^|(?<= ))(?:{either}) $")
    return _Understood(patterns, before, after, words)


def _compiled(line: str, named: Mapping[str, str]) -> str:
    """One phrasing as a regular expression over words that each end in a space."""
    made = []
    for piece in _SLOT.findall(line):
        if piece == "[":
            made.append("(?:")
        elif piece == "]":
            made.append(")?")
        else:
            words = "|".join(named.get(word, word) for word in piece.split("|"))
            made.append("(?:" + "|".join(w.replace("_", " ") for w in words.split("|")) + ") ")
    return "".join(made)
