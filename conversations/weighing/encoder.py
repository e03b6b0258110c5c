"""Reads a text closely: a small transformer encoder that says which of the labels it holds.

Layers of the usual kind (Devlin et al., BERT, 2019), run with numpy alone. The weights are
bytes with a scale for each column; how they were learned stands in `tools/learning`. Importing
this module costs some 20 MB and a tenth of a second, so it is imported when a text first needs it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# One text is too small to be shared between cores, and each thread would hold a buffer of its own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from .pieces import pieces_of

Floats = NDArray[np.float32]

#: How many pieces of a passage are read; learned with the same number.
MOST = 96
_HEADS = 12


class Encoder:
    """The weights of a file, ready to be used."""

    def __init__(self, stored: Mapping[str, NDArray[Any]]) -> None:
        odds = stored["pieces.odds"].tolist() if "pieces.odds" in stored else None
        self._pieces = pieces_of(bytes(stored["pieces"]).decode().split("\n"), odds)
        self._embedding = stored["embedding"]
        self._embedding_scale = stored["embedding.scale"].astype(np.float32)
        self._positions = stored["positions"].astype(np.float32)
        self._stored = {
            name: value.astype(np.float32)
            for name, value in stored.items()
            if value.dtype == np.float16 and name not in ("pieces.odds", "positions")
        }
        # They stay bytes: made into numbers as they are used, they take a quarter of the memory.
        self._matrices = {
            name: value
            for name, value in stored.items()
            if value.dtype == np.int8 and name != "embedding"
        }
        self._layers = sum(name.endswith("qkv") for name in self._matrices)

    def read(self, passage: str) -> Floats:
        """The log odds of each label, and of none of them first, for one passage as it is typed."""
        numbers = self._pieces.numbers(passage, MOST)
        x = self._embedding[numbers] * self._embedding_scale[numbers, None]
        x = self._norm(x + self._positions[: len(numbers)], "embedding.norm")
        for layer in range(self._layers):
            x = self._norm(x + self._attend(x, f"{layer}."), f"{layer}.mixed.norm")
            wide = _gelu(self._linear(x, f"{layer}.wide"))
            x = self._norm(x + self._linear(wide, f"{layer}.narrow"), f"{layer}.narrow.norm")
        out: Floats = self._linear(x.mean(axis=0), "head")
        return out

    def _attend(self, x: Floats, layer: str) -> Floats:
        length, width = x.shape
        qkv = self._linear(x, f"{layer}qkv").reshape(length, 3, _HEADS, width // _HEADS)
        queries, keys, values = qkv.transpose(1, 2, 0, 3)
        scores = queries @ keys.transpose(0, 2, 1) / np.float32((width // _HEADS) ** 0.5)
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        shares /= shares.sum(axis=2, keepdims=True)
        mixed = (shares @ values).transpose(1, 0, 2).reshape(length, width)
        return self._linear(mixed, f"{layer}mixed")

    def _linear(self, x: Floats, name: str) -> Floats:
        out: Floats = x @ self._matrices[name].astype(np.float32)
        return out * self._stored[f"{name}.scale"] + self._stored[f"{name}.bias"]

    def _norm(self, x: Floats, name: str) -> Floats:
        x = x - x.mean(axis=1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=1, keepdims=True) + np.float32(1e-12))
        return x * self._stored[f"{name}.scale"] + self._stored[f"{name}.bias"]


def _gelu(x: Floats) -> Floats:
    inner = np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)
    out: Floats = np.float32(0.5) * x * (1 + np.tanh(inner))
    return out


def read_encoder(file: Path) -> Encoder:
    """The encoder of an `.npz` file; raises OSError, ValueError or KeyError where it is none."""
    with np.load(file, allow_pickle=False) as stored:
        return Encoder(dict(stored))
