"""Learns the sieve: logistic regression over hashed features."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from conversations.weighing.sieve import BITS, features

from .messages import Message

#: In how many messages a feature must stand to be weighed.
OFTEN = 2


def _matrix(messages: Sequence[Message]) -> Any:
    """A row for each message: 1 / sqrt(n) at each of its n features."""
    rows = [features(message.tokens) for message in messages]
    values = np.concatenate([np.full(len(row), len(row) ** -0.5) for row in rows])
    ends = np.cumsum([0, *map(len, rows)])
    made = csr_matrix((values, np.concatenate(rows), ends), shape=(len(rows), 1 << BITS))
    made.sum_duplicates()
    return made


def learn_sieve(messages: Sequence[Message], file: Path) -> None:
    """Writes the sieve, its weights as signed bytes."""
    matrix = _matrix(messages)
    # What stands in one message alone tells nothing; left out, a place that no message filled
    # weighs nothing either, and with it what is new to the sieve.
    often = np.asarray((matrix > 0).sum(axis=0)).ravel() >= OFTEN
    fit = LogisticRegression(C=30, max_iter=300, class_weight="balanced", solver="liblinear")
    fit.fit(
        matrix @ diags(often.astype(float)),
        np.array([message.label > 0 for message in messages]),
        sample_weight=np.array([message.share for message in messages]),
    )
    weights = fit.coef_[0]
    scale = float(np.abs(weights).max() / 127)
    head = {"scale": scale, "bias": float(fit.intercept_[0])}
    steps = np.round(weights / scale).astype(np.int8)
    file.write_bytes(json.dumps(head).encode() + b"\n" + steps.tobytes())
