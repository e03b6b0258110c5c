"""One update being handled for one person: what is shown and what is to be written.

A visit only takes effect when its handler has returned; one that raises leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Protocol

from bot.appointments import Appointment
from bot.check_ins import CheckIn
from bot.house import House
from bot.person import Keepsake, Person, epoch_ms
from bot.telegram_in import Incoming
from conversations.bubbles import left_over
from conversations.screen import Block, Button, Screen, arrange
from conversations.turn import State
from conversations.wording import known_language


class Shelf(Protocol):
    """Reads what a person has stored, with everything earlier in this batch already in it."""

    async def kept(self, person: Person) -> list[Keepsake]:
        """What they keep, in their own order."""

    async def resting(self, person: Person) -> list[State]:
        """Their unfinished talks, the active one too."""

    async def reflections(self, person: Person) -> list[State]:
        """Their finished talks, the newest first."""

    async def appointments(self, person: Person) -> list[Appointment]:
        """What is to come, the next first."""

    async def appointment(self, person: Person, number: int) -> Appointment | None:
        """One of their appointments by its id; a single one also for two days after it came."""

    async def unopened(self, person: Person) -> tuple[int, str] | None:
        """The appointment, and the time of it, whose line stands newest and unopened."""

    async def check_ins(self, person: Person, since: date | None = None) -> list[CheckIn]:
        """Their check-ins, from that local day on, the oldest first."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to come: it is drawn after the commit, from a recipe (see `pictures.recipes`).

    `caption` stands below it; `instead` is said where it cannot be drawn.
    """

    recipe: Mapping[str, Any]
    caption: str
    instead: str


@dataclass(frozen=True, slots=True)
class File:
    """A document to come, called `name`: made after the commit, from a recipe (see `files`).

    `instead` is said where it cannot be made.
    """

    recipe: Mapping[str, Any]
    name: str
    instead: str


@dataclass(slots=True)
class Changes:
    """What a visit writes besides the person themselves."""

    kept: list[Keepsake] = field(default_factory=list)
    unkept: list[int] = field(default_factory=list)
    talks: dict[int, State | None] = field(default_factory=dict)
    reflections: dict[int, State] = field(default_factory=dict)
    appointments: list[Appointment] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)


@dataclass(slots=True)
class Visit:
    """The person, what came in, and everything the handlers decide about it."""

    house: House
    person: Person
    incoming: Incoming
    shelf: Shelf
    now: datetime
    screens: list[Screen] = field(default_factory=list)
    #: Sent after the screens, once they are drawn.
    pictures: list[Picture] = field(default_factory=list)
    #: Sent last of all.
    files: list[File] = field(default_factory=list)
    toast: str | None = None
    changes: Changes = field(default_factory=Changes)
    hides: bool = False
    #: Messages of the chat that are deleted at once, such as one with a PIN in it.
    deletes: list[int] = field(default_factory=list)
    #: How long the person had not been seen before this update.
    idle: timedelta = timedelta()
    #: Something was heard: this answer waits for nothing.
    urgent: bool = False
    forgets: bool = False
    #: What the clock has written for them and not sent yet is dropped with this visit.
    unschedules: bool = False
    #: The screen takes the place of the message that was tapped, also where others stand below it.
    in_place: bool = False
    #: The press of a button that is to be done next, as if it had been tapped.
    follow: str = ""
    #: The language this is answered in, where it is another than the person's: care, and its plan.
    said_in: str = ""

    # --- saying --------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The language this is answered in."""
        return self.said_in or self.person.language

    def speak(self, language: str) -> None:
        """Answer in that language from here on; in the person's own where it is empty."""
        self.said_in = known_language(language, "")

    def phrase(self, key: str, **values: str) -> str:
        """A phrase in the language this is answered in."""
        return self.house.library.phrases(key, self.language, **values)

    def show(self, *screens: Screen) -> None:
        """Send these, in order."""
        self.screens += screens

    def say(self, key: str, *buttons: Button, **values: str) -> None:
        """Send one phrase with buttons below it."""
        self.show(Screen((Block(self.phrase(key, **values)),), arrange(buttons)))

    def button(self, key: str, press: str) -> Button:
        """A button labelled by a phrase."""
        return Button(self.phrase(key), press)

    # --- writing -------------------------------------------------------------------------------

    @property
    def now_ms(self) -> int:
        """Epoch milliseconds, UTC."""
        return epoch_ms(self.now)

    @property
    def received(self) -> list[tuple[int, int, int]]:
        """The message that came in, as (chat, message id, time): it stands there until hidden."""
        one = self.incoming
        if one.message is None or one.kind in ("tap", "edit"):
            return []
        return [(one.chat, one.message, self.now_ms)]

    @property
    def random(self) -> Random:
        """Chance, the same for the same update."""
        return Random(self.incoming.update_id)  # noqa: S311 - which reason to show, no secret

    def keep(self, keepsakes: Iterable[Keepsake]) -> None:
        """Keep new words, or changed ones; of two about the same, the later hold."""
        kept = {k.id: k for k in (*self.changes.kept, *keepsakes)}
        self.changes.kept = [*kept.values()]

    def unkeep(self, ids: Sequence[int]) -> None:
        """Let words go."""
        self.changes.unkept += ids

    def store_talk(self, state: State) -> None:
        """Keep a talk as it now is; a finished one becomes (again) a reflection.

        One that came between leaves nothing of its own: what it asked is kept as it was answered.
        """
        if state.finished:
            self.changes.talks[state.talk] = None
            if not self._is_aside(state):
                self.changes.reflections[state.talk] = state
            elif self.person.row.active_talk == state.talk:
                self.person.talk = state
        else:
            self.changes.talks[state.talk] = state

    def drop_talk(self, number: int) -> None:
        """Let an unfinished talk go."""
        self.changes.talks[number] = None
        if self.person.row.active_talk == number:
            self.rest()

    def open_talk(self, state: State) -> None:
        """Make this the talk that typed words belong to."""
        if not state.finished:
            self._leave_aside(state)
            self.person.talk, self.person.row.active_talk = state, state.talk

    def rest(self) -> None:
        """No talk is open now; the one that was stays as it is."""
        self._leave_aside(None)
        self.person.talk, self.person.row.active_talk = None, None

    def _leave_aside(self, state: State | None) -> None:
        """What came between is over as soon as something else is open, or nothing is."""
        open_now = self.person.talk
        if open_now is None or not self._is_aside(open_now):
            return
        if state is None or state.talk != open_now.talk:
            self.changes.talks[open_now.talk] = None
            if left := left_over(open_now):
                self.person.keep_profile(held=[*self.person.profile.held, *map(list, left)])

    def _is_aside(self, state: State) -> bool:
        flow = self.house.library.flows.get(state.flow)
        return flow is not None and flow.aside

    def ask(self, what: str, **more: str | int) -> None:
        """Let the next words answer a question outside of any talk, in the language it is in."""
        said = {"said": self.said_in} if self.said_in else {}
        self.person.keep_profile(asking={"what": what, **said, **more})

    def asked(self) -> None:
        """That question is answered, or no longer stands."""
        if self.person.profile.asking:
            self.person.keep_profile(asking={})
