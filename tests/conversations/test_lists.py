"""Lists in a talk, played: collected, gone over item by item, chosen and picked from."""

import difflib
from pathlib import Path

import pytest

from conversations.library import Library, read_library
from conversations.script import read, replayed, written
from conversations.stage import Stage

FOLDER = Path(__file__).parent / "lists"
FILES = sorted(FOLDER.glob("*.txt"))


@pytest.fixture(scope="module")
def library() -> Library:
    """One flow with every verb of lists."""
    return read_library(FOLDER)


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_talk_with_lists_goes_as_it_is_written(
    file: Path, library: Library, request: pytest.FixtureRequest
) -> None:
    """The chat on the screen is the chat in the file."""
    transcript = file.read_text(encoding="utf-8")
    played = replayed(Stage(library), transcript)
    if request.config.getoption("--rewrite"):
        file.write_text(written(played), encoding="utf-8")
        return
    wanted, shown = written(list(read(transcript))), written(played)
    changes = difflib.unified_diff(wanted.splitlines(), shown.splitlines(), "file", "shown", n=2)
    assert wanted == shown, "\n".join(changes)
