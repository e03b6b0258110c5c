"""Parts a plain text into words and marks, and a long one into passages that can be weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?]+|[.!\n]+|[,;:]")
_MARKS = {"?": "?", ".": ".", "!": ".", "\n": ".", ",": ",", ";": ",", ":": ","}

#: How many words a passage holds at most: few enough that one sentence among them still weighs.
PASSAGE = 24
#: A text up to this length is weighed as a whole.
WHOLE = 60


def tokens(plain: str) -> list[str]:
    """The words of a plain text (`folding.plain`), in order, with `.`, `?` and `,` between."""
    return [_MARKS.get(token[0], token) for token in _TOKEN.findall(plain)]


def passages(found: Sequence[str]) -> Iterator[Sequence[str]]:
    """The text itself, or, of a long one, passages that overlap by half."""
    if len(found) <= WHOLE:
        yield found
        return
    for start in range(0, len(found) - PASSAGE // 2, PASSAGE // 2):
        yield found[start : start + PASSAGE]
