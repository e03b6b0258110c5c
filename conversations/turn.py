"""The vocabulary of a talk on one page: what is known, what can happen, what comes of it.

A talk is a `State`; something happens to it, an `Event`; the engine answers with a `Turn`: the
next state and the `Effect`s the shell has to carry out. Ids and answers only, never text shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Literal

# The state, and what is known, belong to the vocabulary too.
from conversations.keeps import Keep as Keep  # noqa: PLC0414
from conversations.keeps import KeptFact as KeptFact  # noqa: PLC0414
from conversations.keeps import KeptFirst as KeptFirst  # noqa: PLC0414
from conversations.keeps import KeptWords as KeptWords  # noqa: PLC0414
from conversations.keeps import Reworded as Reworded  # noqa: PLC0414
from conversations.known import KINDS as KINDS  # noqa: PLC0414
from conversations.known import LEANS as LEANS  # noqa: PLC0414
from conversations.known import MARKS as MARKS  # noqa: PLC0414
from conversations.known import PEOPLE as PEOPLE  # noqa: PLC0414
from conversations.known import Heard as Heard  # noqa: PLC0414
from conversations.known import KeptLine as KeptLine  # noqa: PLC0414
from conversations.known import Known as Known  # noqa: PLC0414
from conversations.known import Tie as Tie  # noqa: PLC0414
from conversations.state import Answer as Answer  # noqa: PLC0414
from conversations.state import Part as Part  # noqa: PLC0414
from conversations.state import State as State  # noqa: PLC0414

# --- what can happen ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """A text was written; `at` is when Telegram received it."""

    text: str
    at: datetime
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Chose:
    """A button of `step` was tapped: a choice, or a verb's own button."""

    step: str
    choice: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """The question was passed over."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """To the question before."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Left for now; everything stays."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that holds an answer was corrected."""

    message: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Joined:
    """The newest text belongs to the answer before it."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The words of a message were no answer: they leave it again."""

    message: int


@dataclass(frozen=True, slots=True)
class Misread:
    """Listening was wrong about `rule`: show the question again, do not raise it again.

    `also` are the other rules that the same words had met.
    """

    rule: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Woke:
    """A postponed step is due and was opened."""

    step: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """The person came back to the talk; `given_back` by what had come between."""

    given_back: bool = False


Event = (
    Said
    | Chose
    | Skipped
    | WentBack
    | Stopped
    | Edited
    | Joined
    | TakenBack
    | Misread
    | Woke
    | Resumed
)


# --- what comes of it --------------------------------------------------------------------------

Note = Literal[
    "",
    "again",  # the question again, with the answer in it
    "welcome_back",
    "not_a_choice",
    "too_long",
    "too_many",
    "empty",
    "not_a_number",
    "not_a_day",
    "not_a_time",
    "not_a_length",
    "further_along",
    "added",
    "corrected",
    "first_already",
    "required",
    "moved_on",
    "beside",  # words kept beside the choice that is still to come
    "changed",  # the flow was edited under the talk
    "ended",  # nothing is open any more
    "received",  # the words of the step before that receive its answer
    "put_off",  # the step before comes back at its time
    "given_back",  # what had come between is over
    "held",  # words kept while a timer runs
    "taken_away",  # an item of a list, which can be put back
    "time_is_up",  # the timer has run out
]


@dataclass(frozen=True, slots=True)
class Show:
    """Show a step, after the `say` steps that lead to it; `note` says why it is shown again."""

    step: str | None
    lead: tuple[str, ...] = ()
    note: Note = ""


@dataclass(frozen=True, slots=True)
class NewTie:
    """A door was named; the same number again where its kind was corrected in the same talk."""

    number: int
    kind: str


@dataclass(frozen=True, slots=True)
class TieFact:
    """Something about the tie was learned: `safe`, `word`, or its `lean`."""

    number: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Remind:
    """Come back to `step` at a local date and time, written in the person's own zone."""

    step: str
    at: datetime
    purpose: Literal["second_look", "look_again", "timer"]


@dataclass(frozen=True, slots=True)
class DropReminder:
    """What `step` set to come back is not wanted any more."""

    step: str


@dataclass(frozen=True, slots=True)
class Daily:
    """Send something of that kind every day at a local time of day."""

    kind: Literal["affirmation", "check_in"]
    at: time


@dataclass(frozen=True, slots=True)
class Prefers:
    """What the person chose for themselves, such as themes; it replaces what they chose before."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw what the `say` of that id shows in columns, as a picture below all that is said."""

    step: str


@dataclass(frozen=True, slots=True)
class GiveBack:
    """What came between is over: the talk of that number is open again, at the same question."""

    talk: int


@dataclass(frozen=True, slots=True)
class Care:
    """Something was heard that matters more than the next question."""

    label: str
    rule: str
    step: str


@dataclass(frozen=True, slots=True)
class Rested:
    """The talk was put to rest, unfinished."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The talk came to its end; its answers become a reflection (again, if it was one already)."""


Effect = (
    Show
    | NewTie
    | TieFact
    | Keep
    | KeptFact
    | KeptFirst
    | Reworded
    | Remind
    | DropReminder
    | Daily
    | Prefers
    | Care
    | Rested
    | Finished
    | Draw
    | GiveBack
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The next state and what has to be done about it, in order."""

    state: State
    effects: tuple[Effect, ...] = ()

    def also(self, *effects: Effect) -> Turn:
        """The same turn with more effects."""
        return replace(self, effects=self.effects + effects)
