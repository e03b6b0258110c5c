"""What is learned from is well written down, and apart from what measures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.learning.messages import DEVELOPMENT, KINDS, LANGUAGES, learned_from

MESSAGES = learned_from()


def test_there_are_many_messages_of_every_kind_in_every_language() -> None:
    counts = {(language, kind): 0 for language in LANGUAGES for kind in KINDS}
    for message in MESSAGES:
        counts[message.language, message.kind] += 1
    assert len(MESSAGES) > 60_000
    assert min(counts.values()) >= 80


def test_nothing_that_was_set_aside_is_learned_from() -> None:
    learned = {message.text.casefold() for message in MESSAGES if len(message.tokens) > 2}
    for file in (DEVELOPMENT / "set_aside").glob("*.jsonl"):
        told = (json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines())
        assert not [text for text in told if text.casefold() in learned], file.name


@pytest.mark.parametrize("line", ["self_harm no tab", "sadness\tan unknown kind", "hard\t  "])
def test_a_line_that_is_no_message_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "one.tsv").write_text(f"hard\tthis is fine\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"one\.tsv, line 2"):
        learned_from(tmp_path)
