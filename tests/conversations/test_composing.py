"""A letter put together from answers: shown, edited part by part, copied, kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from conversations.claims import fact
from conversations.faults import ContentFaults
from conversations.screen import Screen
from conversations.script import Script, replayed
from conversations.stage import Stage
from tests.conversations.test_waiting import library_of

LETTER = """
title = "A letter"
command = "letter"
need = "strength"
open_to = ["people", "job"]

[steps.about]
tie = "Whom is it for?"
which = "For whom?"
other = "Who?"

[steps.happened]
ask = "What happened, as a camera saw it?"
short = "What happened"

[steps.feel]
ask = "What do you feel?"
short = "What I feel"
optional = true

[steps.need]
ask = "What do you need?"
short = "What I need"
quick = ["Nothing from you."]

[steps.whole]
compose = "This is how it reads now."
of = ["happened", "feel", "need"]
notice = true
keep = "letter"

[steps.after]
ask = "How is it to have it in words?"
optional = true

[steps.end]
say = "It stays here."
offer = ["today"]
"""
#: To the letter, with the middle part passed over.
TO_IT = "@ tie partner\n> /letter\n> You always left early.\n> [Skip]\n> A call on Sunday.\n"
TIE = "@ tie partner\n"


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(library_of(tmp_path, letter=LETTER))


def shown(stage: Stage, script: str) -> list[str]:
    """What the last line of a script shows."""
    return list(replayed(stage, script)[-1].shown)


def screens(stage: Stage, *lines: str) -> list[Screen]:
    """The screens that the last of these lines shows."""
    script = Script(stage)
    before = 0
    for line in lines:
        before = len(stage.shown)
        script.play(line)
    return stage.shown[before:]


def test_the_parts_stand_numbered_and_what_was_skipped_is_left_out(stage: Stage) -> None:
    assert shown(stage, TO_IT) == [
        "This is how it reads now.",
        "1. What happened",
        "| You always left early.",
        "2. What I need",
        "| A call on Sunday.",
        "Some words may be heard as blame. They can stay.",
        "“always” in part 1",
        "A copy can stay in this phone's clipboard, and wherever you put it.",
        "[Part 1] [Part 2]",
        "[Copy] [Done]",
        "[Back] [Later]",
    ]


def test_a_short_letter_is_copied_by_one_tap(stage: Stage) -> None:
    (letter,) = screens(stage, *TO_IT.splitlines())
    copy = next(button for button in letter.buttons if button.label == "Copy")
    assert copy.copy == "You always left early.\n\nA call on Sunday."
    assert not letter.protect


def test_any_part_is_written_anew_by_the_next_message(stage: Stage) -> None:
    told = shown(stage, f"{TO_IT}> [Part 1]\n")
    assert told[:2] == [
        "Part 1 as it stands. Your next message takes its place.",
        "| You always left early.",
    ]
    told = shown(stage, "> You left at nine.\n")
    assert "| You left at nine." in told
    assert not any("blame" in line for line in told)
    assert fact(stage, "happened") == "You left at nine."
    assert fact(stage, "happened.earlier") == "You always left early."


def test_back_leaves_the_part_as_it_was(stage: Stage) -> None:
    assert "| You always left early." in shown(stage, f"{TO_IT}> [Part 1]\n> [Back]\n")


def test_done_keeps_the_whole_letter(stage: Stage) -> None:
    shown(stage, f"{TO_IT}> [Done]\n")
    assert fact(stage, "kept") == "You always left early.\n\nA call on Sunday."
    assert fact(stage, "at") == "after"


def test_until_then_it_is_a_draft_that_stays_with_the_talk(stage: Stage) -> None:
    told = shown(stage, f"{TO_IT}> /cancel\n> /letter\n")
    assert "| You always left early." in told
    assert fact(stage, "kept") == ""


def test_a_part_corrected_afterwards_changes_the_kept_letter(stage: Stage) -> None:
    shown(stage, f"{TO_IT}> [Done]\n> ~2 You left at nine.\n")
    assert fact(stage, "kept") == "You left at nine.\n\nA call on Sunday."


def test_edit_copy_and_done_may_be_typed(stage: Stage) -> None:
    assert "| You always left early." in shown(stage, f"{TO_IT}> part 1\n> /back\n")
    assert any("above" in line for line in shown(stage, "> copy\n"))
    shown(stage, "> done\n")
    assert fact(stage, "at") == "after"


def test_a_long_letter_goes_out_as_a_message_with_nothing_else(stage: Stage) -> None:
    lines = [*TIE.splitlines(), "> /letter", "> {60 x rain}", "> [Skip]", "> A call."]
    (letter,) = screens(stage, *lines)
    assert all(button.copy is None for button in letter.buttons)
    line, alone, question = screens(stage, "> [Copy]")
    assert [block.style for block in line.blocks] == ["plain"]
    assert "clipboard" in line.text
    assert alone.text == " ".join(["rain"] * 60) + "\n\nA call."
    assert alone.anew
    assert not alone.rows
    assert not alone.protect
    assert [b.label for b in question.buttons] == [
        "Part 1",
        "Part 2",
        "Copy",
        "Done",
        "Back",
        "Later",
    ]


def test_a_letter_of_256_units_fits_a_button_and_one_more_does_not(stage: Stage) -> None:
    for length, fits in ((256, True), (257, False)):
        body = "x" * (length - len("\n\nA call."))
        lines = [*TIE.splitlines()[: not stage.ties], "> /letter", f"> {body}", "> [Skip]"]
        (letter,) = screens(stage, *lines, "> A call.")
        assert any(button.copy for button in letter.buttons) is fits
        shown(stage, "> [Done]\n> [Skip]\n")


@pytest.mark.parametrize(
    "script",
    [
        f"@ mark danger\n{TO_IT}",
        f"@ mark coercion\n{TO_IT}",
        TO_IT.replace("partner", "partner safe=no"),
        TO_IT.replace("partner", "partner safe=unsure"),
    ],
)
def test_nobody_unsafe_is_asked_to_look_at_the_blame_in_their_words(
    stage: Stage, script: str
) -> None:
    told = shown(stage, script)
    assert "| You always left early." in told
    assert not any("blame" in line for line in told)


def test_words_of_ones_own_at_the_buttons_are_not_taken_for_a_choice(stage: Stage) -> None:
    told = shown(stage, f"{TO_IT}@ 5 minutes later\n> I do not know what to do with it\n")
    assert told[0].startswith("I did not find that among the answers.")
    assert fact(stage, "at") == "whole"


def test_a_quick_answer_is_a_part_like_any_other(stage: Stage) -> None:
    told = shown(stage, f"{TIE}> /letter\n> You left.\n> [Skip]\n> [Nothing from you.]\n")
    assert "| Nothing from you." in told


def test_back_to_a_finished_letter_opens_it_again(stage: Stage) -> None:
    told = shown(stage, f"{TO_IT}> [Done]\n> [Back]\n")
    assert "[Part 1] [Part 2]" in told
    assert "[Keep it as it is]" not in told


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('of = ["happened", "feel", "need"]', "of = []", "is empty"),
        ('"happened", "feel"', '"hapened", "feel"', "Did you mean happened"),
        ('of = ["happened"', 'of = ["about"', "asks for no words"),
        ('of = ["happened"', 'of = ["after"', "later in the talk"),
    ],
)
def test_faults_are_told_in_a_sentence(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in LETTER
    with pytest.raises(ContentFaults, match=fault):
        library_of(tmp_path, letter=LETTER.replace(old, new))
