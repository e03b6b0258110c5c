"""Finds the words: (file, place, field, language) -> text, with the source wording as fallback.

A translation is looked up by context (`three_questions.safe.choose`) and source text, so that
the same English words may be said differently in two places, and a changed source falls back to
English instead of to a stale translation.
"""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
LOCALE = HERE / "locale"
DOMAIN = "threshold"
SOURCE_LANGUAGE = "en"


@cache
def _catalogue(language: str, folder: Path) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, folder, [language], fallback=True)


@cache
def languages(folder: Path = LOCALE) -> tuple[str, ...]:
    """Codes of the languages that there is a catalogue for, besides the source's."""
    return tuple(sorted(mo.parts[-3] for mo in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


def known_language(code: str, otherwise: str) -> str:
    """That language, if anything is said in it; else the other one."""
    return code if code in (SOURCE_LANGUAGE, *languages()) else otherwise


def say(context: str, source: str, language: str, folder: Path = LOCALE) -> str:
    """The wording of `source` in `language`; the source itself where there is no translation."""
    if language == SOURCE_LANGUAGE:
        return source
    return _catalogue(language, folder).pgettext(context, source)


class Phrases:
    """What is said outside the flows: one TOML file a family, `[key]`-less `key = "text"` lines."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._entries = dict(entries)

    def __call__(self, key: str, language: str = SOURCE_LANGUAGE, **values: str) -> str:
        """The phrase `family.key`, its placeholders filled in one pass; KeyError if unknown."""
        text = say(f"phrases.{key}", self._entries[key], language)
        return fill(text, values) if values else text

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def keys(self) -> list[str]:
        """Every key, sorted."""
        return sorted(self._entries)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in for `{name}`, in one pass, so that nobody's words are read as a placeholder."""
    parts: list[str] = []
    rest = text
    while True:
        before, brace, after = rest.partition("{")
        parts.append(before)
        if not brace:
            return "".join(parts)
        name, close, tail = after.partition("}")
        if close and name in values:
            parts.append(values[name])
            rest = tail
        else:
            parts.append("{")
            rest = after


def read_phrases(folder: Path = HERE / "phrases") -> Phrases:
    """Every `phrases/*.toml`, its keys prefixed with the file's name."""
    entries: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        for key, text in tomllib.loads(file.read_text(encoding="utf-8")).items():
            entries[f"{file.stem}.{key}"] = text
    return Phrases(entries)
