"""Sets from which weight on a text counts, by the messages that were not learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from conversations.weighing.encoder import Encoder
from conversations.weighing.sieve import read_sieve

from .messages import KINDS, LABELS, LANGUAGES, Message, development

#: The share of hard ordinary and of everyday messages that may be heard wrongly here; more where
#: there are too few messages to tell one in a hundred.
HARD, EVERYDAY = {"en": 0.068}, {"en": 0.012}
HARD_ELSEWHERE, EVERYDAY_ELSEWHERE = 0.09, 0.04
#: The same for a weak signal.
WEAK_HARD, WEAK_EVERYDAY = 0.13, 0.03
#: Less than this at a glance, and no rule need be tried: no message in which one was right did.
CALM, CALM_ELSEWHERE = {"en": -3.6}, -1.5
#: How far a weak signal may stay below what is noticed.
WEAK_BAND = 0.8
#: How far below what is noticed a text may stay in which a rule matches.
FLOOR = 4.0
#: The share of what is to be noticed that the glance may leave behind.
LEFT = 0.02
#: How many words tell a language.
TELLING = 90


def told_by(messages: Sequence[Message]) -> dict[str, list[str]]:
    """The commonest words of each language that hardly occur in any other."""
    counts = {language: Counter[str]() for language in LANGUAGES}
    sizes = Counter(message.language for message in messages)
    for message in messages:
        counts[message.language].update({word for word in message.tokens if word.isalpha()})
    made: dict[str, list[str]] = {}
    for language in LANGUAGES:

        def share(word: str, of: str) -> float:
            return counts[of][word] / sizes[of]

        made[language] = [
            word
            for word, _ in counts[language].most_common(1500)
            if share(word, language)
            > max(0.008, *(6 * share(word, other) for other in LANGUAGES if other != language))
        ][:TELLING]
    return made


def _from(weights: Any, kinds: Any, hard: float, everyday: float) -> float:
    """The least weight at which at most these shares are heard wrongly."""
    made = []
    for kind, share in (("hard", hard), ("everyday", everyday)):
        ordered = np.sort(weights[kinds == kind])[::-1]
        made.append(ordered[min(len(ordered) - 1, int(share * len(ordered)))])
    return float(max(made)) + 1e-3


def balance(folder: Path, messages: Sequence[Message], closely: Mapping[str, float]) -> None:
    """Writes `balance.toml`; `closely` is the share of the close reading in each language."""
    sieve, telling = read_sieve(folder / "sieve.bin"), told_by(messages)
    lines = [
        "# Written by `python -m tools.learning`; told in docs/listening.md.",
        'otherwise = "en"',
    ]
    with np.load(folder / "encoder.npz") as stored:
        encoder = Encoder(dict(stored))
    for language in LANGUAGES:
        measured = [message for message in development(language) if message.tokens]
        kinds = np.array([message.kind for message in measured])
        glances = np.array([sieve.weigh(message.tokens) for message in measured])
        weights = glances.copy()
        if share := closely.get(language):
            odds = np.array([encoder.read(message.tokens) for message in measured])
            weights = glances + share * (np.logaddexp.reduce(odds[:, 1:], axis=1) - odds[:, 0])
        noticed = _from(
            weights,
            kinds,
            HARD.get(language, HARD_ELSEWHERE),
            EVERYDAY.get(language, EVERYDAY_ELSEWHERE),
        )
        unsure = _from(weights, kinds, WEAK_HARD, WEAK_EVERYDAY)
        unsure = min(noticed, max(unsure, noticed - WEAK_BAND))
        found = np.isin(kinds, LABELS) & (weights >= unsure)
        gate = float(np.quantile(glances[found], LEFT)) if share else unsure
        lines += [
            f"\n[scales.{language}]",
            f"calm = {CALM.get(language, CALM_ELSEWHERE)}",
            f"gate = {gate:.3f}",
            "sieve = 1.0",
            f"encoder = {share or 0.0}",
            f"noticed = {noticed:.3f}",
            f"unsure = {unsure:.3f}",
            f"floor = {noticed - FLOOR:.3f}",
            "told_by = [",
            *(
                "  " + " ".join(f'"{word}",' for word in telling[language][at : at + 10])
                for at in range(0, len(telling[language]), 10)
            ),
            "]",
        ]
        heard = {kind: float((weights[kinds == kind] >= noticed).mean()) for kind in KINDS}
        print(language, {kind: round(share, 3) for kind, share in heard.items()})
        print(f"  past the gate: {(glances[kinds == 'everyday'] >= gate).mean():.3f} of everyday")
    (folder / "balance.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
