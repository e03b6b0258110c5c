"""Under each mark every exercise is walked to its end, many ways: what should rest is never met.

What rests is written down here by itself, as a counsellor would, not read from the exercises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest

from conversations.screen import Screen
from conversations.shelf import Row
from conversations.stage import START, Stage
from conversations.turn import Skipped, Tie, Woke
from tests import shipped

LIBRARY = shipped.library()
MARKS = ("danger", "coercion", "self_harm", "own_harm", "unsafe")
#: What assumes that the other can be trusted with it.
UNSAFE = ("danger", "coercion", "unsafe")
#: Exercises that are not offered: mending, an old pattern, how close, letters, a pause or an end.
NOT_OFFERED = {
    **{mark: {"mend", "pattern", "closeness", "letter", "pause"} for mark in UNSAFE},
    "self_harm": {"affirmations", "becoming", "lessons", "plan", "affirm"},
    "own_harm": set[str](),
}
#: Questions that are not asked: grace, patience, another shape, weighing, wishing well, forgiving,
#: saying it to them, repairs, a word of courage, and parts of a plan that somebody could notice.
NOT_ASKED = {
    "three_questions": {"fallible", "patience", "perfection", "shape"},
    "sorting": {"beside", "weighs", "less", "how"},
    "release": {"forgiving", "taught"},
    "kind_words": {"meant", "wish", "from_here", "hot"},
    "mend": {"good", "change", "let_be", "wish", "repair", "week", "reasons"},
    "boundaries": {"will", "minded"},
    "closeness": {"stays", "step"},
    "pattern": {"repeat", "waited", "growing"},
    "pause_or_sever": {"mendable", "changed", "kept_line", "repairs"},
    "becoming": {"stretch", "bear", "cost", "morning"},
    "plan": {"accounts_list", "things_list", "accounts_day", "home_day", "money_day", "papers_day"},
}
#: Choices that are not offered.
NOT_CHOSEN = {"New passwords", "A bank account", "Keys", "A place to stay", "Courage"}
HEARD, LEAVING, THANKS, FINE = "rain-heard", "rain-leaving", "rain-thanks", "rain-fine"
#: A line of one's own, which comes unasked at no exercise while any of these holds.
LINE = "rain-line"
NO_LINES = ("danger", "coercion", "self_harm")
#: So many questions are answered at most; no exercise has as many.
LONGEST = 150


@dataclass
class Walked:
    """All that was shown on one way through an exercise, and the questions it came by."""

    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    commands: set[str] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)
    finished: bool = False


def stage_under(mark: str, kind: str) -> Stage:
    """Somebody with one tie, who keeps reasons, thanks, people and a line that was listened to."""
    stage = Stage(LIBRARY)
    safe = "no" if mark == "unsafe" else "yes"
    facts = {"safe": safe, "word": "M", "distance": "no"}
    stage.ties = {1: Tie(1, kind, facts if kind == "partner" else {"word": "M"})}
    if mark != "unsafe":
        stage.marks = {mark: START + timedelta(days=300)}
    for kept in ("reason", "supporter", "lesson", "boundary", "need", "plan", "growth", "safety"):
        stage.kept.add(Row(kept, f"{FINE} {kept}", tie=1))
        stage.kept.add(Row(kept, f"{HEARD} {kept}", tie=1, listened=True))
    stage.kept.add(Row("reason", LEAVING, direction="leaving", tie=1))
    stage.kept.add(Row("gratitude", THANKS, tie=1))
    stage.kept.add(Row("affirmation", LINE))
    return stage


def walk(stage: Stage, command: str, chance: Random) -> Walked:
    """To the end of an exercise, by taps and words at random; nothing is gone back to."""
    walked = Walked()
    screens = stage.command(command)
    for turn in range(LONGEST):
        stage.show(screens)
        note(walked, screens)
        state = stage.state
        assert state is not None
        if state.finished:
            walked.finished = True
            break
        walked.steps.add((state.at or "").partition("@")[0])
        stage.at += timedelta(minutes=3)
        screens = list(one_more(stage, screens, chance, turn))
    return walked


def one_more(stage: Stage, screens: list[Screen], chance: Random, turn: int) -> Iterator[Screen]:
    """An answer to the question that stands there."""
    state = stage.state
    assert state is not None
    assert state.at is not None
    leaf = LIBRARY.flows[state.flow].leaf(state.at)
    assert leaf is not None
    taps = [b.press for s in screens for b in s.buttons if b.press.startswith("t:")]
    ahead = [p for p in taps if p.rpartition(":")[2] not in ("_back", "_rest", "_join", "_skip")]
    done = [p for p in ahead if p.endswith(":done")]
    if leaf.verb == "wait":
        yield from stage.happen(Woke(state.at))
    elif leaf.verb == "ask" or (leaf.verb in ("collect", "pick") and not done):
        if leaf.verb != "ask" and ahead and chance.random() < 0.7:
            yield from stage.press(chance.choice(ahead))
        else:
            yield from stage.say(f"snow on day {turn}")
    elif done and chance.random() < 0.5:
        yield from stage.press(done[0])
    elif ahead:
        yield from stage.press(chance.choice(ahead))
    else:
        yield from stage.happen(Skipped())


def note(walked: Walked, screens: list[Screen]) -> None:
    for screen in screens:
        walked.texts.append(screen.text)
        for button in screen.buttons:
            walked.labels.append(button.label)
            kind, _, command = button.press.partition(":")
            if kind == "cmd":
                walked.commands.add(command)


def ways(mark: str) -> Iterator[tuple[str, Walked]]:
    """Every exercise with every sort of tie it is open to, several ways each."""
    for flow in LIBRARY.flows.values():
        if flow.aside:
            continue
        for kind in ("partner",) if mark == "unsafe" else ("partner", "job", "self"):
            if flow.is_open_to(kind):
                for seed in range(4):
                    stage = stage_under(mark, kind)
                    yield flow.id, walk(stage, flow.command, Random(f"{flow.id}{kind}{seed}"))


@pytest.mark.parametrize("mark", MARKS)
def test_what_should_rest_is_never_met(mark: str) -> None:
    handed_back = finished = 0
    for flow, walked in ways(mark):
        where = f"{flow} under {mark}"
        shown = "\n".join(walked.texts + walked.labels)
        assert walked.commands.isdisjoint(NOT_OFFERED[mark]), where
        assert HEARD not in shown, where
        assert "(a picture)" not in shown or mark == "own_harm", where
        assert LINE not in shown or mark not in NO_LINES, where
        if mark in UNSAFE:
            assert LEAVING not in shown, where
            assert THANKS not in shown, where
            assert walked.steps.isdisjoint(NOT_ASKED.get(flow, ())), where
            # What to take stands in the safety plan, and nowhere else.
            chosen = NOT_CHOSEN if flow != "safety" else set()
            assert chosen.isdisjoint(label.lstrip("☐☑ ") for label in walked.labels), where
        handed_back += FINE in shown
        finished += walked.finished
    # The walks go somewhere, and what need not rest does come back.
    assert finished > (60 if mark == "unsafe" else 150)
    assert handed_back > 10
