""" "Is it safe to speak your mind with them?": asked once a tie, in every exercise for two, and
what follows from each answer."""

from __future__ import annotations

from random import Random

import pytest

from conversations.bubbles import held_parts
from conversations.flow import Ask, Choose, Collect, Pick, Rate
from conversations.screen import Screen
from conversations.stage import Stage
from conversations.turn import Chose, Tie
from tests import shipped
from tests.conversations.test_marks_walked import LONGEST, NOT_ASKED, one_more

LIBRARY = shipped.library()
ASKS = sorted(f.id for f in LIBRARY.flows.values() if "safe" in f.by_id)
#: About oneself alone, whomever one thinks of: nothing in it needs the other.
ABOUT_ONESELF = {"becoming", "growth", "support", "grief", "lessons", "affirmations", "safety"}


def reach(
    flow: str, kind: str, facts: dict[str, str], ways: int = 400
) -> tuple[Stage, list[Screen]]:
    """A stage at the safe question, or at the end of the exercise where it is not asked."""
    for seed in range(ways):
        stage, chance = Stage(LIBRARY), Random(seed)
        stage.ties = {1: Tie(1, kind, {"word": "M", **facts})}
        screens = stage.command(LIBRARY.flows[flow].command)
        for turn in range(LONGEST):
            stage.show(screens)
            state = stage.state
            assert state is not None
            if state.at == "safe":
                return stage, screens
            if state.finished:
                break
            screens = list(one_more(stage, screens, chance, turn))
    return stage, screens


def met_from(stage: Stage, screens: list[Screen], seed: int) -> set[str]:
    """The questions from here to the end; what rests is not asked for where it is offered."""
    met, chance = set[str](), Random(seed)
    for turn in range(LONGEST):
        state = stage.state
        assert state is not None
        if state.finished:
            break
        met.add((state.at or "").partition("@")[0])
        if state.at == "gate":
            screens = stage.show(stage.happen(Chose("gate", "rest")))
        else:
            screens = stage.show(list(one_more(stage, screens, chance, turn)))
    return met


def test_every_exercise_for_two_asks_it() -> None:
    asked = {
        "boundaries",
        "closeness",
        "contact",
        "doubt",
        "kind_words",
        "mend",
        "needs",
        "pattern",
    }
    assert asked | {"pause_or_sever", "plan", "release", "sorting", "three_questions"} <= {*ASKS}
    for flow in LIBRARY.flows.values():
        needs = [
            leaf.id
            for leaf in flow.leaves
            if isinstance(leaf.step, Ask | Choose | Collect | Pick | Rate)
            and "unsafe" in leaf.rests_under
        ]
        if flow.is_open_to("partner") and flow.id not in ABOUT_ONESELF:
            assert not needs or flow.id in ASKS, f"{flow.id}: {needs}"


@pytest.mark.parametrize("flow", ASKS)
def test_it_is_asked_once_a_tie_and_never_about_a_job(flow: str) -> None:
    stage, _ = reach(flow, "partner", {})
    assert stage.state is not None
    assert stage.state.at == "safe"
    for answer in ("yes", "unsure", "no"):
        known, _ = reach(flow, "partner", {"safe": answer}, ways=5)
        assert known.state is not None
        assert known.state.at != "safe"
        assert "safe" not in known.state.answers
    if LIBRARY.flows[flow].is_open_to("job"):
        job, _ = reach(flow, "job", {}, ways=5)
        assert job.state is not None
        assert job.state.at != "safe"


@pytest.mark.parametrize("flow", ASKS)
def test_not_sure_shows_signs_and_lines_and_asks_nothing_that_needs_goodwill(flow: str) -> None:
    for seed in range(3):
        stage, _ = reach(flow, "partner", {})
        label = next(b.label for b in stage.shown[-1].buttons if b.press.endswith(":unsure"))
        screens = stage.show(stage.tap(label))
        said = "\n".join(screen.text for screen in screens)
        assert "Some signs:" in said
        assert "They decide nothing here." in said
        assert "cmd:help" in {b.press for screen in screens for b in screen.buttons}
        assert not any("cared" in text for text in stage.talks.values())
        assert met_from(stage, screens, seed).isdisjoint(NOT_ASKED.get(flow, ()))


@pytest.mark.parametrize("flow", ASKS)
def test_no_is_answered_by_care_and_goes_on_as_under_a_mark_without_a_countdown(flow: str) -> None:
    stage, _ = reach(flow, "partner", {})
    label = next(b.label for b in stage.shown[-1].buttons if b.press.endswith(":no"))
    (care,) = stage.show(stage.tap(label))
    assert "nothing here will ask you to speak your mind with them" in care.text
    assert care.buttons[0].press == "hide:now"
    assert stage.marks == {}
    assert stage.ties[1].facts["safe"] == "no"
    screens = stage.show(stage.press("talk:resume"))
    assert met_from(stage, screens, 1).isdisjoint(NOT_ASKED.get(flow, ()))


def test_all_that_was_written_beside_it_stands_there_when_it_is_asked_about_another() -> None:
    """The words of the answer, and those written after going back to it."""
    stage, _ = reach("mend", "partner", {})
    long = "I would rather tell you about the rain on the way home"
    stage.show(stage.tap("No"))
    stage.show(stage.say(f"{long}, first"))
    stage.show(stage.press("t:1:own_good:_back"))
    stage.show(stage.say(f"{long}, second"))
    stage.show(stage.press("t:1:safe:_back"))
    stage.show(stage.press("t:1:about:new.friend"))
    assert stage.state is not None
    assert (stage.state.at, "safe" in stage.state.answers) == ("safe", False)
    assert [part.text for part in held_parts(stage.state.within)] == [
        f"{long}, first",
        f"{long}, second",
    ]
