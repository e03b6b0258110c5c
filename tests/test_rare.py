"""The search for readable words finds what it is there to find."""

from pathlib import Path

import pytest

from tests import rare


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder that is watched during this test."""
    monkeypatch.setattr(rare, "_folders", set())
    (tmp_path / "data").mkdir()
    return rare.watch(tmp_path)


def test_a_rare_word_in_a_database_file_is_found(folder: Path) -> None:
    (folder / "data" / "words.db-wal").write_bytes(b"\x00\xff" + rare.rare().encode() + b"\x00")
    assert rare.readable() == [str(folder / "data" / "words.db-wal")]


def test_a_typed_sentence_in_a_log_is_found(folder: Path) -> None:
    (folder / "log").write_text(f"said: {rare.typed('what only this test typed, 🕊️ and all')}")
    assert rare.readable() == [str(folder / "log")]


def test_sealed_bytes_are_passed_over(folder: Path) -> None:
    rare.typed("what only this test typed")
    (folder / "data" / "words.db").write_bytes(bytes(range(256)) * 16)
    assert rare.readable() == []
