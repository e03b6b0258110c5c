"""Collects every text that a person may be shown: of the flow files with whom it is said about,
and of the phrases. Read from the files themselves, so that no verb is forgotten."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from conversations.turn import KINDS, PEOPLE
from conversations.wording import HERE, read_phrases

#: Fields that hold a message, or a part of one.
MESSAGES = (
    *("say", "ask", "choose", "pick", "collect", "rate", "review", "tie", "moment", "wait"),
    *("breathe", "compose", "when_text", "which", "other", "received", "text", "item", "done"),
)
#: Fields that stand on a button, over an answer, or over a part of the talk.
LABELS = ("choices", "quick", "links", "ends", "short", "title", "heading")
#: Fields that nobody is shown.
STRUCTURE = (
    *("when", "rests_under", "under", "optional", "keep", "heard", "for", "own", "rests", "from"),
    *("scale", "stays", "of", "later", "before", "options", "remind", "daily", "length", "turns"),
    *("offer", "each", "only", "points", "direction", "notice", "on", "steps", "draws"),
    "several",
)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Said:
    """One text: its flow (or "phrases"), its place in it, the kinds of tie that may see it."""

    flow: str
    place: str
    text: str
    kinds: frozenset[str]
    label: bool = False

    @property
    def plain(self) -> str:
        """Without placeholders; paragraphs that were only one are gone."""
        return " ".join(_PLACEHOLDER.sub("", self.text).split())


@cache
def flow_files() -> Mapping[str, Mapping[str, Any]]:
    """Every flow file as TOML, by its id."""
    files = sorted((HERE / "flows").glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


@cache
def in_flows() -> tuple[Said, ...]:
    """Every text of every flow, each wording once."""
    found: dict[tuple[str, str], Said] = {}
    for flow, file in flow_files().items():
        for kind in sorted(_open(file["open_to"])):
            title = (f"{flow}.title", file["title"], True)
            for place, text, label in (title, *_steps(flow, file["steps"], kind, set())):
                seen = found[place, text].kinds if (place, text) in found else frozenset()
                found[place, text] = Said(flow, place, text, seen | {kind}, label)
    return tuple(one for one in found.values() if one.plain)


@cache
def in_phrases() -> tuple[Said, ...]:
    """Every phrase, but what people may type: that is understood, not said."""
    phrases = read_phrases()
    keys = [key for key in phrases.keys() if ".typed_" not in key]  # noqa: SIM118 - no mapping
    every = frozenset(KINDS)
    return tuple(
        Said("phrases", key, phrases(key), every, label="_button" in key)
        for key in keys
        if phrases(key).strip()
    )


def _open(kinds: list[str]) -> frozenset[str]:
    return frozenset(k for kind in kinds for k in (PEOPLE if kind == "people" else (kind,)))


def _steps(
    flow: str, steps: Mapping[str, Any], kind: str, on: set[str]
) -> Iterator[tuple[str, str, bool]]:
    """Place, text and whether it is a label; `on` gathers the steps that this kind may meet."""
    for name, step in steps.items():
        if not _holds(step.get("when", ()), kind, on):
            continue
        on.add(name)
        for field, value in _worded(step, kind).items():
            for text in _texts(field, value):
                yield f"{flow}.{name}.{field}", text, field in LABELS
            if field == "say" and isinstance(value, list):
                for block in value:
                    yield f"{flow}.{name}.heading", block.get("heading", ""), True
        yield from _steps(flow, step.get("steps", {}), kind, on)


def _worded(step: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    """The step's texts in the wording for a kind: the first that fits, field by field."""
    worded = {key: value for key, value in step.items() if key in (*MESSAGES, *LABELS)}
    if "each" in step or "offer" in step:
        worded.pop("of", None)
    taken: set[str] = set()
    for kinds, wording in step.get("for", {}).items():
        if kind not in _open(kinds.replace(",", " ").split()):
            continue
        worded |= {key: value for key, value in wording.items() if key not in taken}
        taken |= wording.keys()
    return worded


def _texts(field: str, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        # The choices may be a name: those of the themes.
        yield from () if field == "choices" else (value,)
    elif isinstance(value, Mapping):
        yield from value.values()
    else:
        yield from (one["text"] if isinstance(one, Mapping) else one for one in value)


def _holds(when: Any, kind: str, on: set[str]) -> bool:
    clauses = [when] if isinstance(when, Mapping) else list(when)
    return not clauses or any(_clause(clause, kind, on) for clause in clauses)


def _clause(clause: Mapping[str, Any], kind: str, on: set[str]) -> bool:
    """Whether it can hold: for that kind of tie, and answers that it can have given."""
    wanted = clause.get("tie", {}).get("kind")
    refused = clause.get("not", {}).get("tie", {}).get("kind")
    answers = set(clause) - {"tie", "not", "kept", "lists"}
    return (
        (wanted is None or kind in _named(wanted))
        and (refused is None or kind not in _named(refused))
        and answers <= on
    )


def _named(kinds: str | list[str]) -> frozenset[str]:
    return _open([kinds] if isinstance(kinds, str) else kinds)
