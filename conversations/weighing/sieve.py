"""Weighs a text at a glance: a linear classifier over its words, parts of words and pairs of words.

Whatever is certainly ordinary ends here, within some thirty microseconds. A feature's weight is
found by its hash, so that no vocabulary has to be kept, and every language that was learned is
weighed by the same table.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

#: How many weights there are, as a power of two.
BITS = 20
_MASK = (1 << BITS) - 1
_MARKS = {".", "?", ","}
_PART = 4
_FIRST, _LAST = 7, 11


def features(found: Sequence[str]) -> list[int]:
    """Where the weights of a text stand, each once: its words, their parts of four letters, its
    pairs of neighbours and its pairs with one between. `found` is what `tokens` gives."""
    words = [_said(word) for word in found]
    hashes = [crc32(word.encode()) for word in words]
    seen = {one for one, word in zip(hashes, words, strict=True) if word not in _MARKS}
    for word in words:
        if len(word) > _PART:
            whole = f"{word} "
            ends = range(_PART, len(whole) + 1)
            seen.update([crc32(whole[end - _PART : end].encode(), 9) for end in ends])
    hashes = [_FIRST, *hashes, _LAST]
    seen.update([a * 2654435761 + b * 40503 for a, b in pairwise(hashes)])
    seen.update(
        [a * 2246822519 + b * 3266489917 + 1 for a, b in zip(hashes, hashes[2:], strict=False)]
    )
    return [(one ^ (one >> 15) ^ (one >> 31)) & _MASK for one in seen]


def _said(word: str) -> str:
    """A word as it is weighed: without apostrophes, and any number as one and the same."""
    if word.isalpha():
        return word
    return "0" if word[-1].isdigit() else word.replace("'", "")


class Sieve:
    """A weight for each feature, one signed byte each; above 0 speaks for something to notice."""

    def __init__(self, head: dict[str, Any], body: bytes) -> None:
        self._weight = array("b", body).__getitem__
        self._scale, self._bias = float(head["scale"]), float(head["bias"])

    def weigh(self, found: Sequence[str]) -> float:
        """The log odds that a text holds something to notice; 0 is even."""
        places = features(found)
        return self._bias + self._scale * sum(map(self._weight, places)) / math.sqrt(len(places))

    def heaviest(self, found: Sequence[str]) -> int:
        """Where the weight of the feature stands that speaks most for something to notice."""
        return max(features(found), key=self._weight)


def read_sieve(file: Path) -> Sieve:
    """The weights of a file: a line of JSON, then a byte for each weight.

    Raises OSError, or ValueError where it is not one.
    """
    head, _, body = file.read_bytes().partition(b"\n")
    said: dict[str, Any] = json.loads(head)
    if len(body) != 1 << BITS:
        raise ValueError(f"{file.name} is cut off or longer than it says")
    return Sieve(said, body)
