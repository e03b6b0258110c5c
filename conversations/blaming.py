"""Finds the words in a letter that are often heard as blame. Whether they stay is the writer's.

The words are in `blame/<language>.toml`, in the little language of `phrase_rules`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from conversations.conditions import Strict
from conversations.folding import Folder
from conversations.phrase_rules import Compiler, PatternError
from conversations.wording import HERE, SOURCE_LANGUAGE

FOLDER = HERE / "blame"
_Patterns = Annotated[tuple[str, ...], Field(strict=False)]


class _Words(Strict):
    """One way of blaming: as it is named to the writer, and as it may be written."""

    words: str
    say: _Patterns


class _File(Strict):
    spell: dict[str, str] = Field(default_factory=dict)
    drop: _Patterns = ()
    stops: _Patterns = ()
    lists: dict[str, _Patterns] = Field(default_factory=dict)
    kind: _Patterns = ()
    blame: Annotated[tuple[_Words, ...], Field(strict=False)]


class BlamingError(ValueError):
    """A list of blaming words cannot be used; the message says what is wrong, in a sentence."""


class Blaming:
    """One language's words."""

    def __init__(self, entry: _File) -> None:
        compiler = Compiler(entry.lists, (), entry.stops)
        self._kind = compiler.any_of(entry.kind)
        self._words = [(each.words, compiler.any_of(each.say)) for each in entry.blame]
        self._fold = Folder(dict.fromkeys(entry.drop, "") | entry.spell, (), (), ()).fold

    def found(self, text: str) -> tuple[str, ...]:
        """What in this text may be heard as blame, each once, in the order of the list."""
        folded = self._fold(text)
        if self._kind is not None:
            folded = self._kind.sub(" ~", folded)
        return tuple(words for words, pattern in self._words if pattern and pattern.search(folded))


def read(file: Path) -> Blaming:
    """The words of one file; BlamingError where it cannot be used."""
    try:
        return Blaming(_File.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))))
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise BlamingError(f"{file.name}, {where}: {error.errors()[0]['msg']}.") from None
    except (PatternError, tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise BlamingError(f"{file.name}: {error}.") from None


@cache
def read_blaming(language: str) -> Blaming:
    """The words of a language; the English ones where it has none of its own."""
    file = FOLDER / f"{language}.toml"
    return read(file if file.is_file() else FOLDER / f"{SOURCE_LANGUAGE}.toml")


def faults(folder: Path = FOLDER) -> list[str]:
    """What is wrong with the lists, a sentence each."""
    found = []
    for file in sorted(folder.glob("*.toml")):
        try:
            read(file)
        except BlamingError as error:
            found.append(str(error))
    return found
