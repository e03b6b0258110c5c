"""Any sequence of events over every shipped flow: no exception, nobody stuck, nothing lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from conversations.flow import Ask, Collect
from conversations.library import Library, read_library
from conversations.screen import LABEL_LIMITS, Screen
from conversations.shelf import Row
from conversations.stage import Stage
from conversations.turn import (
    KINDS,
    MARKS,
    Chose,
    Event,
    Heard,
    Joined,
    Misread,
    Resumed,
    Skipped,
    State,
    Stopped,
    Tie,
    WentBack,
    Woke,
)
from conversations.way import Way
from tests import shipped
from tests.conversations.edits import renamed, without

SHIPPED = shipped.library()
LISTS = read_library(Path(__file__).parent / "lists")
STRENGTH = read_library(Path(__file__).parent / "strength")
LIBRARY = replace(SHIPPED, flows={**SHIPPED.flows, **LISTS.flows, **STRENGTH.flows})
PLAIN: tuple[Event, ...] = (Skipped(), WentBack(), Stopped(), Resumed(), Joined())
TYPED = ("yes", "no", "1", "2 and 3", "never", "done", "tomorrow", "in 10 days", "💔", " ", "keep")
TOKEN = re.compile(r"word\d+x")


class AnySequence(RuleBasedStateMachine):
    """A person who does anything at all, at any pace, while editors and marks change things."""

    @initialize(
        name=st.sampled_from(sorted(LIBRARY.flows)),
        ties=st.lists(st.sampled_from(KINDS), max_size=2),
    )
    def begin(self, name: str, ties: list[str]) -> None:
        self.whole = LIBRARY.flows[name]
        self.stage = Stage(Library(dict(LIBRARY.flows), LIBRARY.phrases))
        self.stage.ties = {n: Tie(n, kind) for n, kind in enumerate(ties, 1)}
        self.words: set[str] = set()
        self.count = 0
        self.shown: list[Screen] = []
        self.answered = True
        self.take(self.stage.command(self.whole.command))

    def take(self, screens: list[Screen]) -> None:
        self.answered = bool(screens)
        self.stage.show(screens)
        self.shown = screens
        self.stage.at += timedelta(seconds=1)

    @property
    def state(self) -> State:
        state = self.stage.state
        assert state is not None
        return state

    @property
    def here(self) -> set[str]:
        """The words that are kept; not what was taken away and may still be put back."""
        state = self.state
        within = {name: text for name, text in state.within.items() if name != "undo"}
        return set(TOKEN.findall(replace(state, within=within).to_json()))

    # --- what can happen ---------------------------------------------------------------------

    @rule(text=st.text(max_size=40), typed=st.none() | st.sampled_from(TYPED), heard=st.booleans())
    def say(self, text: str, typed: str | None, heard: bool) -> None:
        self.count += 1
        word = f"word{self.count}x"
        whole = typed or f"{text} {word}"
        leaf = self.stage.library.flows[self.state.flow].leaf(self.state.at)
        known = self.stage.known(None)
        flow = self.stage.library.flows[self.state.flow]
        waits = leaf is not None and leaf.id in Way(flow, self.state, known).ids
        if heard:
            self.stage.listener = _Hears(self.count)
        self.take(self.stage.say(whole))
        self.stage.listener = None
        if typed is None and waits and leaf is not None and isinstance(leaf.step, Ask | Collect):
            assert word in self.state.to_json(), "an answer to a question was not kept"

    @rule(glyphs=st.integers(3_990, 4_096))
    def say_much(self, glyphs: int) -> None:
        self.take(self.stage.say("é" * glyphs))

    @rule(which=st.integers(0, 40))
    def tap_what_is_shown(self, which: int) -> None:
        presses = [b.press for s in self.stage.shown[self.stage.fresh :] for b in s.buttons]
        # A number of a check-in that is over begins another one.
        numbers = () if self.state.finished else ("checkin:",)
        inside = [p for p in presses if p.startswith(("t:", "talk:", "care:", *numbers))]
        if inside:
            self.press(inside[which % len(inside)])

    @rule(steps=st.integers(1, 25), which=st.integers(0, 5))
    def go_straight_on(self, steps: int, which: int) -> None:
        """As most people do: an answer to each question, so that the talk gets somewhere."""
        for _ in range(steps):
            presses = [b.press for s in self.stage.shown[self.stage.fresh :] for b in s.buttons]
            inside = [p for p in presses if p.startswith("t:") and ":_" not in p]
            done = [p for p in inside if p.endswith(":done")]
            if done and (which % 3 or len(inside) < 2):
                self.press(done[0])
            elif inside and not self.state.finished:
                self.press(inside[which % len(inside)])
            elif not self.state.finished:
                self.count += 1
                self.take(self.stage.say(f"word{self.count}x"))

    def press(self, press: str) -> None:
        before = self.here
        self.take(self.stage.press(press))
        if press.endswith((":gone", ":done")) or ":q." in press:
            # An item that is taken away is gone; one tap puts it back, as long as one is there.
            gone = self.words - self.here
            assert len(gone) <= 1 or ":q." in press, before
            self.words &= self.here

    @rule(which=st.integers(0, 400))
    def tap_an_old_button(self, which: int) -> None:
        presses = [b.press for s in self.stage.shown for b in s.buttons if b.press[:2] == "t:"]
        if presses:
            self.press(presses[which % len(presses)])

    @rule(step=st.text(max_size=8), choice=st.text(max_size=8) | st.sampled_from(["x.", "page.9"]))
    def tap_what_never_was(self, step: str, choice: str) -> None:
        self.take(self.stage.happen(Chose(self.state.at or step, choice)))

    @rule(event=st.sampled_from(PLAIN))
    def do(self, event: Event) -> None:
        self.take(self.stage.happen(event))

    @rule(which=st.integers(0, 60))
    def wake(self, which: int) -> None:
        leaves = self.whole.leaves
        self.take(self.stage.happen(Woke(leaves[which % len(leaves)].id)))

    @rule()
    def misread(self) -> None:
        self.take(self.stage.happen(Misread(f"rule{self.count}")))

    @precondition(lambda self: self.stage.sent > 0)
    @rule(back=st.integers(1, 5), text=st.text(max_size=10))
    def edit(self, back: int, text: str) -> None:
        self.count += 1
        before = self.state.to_json()
        corrected = f"{text} word{self.count}x"
        screens = self.stage.edit(corrected, min(back, self.stage.sent))
        # A message that holds no answer changes nothing, and needs no reply.
        self.take(screens or self.shown)
        # What was held, but was no answer yet, is replaced by its correction.
        self.words &= self.here
        kept = set(TOKEN.findall(self.state.to_json()))
        assert screens or kept == set(TOKEN.findall(before))

    @rule(mark=st.sampled_from(MARKS), days=st.sampled_from([-1, 30]))
    def mark(self, mark: str, days: int) -> None:
        self.stage.marks[mark] = self.stage.at + timedelta(days=days)

    @rule(lines=st.integers(2, 9))
    def say_a_list(self, lines: int) -> None:
        self.count += 1
        self.take(self.stage.say("\n".join(f"- {n} word{self.count}x" for n in range(lines))))

    @rule(kind=st.sampled_from(["reason", "lesson"]), lean=st.sampled_from(["leaving", "open"]))
    def keep_something_elsewhere(self, kind: str, lean: str) -> None:
        self.stage.kept.add(Row(kind, "kept before", lean))

    @rule(value=st.sampled_from(["yes", "no", "unsure"]))
    def settle_safety(self, value: str) -> None:
        for number, tie in self.stage.ties.items():
            self.stage.ties[number] = replace(tie, facts={**tie.facts, "safe": value})

    @rule(passed=st.sampled_from([0, 3, 90, 600, 90_000]))
    def wait(self, passed: int) -> None:
        self.stage.at += timedelta(seconds=passed)

    @rule(which=st.integers(0, 60), renames=st.booleans())
    def edit_the_flow(self, which: int, renames: bool) -> None:
        leaves = self.whole.leaves
        gone = leaves[which % len(leaves)].id
        flow = renamed(self.whole, {gone: f"{gone}_2"}) if renames else without(self.whole, gone)
        self.stage.library = replace(
            self.stage.library, flows={**self.stage.library.flows, flow.id: flow}
        )

    # --- what always holds -------------------------------------------------------------------

    @invariant()
    def every_event_is_answered(self) -> None:
        assert self.answered

    @invariant()
    def every_screen_has_words_and_buttons_that_fit(self) -> None:
        for screen in self.shown:
            assert screen.text.strip()
            for button in screen.buttons:
                assert len(button.label) <= LABEL_LIMITS[1]
                assert len(button.press.encode()) <= 64

    @invariant()
    def there_is_a_way_out(self) -> None:
        state = self.state
        if state.at is not None and not state.finished:
            turn = self.stage.library
            assert turn.flows[state.flow]
            held = Stage(turn, at=self.stage.at, ties=dict(self.stage.ties), talk=self.stage.talk)
            held.talks = dict(self.stage.talks)
            presses = [b.press for s in held.happen(Resumed()) for b in s.buttons]
            after = held.state
            assert presses or (after is not None and after.finished)

    @invariant()
    def the_state_survives_json(self) -> None:
        assert State.from_json(self.state.to_json()) == self.state

    @invariant()
    def nothing_that_was_kept_is_lost(self) -> None:
        assert not self.words - self.here
        self.words |= self.here

    @invariant()
    def the_path_is_a_pure_function(self) -> None:
        flow, known = self.stage.library.flows[self.state.flow], self.stage.known(None)
        again = State.from_json(self.state.to_json())
        assert Way(flow, self.state, known).ids == Way(flow, again, known).ids

    @invariant()
    def a_finished_talk_asks_nothing(self) -> None:
        assert not self.state.finished or self.state.at is None


class _Hears:
    """Hears something in every text, each time by another rule."""

    def __init__(self, number: int) -> None:
        self._heard = Heard(MARKS[number % 4], f"rule{number}")

    def listen(self, text: str, *, strict: bool = False) -> Heard | None:
        return self._heard if text else None


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(
    max_examples=max(60, settings().max_examples // 2),
    stateful_step_count=40,
    suppress_health_check=list(HealthCheck),
    # Explaining a failure traces every line, which takes minutes.
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    database=None,
)
