"""Learns the sieve: logistic regression over hashed features, and one for each label."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from conversations.weighing.sieve import BITS, LABEL_BITS, features

from .messages import LABELS, Message


def _matrix(messages: Sequence[Message], bits: int) -> Any:
    """A row for each message: 1 / sqrt(n) at each of its n features."""
    rows = [[place & ((1 << bits) - 1) for place in features(m.tokens)] for m in messages]
    values = np.concatenate([np.full(len(row), len(row) ** -0.5) for row in rows])
    ends = np.cumsum([0, *map(len, rows)])
    made = csr_matrix((values, np.concatenate(rows), ends), shape=(len(rows), 1 << bits))
    made.sum_duplicates()
    return made


def _fit(matrix: Any, wanted: Any, shares: Any = None) -> Any:
    made = LogisticRegression(C=30, max_iter=300, class_weight="balanced", solver="liblinear")
    return made.fit(matrix, wanted, sample_weight=shares)


def _stepped(weights: Any) -> tuple[bytes, float]:
    """Weights as signed bytes, and the size of a step."""
    scale = float(np.abs(weights).max() / 127)
    return np.round(weights / scale).astype(np.int8).tobytes(), scale


def learn_sieve(messages: Sequence[Message], file: Path) -> Callable[[Sequence[Message]], Any]:
    """Writes the sieve; what comes back gives the odds of other messages."""
    labels = np.array([message.label for message in messages])
    shares = np.array([message.share for message in messages])
    whole = _fit(_matrix(messages, BITS), labels > 0, shares)
    body, scale = _stepped(whole.coef_[0])
    head: dict[str, Any] = {"scale": scale, "bias": float(whole.intercept_[0]), "labels": {}}
    hits = [message for message in messages if message.label]
    matrix = _matrix(hits, LABEL_BITS)
    for number, label in enumerate(LABELS, 1):
        one = _fit(matrix, np.array([message.label == number for message in hits]))
        more, step = _stepped(one.coef_[0])
        body += more
        head["labels"][label] = (step, float(one.intercept_[0]))
    file.write_bytes(json.dumps(head).encode() + b"\n" + body)
    return lambda others: whole.decision_function(_matrix(others, BITS))
