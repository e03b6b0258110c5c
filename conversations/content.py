"""All content files together: what there is, and everything that is wrong, in an editor's words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from conversations import affirmations, blaming, helplines, listening
from conversations.draw import chart
from conversations.faults import ContentFaults
from conversations.flow import Flow
from conversations.library import Library, read_library
from conversations.wording import HERE

PHRASES = HERE / "phrases"


@dataclass(frozen=True)
class Findings:
    """What a check found: one sentence each. Only faults make the content unusable."""

    library: Library | None
    faults: tuple[str, ...]
    warnings: tuple[str, ...]


def check(today: date) -> Findings:
    """Everything wrong with any content file; `today` tells which helplines have grown old."""
    faults = list(phrase_faults(PHRASES))
    library: Library | None = None
    if not faults:
        try:
            library = read_library()
        except ContentFaults as broken:
            faults += map(str, broken.faults)
    for flow in library.flows.values() if library else ():
        faults += ways_out_faults(flow)
    faults += map(str, affirmations.check())
    faults += blaming.faults()
    faults += helplines.faults()
    try:
        listening.read_listener()
    except listening.ListeningError as broken:
        faults += str(broken).splitlines()
    return Findings(library, tuple(dict.fromkeys(faults)), warnings(today))


def warnings(today: date) -> tuple[str, ...]:
    """What grows old without being wrong: helplines that were not checked for too long."""
    return () if helplines.faults() else tuple(helplines.read_helplines().stale(today))


def phrase_faults(folder: Path) -> Iterator[str]:
    """What is wrong with the phrase files: each line is `key = "text"`."""
    for file in sorted(folder.glob("*.toml")):
        try:
            entries = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            yield f"{file.name}: This is not valid TOML: {error}."
            continue
        for key, text in entries.items():
            if not isinstance(text, str):
                yield f"{file.name}, {key}: A phrase is one text in quotation marks."
            elif not text.strip():
                yield f"{file.name}, {key}: This phrase is empty."


def ways_out_faults(flow: Flow) -> list[str]:
    """Steps that no answers lead to, or that lead nowhere."""
    try:
        return [str(fault) for fault in chart(flow).faults]
    except ValueError as error:
        return [f"{flow.id}.toml: {error}."]
