"""Reads labelled messages: those that are learned from, and those that only measure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from conversations.folding import plain
from conversations.weighing.tokens import tokens

HERE = Path(__file__).parent
#: Learned from: `<language>/*.tsv`, a kind and a text a line.
LEARNED_FROM = HERE / "messages"
#: Never learned from, only measured on and weighed out by.
DEVELOPMENT = HERE.parents[1] / "tests" / "listening"
LANGUAGES = ("en", "es", "fr", "de", "pt", "ru")
LABELS = ("self_harm", "danger", "coercion", "own_harm")
KINDS = (*LABELS, "hard", "everyday", "negated", "past")


@dataclass(frozen=True)
class Message:
    """One labelled message."""

    text: str
    kind: str
    language: str

    @cached_property
    def tokens(self) -> list[str]:
        """What is weighed of it."""
        return tokens(plain(self.text))

    @property
    def share(self) -> float:
        """How much it counts while learning: what is everyday is told least in a few messages."""
        return 6.0 if self.kind == "everyday" else 1.0

    @property
    def label(self) -> int:
        """0 for nothing, else the number of its label from 1 on."""
        return LABELS.index(self.kind) + 1 if self.kind in LABELS else 0


def learned_from(folder: Path = LEARNED_FROM) -> list[Message]:
    """Every message to learn from, the same text once; ValueError names a line that is none."""
    found: dict[str, Message] = {}
    for language in LANGUAGES:
        for file in sorted((folder / language).glob("*.tsv")):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                kind, parted, text = line.partition("\t")
                if kind not in KINDS or not parted or not text.strip():
                    raise ValueError(f"{file.name}, line {number} is not a kind, a tab and a text")
                found.setdefault(text.strip().lower(), Message(text.strip(), kind, language))
    return [message for message in found.values() if message.tokens]


def development(language: str) -> Iterator[Message]:
    """The development set of a language, and messages that were set aside once, then opened."""
    for file in (f"{language}.jsonl", f"opened/{language}.jsonl"):
        for line in (DEVELOPMENT / file).read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            yield Message(told["text"], told["kind"], language)
