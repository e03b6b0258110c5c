"""What a talk decides about words that stay with the person: to keep, reword, or put on top."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptWords:
    """One whole answer, or one item of a list ("dislikes@3"), in its latest wording.

    `facts` is what was said about the item so far, by the step that asked.
    """

    step: str
    text: str
    direction: str = "open"
    message: int | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Keep:
    """Words to keep. The shell replaces what this step of this talk kept before."""

    kind: str
    step: str
    items: tuple[KeptWords, ...]


@dataclass(frozen=True, slots=True)
class KeptFact:
    """Something was said about one item: where the item is kept, it is noted with it.

    An empty value takes it back.
    """

    step: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class KeptFirst:
    """The kept row of one item goes to the top of its kind."""

    step: str


@dataclass(frozen=True, slots=True)
class Reworded:
    """An answer changed after it may have been kept elsewhere."""

    step: str
    text: str
