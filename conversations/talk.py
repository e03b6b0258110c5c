"""One talk at one moment: its way, and the moves that every event is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from conversations import asides, breathing, bubbles, collecting, moves, waiting
from conversations.answers import Refused
from conversations.flow import Breathe, Collect, Flow, Leaf, Pick, Say, Wait
from conversations.items import items_open
from conversations.listening import FAREWELL
from conversations.outcome import Moved, Stayed, answered, kept_again
from conversations.path import SILENT
from conversations.spoken import LIKELY, Spoken
from conversations.turn import (
    Answer,
    Care,
    Draw,
    DropReminder,
    Finished,
    Heard,
    Known,
    Note,
    Remind,
    Rested,
    Reworded,
    Said,
    Show,
    State,
    Turn,
)
from conversations.way import Way
from conversations.wording import Phrases


@dataclass(frozen=True)
class Talk:
    """A state with what is known; every method gives the turn that follows from it."""

    flow: Flow
    state: State
    known: Known
    phrases: Phrases

    @cached_property
    def way(self) -> Way:
        return Way(self.flow, self.state, self.known)

    @cached_property
    def spoken(self) -> Spoken:
        return Spoken(self.flow, self.phrases, self.known.language)

    def now(self, state: State) -> Talk:
        """The same talk in another state."""
        return self if state is self.state else Talk(self.flow, state, self.known, self.phrases)

    def turn(self, note: Note = "") -> Turn:
        """Stay at the question, and show it as it now is."""
        return Turn(self.state, (Show(self.state.at, (), note),))

    @cached_property
    def waits(self) -> Leaf | None:
        """The question one is at, if it still is one on the path."""
        leaf = self.flow.leaf(self.state.at)
        on_path = leaf is not None and leaf.id in self.way.ids
        return leaf if on_path and leaf and leaf.verb not in SILENT else None

    @property
    def heard(self) -> Heard | None:
        """What listening noticed, unless it was misread before in this talk."""
        heard, misread = self.known.heard, self.state.misread
        return heard if heard is not None and not {heard.rule, heard.label} & {*misread} else None

    def calm(self) -> Talk:
        """The talk once the person has moved on from a care message."""
        if "cared" not in self.state.within:
            return self
        within = {k: v for k, v in self.state.within.items() if k != "cared"}
        return self.now(replace(self.state, within=within))

    def resumed(self, note: Note = "welcome_back") -> Turn:
        """Back where one was; after care there is no cheer, the question alone."""
        if "cared" in self.state.within:
            note = ""
        if self.waits is None:
            return self.calm().on_from_nothing(note, came_back=True)
        if waiting.is_over(self.waits, self.way) and isinstance(self.waits.step, Wait):
            return self.calm().waited(self.waits)
        lead = self.way.lead_of(self.waits.id)
        return Turn(self.calm().state, (Show(self.waits.id, lead, note),))

    def on_from_nothing(self, note: Note, *, came_back: bool = False) -> Turn:
        """Where no question stands: on to the next one, or the end as it was."""
        if self.way.first_open is not None or not self.state.finished:
            return self.go_on(note)
        end = self.way.end
        lead = self.way.lead_of(end.id if end else None) if came_back else ()
        silent = end is None and not lead
        note = note if came_back and not (silent and not note) else "ended"
        shown = Show(end.id if end else None, lead, note)
        return Turn(self.state, (shown,))

    def go_on(self, note: Note = "") -> Turn:
        """To the first question on the path that waits, or to the end."""
        way, state = self.way, self.state
        leaf = way.first_open
        gate = moves.gate(way, leaf)
        if leaf is None:
            end = way.end
            state = replace(state, at=None, within=bubbles.drafts(state), finished=True)
            lead = way.lead_of(end.id if end else None)
            # A flow that closes with nothing to show is not closed in silence; what receives an
            # answer stands above something.
            note = note if end or lead or note not in ("", "received") else "ended"
            shown = Show(end.id if end else None, lead, note)
            back = asides.given_back(self.flow, state)
            return Turn(state, (Finished(), shown, *self._pictures, *back))
        asked = gate or leaf
        opened = {"phase": "gate"} if gate else moves.opened(leaf, way)
        state, timer = waiting.begun(asked, way)
        within = bubbles.restored(bubbles.drafts(state), asked.id, opened)
        state = replace(state, at=asked.id, within=within, finished=False)
        lead = () if gate else way.lead_of(leaf.id)
        return Turn(state, (*timer, Show(asked.id, lead, note)))

    def stayed(self, stayed: Stayed, event: Said | None = None) -> Turn:
        """The same question, in which something changed.

        The first item of a list may belong to the answer before, as any first words may.
        """
        state, first = stayed.state, self.state.at not in self.state.answers
        if event is not None and first and bubbles.follows(self.way, event):
            state = replace(state, within={**state.within, "join": self.state.last or ""})
        turn = self.now(state).turn(stayed.note)
        return replace(turn, effects=(*stayed.effects, *turn.effects))

    @property
    def _pictures(self) -> tuple[Draw, ...]:
        """What is drawn where the talk ends."""
        says = (leaf.step for leaf in self.way.leaves if isinstance(leaf.step, Say))
        return tuple(Draw(step.draws) for step in says if step.draws)

    def waited(self, leaf: Leaf) -> Turn:
        """A timer is over: on to what comes after it."""
        return self.done(waiting.ended(leaf, self.way, waiting.CAME), None, "time_is_up")

    def left(self) -> Turn:
        """Left for now, and everything stays; what came between is over, and gives back."""
        state, effects = asides.closed(self.flow, self.state)
        return Turn(state, (Rested(), *effects))

    def back(self) -> Turn:
        """To the question before on the path, its answer in it."""
        within = bubbles.drafts(self.state)
        if self.state.within.get("phase") in ("rewrite", "kinds", "item", LIKELY):
            return self.now(replace(self.state, within={**within, "phase": "show"})).turn()
        earlier = self.way.before(self.state.at)
        if earlier is None:
            return self.turn("first_already")
        leaf = self.waits
        if leaf is not None and isinstance(leaf.step, Wait) and leaf.id in self.state.later:
            # A timer begins anew where one comes to it again.
            stopped = self.now(waiting.stopped(leaf, self.state)).back()
            return stopped.also(DropReminder(leaf.id))
        within = bubbles.restored(within, earlier.id, moves.reopened(earlier, self.way))
        state = replace(self.state, at=earlier.id, within=within, finished=False)
        again = earlier.id in state.answers and not isinstance(earlier.step, Breathe)
        return self.now(state).turn("again" if again else "")

    def skipped(self, leaf: Leaf) -> Turn:
        """Past a question that may be passed over."""
        if isinstance(leaf.step, Collect) and leaf.id in self.state.answers:
            return self.completed(leaf)
        if leaf.id in self.state.answers:
            return self.keep_answer(leaf)
        if isinstance(leaf.step, Wait):
            return self.done(waiting.ended(leaf, self.way), None)
        if isinstance(leaf.step, Breathe):
            return self.done(breathing.ended(leaf, self.way), None)
        if not leaf.step.optional:
            return self.turn("required")
        if bubbles.here(self.state).keys() & {"own", "picked"}:
            # What was ticked or written already is not passed over.
            moved = moves.tapped(leaf, "done", self.way, self.spoken)
            if isinstance(moved, Moved):
                return self.done(moved, None)
        return self.done(answered(leaf, Answer(at=self.known.at), self.way), None)

    def completed(self, leaf: Leaf) -> Turn:
        """On from a list as it is."""
        moved = collecting.done(leaf, self.way)
        return self.turn(moved.note) if isinstance(moved, Refused) else self.done(moved, None)

    def keep_answer(self, leaf: Leaf) -> Turn:
        """On from a question one came back to, its answer as it was."""
        if leaf.id not in self.state.answers:
            return self.turn("required")
        if isinstance(leaf.step, Collect):
            return self.completed(leaf)
        return self.now(replace(self.state, within=bubbles.drafts(self.state))).go_on()

    def joined(self) -> Turn:
        """The newest text belongs to the answer before: move it there, and ask again."""
        moved = bubbles.joined(self.state)
        if moved is None:
            return self.turn()
        return self._added(*moved)

    def append(self, step: str, event: Said, glue: str) -> Turn:
        """A text at the end of an answer, and the same question again."""
        state = bubbles.appended(self.state, step, event, glue)
        if state is None:
            return self.turn("too_long")
        return self._added(state, step)

    def _added(self, state: State, step: str) -> Turn:
        """The state in which words were put to an answer; what is kept of it follows."""
        talk, leaf, answer = self.now(state), self.flow.leaf(step), state.answers[step]
        # An editor may have taken away the step whose words were moved: then on from there.
        there = state.at is None or self.flow.leaf(state.at) is not None
        turn = talk.turn("added") if there else talk.go_on("added")
        turn = turn.also(Reworded(step, answer.text))
        if leaf is None or not isinstance(leaf.step, Pick | Collect) or items_open(answer):
            return turn
        return turn.also(*kept_again(leaf, answer, talk.way))

    def done(self, moved: Moved, event: Said | None, note: Note = "") -> Turn:
        """An answer was given: keep it, notice what a button said aloud, and go on."""
        state = moved.state
        answer = state.answers.get(moved.step)
        told = event is not None and answer is not None and bool(answer.text)
        join = self.state.last if told and event and bubbles.follows(self.way, event) else None
        within = bubbles.without_draft(state.within, moved.step)
        state = replace(state, within=within, last=moved.step if told else state.last)
        leaf = self.flow.leaf(moved.step)
        if told and leaf is not None and leaf.step.received:
            note = "received"
        if answer is None and any(isinstance(effect, Remind) for effect in moved.effects):
            note = "put_off"
        turn = self.now(state).go_on(note)
        if join and join != moved.step and turn.state.at is not None:
            within = {**turn.state.within, "join": join}
            turn = replace(turn, state=replace(turn.state, within=within))
        turn = replace(turn, effects=moved.effects + turn.effects)
        label, rule = moved.heard
        quiet = not label or rule in self.state.misread
        return turn if quiet else caring(turn, label, rule, moved.step)


def caring(turn: Turn, label: str, rule: str, step: str | None) -> Turn:
    """The same turn with care in place of the next question, which waits."""
    state = replace(turn.state, within={**turn.state.within, "cared": step or ""})
    if label == FAREWELL:
        # It is asked about once.
        state = replace(state, misread=(*state.misread, FAREWELL))
    effects = tuple(effect for effect in turn.effects if not isinstance(effect, Show))
    return Turn(state, (*effects, Care(label, rule, step or "")))
