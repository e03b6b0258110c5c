"""The vocabulary of a talk on one page: what is known, what can happen, what comes of it.

A talk is a `State`; something happens to it, an `Event`; the engine answers with a `Turn`: the
next state and the `Effect`s the shell has to carry out. Ids and answers only, never text shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

# The state belongs to the vocabulary too.
from conversations.state import Answer as Answer  # noqa: PLC0414
from conversations.state import Part as Part  # noqa: PLC0414
from conversations.state import State as State  # noqa: PLC0414

#: Kinds of tie that are persons; the rest are circles, jobs, places and older selves.
PEOPLE = ("partner", "parent", "child", "relative", "friend", "colleague", "group")
KINDS = (*PEOPLE, "job", "circle", "place", "self")
LEANS = ("staying", "pausing", "leaving", "reshaping", "open")
#: What may be noticed or answered, under which parts of a flow rest.
MARKS = ("danger", "coercion", "self_harm", "own_harm", "unsafe")


# --- what is known -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tie:
    """One door a person stands at. `facts` were asked once: whether it is safe, their own word."""

    number: int
    kind: str
    facts: Mapping[str, str] = field(default_factory=dict)
    lean: str = "open"
    resting: bool = False

    @property
    def word(self) -> str:
        """The word only the person knows; empty where they gave none."""
        return self.facts.get("word", "")


@dataclass(frozen=True, slots=True)
class Heard:
    """What listening noticed in a text: a label and the rule's name, never the words."""

    label: str
    rule: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the engine may know besides the state. `at` is aware, in the person's own zone."""

    at: datetime
    language: str = "en"
    ties: tuple[Tie, ...] = ()
    next_tie: int = 1
    marks: frozenset[str] = frozenset()
    heard: Heard | None = None
    seed: int = 0

    def tie(self, number: int | None) -> Tie | None:
        """The tie of that number, if there is one."""
        return next((tie for tie in self.ties if tie.number == number), None)


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
class Misread:
    """Listening was wrong about `rule`: show the question again, do not raise it again."""

    rule: str


@dataclass(frozen=True, slots=True)
class Woke:
    """A postponed step is due and was opened."""

    step: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """The person came back to the talk."""


Event = Said | Chose | Skipped | WentBack | Stopped | Edited | Joined | Misread | Woke | Resumed


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
class Keep:
    """Words to keep. The shell replaces what this step of this talk kept before."""

    kind: str
    step: str
    items: tuple[KeptWords, ...]


@dataclass(frozen=True, slots=True)
class KeptWords:
    """One whole answer, in its latest wording."""

    step: str
    text: str
    direction: str = "open"
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Reworded:
    """An answer changed after it may have been kept elsewhere."""

    step: str
    text: str


@dataclass(frozen=True, slots=True)
class Remind:
    """Come back to `step` at a local date and time, written in the person's own zone."""

    step: str
    at: datetime
    purpose: Literal["second_look", "look_again"]


@dataclass(frozen=True, slots=True)
class DropReminder:
    """What `step` set to come back is not wanted any more."""

    step: str


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
    Show | NewTie | TieFact | Keep | Reworded | Remind | DropReminder | Care | Rested | Finished
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The next state and what has to be done about it, in order."""

    state: State
    effects: tuple[Effect, ...] = ()

    def also(self, *effects: Effect) -> Turn:
        """The same turn with more effects."""
        return replace(self, effects=self.effects + effects)
