"""Learns an encoder: the lowest layers of a published one, trained further on our messages."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from conversations.weighing.encoder import MOST
from conversations.weighing.pieces import SPECIAL, pieces_of

from .messages import LABELS, Message
from .published import WIDTH, Published

HEADS = 12
EPOCHS, MORE, BATCH, RATE = 5, 2, 32, 1.5e-4
#: How often a piece is hidden while learning, so that no single word decides.
HIDDEN = 0.05
_UNKNOWN, _ENDS = SPECIAL.index("<unk>"), {SPECIAL.index("<s>"), SPECIAL.index("</s>")}


def _further(made: dict[str, Any], known: Sequence[str], file: Path) -> None:
    """Puts what a file has learned before in place of the published weights."""
    with np.load(file) as stored:
        before = bytes(stored["pieces"]).decode().split("\n")
        for name, published in made.items():
            exact = torch.tensor(stored[name].astype(np.float32))
            if stored[name].dtype == np.int8:
                scale = torch.tensor(stored[f"{name}.scale"].astype(np.float32))
                exact = exact * (scale[:, None] if name == "embedding" else scale)
            if name != "embedding":
                made[name] = exact
                continue
            rows = {piece: row for row, piece in enumerate(before)}
            for row, piece in enumerate(known):
                if piece in rows:
                    published[row] = exact[rows[piece]]


class Layers(nn.Module):
    """What `conversations.weighing.encoder` computes, for many texts at once and to be learned."""

    def __init__(self, weights: dict[str, Any]) -> None:
        super().__init__()
        self.layers = sum(name.endswith(".qkv") for name in weights)
        self.names = list(weights)
        self.weights = nn.ParameterList([nn.Parameter(each) for each in weights.values()])

    def forward(self, numbers: Any, present: Any) -> Any:
        """(texts, pieces) numbers and whether each is there -> (texts, 1 + labels) log odds."""
        w = dict(zip(self.names, self.weights, strict=True))
        texts, length = numbers.shape

        def linear(x: Any, name: str) -> Any:
            return x @ w[name] + w[f"{name}.bias"]

        def norm(x: Any, name: str) -> Any:
            return functional.layer_norm(
                x, (WIDTH,), w[f"{name}.norm.scale"], w[f"{name}.norm.bias"], 1e-12
            )

        def drop(x: Any) -> Any:
            return functional.dropout(x, 0.1, self.training)

        x = drop(norm(w["embedding"][numbers] + w["positions"][:length], "embedding"))
        for layer in range(self.layers):
            qkv = linear(x, f"{layer}.qkv").view(texts, length, 3, HEADS, WIDTH // HEADS)
            mixed = functional.scaled_dot_product_attention(
                *qkv.permute(2, 0, 3, 1, 4), attn_mask=present[:, None, None, :]
            )
            mixed = mixed.transpose(1, 2).reshape(texts, length, WIDTH)
            x = norm(x + drop(linear(mixed, f"{layer}.mixed")), f"{layer}.mixed")
            wide = functional.gelu(linear(x, f"{layer}.wide"), approximate="tanh")
            x = norm(x + drop(linear(wide, f"{layer}.narrow")), f"{layer}.narrow")
        there = present.float()[:, :, None]
        return linear((x * there).sum(1) / there.sum(1), "head")


def _batch(rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    longest = max(map(len, rows))
    numbers = torch.zeros(len(rows), longest, dtype=torch.long)
    present = torch.zeros(len(rows), longest, dtype=torch.bool)
    for at, row in enumerate(rows):
        numbers[at, : len(row)] = torch.tensor(row)
        present[at, : len(row)] = True
    return numbers, present


def _batches(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    """Every message once, by chance, those of like length together."""
    order = random.sample(range(len(rows)), len(rows))
    near = [
        index
        for start in range(0, len(order), BATCH * 20)
        for index in sorted(order[start : start + BATCH * 20], key=lambda one: len(rows[one]))
    ]
    made = [near[start : start + BATCH] for start in range(0, len(near), BATCH)]
    random.shuffle(made)
    return made


def learn_encoder(
    messages: Sequence[Message], file: Path, begin: Published, further: bool = False
) -> None:
    """Learns for `EPOCHS` rounds and writes the encoder (some minutes a round).

    `further` goes on from the file as it is, for `MORE` rounds with smaller steps: enough when some
    thousand messages were added.
    """
    epochs, rate = (MORE, RATE / 2) if further else (EPOCHS, RATE)
    torch.manual_seed(1)
    random.seed(1)
    every = pieces_of(begin.pieces, begin.odds)
    used = Counter(one for m in messages for one in every.numbers(m.text, 10**6))
    # Only the pieces are kept that occur in what is learned from.
    kept = [*range(len(SPECIAL)), *sorted(used.keys() - set(range(len(SPECIAL))))]
    known = [begin.pieces[one] for one in kept]
    odds = begin.odds and [begin.odds[one] for one in kept]
    pieces = pieces_of(known, odds)
    weights = begin.weights | {"embedding": begin.weights["embedding"][kept]}
    weights["head"] = torch.randn(WIDTH, 1 + len(LABELS)) * 0.02
    weights["head.bias"] = torch.zeros(1 + len(LABELS))
    if further:
        _further(weights, known, file)
    model = Layers(weights)
    rows = [pieces.numbers(message.text, MOST) for message in messages]
    steps = epochs * (len(rows) // BATCH + 1)
    learner = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(
        learner, lambda step: min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps)
    )
    for epoch in range(epochs):
        model.train()
        total = 0.0
        batches = _batches(rows)
        for batch in batches:
            shown = [
                [n if n in _ENDS or random.random() > HIDDEN else _UNKNOWN for n in rows[one]]
                for one in batch
            ]
            wanted = torch.tensor([messages[one].label for one in batch])
            with torch.autocast("cpu", torch.bfloat16):
                told = model(*_batch(shown)).float()
            each = functional.cross_entropy(told, wanted, label_smoothing=0.05, reduction="none")
            loss = (each * torch.tensor([messages[one].share for one in batch])).mean()
            learner.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            learner.step()
            pace.step()
            total += loss.item()
        print(f"round {epoch + 1} of {epochs}: {total / len(batches):.3f}", flush=True)
    _write(model, known, odds, file)


def _write(model: Layers, known: Sequence[str], odds: Sequence[float] | None, file: Path) -> None:
    """Matrices as bytes with a scale a column (a row in the embedding), the rest as halves."""
    out: dict[str, Any] = {"pieces": np.frombuffer("\n".join(known).encode(), np.uint8)}
    if odds is not None:
        out["pieces.odds"] = np.array(odds, np.float16)
    for name, weight in zip(model.names, model.weights, strict=True):
        exact = weight.detach().numpy()
        if exact.ndim == 1 or name == "positions":
            out[name] = exact.astype(np.float16)
            continue
        axis = 1 if name == "embedding" else 0
        scale = np.abs(exact).max(axis) / 127 + 1e-12
        out[name] = np.round(exact / np.expand_dims(scale, axis)).astype(np.int8)
        out[f"{name}.scale"] = scale.astype(np.float16)
    np.savez_compressed(file, **out)
