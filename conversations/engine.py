"""The whole state machine: begin a talk, and advance it by one event.

Pure: state and event in, state and effects out. Every state has an answer to every event, a way
out, and keeps everything that was ever answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from conversations import moves
from conversations.answers import Refused, accept
from conversations.flow import Flow
from conversations.spoken import Spoken
from conversations.turn import (
    Answer,
    Care,
    Chose,
    Edited,
    Event,
    Finished,
    Heard,
    Joined,
    Known,
    Misread,
    Note,
    Part,
    Rested,
    Resumed,
    Reworded,
    Said,
    Show,
    Skipped,
    State,
    Stopped,
    Turn,
    WentBack,
    Woke,
)
from conversations.way import Way
from conversations.wording import Phrases

#: A text this soon after an answer that moved the talk on may belong to that answer.
JOIN_WITHIN = timedelta(minutes=2)
#: Apps split what is longer than a message; the rest follows within moments.
SPLIT_WITHIN = timedelta(seconds=5)
SPLIT_FROM_UNITS = 4_000


def begin(flow: Flow, known: Known, phrases: Phrases, talk: int, tie: int | None = None) -> Turn:
    """A new talk, and its first question. Where one tie is known it is taken without asking."""
    here = [t.number for t in known.ties if not t.resting and flow.is_open_to(t.kind)]
    only = here[0] if len(here) == 1 else None
    state = State(flow=flow.id, talk=talk, tie=tie if tie is not None else only)
    return _Talk(flow, state, known, phrases).go_on()


def advance(flow: Flow, state: State, event: Event, known: Known, phrases: Phrases) -> Turn:
    """The talk after one event. Never raises for anything a person can do."""
    return _Talk(flow, heal(flow, state), known, phrases).after(event)


def heal(flow: Flow, state: State) -> State:
    """A state from before the flow was edited, with moved ids followed and lost ones left."""
    if not (flow.renamed.keys() & {*state.answers, state.at or ""}) and (
        state.at is None or state.at in flow.by_id
    ):
        return state
    answers = {flow.renamed.get(step, step): a for step, a in state.answers.items()}
    at = flow.renamed.get(state.at or "", state.at)
    if at not in flow.by_id and not state.finished:
        at = next((x.id for x in flow.leaves if x.id not in answers and x.step.verb != "say"), None)
    return replace(state, answers=answers, at=at, within={})


@dataclass(frozen=True)
class _Talk:
    flow: Flow
    state: State
    known: Known
    phrases: Phrases

    @property
    def way(self) -> Way:
        return Way(self.flow, self.state, self.known)

    def now(self, state: State) -> _Talk:
        return replace(self, state=state)

    def turn(self, note: Note = "") -> Turn:
        """Stay at the question, and show it as it now is."""
        return Turn(self.state, (Show(self.state.at, (), note),))

    # --- events ------------------------------------------------------------------------------

    def after(self, event: Event) -> Turn:
        match event:
            case Edited():
                return self.edited(event)
            case Misread():
                return self.misread(event)
            case Woke() if event.step in self.flow.by_id:
                later = {k: v for k, v in self.state.later.items() if k != event.step}
                woken = replace(
                    self.state, at=event.step, within={"phase": "show"}, later=later, finished=False
                )
                return self.now(woken).turn()
        if not self._waits:
            if isinstance(event, Said):
                return self._set_beside(event)
            return self.go_on("welcome_back" if isinstance(event, Resumed) else "")
        match event:
            case Said():
                return self.said(event)
            case Chose():
                return self.chose(event)
            case Skipped():
                return self.skipped()
            case WentBack():
                return self.back()
            case Joined():
                return self.joined()
            case Stopped():
                return Turn(self.state, (Rested(),))
        lead = self.way.lead_of(self.state.at)
        return Turn(self.state, (Show(self.state.at, lead, "welcome_back"),))

    @property
    def _waits(self) -> bool:
        """Whether the step one is at still is a question on the path."""
        leaf = self.flow.by_id.get(self.state.at or "")
        on_path = leaf is not None and leaf.id in self.way.ids
        return on_path and leaf is not None and leaf.step.verb not in ("say", "offer")

    def said(self, event: Said) -> Turn:
        """A text: the answer to this question, the rest of the last one, or kindly refused."""
        if "cared" in self.state.within:
            return self._set_beside(event)
        turn = self._appended(event, "") if self._continues(event) else self._answered(event)
        heard = self._heard
        return _caring(turn, heard.label, heard.rule, self.state.at) if heard else turn

    def _answered(self, event: Said) -> Turn:
        leaf = self.flow.by_id[self.state.at or ""]
        moved = moves.typed(leaf, event, self.way, self.spoken)
        if isinstance(moved, State):
            turn = self.now(moved).turn()
            name = moved.within.get("reworded")
            return turn.also(Reworded(name, event.text)) if name else turn
        if isinstance(moved, moves.Moved):
            return self._done(moved, event)
        answer = moved or accept(leaf.step, event, self.spoken.choices(leaf, self.way))
        if isinstance(answer, Refused):
            return self._refused(answer.note, event)
        return self._done(moves.answered(leaf, answer, self.way), event)

    def _refused(self, note: Note, event: Said) -> Turn:
        """Not an answer here; where one was just given it may belong to that, so it is held."""
        if note in ("too_long", "empty") or not self._recent(event):
            return self.turn(note)
        held = {"join": self.state.last or "", "held": event.text}
        if event.message is not None:
            held["held_message"] = str(event.message)
        return self.now(replace(self.state, within={**self.state.within, **held})).turn("moved_on")

    def _set_beside(self, event: Said) -> Turn:
        """Words that came where no question stood: kept with the answer before, then on."""
        step = self.state.within.get("cared", self.state.last or "")
        if step not in self.state.answers:
            return self.go_on()
        within = {k: v for k, v in self.state.within.items() if k != "cared"}
        beside = self.now(replace(self.state, last=step, within=within))._appended(event, "\n")
        if not self._waits:
            further = self.now(beside.state).go_on("added")
            beside = replace(further, effects=(*beside.effects[1:], *further.effects))
        heard = self._heard
        return _caring(beside, heard.label, heard.rule, step) if heard else beside

    def chose(self, event: Chose) -> Turn:
        general: dict[str, Callable[[], Turn]] = {
            "_skip": self.skipped,
            "_back": self.back,
            "_join": self.joined,
            "_keep": self.keep_answer,
            "_rest": lambda: Turn(self.state, (Rested(),)),
        }
        if event.step != self.state.at:
            return self.turn("further_along")
        if event.choice in general:
            return general[event.choice]()
        leaf = self.flow.by_id[event.step]
        moved = moves.tapped(leaf, event.choice, self.way, self.spoken)
        if moved is None:
            return self.turn("further_along")
        if isinstance(moved, State):
            return self.now(moved).turn()
        if moved.rests:
            return Turn(moved.state, (*moved.effects, Rested()))
        return self._done(moved, None)

    def skipped(self) -> Turn:
        leaf = self.flow.by_id[self.state.at or ""]
        if leaf.id in self.state.answers:
            return self.keep_answer()
        if not leaf.step.optional:
            return self.turn("required")
        moved = moves.answered(leaf, Answer(at=self.known.at), self.way)
        turn = self.now(moved.state).go_on()
        return replace(turn, effects=moved.effects + turn.effects)

    def keep_answer(self) -> Turn:
        """On from a question one came back to, its answer as it was."""
        if self.state.at not in self.state.answers:
            return self.turn("required")
        return self.now(replace(self.state, within={})).go_on()

    def back(self) -> Turn:
        if self.state.within.get("phase") in ("rewrite", "kinds"):
            return self.now(replace(self.state, within={"phase": "show"})).turn()
        earlier = self.way.before(self.state.at)
        if earlier is None:
            return self.turn("first_already")
        within = moves.reopened(earlier, self.way)
        return self.now(replace(self.state, at=earlier.id, within=within)).turn("again")

    def edited(self, event: Edited) -> Turn:
        for step, answer in self.state.answers.items():
            if step in self.flow.by_id and any(p.message == event.message for p in answer.parts):
                return self._corrected(step, answer, event)
        return Turn(self.state)

    def _corrected(self, step: str, answer: Answer, event: Edited) -> Turn:
        leaf = self.flow.by_id[step]
        if answer.text:
            parts = tuple(
                replace(p, text=event.text) if p.message == event.message else p
                for p in answer.parts
            )
            changed = replace(answer, parts=parts, earlier=(*answer.earlier, answer.text))
        else:
            said = Said(event.text, answer.at, event.message)
            again = accept(leaf.step, said, self.spoken.choices(leaf, self.way))
            if isinstance(again, Refused):
                return self.turn("not_a_choice")
            changed = again
        state = replace(self.state, answers={**self.state.answers, step: changed})
        turn = Turn(state, (Reworded(step, changed.text),) if changed.text else ())
        if self.state.finished:
            turn = turn.also(Finished())
        if heard := self._heard:
            return _caring(turn, heard.label, heard.rule, step)
        if state.at is not None and state.at not in self.now(state).way.ids:
            further = self.now(state).go_on()
            return replace(further, effects=turn.effects + further.effects)
        return turn.also(Show(None, note="corrected"))

    def misread(self, event: Misread) -> Turn:
        state = replace(self.state, misread=(*self.state.misread, event.rule))
        step = self.state.within.get("cared", self.state.last)
        if step is None or step not in self.way.ids:
            return self.now(state).turn()
        return self.now(replace(state, at=step, within={}, finished=False)).turn("again")

    def joined(self) -> Turn:
        """The newest text belongs to the answer before: move it there, and ask again."""
        before, newest = self.state.within.get("join"), self.state.last
        answers = dict(self.state.answers)
        if before is None or before not in answers:
            return self.turn()
        if "held" in self.state.within:
            message = self.state.within.get("held_message")
            added: tuple[Part, ...] = (
                Part(self.state.within["held"], int(message) if message else None),
            )
            step = self.state.at
        else:
            if newest is None or newest not in answers:
                return self.turn()
            added, step = answers.pop(newest).parts, newest
        answers[before] = replace(answers[before], parts=answers[before].parts + added)
        state = replace(self.state, answers=answers, at=step, last=before, within={})
        return self.now(state).turn("added").also(Reworded(before, answers[before].text))

    # --- moving on ---------------------------------------------------------------------------

    @property
    def spoken(self) -> Spoken:
        return Spoken(self.flow, self.phrases, self.known.language)

    @property
    def _heard(self) -> Heard | None:
        heard = self.known.heard
        return heard if heard is not None and heard.rule not in self.state.misread else None

    def _recent(self, event: Said, within: timedelta = JOIN_WITHIN) -> bool:
        last = self.state.answers.get(self.state.last or "")
        return (
            last is not None
            and bool(last.text)
            and self.state.last != self.state.at
            and timedelta(0) <= event.at - last.at <= within
        )

    def _continues(self, event: Said) -> bool:
        if not self._recent(event, SPLIT_WITHIN):
            return False
        part = self.state.answers[self.state.last or ""].parts[-1]
        return len(part.text.encode("utf-16-le")) // 2 >= SPLIT_FROM_UNITS

    def _appended(self, event: Said, glue: str) -> Turn:
        step = self.state.last or ""
        answer = self.state.answers[step]
        parts = (*answer.parts, Part(event.text, event.message, glue))
        changed = replace(answer, parts=parts, at=event.at)
        state = replace(self.state, answers={**self.state.answers, step: changed})
        return self.now(state).turn("added").also(Reworded(step, changed.text))

    def _done(self, moved: moves.Moved, event: Said | None) -> Turn:
        """An answer was given: keep it, notice what a button said aloud, and go on."""
        join = self.state.last if event is not None and self._recent(event) else None
        state = replace(moved.state, last=moved.step) if event is not None else moved.state
        turn = self.now(replace(state, within={})).go_on()
        if join and join != moved.step and turn.state.at is not None:
            within = {**turn.state.within, "join": join}
            turn = replace(turn, state=replace(turn.state, within=within))
        turn = replace(turn, effects=moved.effects + turn.effects)
        label, rule = moved.heard
        return _caring(turn, label, rule, moved.step) if label else turn

    def go_on(self, note: Note = "") -> Turn:
        """To the first question on the path that waits, or to the end."""
        way = self.way
        leaf = way.first_open
        gate = moves.gate(way, leaf)
        if gate is not None:
            state = replace(self.state, at=gate.id, within={"phase": "gate"})
            return Turn(state, (Show(gate.id, (), note),))
        if leaf is None:
            end = way.end
            state = replace(self.state, at=None, within={}, finished=True)
            lead = way.lead_of(end.id if end else None)
            return Turn(state, (Finished(), Show(end.id if end else None, lead, note)))
        state = replace(self.state, at=leaf.id, finished=False)
        if not state.within:
            state = replace(state, within=moves.opened(leaf, way))
        return Turn(state, (Show(leaf.id, way.lead_of(leaf.id), note),))


def _caring(turn: Turn, label: str, rule: str, step: str | None) -> Turn:
    """The same turn with care in place of the next question, which waits."""
    state = replace(turn.state, within={**turn.state.within, "cared": step or ""})
    effects = tuple(effect for effect in turn.effects if not isinstance(effect, Show))
    return Turn(state, (*effects, Care(label, rule, step or "")))
