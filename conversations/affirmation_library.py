"""The library of affirmations: what its files may hold, and everything that is wrong in them.

The lines stand in `affirmations/*.toml`, one theme a file; the file's name is the theme's id. A
line's id is the theme and a number ("worth-3"). It never changes and is never given to another
line: translations, kept lines and people's places in the library hang on it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator

from conversations.faults import ContentFaults, Fault
from conversations.turn import MARKS
from conversations.wording import HERE

FOLDER = HERE / "affirmations"

#: The essays by letter, in the order /about credits them, and the lines of text in each.
ESSAYS = {"A": 54, "B": 142, "C": 147}
OPENINGS = ("I can ", "I am learning ", "Today I ", "It may be that ")


def _quiet(text: str) -> str:
    if not text[:1].isupper() or not text.endswith(".") or "!" in text:
        raise ValueError("it begins with a capital, ends with a full stop, and never shouts")
    return text


def _promises_little(text: str) -> str:
    if not text.startswith(OPENINGS):
        raise ValueError(f"it begins with one of: {', '.join(map(str.strip, OPENINGS))}")
    return text


def _in_an_essay(place: str) -> str:
    essay, _, lines = place.partition(":")
    first, _, last = lines.partition("-")
    if not int(first) <= int(last or first) <= ESSAYS.get(essay, 0):
        raise ValueError(f"the essays have no {place}")
    return place


def _known_mark(mark: str) -> str:
    if mark not in MARKS:
        raise ValueError(f"`{mark}` is no mark; there is {', '.join(MARKS)}")
    return mark


Wording = Annotated[str, Field(max_length=119), AfterValidator(_quiet)]
Origin = Annotated[
    str, Field(pattern=r"^[A-Z]:[1-9][0-9]*(-[1-9][0-9]*)?$"), AfterValidator(_in_an_essay)
]
Marks = Annotated[tuple[Annotated[str, AfterValidator(_known_mark)], ...], Field(strict=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Line(_Strict):
    """One line of the library; `from` names the lines of the essays its idea is from ("A:35")."""

    id: Annotated[str, Field(pattern=r"^[a-z_]+-[1-9][0-9]?$")]
    line: Wording
    gentler: Annotated[Wording, AfterValidator(_promises_little)]
    origin: Annotated[tuple[Origin, ...], Field(alias="from", min_length=1, strict=False)]
    rests_under: Marks = ()

    @cached_property
    def theme(self) -> str:
        """The id of its theme."""
        return self.id.partition("-")[0]

    @cached_property
    def bit(self) -> int:
        """Its own bit among the lines of its theme."""
        return 1 << int(self.id.partition("-")[2])


class Theme(_Strict):
    """A file of lines. `rests_under` holds for all of them, beside what a line names itself."""

    id: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    title: Annotated[str, Field(min_length=1, max_length=24)]  # fits a button
    rests_under: Marks = ()
    #: Its lines fit some ties only, so they come to those who choose the theme.
    only_if_chosen: bool = False
    lines: Annotated[tuple[Line, ...], Field(min_length=1, strict=False)]

    @field_validator("lines")
    @classmethod
    def _ids_differ(cls, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        ids = [line.id for line in lines]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(f"two lines are called {twice[0]}")
        return lines


@dataclass(frozen=True, slots=True)
class Affirmations:
    """The whole library, its themes by id."""

    themes: Mapping[str, Theme]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of every theme."""
        return tuple(line for theme in self.themes.values() for line in theme.lines)

    def line(self, line_id: str) -> Line | None:
        """The line of that id; None where there is none any more."""
        return next((line for line in self.lines if line.id == line_id), None)

    def rests(self, line: Line, marks: Collection[str]) -> bool:
        """Whether a line keeps silent under one of these marks, by itself or with its theme."""
        return not {*line.rests_under, *self.themes[line.theme].rests_under}.isdisjoint(marks)

    def pool(
        self,
        chosen: Collection[str] = (),
        marks: Collection[str] = (),
        untrue: Collection[str] = (),
    ) -> tuple[Line, ...]:
        """The lines a person may get: of the chosen themes, not resting, not called untrue by them.

        Without a chosen theme that still exists: of all that fit any tie. May be empty, where all
        that was chosen rests.
        """
        themes = [self.themes[theme] for theme in self.themes if theme in chosen] or [
            theme for theme in self.themes.values() if not theme.only_if_chosen
        ]
        lines = (line for theme in themes for line in theme.lines)
        return tuple(n for n in lines if n.id not in untrue and not self.rests(n, marks))


def read_affirmations(folder: Path = FOLDER) -> Affirmations:
    """Every theme in the folder; ContentFaults with all that is wrong in any of them."""
    themes: dict[str, Theme] = {}
    faults: list[Fault] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            raw = tomllib.loads(file.read_text(encoding="utf-8"))
            themes[file.stem] = Theme.model_validate({**raw, "id": file.stem})
        except tomllib.TOMLDecodeError as error:
            faults.append(Fault(file.name, "", f"This is not valid TOML: {error}."))
        except UnicodeDecodeError:
            faults.append(Fault(file.name, "", "This file is not UTF-8 text."))
        except ValidationError as error:
            found = error.errors()
            # A list whose entries are broken counts as empty too; the entries say enough.
            lists = {item["loc"][:depth] for item in found for depth in range(len(item["loc"]))}
            faults += (
                _in_words(file.name, raw, dict(item)) for item in found if item["loc"] not in lists
            )
    faults += _misplaced(themes)
    if not themes and not faults:
        faults.append(Fault(folder.name, "", "There is no theme here."))
    if faults:
        raise ContentFaults(faults)
    return Affirmations(themes)


def check(folder: Path = FOLDER) -> tuple[Fault, ...]:
    """Everything wrong with the files, in an editor's words; empty when all is well."""
    try:
        read_affirmations(folder)
    except ContentFaults as broken:
        return broken.faults
    return ()


def _misplaced(themes: Mapping[str, Theme]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for theme in themes.values():
        for line in theme.lines:
            if line.theme != theme.id:
                yield Fault(f"{theme.id}.toml", line.id, f"Ids here begin with `{theme.id}-`.")
            for text in {line.line, line.gentler}:
                if (other := seen.setdefault(text, line.id)) != line.id:
                    yield Fault(f"{theme.id}.toml", line.id, f"{other} says the same.")


def _in_words(file: str, raw: Mapping[str, Any], error: Mapping[str, Any]) -> Fault:
    """One fault of pydantic's as (file, line id or place, sentence)."""
    key, *inner = error["loc"]
    step = ""
    if key == "lines" and inner:
        entry = raw["lines"][inner[0]]
        named = entry.get("id") if isinstance(entry, dict) else None
        step, inner = str(named or f"line {inner[0] + 1} of the file"), inner[1:]
        key = inner[0] if inner else "the line"
    what = {
        "missing": "is missing",
        "extra_forbidden": "means nothing here",
        "string_type": "has to be text in quotation marks",
        "bool_type": "has to be true or false",
        "tuple_type": "has to be a list in square brackets",
        "model_type": "has to be a table, headed [[lines]]",
        "too_short": "needs at least one entry",
        "string_too_short": "is empty",
        "string_too_long": f"is longer than {error.get('ctx', {}).get('max_length')} characters",
        "string_pattern_mismatch": "is not written as this field needs it",
    }.get(error["type"], "is not right: " + str(error["msg"]).removeprefix("Value error, "))
    return Fault(file, step, f"`{key}` {what}.")
