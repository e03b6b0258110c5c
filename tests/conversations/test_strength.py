"""The verbs of a hard hour in one talk, played: a breath, a timer, a letter, an hour of a day."""

import difflib
from pathlib import Path

import pytest

from conversations.library import Library, read_library
from conversations.listening import Listener
from conversations.script import read, replayed, written
from conversations.stage import Stage
from tests import shipped

FOLDER = Path(__file__).parent / "strength"
FILES = sorted(FOLDER.glob("*.txt"))


@pytest.fixture(scope="module")
def library() -> Library:
    """One flow with all of them."""
    return read_library(FOLDER)


@pytest.fixture(scope="module")
def listener() -> Listener:
    return shipped.listener()


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_heavy_hour_goes_as_it_is_written(
    file: Path, library: Library, listener: Listener, request: pytest.FixtureRequest
) -> None:
    """The chat on the screen is the chat in the file."""
    transcript = file.read_text(encoding="utf-8")
    played = replayed(Stage(library, listener=listener), transcript)
    if request.config.getoption("--rewrite"):
        file.write_text(written(played), encoding="utf-8")
        return
    wanted, shown = written(list(read(transcript))), written(played)
    changes = difflib.unified_diff(wanted.splitlines(), shown.splitlines(), "file", "shown", n=2)
    assert wanted == shown, "\n".join(changes)
