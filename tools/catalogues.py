"""Brings every catalogue up to date: `make catalogues`; `python -m tools.catalogues fr` begins one.

A language's wording stands in `conversations/locale/<language>/LC_MESSAGES/threshold.po`, for a
translator to edit; the `.mo` beside it is what the bot reads, and is made from it here. What is not
translated yet, or not since the English changed, has an empty `msgstr` and is said in English.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from conversations.helplines import read_helplines
from conversations.library import FLOWS, read_flow
from conversations.wording import DOMAIN, LOCALE, read_phrases
from tools.translated import EXERCISES, is_translated, wording


def sources() -> Iterator[tuple[str, str]]:
    """Each place that is translated, and its English: `phrases.care.stay`, `countries.ES`."""
    phrases = read_phrases()
    for key in phrases.keys():  # noqa: SIM118 - Phrases is no mapping
        if is_translated(key):
            yield f"phrases.{key}", phrases(key)
    for name in EXERCISES:
        flow, _ = read_flow(FLOWS / f"{name}.toml")
        if flow is not None:
            yield from wording(flow)
    for country in read_helplines().countries:
        yield f"countries.{country.code}", country.name


def catalogue(language: str, folder: Path = LOCALE) -> Catalog:
    """The catalogue with all that is to be translated, as far as its PO file says it already."""
    made = Catalog(
        locale=language,
        domain=DOMAIN,
        project="Threshold",
        version="1",
        header_comment="# PROJECT in this language. See tools/catalogues.py.",
        msgid_bugs_address="SECURITY.md",
        last_translator="Threshold",
        language_team="Threshold",
        # No day of making: a catalogue that says the same is the same file.
        creation_date=datetime(2026, 11, 22, tzinfo=UTC),
        revision_date=datetime(2026, 11, 22, tzinfo=UTC),
        fuzzy=False,
    )
    before = _read(language, folder)
    names = Locale.parse(language).territories
    for context, english in sources():
        known = before.get(english, context) if before else None
        said = known.string if known and isinstance(known.string, str) else ""
        if not said and context.startswith("countries."):
            said = names.get(context.removeprefix("countries."), "")
        made.add(english, said, context=context)
    return made


def written(language: str, folder: Path = LOCALE) -> tuple[bytes, bytes]:
    """The bytes of its PO file and of its MO file, as they should be."""
    made = catalogue(language, folder)
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, made, width=0)
    write_mo(mo, made)
    return po.getvalue(), mo.getvalue()


def files(language: str, folder: Path = LOCALE) -> tuple[Path, Path]:
    """Where its PO file and its MO file stand."""
    home = folder / language / "LC_MESSAGES"
    return home / f"{DOMAIN}.po", home / f"{DOMAIN}.mo"


def untranslated(language: str, folder: Path = LOCALE) -> list[str]:
    """The places that are still said in English."""
    return [str(m.context) for m in catalogue(language, folder) if m.id and not m.string]


def _read(language: str, folder: Path) -> Catalog | None:
    po, _ = files(language, folder)
    if not po.exists():
        return None
    with po.open("rb") as file:
        return read_po(file, locale=language)


def main(argv: Sequence[str]) -> int:
    """Update the catalogues of those languages, or of all there are."""
    for language in argv or sorted(path.name for path in LOCALE.iterdir() if path.is_dir()):
        for file, content in zip(files(language), written(language), strict=True):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        missing = untranslated(language)
        sys.stdout.write(f"{language}: {len(missing)} still in English\n")
        for place in missing:
            sys.stdout.write(f"  {place}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
