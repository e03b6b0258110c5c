"""The page on kept words: every kind stands there, with all that keeps it and what shows it."""

from __future__ import annotations

import re
from pathlib import Path

from conversations.checker import KEPT
from tests import shipped

HOME = Path(__file__).parents[2]
PAGE = HOME / "docs" / "kept.md"
TABLES = [
    [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    for table in re.findall(r"(?:^\|.*\n)+", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
]
KINDS, BESIDE = (table[2:] for table in TABLES)


def test_every_kind_of_kept_words_turns_up_somewhere() -> None:
    assert {row[0] for row in KINDS} == set(KEPT)
    assert [row for row in (*KINDS, *BESIDE) if not row[-2]] == []


def test_every_exercise_that_keeps_a_kind_is_named_with_it() -> None:
    keeps: dict[str, set[str]] = {}
    for flow in shipped.library().flows.values():
        for leaf in flow.leaves:
            if leaf.step.keep in KEPT:
                keeps.setdefault(leaf.step.keep, set()).add(flow.id)
    told: dict[str, set[str]] = {}
    for kind, exercises, *_ in KINDS:
        told.setdefault(kind, set()).update(re.findall(r"`([^`]+)`", exercises))
    assert told == keeps


def test_whatever_a_row_is_shown_by_is_there() -> None:
    missing = []
    for *_, shown_by in (*KINDS, *BESIDE):
        file, _, name = shown_by.strip("`").partition("::")
        text = (HOME / file).read_text(encoding="utf-8") if (HOME / file).is_file() else ""
        found = f"def {name}(" in text if name else file.startswith("tests/transcripts/") and text
        if not found:
            missing.append(shown_by)
    assert missing == []
