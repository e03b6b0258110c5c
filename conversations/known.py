"""What the engine may know besides a talk's own state: the person's ties, marks and clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

#: Kinds of tie that are persons; the rest are circles, jobs, places and older selves.
PEOPLE = ("partner", "parent", "child", "relative", "friend", "colleague", "group")
KINDS = (*PEOPLE, "job", "circle", "place", "self")
LEANS = ("staying", "pausing", "leaving", "reshaping", "open")
#: What may be noticed or answered, under which parts of a flow rest.
MARKS = ("danger", "coercion", "self_harm", "own_harm", "unsafe")
#: Marks that never end by themselves: when their time is over, it is asked.
LASTING = ("danger", "coercion")


@dataclass(frozen=True, slots=True)
class Tie:
    """One door a person stands at. `facts` were asked once: whether it is safe, their own word.

    `turned`: the lean changed, and the reasons from before were not all looked at since.
    """

    number: int
    kind: str
    facts: Mapping[str, str] = field(default_factory=dict)
    lean: str = "open"
    resting: bool = False
    turned: bool = False

    @property
    def is_unsafe(self) -> bool:
        """Whether it was said that it is not safe to speak one's mind there."""
        return self.facts.get("safe") == "no"

    @property
    def word(self) -> str:
        """The word only the person knows; empty where they gave none."""
        return self.facts.get("word", "")


@dataclass(frozen=True, slots=True)
class Heard:
    """What listening noticed in a text: a label and the rule's name, never the words."""

    label: str
    rule: str


#: Kinds of kept words that are read from the first to the last; of others the newest is on top.
READ_DOWN = ("boundary", "need", "supporter", "growth", "plan", "safety")


@dataclass(frozen=True, slots=True)
class KeptLine:
    """Words kept earlier that may come back by themselves; `tie` is None where they are of none."""

    id: int
    kind: str
    text: str
    tie: int | None = None
    direction: str = "open"

    @property
    def key(self) -> str:
        """What it is called where it can be picked."""
        return f"kept.{self.id:x}"


@dataclass(frozen=True, slots=True)
class Known:
    """What the engine may know besides the state. `at` is aware, in the person's own zone.

    `kept` holds, in the person's own order, kept words of the kinds that the flow reads
    (`Flow.reads_kept`), without those that rest or in which something was heard.
    """

    at: datetime
    language: str = "en"
    ties: tuple[Tie, ...] = ()
    next_tie: int = 1
    marks: frozenset[str] = frozenset()
    heard: Heard | None = None
    seed: int = 0
    kept: tuple[KeptLine, ...] = ()

    def tie(self, number: int | None) -> Tie | None:
        """The tie of that number, if there is one."""
        return next((tie for tie in self.ties if tie.number == number), None)
