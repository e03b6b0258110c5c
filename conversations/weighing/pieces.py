"""Parts a passage into the pieces an encoder knows, each as the encoder it began from does."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Protocol

from conversations.folding import plain

from .tokens import tokens

#: What a text is filled up with, what stands for what is not known, where it starts and ends.
SPECIAL = ("<pad>", "<unk>", "<s>", "</s>")
_UNKNOWN, _START, _END = 1, 2, 3
#: What a longest piece begins with that does not begin a word, and a likeliest one that does.
_INNER, _FIRST = "##", "\N{LOWER ONE EIGHTH BLOCK}"
#: No piece is longer, in characters; how unlikely a character is that no piece holds.
_LONGEST, _NEVER = 16, -30.0
_INVISIBLE = {"Cf", "Cc", "Mn"}
_QUOTES = dict.fromkeys(map(ord, "\u2019\u00b4`"), "'")


class Pieces(Protocol):
    """What parts a passage for one encoder."""

    def numbers(self, passage: str, most: int) -> list[int]:
        """The numbers of its pieces, as in the encoder's embeddings, cut after `most` of them,
        between a start and an end."""


class LongestPieces:
    """The longest known piece first, in a plain text's words and marks (WordPiece).

    Source: Wu et al., Google's Neural Machine Translation System, 2016, section 4.1.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(known)}

    def numbers(self, passage: str, most: int) -> list[int]:
        """See `Pieces`."""
        made: list[int] = []
        for token in tokens(plain(passage)):
            for number, word in enumerate(token.split("'")):
                if number:
                    made += self._word("'")
                if word:
                    made += self._word(word)
        return [_START, *made[:most], _END]

    def _word(self, word: str) -> list[int]:
        made: list[int] = []
        start = 0
        while start < len(word):
            lead = _INNER if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(lead + word[start:end])
                if number is not None:
                    made.append(number)
                    start = end
                    break
            else:
                return [_UNKNOWN]
        return made


class LikeliestPieces:
    """Of all ways to part a word, the likeliest, accents and marks as they are written (unigrams).

    `odds` are the logarithms of how likely each known piece is.
    Source: Kudo, Subword Regularization, 2018, section 3.2.
    """

    def __init__(self, known: Iterable[str], odds: Iterable[float]) -> None:
        self._known = {
            piece: (number, float(each))
            for number, (piece, each) in enumerate(zip(known, odds, strict=True))
        }

    def numbers(self, passage: str, most: int) -> list[int]:
        """See `Pieces`."""
        text = unicodedata.normalize("NFKC", passage).lower().translate(_QUOTES)
        text = "".join(
            each for each in text if each == "\n" or unicodedata.category(each) not in _INVISIBLE
        )
        made = [number for word in text.split() for number in self._word(_FIRST + word)]
        return [_START, *made[:most], _END]

    def _word(self, word: str) -> list[int]:
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)]  # odds, where the last piece began, it
        for end in range(1, len(word) + 1):
            ways = [
                (best[start][0] + known[1], start, known[0])
                for start in range(max(0, end - _LONGEST), end)
                if (known := self._known.get(word[start:end]))
            ]
            best.append(max(ways, default=(best[end - 1][0] + _NEVER, end - 1, _UNKNOWN)))
        made: list[int] = []
        end = len(word)
        while end:
            _, start, number = best[end]
            made.append(number)
            end = start
        return made[::-1]


def pieces_of(known: Sequence[str], odds: Sequence[float] | None) -> Pieces:
    """What parts passages into these pieces: the likeliest where their odds are known."""
    return LongestPieces(known) if odds is None else LikeliestPieces(known, odds)
