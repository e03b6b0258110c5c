"""At every question of every exercise: /help is one message, care is short, and the talk waits."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from random import Random

import pytest

from conversations.care import LIMIT
from conversations.screen import Screen
from conversations.shelf import Shelf
from conversations.stage import Stage
from conversations.turn import Heard, Tie
from tests import shipped
from tests.conversations.test_marks_walked import LONGEST, one_more

LIBRARY = shipped.library()
LABELS = ("danger", "coercion", "self_harm", "own_harm")
EXERCISES = sorted(LIBRARY.flows)


class Hears:
    """Hears in any text what it says it hears: what is noticed is not looked at here."""

    def listen(self, text: str, *, strict: bool = False) -> Heard | None:
        return Heard(text.rsplit(maxsplit=1)[-1], "en.rain")


def questions(flow: str, kind: str, seed: str) -> Iterator[Stage]:
    """A stage at every question on one way through an exercise."""
    stage, chance = Stage(LIBRARY), Random(seed)
    stage.ties = {1: Tie(1, kind, {"word": "M"})}
    screens = stage.command(LIBRARY.flows[flow].command)
    for turn in range(LONGEST):
        stage.show(screens)
        state = stage.state
        if state is None or state.finished:
            return
        yield stage
        screens = list(one_more(stage, screens, chance, turn))


def beside(stage: Stage) -> Stage:
    """The same moment once more: what happens there leaves the first one as it is."""
    other = copy(stage)
    other.listener = Hears()
    for name in ("ties", "marks", "daily", "prefers", "talks"):
        setattr(other, name, dict(getattr(stage, name)))
    other.kept = Shelf(list(stage.kept.rows))
    other.reminders, other.shown = list(stage.reminders), list(stage.shown)
    return other


def presses(screen: Screen) -> set[str]:
    return {button.press for button in screen.buttons}


def moments(flow: str) -> Iterator[Stage]:
    """Every question of an exercise, on several ways, about several sorts of tie."""
    for kind in ("partner", "parent", "job", "self"):
        if LIBRARY.flows[flow].is_open_to(kind):
            for seed in range(2):
                yield from questions(flow, kind, f"{flow}{kind}{seed}")


@pytest.mark.parametrize("flow", EXERCISES)
def test_help_is_one_message_and_changes_nothing(flow: str) -> None:
    met = 0
    for stage in moments(flow):
        before = dict(stage.talks)
        (screen,) = stage.command("help")
        assert screen.text.startswith("First, a person.")
        assert "findahelpline.com" in screen.text
        assert {"hide:now", "talk:resume"} <= presses(screen)
        assert stage.talks == before
        met += 1
    assert met > 3


@pytest.mark.parametrize("flow", EXERCISES)
def test_care_answers_at_every_question_and_the_talk_waits(flow: str) -> None:
    for moment in moments(flow):
        for label in LABELS:
            stage, words = beside(moment), f"rain on the roof until morning {label}"
            asked = stage.state
            assert asked is not None
            leaf = LIBRARY.flows[asked.flow].leaf(asked.at)
            assert leaf is not None
            (care, *_) = stage.show(stage.say(words))
            where = f"{flow}.{asked.at}, {label}"
            assert {"hide:now", "talk:resume", "talk:stop"} <= presses(care), where
            assert "findahelpline.com" in care.text, where
            assert len(care.text) < LIMIT, where
            assert words not in care.text, where
            assert label in stage.known(None).marks, where
            # Where no words are asked for, the bot holds them beside the talk.
            held = leaf.verb in ("moment", "review")
            assert held or words in "".join(stage.talks.values()), where
            # Going on leads to a question of this exercise, or its end, without any cheer.
            back = stage.show(stage.press("talk:resume"))
            assert back, where
            assert "Welcome back" not in back[0].text, where
            assert stage.state is not None, where
            assert stage.state.flow == asked.flow, where
