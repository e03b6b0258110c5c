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

#: How many weights there are for "something or nothing", as a power of two, and for each label.
BITS, LABEL_BITS = 20, 17
_MASK, _LABEL_MASK = (1 << BITS) - 1, (1 << LABEL_BITS) - 1
_MARKS = {".", "?", ","}
_PART = 4
_FIRST, _LAST = 7, 11


def features(found: Sequence[str]) -> list[int]:
    """Where the weights of a text stand, each once: its words, their parts of four letters, its
    pairs of neighbours and its pairs with one between. `found` is what `tokens` gives."""
    words = [word.replace("'", "") if "'" in word else word for word in found]
    hashes = [crc32(word.encode()) for word in words]
    seen = {one for one, word in zip(hashes, words, strict=True) if word not in _MARKS}
    for word in words:
        if len(word) > _PART:
            whole = f"{word} ".encode("utf-16-le" if not word.isascii() else "ascii")
            wide = 1 if word.isascii() else 2
            step = _PART * wide
            seen.update(
                [crc32(whole[at : at + step], 9) for at in range(0, len(whole) - step + 1, wide)]
            )
    hashes = [_FIRST, *hashes, _LAST]
    seen.update([a * 2654435761 + b * 40503 for a, b in pairwise(hashes)])
    seen.update(
        [a * 2246822519 + b * 3266489917 + 1 for a, b in zip(hashes, hashes[2:], strict=False)]
    )
    return [(one ^ (one >> 15) ^ (one >> 31)) & _MASK for one in seen]


class Sieve:
    """A weight for each feature, one signed byte each; above 0 speaks for something to notice."""

    def __init__(self, head: dict[str, Any], body: bytes) -> None:
        self._weight = array("b", body[: 1 << BITS]).__getitem__
        self._scale, self._bias = float(head["scale"]), float(head["bias"])
        starts = range(1 << BITS, len(body), 1 << LABEL_BITS)
        self._labels = {
            label: (array("b", body[start : start + (1 << LABEL_BITS)]), float(scale), float(bias))
            for start, (label, (scale, bias)) in zip(starts, head["labels"].items(), strict=True)
        }

    def weigh(self, found: Sequence[str]) -> float:
        """The log odds that a text holds something to notice; 0 is even."""
        places = features(found)
        return self._bias + self._scale * sum(map(self._weight, places)) / math.sqrt(len(places))

    def label(self, found: Sequence[str]) -> str:
        """Which label it is most like, if it is to be noticed at all."""
        places = [place & _LABEL_MASK for place in features(found)]
        root = math.sqrt(len(places))
        odds: dict[str, float] = {
            label: bias + scale * sum([weights[place] for place in places]) / root
            for label, (weights, scale, bias) in self._labels.items()
        }
        return max(odds, key=lambda label: odds[label])

    def heaviest(self, found: Sequence[str]) -> int:
        """Where the weight of the feature stands that speaks most for something to notice."""
        return max(features(found), key=self._weight)


def read_sieve(file: Path) -> Sieve:
    """The weights of a file: a line of JSON, then a byte for each weight.

    Raises OSError, or ValueError where it is not one.
    """
    head, _, body = file.read_bytes().partition(b"\n")
    said: dict[str, Any] = json.loads(head)
    if len(body) != (1 << BITS) + len(said["labels"]) * (1 << LABEL_BITS):
        raise ValueError(f"{file.name} is cut off or longer than it says")
    return Sieve(said, body)
