"""Plays every transcript and compares what is shown, line by line."""

import difflib
from pathlib import Path

import pytest

from conversations.library import Library
from conversations.listening import Listener
from conversations.script import read, replayed, written
from conversations.stage import Stage
from tests import shipped

FOLDER = Path(__file__).parent.parent / "transcripts"
FILES = sorted(FOLDER.glob("*/*.txt"))


def _sentence(file: Path) -> str:
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    return f"{file.parent.name}: {first.removeprefix('# ')}"


@pytest.fixture(scope="module")
def library() -> Library:
    return shipped.library()


@pytest.fixture(scope="module")
def listener() -> Listener:
    return shipped.listener()


@pytest.mark.parametrize("file", FILES, ids=map(_sentence, FILES))
def test_transcript(
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


def test_every_transcript_says_in_one_sentence_what_it_shows() -> None:
    """The first line is the test's name, and no two are alike."""
    firsts = [file.read_text(encoding="utf-8").partition("\n")[0] for file in FILES]
    assert all(first.startswith("# ") and len(first) > 12 for first in firsts)
    assert len(set(firsts)) == len(firsts)
