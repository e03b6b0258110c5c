"""A broken content file is told in an editor's words: which file, which step, and one sentence."""

from pathlib import Path

import pytest

from conversations.content import phrase_faults, ways_out_faults
from conversations.faults import ContentFaults, Fault
from conversations.library import read_library

WELL = """
title = "A small one"
command = "small"
need = "deciding"
open_to = ["people", "job"]

[steps.about]
tie = "Who is it about?"
which = "Which one?"
other = "Who else?"

[steps.weather]
choose = "What is the weather?"
choices = { rain = "Rain", sun = "Sun" }

[steps.rain]
when = { weather = "rain" }
ask = "What does the rain say?"

[steps.which]
pick = "Which of these?"
from = ["rain"]
keep = "reason"

[steps.end]
offer = ["why"]
"""


def _faults(folder: Path, **files: str) -> list[Fault]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    try:
        read_library(folder)
    except ContentFaults as broken:
        return list(broken.faults)
    return []


def test_a_file_that_is_well_has_no_faults(tmp_path: Path) -> None:
    """What the other tests break is whole to begin with."""
    assert _faults(tmp_path, small=WELL) == []


BREAKS = {
    "no TOML": ("title =", "title ", "", "not valid TOML"),
    "a missing title": ('title = "A small one"', "", "", "`title` is missing"),
    "an unknown key": ('need = "d', 'ned = "x"\nneed = "d', "", "Did you mean `need`?"),
    "a verb misspelt": ("ask = ", "aks = ", "rain", "did you mean `ask`?"),
    "two verbs": ("ask = ", 'say = "x"\nask = ', "rain", "it has say and ask"),
    "a condition on no step": (
        'weather = "rain"',
        'wether = "rain"',
        "rain",
        "Did you mean weather?",
    ),
    "a condition on no choice": (
        'weather = "rain"',
        'weather = "rian"',
        "rain",
        "no choice of weather",
    ),
    "a condition on what comes later": (
        'choose = "What is',
        'when = { which = "x" }\nchoose = "What is',
        "weather",
        "comes later in the talk",
    ),
    "a placeholder of no step": (
        "the rain say?",
        "{answers.sun} say?",
        "rain",
        "is shown, but is no step",
    ),
    "a placeholder that is not known": ("the rain", "the {rain}", "rain", "{rain} is not known"),
    "a label too long": (
        '"Sun"',
        '"Sun, and no cloud to be seen"',
        "weather",
        "longer than a button",
    ),
    "a single choice": (', sun = "Sun"', "", "weather", "at least two answers"),
    "a text too long": ("Which of these?", "Which? " * 60, "which", "characters; 350 is the most"),
    "an empty text": ("Which of these?", " ", "which", "is empty"),
    "nothing to pick from": ('from = ["rain"]', "", "which", "either `choices` or `from`"),
    "a pick from no step": ('from = ["rain"]', 'from = ["rein"]', "which", "Did you mean rain?"),
    "a thing to keep that is none": (
        'keep = "reason"',
        'keep = "raeson"',
        "which",
        "Did you mean reason?",
    ),
    "a mark that is none": (
        "offer =",
        'rests_under = ["dangr"]\noffer =',
        "end",
        "Did you mean danger?",
    ),
    "a kind of tie that is none": ('"job"]', '"jop"]', "", "jop is no kind of tie"),
    "an offer of nothing": ('"why"', '"whay"', "end", "neither a flow nor a command"),
    "a question after the offer": (
        'offer = ["why"]',
        'offer = ["why"]\n[steps.after]\nask = "And then?"',
        "end",
        "only another offer may stand after it",
    ),
    "a name with capitals": ("[steps.end]", "[steps.End]", "End", "small letters"),
    "a date without quotation marks": (
        'the rain say?"',
        'x"\nkeep = 2026-01-01',
        "rain",
        "quotation",
    ),
    "a step that is no table": (
        "[steps.about]",
        "[steps]\nx = 1\n[steps.about]",
        "x",
        "is a table",
    ),
    "a renamed step that is still there": (
        "[steps.about]",
        'renamed = { rain = "weather" }\n[steps.about]',
        "rain",
        "still has its old name",
    ),
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_fault_names_file_and_step_in_one_sentence(how: str, tmp_path: Path) -> None:
    """Every kind of mistake is found where it was made."""
    old, new, step, sentence = BREAKS[how]
    assert old in WELL
    broken = WELL.replace(old, new, 1)
    if how == "a renamed step that is still there":
        broken = broken.replace('renamed = { rain = "weather" }\n', "")
        broken = 'renamed = { rain = "weather" }\n' + broken
    found = _faults(tmp_path, small=broken)
    here = [f for f in found if f.step == step and sentence in f.sentence]
    assert here, [str(fault) for fault in found]
    told = str(here[0])
    assert told.startswith(f"small.toml, {step}: " if step else "small.toml: ")
    assert "\n" not in told
    assert told.endswith((".", "?"))


def test_an_offer_ends_the_talk(tmp_path: Path) -> None:
    """Nothing may stand after it."""
    found = _faults(tmp_path, small=WELL + '\n[steps.late]\nask = "And now?"\n')
    assert [f.step for f in found] == ["end"]


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """An editor mends everything in one go."""
    first = WELL.replace('weather = "rain"', 'weather = "rian"').replace('"Sun"', f'"{"S" * 30}"')
    second = WELL.replace("ask = ", "aks = ")
    found = _faults(tmp_path, first=first, second=second)
    assert {(f.file, f.step) for f in found} >= {
        ("first.toml", "rain"),
        ("first.toml", "weather"),
        ("second.toml", "rain"),
    }


def test_two_flows_may_not_have_one_command(tmp_path: Path) -> None:
    """A command opens one thing."""
    found = _faults(tmp_path, small=WELL, other=WELL)
    assert any("already opens" in fault.sentence for fault in found)


def test_a_folder_without_flows_says_so(tmp_path: Path) -> None:
    """Nothing to read is a fault too."""
    assert "no flow" in _faults(tmp_path)[0].sentence


def test_conditions_that_cannot_hold_together_are_found(tmp_path: Path) -> None:
    """A step that no answers lead to is of no use to anyone."""
    lost = '[steps.lost]\nwhen = { weather = "sun", not = { weather = "sun" } }\nask = "And?"\n\n'
    (tmp_path / "small.toml").write_text(WELL.replace("[steps.end]", f"{lost}[steps.end]"))
    flow = read_library(tmp_path).flows["small"]
    assert ways_out_faults(flow) == [
        "small.toml, lost: No answers lead here; its conditions cannot hold together."
    ]


def test_faults_of_phrases_name_the_file_and_the_key(tmp_path: Path) -> None:
    """Phrases are plain lines, and are checked as such."""
    (tmp_path / "a.toml").write_text("x = 1\ny = ' '\n")
    (tmp_path / "b.toml").write_text("x ")
    found = list(phrase_faults(tmp_path))
    assert [fault.split(":")[0] for fault in found] == ["a.toml, x", "a.toml, y", "b.toml"]
