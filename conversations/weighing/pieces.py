"""Parts words into the pieces the encoder knows: the longest first, as WordPiece does.

Source: Wu et al., Google's Neural Machine Translation System, 2016, section 4.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

PADDING, UNKNOWN, START, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
#: What a piece begins with that does not begin a word.
_INNER = "##"


class Pieces:
    """The numbers of all pieces, in the order of the encoder's embeddings."""

    def __init__(self, known: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(known)}
        self._unknown = self._numbers[UNKNOWN]
        self._start, self._end = self._numbers[START], self._numbers[END]

    def numbers(self, found: Sequence[str], most: int) -> list[int]:
        """A text's pieces between a start and an end, cut after `most` of them."""
        made: list[int] = []
        for token in found:
            for number, word in enumerate(token.split("'")):
                if number:
                    made += self._word("'")
                if word:
                    made += self._word(word)
        return [self._start, *made[:most], self._end]

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
                return [self._unknown]
        return made
