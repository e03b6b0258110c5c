"""The plain questions: most phrasings are understood, and what only comes near is left alone."""

import tomllib
from pathlib import Path

from conversations.plain_questions import KINDS, meant
from conversations.wording import read_phrases

PHRASES = read_phrases()
FOLDER = Path(__file__).parent.parent / "plain"


def _lines(file: str) -> list[tuple[str, str]]:
    """(kind, text) of every line of a file."""
    kinds = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))
    return [(kind, text) for kind, texts in kinds.items() for text in texts.strip().splitlines()]


def _read(text: str) -> str | None:
    return meant(text, PHRASES, "en")


def test_nearly_every_phrasing_is_understood_as_its_kind() -> None:
    lines = _lines("meant.toml")
    missed = [(kind, text, _read(text)) for kind, text in lines if _read(text) != kind]
    assert len(lines) >= 120
    assert {kind for kind, _ in lines} == set(KINDS)
    assert len(missed) <= len(lines) * 0.03, missed


def test_what_only_comes_near_is_left_alone() -> None:
    lines = _lines("near.toml")
    taken = [(text, _read(text)) for _, text in lines if _read(text) is not None]
    assert len(lines) >= 120
    assert len(taken) <= len(lines) * 0.02, taken
