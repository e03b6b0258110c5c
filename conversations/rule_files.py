"""Reads the rules of one language: every TOML file of `listening/<language>/`, as if it were one.

How they are shared out is for the people who edit them: by label, and `common.toml` for the rest.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .folding import unaccented

#: What may be heard, the gravest first: one text gets one answer.
LABELS = ("self_harm", "danger", "own_harm", "coercion")
#: A weak signal: it gets one optional line, and never a mark.
WEAK = "unsure"
#: Heard only where a farewell is being written, and less grave than any of them.
FAREWELL = "farewell"

Patterns = Annotated[tuple[str, ...], Field(strict=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class RuleEntry(_Strict):
    """One rule: its patterns, and which frames keep a match of them from counting."""

    id: Annotated[str, Field(pattern=r"^[a-z_]{2,16}$")]
    why: str
    say: Patterns
    past: bool = False
    supposed: bool = False
    others: bool = False
    own: bool = False


class Frames(_Strict):
    """What stands around a match and keeps it from counting; told in `en/common.toml`."""

    denied: Patterns = ()
    others: Patterns = ()
    fiction: Patterns = ()
    past: Patterns = ()
    recent: Patterns = ()
    supposed: Patterns = ()
    own: Patterns = ()
    aftermath: Patterns = ()


class Idioms(_Strict):
    """Ways of speaking whose words are taken out of a text before any rule is tried."""

    say: Patterns = ()


Rules = Annotated[tuple[RuleEntry, ...], Field(strict=False)]


class LanguageRules(_Strict):
    """All that is listened for in one language."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    drop: Patterns = ()
    everyday: Patterns = ()
    stops: Patterns = ()
    spell: dict[str, str] = {}
    forgive: Patterns = ()
    shortest_typo: Annotated[int, Field(ge=3)] = 5
    first_letter: bool = True
    real: Patterns = ()
    lists: dict[str, Patterns] = {}
    frames: Frames = Frames()
    idioms: Idioms = Idioms()
    self_harm: Rules = ()
    danger: Rules = ()
    own_harm: Rules = ()
    coercion: Rules = ()
    unsure: Rules = ()
    farewell: Rules = ()


class RuleFileError(ValueError):
    """The files of one language cannot be used; `faults` holds one sentence for each reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_rules(folder: Path) -> LanguageRules:
    """The rules in all files of this folder; RuleFileError where they cannot be read together."""
    merged: dict[str, Any] = {}
    faults: list[str] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            told = _unaccented(tomllib.loads(file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as fault:
            faults.append(f"{folder.name}/{file.name}: {fault}")
        else:
            faults += [f"{folder.name}/{file.name}: {twice}" for twice in _add(merged, told)]
    if faults:
        raise RuleFileError(faults)
    try:
        rules = LanguageRules.model_validate(merged)
    except ValidationError as error:
        raise RuleFileError(
            [
                f"{folder.name}, {'.'.join(str(p) for p in e['loc'])}: {e['msg']}"
                for e in error.errors()
            ]
        ) from None
    if rules.language != folder.name:
        raise RuleFileError([f'{folder.name}: the language in it is "{rules.language}"'])
    return rules


def _unaccented(told: Any) -> Any:
    """The same with all its words as texts have them when the rules are tried."""
    if isinstance(told, str):
        return unaccented(told)
    if isinstance(told, list):
        return [_unaccented(each) for each in told]
    if isinstance(told, dict):
        return {
            unaccented(key): value if key == "why" else _unaccented(value)
            for key, value in told.items()
        }
    return told


def _add(merged: dict[str, Any], told: dict[str, Any]) -> list[str]:
    """Adds one file's tables: what is a list in both grows; anything else may stand only once."""
    faults: list[str] = []
    for name, value in told.items():
        if name not in merged:
            merged[name] = value
        elif isinstance(value, list) and isinstance(merged[name], list):
            merged[name] = merged[name] + value
        elif isinstance(value, dict) and isinstance(merged[name], dict):
            faults += _add(merged[name], value)
        elif merged[name] != value:
            faults.append(f"{name} stands in another file too, and says something else")
    return faults
