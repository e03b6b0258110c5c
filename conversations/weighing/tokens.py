"""Parts a text into words and marks, and a long one into passages that are heard apart."""

from __future__ import annotations

import re
from itertools import pairwise

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?]+|[.!\n]+|[,;:]")
_MARKS = {"?": "?", ".": ".", "!": ".", "\n": ".", ",": ",", ";": ",", ":": ","}
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*")

#: How many words and marks a passage holds at most: few enough that one sentence still weighs.
PASSAGE = 20
#: A text up to this length is heard as a whole.
WHOLE = 40
#: Of a passage, what may stand once more at the beginning of the next.
_AGAIN = 10


def tokens(plain: str) -> list[str]:
    """The words of a plain text (`folding.plain`), in order, with `.`, `?` and `,` between."""
    return [_MARKS.get(token[0], token) for token in _TOKEN.findall(plain)]


def passages(text: str) -> list[str]:
    """The text itself, or, of a long one, as many of its sentences as a passage can hold.

    The last sentence of one begins the next, where it is short: what follows may belong to it.
    """
    if len(_TOKEN.findall(text)) <= WHOLE:
        return [text]
    made: list[str] = []
    held: list[tuple[str, int]] = []
    for sentence in _SENTENCE.findall(text):
        for piece, length in _pieces(sentence):
            if sum(each for _, each in held) + length > PASSAGE:
                made.append("".join(each for each, _ in held))
                held = [each for each in held[-1:] if each[1] <= min(_AGAIN, PASSAGE - length)]
            held.append((piece, length))
    return [*made, "".join(each for each, _ in held)]


def _pieces(sentence: str) -> list[tuple[str, int]]:
    """A sentence and how many words and marks it has, or pieces of one that is too long."""
    starts = [match.start() for match in _TOKEN.finditer(sentence)]
    if len(starts) <= PASSAGE:
        return [(sentence, len(starts))]
    cuts = [0, *starts[_AGAIN::_AGAIN], len(sentence)]
    return [
        (sentence[a:b], min(_AGAIN, len(starts) - at * _AGAIN))
        for at, (a, b) in enumerate(pairwise(cuts))
    ]
