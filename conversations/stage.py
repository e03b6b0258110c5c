"""A talk on a stage, without Telegram: one person, their talks, and what is kept, in memory.

Kept words, ties, marks and reminders are carried out in memory, as the bot does in its database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from conversations.asides import hushed
from conversations.care import marks_for
from conversations.care_language import beside_care, care_for, held_in, more_care, spoken
from conversations.engine import advance, begin
from conversations.farewells import Listens, bids_farewell
from conversations.flow import Flow
from conversations.help import help_screen
from conversations.library import Library
from conversations.listening import FAREWELL
from conversations.screen import Block, Button, Screen
from conversations.screens import render
from conversations.shelf import Row, Shelf
from conversations.turn import (
    Care,
    Chose,
    Daily,
    Draw,
    DropReminder,
    Edited,
    Event,
    GiveBack,
    Heard,
    Keep,
    KeptFact,
    KeptFirst,
    Known,
    Misread,
    NewTie,
    Prefers,
    Remind,
    Rested,
    Resumed,
    Reworded,
    Said,
    Show,
    Skipped,
    State,
    Stopped,
    Tie,
    TieFact,
    Turn,
    WentBack,
    Woke,
)

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


class StageError(Exception):
    """A line that cannot be played, or something that is not as a `=` line says."""


@dataclass
class Stage:
    """One person and their talks. `at` is aware, in the person's zone."""

    library: Library
    at: datetime = START
    language: str = "en"
    listener: Listens | None = None
    ties: dict[int, Tie] = field(default_factory=dict)
    marks: dict[str, datetime] = field(default_factory=dict)
    kept: Shelf = field(default_factory=Shelf)
    reminders: list[tuple[datetime, int, str]] = field(default_factory=list)
    daily: dict[str, time] = field(default_factory=dict)
    prefers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    talks: dict[int, str] = field(default_factory=dict)
    talk: int = 0
    shown: list[Screen] = field(default_factory=list)
    fresh: int = 0
    sent: int = 0

    def show(self, screens: list[Screen]) -> list[Screen]:
        """Remember what is shown: its buttons are the ones that can be tapped."""
        if any(screen.rows for screen in screens):
            self.fresh = len(self.shown)
        self.shown += screens
        return screens

    def say(self, text: str) -> list[Screen]:
        """A text is written."""
        self.sent += 1
        return self.happen(Said(text, self.at, self.sent), self._heard(text))

    def edit(self, text: str, back: int = 1) -> list[Screen]:
        """The newest message (or the one `back` messages ago) is corrected."""
        if not 1 <= back <= self.sent:
            raise StageError("there is no such message to edit")
        event = Edited(self.sent - back + 1, text, self.at)
        return self.happen(event, self._heard(text))

    def _heard(self, text: str) -> Heard | None:
        state = self.state
        flow = self.library.flows.get(state.flow) if state else None
        strict = bids_farewell(flow, state, self.known(None))
        return self.listener.listen(text, strict=strict) if self.listener else None

    def command(self, name: str, language: str = "") -> list[Screen]:
        """A command is sent: /back /skip /cancel /help, or one that opens a flow."""
        events: Mapping[str, Event] = {
            "back": WentBack(),
            "skip": Skipped(),
            "cancel": Stopped(),
        }
        if name in events:
            return self.happen(events[name])
        if name == "help":
            return [help_screen(self.library.phrases, self.language, None)]
        flow = self.library.by_command(name)
        if flow is None:
            raise StageError(f"/{name} opens nothing on a stage")
        state = self.state
        if state and state.flow == flow.id and not (state.finished or flow.afresh):
            return self.happen(Resumed())
        return self._carry_out(self._begun(flow, language=language))

    def _begun(self, flow: Flow, day: str = "", language: str = "") -> Turn:
        between = self.talk if self.state is not None and not self.state.finished else 0
        self.talk = max(self.talks, default=0) + 1
        known, phrases = self.known(None), self.library.phrases
        return begin(flow, known, phrases, self.talk, between=between, day=day, language=language)

    def _numbered(self, flow: Flow, day: str, number: str) -> list[Screen]:
        """A number of what comes between, known by its day: in its talk, or in a new one."""
        state = self.state
        if state is None or (state.flow, state.day, state.finished) != (flow.id, day, False):
            self._carry_out(self._begun(flow, day))
        rated = next((leaf.id for leaf in flow.leaves if leaf.verb == "rate"), "")
        return self.happen(Chose(rated, number))

    def tap(self, label: str, *, older: bool = False) -> list[Screen]:
        """A button is tapped: one that is shown, or one of an older message."""
        screens = self.shown[: self.fresh] if older else self.shown[self.fresh :]
        for screen in reversed(screens):
            for button in screen.buttons:
                if button.label == label:
                    return self.press(button.press)
        labels = " ".join(f"[{b.label}]" for s in screens for b in s.buttons)
        raise StageError(f"there is no button [{label}] here; there is {labels or 'none'}")

    def press(self, press: str) -> list[Screen]:
        """What a tap means, as the bot reads it from a button."""
        bare, language = beside_care(press)
        kind, _, rest = bare.partition(":")
        if kind == "cmd":
            return self.command(rest, language) if self.library.by_command(rest) else _outside(rest)
        if kind == "t":
            _, step, choice = rest.split(":", 2)
            return self.happen(Chose(step, choice))
        flow = self.library.by_command(kind)
        if flow is not None and flow.aside:
            return self._numbered(flow, *rest.split(":"))
        if kind == "woke":
            talk, _, step = rest.partition(":")
            self.talk = int(talk)
            return self.happen(Woke(step))
        if kind == "talk":
            verb, _, rule = rest.partition(":")
            events: Mapping[str, Event] = {
                "resume": Resumed(),
                "stop": Stopped(),
                "misread": Misread(rule),
            }
            return self.happen(events[verb])
        if kind == "care":
            if rest.startswith(FAREWELL) and self.state is not None:
                rule = f"{spoken(press, self.language)[1]}.{FAREWELL}"
                return [self._care(Care("self_harm", rule, ""), self.state)]
            phrases = self.library.phrases
            return [more_care(press, phrases=phrases, otherwise=self.language, country=None)]
        return _outside(press)

    # --- the talk ----------------------------------------------------------------------------

    @property
    def state(self) -> State | None:
        """The talk one is in, read from its JSON."""
        text = self.talks.get(self.talk)
        return State.from_json(text) if text else None

    def known(self, heard: Heard | None) -> Known:
        """What the engine may know now."""
        return Known(
            at=self.at,
            language=self.language,
            ties=tuple(self.ties.values()),
            next_tie=max(self.ties, default=0) + 1,
            marks=frozenset(mark for mark, until in self.marks.items() if until > self.at),
            heard=heard,
            kept=self.kept.lines(),
        )

    def happen(self, event: Event, heard: Heard | None = None) -> list[Screen]:
        """The talk one is in goes on by one event; StageError where there is none."""
        state = self.state
        if state is None:
            raise StageError("no talk has begun; begin one with its command")
        flow = self.library.flows[state.flow]
        turn = advance(flow, state, event, self.known(heard), self.library.phrases)
        return self._carry_out(turn)

    def _carry_out(self, turn: Turn) -> list[Screen]:
        self.talks[self.talk] = turn.state.to_json()
        for effect in turn.effects:
            match effect:
                case NewTie():
                    before = self.ties.get(effect.number, Tie(effect.number, effect.kind))
                    self.ties[effect.number] = replace(before, kind=effect.kind)
                case TieFact(number, "lean", value):
                    self.ties[number] = replace(self.ties[number], lean=value)
                case TieFact(number, name, value):
                    facts = {**self.ties[number].facts, name: value}
                    self.ties[number] = replace(self.ties[number], facts=facts)
                case Keep() | Reworded() | KeptFact() | KeptFirst():
                    made = Row("", "", tie=turn.state.tie, talk=self.talk)
                    self.kept.change(effect, made, self.library.flows[turn.state.flow].renamed)
                case Remind():
                    self._drop(effect.step)
                    self.reminders.append((effect.at, self.talk, effect.step))
                case DropReminder():
                    self._drop(effect.step)
                case Daily(kind, at):
                    self.daily[kind] = at
                case Prefers(name, values):
                    self.prefers[name] = values
        return list(self._screens(turn))

    def _drop(self, step: str) -> None:
        self.reminders = [r for r in self.reminders if r[1:] != (self.talk, step)]

    def _screens(self, turn: Turn) -> Iterator[Screen]:
        phrases = self.library.phrases
        for effect in turn.effects:
            if isinstance(effect, Show):
                flows = self.library.flows
                yield from render(flows, turn.state, effect, self.known(None), phrases)
            elif isinstance(effect, GiveBack):
                self.talk = effect.talk
                yield from self._given_back(any(isinstance(e, Care) for e in turn.effects))
            elif isinstance(effect, Rested):
                waits = turn.state.within.get("phase") == "gate"
                key = "talk.waiting" if waits else "talk.rested"
                key = "talk.left" if turn.state.finished else key
                language = held_in(turn.state, self.known(None)).language
                yield Screen(_plain(phrases(key, language)))
            elif isinstance(effect, Draw):
                yield Screen(_plain("(a picture)"))
            elif isinstance(effect, Care):
                yield self._care(effect, turn.state)

    def _given_back(self, cared: bool) -> list[Screen]:
        state = self.state
        if cared and state is not None:
            self.talks[self.talk] = hushed(state).to_json()
            return []
        return self.happen(Resumed(given_back=True))

    def _care(self, care: Care, state: State) -> Screen:
        tie = self.ties.get(state.tie or 0)
        had = self.known(None).marks
        if (mark := marks_for(care.label)) is not None:
            self.marks[mark[0]] = self.at + timedelta(days=mark[1])
        return care_for(
            Heard(care.label, care.rule),
            phrases=self.library.phrases,
            otherwise=self.language,
            country=None,
            had_marks=had,
            at_work=tie is not None and tie.kind in ("job", "colleague"),
        )

    def due(self) -> list[Screen]:
        """The neutral notes of the reminders that the clock has passed."""
        due = sorted(r for r in self.reminders if r[0] <= self.at)
        self.reminders = [r for r in self.reminders if r[0] > self.at]
        return [
            Screen(_plain("(a note)"), ((Button("Open", f"woke:{talk}:{step}"),),))
            for _, talk, step in due
        ]


def _plain(text: str) -> tuple[Block, ...]:
    return (Block(text),)


def _outside(name: str) -> list[Screen]:
    return [Screen(_plain(f"({name} opens here)"))]
