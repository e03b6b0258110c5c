"""python -m conversations: what content editors use."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest

from conversations import content, wording
from conversations.__main__ import main
from conversations.claims import fact
from conversations.draw import chart
from conversations.helplines import GOES_STALE, read_helplines
from conversations.script import replayed
from conversations.stage import Stage
from tests import shipped


def test_check_shows_a_table_when_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0, and every flow by its title."""
    assert main(["check"]) == 0
    shown = capsys.readouterr()
    assert "The three questions" in shown.out
    assert "/reflect" in shown.out


def test_check_says_every_fault_in_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Exit code 1, one line a fault."""
    (tmp_path / "talk.toml").write_text("back = 3\n")
    monkeypatch.setattr(content, "PHRASES", tmp_path)
    assert main(["check"]) == 1
    assert capsys.readouterr().err.startswith("talk.toml, back: ")


def test_helplines_that_grew_old_are_a_warning_and_no_file_that_is_shipped_has_a_fault() -> None:
    """180 days after the last check; all content files together."""
    newest = max(country.oldest_check for country in read_helplines().countries)
    assert content.warnings(newest + timedelta(days=1)) == ()
    found = content.check(newest + GOES_STALE + timedelta(days=1))
    assert found.warnings
    assert found.faults == ()
    assert wording.HERE.name == "conversations"


def test_draw_prints_every_step_and_the_conditions_between(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A Mermaid chart."""
    assert main(["draw", "three_questions"]) == 0
    drawn = capsys.readouterr().out
    assert drawn.startswith("flowchart TD")
    for leaf in shipped.library().flows["three_questions"].leaves:
        assert f"  {leaf.id}[" in drawn
    assert '-->|"talked: never"| unsaid' in drawn


@pytest.mark.parametrize("name", sorted(shipped.library().flows))
def test_every_step_of_every_flow_is_reached_and_leads_out(name: str) -> None:
    """Walked, not guessed."""
    drawn = chart(shipped.library().flows[name])
    assert drawn.faults == []
    assert len(drawn.edges) >= len(drawn.flow.leaves)


def test_what_is_recorded_plays_again_as_a_transcript(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A chat in the terminal becomes a test; a slip of the finger is told and left out."""
    monkeypatch.setattr("sys.stdin", io.StringIO("[Yes]\n[Yse]\nto be heard\n/back\n"))
    file = tmp_path / "talk.txt"
    assert main(["record", str(file), "reflect", "--tie", "friend"]) == 0
    assert "there is no button [Yse] here" in capsys.readouterr().err
    transcript = file.read_text(encoding="utf-8")
    assert "[Yse]" not in transcript
    stage = Stage(shipped.library())
    replayed(stage, transcript)
    assert fact(stage, "want_self") == "to be heard"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["play", "nothing"], "there is no flow nothing"),
        (["draw", "nothing"], "there is no flow nothing"),
        (["record", "/nowhere/talk.txt"], "No such file"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(
    argv: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No traceback."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(argv) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_listen_is_reached_from_here(capsys: pytest.CaptureFixture[str]) -> None:
    """The rules are tried with a sentence."""
    assert main(["listen", "I", "want", "to", "kill", "myself"]) == 0
    assert "self_harm" in capsys.readouterr().out
