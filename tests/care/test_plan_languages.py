"""The safety plan in every language that is listened to: nothing in it is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest

from conversations.listed import excerpt
from conversations.screen import LABEL_LIMITS, Screen
from conversations.shelf import Row
from conversations.stage import Stage, StageError
from conversations.turn import Tie
from conversations.wording import languages
from tests import shipped

LIBRARY = shipped.library()
#: Signs, numbers and one's own words are the same in every language.
SAME = re.compile(r"(?s)[\W\d]*|.*word\d+x.*")
WALKS, STEPS = 12, 40


def stage(language: str = "") -> tuple[Stage, list[Screen]]:
    """Somebody under a mark, with a person noted, who opens the plan from a button of care."""
    made = Stage(LIBRARY)
    made.ties = {1: Tie(1, "partner")}
    made.kept.rows.append(Row("supporter", "word0x"))
    made.marks = {"danger": made.at.replace(year=made.at.year + 1)}
    mark = f"@{language}" if language else ""
    return made, made.show(made.press(f"cmd:safe{mark}"))


def said(screens: list[Screen]) -> list[str]:
    """Every paragraph and every label, in order; ticks left out."""
    return [
        text.removeprefix("☐ ").removeprefix("☑ ")
        for screen in screens
        for text in (*(b.text for b in screen.blocks), *(b.label for b in screen.buttons))
    ]


def presses(screens: list[Screen]) -> list[str]:
    """What the buttons mean, without a language."""
    same = {"cmd:help": "help:open", "cmd:ground": "care:ground"}
    bare = (button.press.partition("@")[0] for screen in screens for button in screen.buttons)
    return [same.get(press, press) for press in bare]


def walks(language: str) -> Iterator[tuple[list[Screen], list[Screen]]]:
    """The same ways through the plan in English and in that language, screen beside screen."""
    for seed in range(WALKS):
        chance = Random(seed)
        english, there = stage()
        other, here = stage(language)
        yield there, here
        for step in range(STEPS):
            inside = [press for press in presses(there) if press.startswith("t:")]
            onwards = [press for press in inside if press.endswith((":done", ":_skip"))]
            if not inside:
                break
            doing, which = chance.randrange(9), chance.choice(inside)
            shown = []
            for one in (english, other):
                match doing:
                    case 0 | 1:
                        screens = one.say(f"word{step}x")
                    case 2:
                        screens = one.say(" " if step % 2 else "word " * 5_000)
                    case 3 if one.sent:
                        screens = one.edit(f"word{step}x anew")
                    case 4:
                        screens = one.command("cancel") + one.command("safe")
                    case 5 | 6 if onwards:
                        screens = one.press(onwards[0])
                    case 7:
                        screens = one.press(which.replace(":_skip", ":_rest")) + one.command("back")
                    case _:
                        screens = one.press(which)
                shown.append(one.show(screens))
            yield shown[0], shown[1]
            if inside != presses(shown[0]) and any(presses(shown[0])):
                there = shown[0]


@pytest.mark.parametrize("language", languages())
def test_all_that_the_plan_says_is_said_in_that_language(language: str) -> None:
    for english, translated in walks(language):
        assert presses(english) == presses(translated)
        for before, after in zip(said(english), said(translated), strict=True):
            assert before != after or SAME.fullmatch(before), before


@pytest.mark.parametrize("language", languages())
def test_its_buttons_fit_and_lead_to_care_in_that_language(language: str) -> None:
    for _, translated in walks(language):
        for screen in translated:
            assert len(screen.text) <= max(1_200, len(excerpt(screen.text)))
            for row in screen.rows:
                assert all(len(b.label) <= LABEL_LIMITS[len(row)] for b in row), row
            for press in (b.press for b in screen.buttons):
                assert not press.startswith(("cmd:help", "cmd:ground"))
                assert press.endswith(f"@{language}") or not press.startswith(("help:", "care:"))


@pytest.mark.parametrize("language", ["", "zz", "../es", "en"])
def test_a_plan_in_a_language_that_does_not_exist_is_in_english(language: str) -> None:
    _, shown = stage(language)
    assert "hard hour is coming" in shown[-1].text


def test_no_other_exercise_is_held_in_another_language() -> None:
    one = Stage(LIBRARY)
    one.show(one.press("cmd:safe@es"))
    assert one.state is not None
    assert one.state.language == "es"
    one.show(one.command("growth", "es"))
    assert one.state is not None
    assert (one.state.flow, one.state.language) == ("growth", "")


def test_a_talk_without_a_language_of_its_own_is_stored_as_before() -> None:
    one, _ = stage()
    assert "language" not in one.talks[one.talk]
    with pytest.raises(StageError):
        one.tap("Saltar")
