"""The state of one talk: its answers in parts, and the JSON it is kept as."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

STATE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One message of an answer; `glue` joins it to the part before.

    In an answer that is a list, a part is an item: its `id` never changes, and is not used again.
    """

    text: str
    message: int | None = None
    glue: str = "\n"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one step: text in parts, or chosen ids; both empty: passed over."""

    at: datetime
    parts: tuple[Part, ...] = ()
    chosen: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, its messages joined; a typed choice left no text."""
        told = [part for part in self.parts if part.text]
        return "".join(p.text if i == 0 else p.glue + p.text for i, p in enumerate(told))

    @property
    def skipped(self) -> bool:
        """Passed over: neither words nor a choice."""
        return not self.parts and not self.chosen


@dataclass(frozen=True, slots=True)
class State:
    """One talk. `at` is the step that waits for an answer; None when the talk has ended.

    `within` is what a step needs between two events (a page, what is being rewritten);
    `later` maps a postponed step to when it comes back (ISO); `last` names the step that the
    newest text answered; `misread` holds rules that are not to be raised again in this talk.

    `language` is the one it is held in, empty for the person's own (see `care_language`).

    Of a talk that came between: `between` is the number of the one it interrupted (0 for none),
    `day` the local day it is about (ISO) and `begun` when it began (ISO, with its offset).
    """

    flow: str
    talk: int
    at: str | None = None
    tie: int | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)
    later: Mapping[str, str] = field(default_factory=dict)
    last: str | None = None
    misread: tuple[str, ...] = ()
    finished: bool = False
    between: int = 0
    day: str = ""
    begun: str = ""
    language: str = ""

    def to_json(self) -> str:
        """Versioned JSON without what is empty anyway; times as ISO 8601 with their offset."""
        fields = {
            "v": STATE_VERSION,
            "flow": self.flow,
            "talk": self.talk,
            "at": self.at,
            "tie": self.tie,
            "answers": {step: _bare(answer) for step, answer in self.answers.items()},
            "within": dict(self.within),
            "later": dict(self.later),
            "last": self.last,
            "misread": self.misread,
            "finished": self.finished,
            "between": self.between,
            "day": self.day,
            "begun": self.begun,
            "language": self.language,
        }
        # Every turn seals and writes a state: this is the hot path, so no generic walk over it.
        return _ENCODER.encode({k: v for k, v in fields.items() if v or k == "talk"})

    @staticmethod
    def from_json(text: str) -> State:
        """The state back from `to_json`; ValueError for a version it does not know."""
        data: dict[str, Any] = json.loads(text)
        if data.pop("v") != STATE_VERSION:
            raise ValueError("a state of another version")
        answers = {
            step: Answer(
                at=datetime.fromisoformat(a["at"]),
                parts=tuple(Part(**part) for part in a.get("parts", ())),
                chosen=tuple(a.get("chosen", ())),
                earlier=tuple(a.get("earlier", ())),
            )
            for step, a in data.pop("answers", {}).items()
        }
        misread = tuple(data.pop("misread", ()))
        return State(answers=answers, misread=misread, **data)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def _bare(answer: Answer) -> dict[str, Any]:
    """An answer as JSON can hold it."""
    bare: dict[str, Any] = {"at": answer.at.isoformat()}
    if answer.parts:
        bare["parts"] = [_bare_part(part) for part in answer.parts]
    if answer.chosen:
        bare["chosen"] = answer.chosen
    if answer.earlier:
        bare["earlier"] = answer.earlier
    return bare


def _bare_part(part: Part) -> dict[str, Any]:
    bare: dict[str, Any] = {"text": part.text, "message": part.message}
    if part.glue != "\n":
        bare["glue"] = part.glue
    if part.id:
        bare["id"] = part.id
    return bare
