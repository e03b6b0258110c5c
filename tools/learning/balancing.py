"""Sets from which weight on a text counts, by messages that were not learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from conversations.listening import FOLDER, Listener, read_languages
from conversations.rule_files import WEAK
from conversations.weighing.encoder import read_encoder
from conversations.weighing.sieve import read_sieve
from conversations.weighing.weigher import encoder_file

from .messages import KINDS, LABELS, LANGUAGES, Message, development

#: The share of hard ordinary and of everyday messages that may weigh enough to be noticed, and,
#: of the hard, with what rules notice besides. Outside English there are too few messages to tell
#: one in a hundred.
HARD, EVERYDAY, HARD_IN_ALL = 0.06, 0.01, 0.08
HARD_ELSEWHERE, EVERYDAY_ELSEWHERE, HARD_IN_ALL_ELSEWHERE = 0.07, 0.03, 0.10
#: How far a weak signal may stay below what is noticed.
WEAK_BAND = 0.8
#: How far below what is noticed a text may stay in which a rule matches, at most.
FLOORS = np.arange(6.0, -0.1, -0.5)
#: The share of what is to be noticed that the glance may leave behind.
LEFT = 0.02
#: The share of everyday messages so calm at a glance that no rule need be tried, at most.
CALM = 0.6
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


def _scale(folder: Path, language: str, closely: str, rules: Listener) -> dict[str, Any]:
    """What `balance.toml` says of one language; prints how much is noticed then."""
    measured = [message for message in development(language) if message.tokens]
    sieve = read_sieve(folder / "sieve.bin")
    kinds = np.array([message.kind for message in measured])
    glances = np.array([sieve.weigh(message.tokens) for message in measured])
    heard = [rules.listen(message.text) for message in measured]
    ruled = np.array([one is not None and one.label != WEAK for one in heard])
    encoder = read_encoder(folder / encoder_file(closely))
    odds = np.array([encoder.read(message.text) for message in measured])
    weights = glances + np.logaddexp.reduce(odds[:, 1:], axis=1) - odds[:, 0]
    english = language == "en"
    hard, everyday, in_all = (
        (HARD, EVERYDAY, HARD_IN_ALL)
        if english
        else (HARD_ELSEWHERE, EVERYDAY_ELSEWHERE, HARD_IN_ALL_ELSEWHERE)
    )
    noticed = _from(weights, kinds, hard, everyday)

    def in_all_from(floor: float) -> Any:
        return (weights >= noticed) | (ruled & (weights >= floor))

    floors = [noticed - below for below in FLOORS]
    floor = next(
        one for one in (*floors, noticed) if in_all_from(one)[kinds == "hard"].mean() <= in_all
    )
    true = np.isin(kinds, LABELS)
    found = in_all_from(floor)
    calm = min(
        float(np.quantile(glances[kinds == "everyday"], CALM)),
        float(glances[true & ruled & found].min()),
    )
    gate = float(np.quantile(glances[true & (weights >= noticed)], LEFT))
    shares = {kind: round(float(found[kinds == kind].mean()), 3) for kind in KINDS}
    past = (glances[kinds == "everyday"] >= gate).mean()
    print(f"{language} {shares}; past the gate {past:.3f}, calm {calm:.2f}, floor {floor:.2f}")
    return {
        "calm": calm,
        "gate": gate,
        "noticed": noticed,
        "unsure": noticed - WEAK_BAND,
        "floor": floor,
    }


def balance(folder: Path, messages: Sequence[Message], readers: Mapping[str, str]) -> None:
    """Writes `balance.toml`; `readers` names the encoder that reads a language closely."""
    telling = told_by(messages)
    rules = Listener(read_languages(FOLDER))
    lines = [
        "# Written by `python -m tools.learning`; told in docs/listening.md.",
        'otherwise = "en"',
    ]
    for language in LANGUAGES:
        lines += [f"\n[scales.{language}]", f'closely = "{readers[language]}"']
        scale = _scale(folder, language, readers[language], rules)
        lines += [f"{name} = {value:.3f}" for name, value in scale.items()]
        words = [f'"{word}",' for word in telling[language]]
        rows = [" ".join(words[at : at + 10]) for at in range(0, len(words), 10)]
        lines += ["told_by = [", *(f"  {row}" for row in rows), "]"]
    (folder / "balance.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
