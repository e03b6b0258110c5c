"""Reads `helplines.toml`: emergency numbers and help lines by country, each with source and day."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

FILE = Path(__file__).parent / "helplines.toml"
#: After this long an entry has to be compared with its sources again.
GOES_STALE = timedelta(days=180)

Topic = Literal["suicide", "violence"]
#: As dialled: digits, spaces, hyphens; a star or hash may lead. Always text, 028 is not 28.
Dialled = Annotated[str, Field(pattern=r"^[*#]?[0-9][0-9 -]*$", min_length=2, max_length=20)]
Words = Annotated[str, Field(min_length=1, max_length=40)]
Sources = Annotated[tuple[Words, ...], Field(min_length=1, strict=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Emergency(_Strict):
    """An emergency number; `reach` where the source says what it reaches."""

    number: Dialled
    reach: Literal["police", "ambulance", "rescue", "mobile"] | None = None


class Line(_Strict):
    """One help line. What no source says is None: unknown hours are not "always"."""

    topic: Topic
    name: Words | None = None
    call: Dialled | None = None
    extension: Dialled | Annotated[str, Field(pattern=r"^[0-9]$")] | None = None
    text: Dialled | None = None
    text_word: Words | None = None
    whatsapp: Dialled | None = None
    web: Annotated[str, Field(pattern=r"^[a-z0-9.-]+\.[a-z]{2,}$")] | None = None
    hours: Annotated[str, Field(pattern=r"^[0-9]{2}-[0-9]{2}$")] | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = None
    region: Words | None = None
    mobile_only: bool | None = None
    women_only: bool | None = None
    grade: Literal["A", "B"]
    sources: Sources
    checked: date

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not (self.call or self.text or self.whatsapp or self.web):
            raise ValueError("a line needs one of call, text, whatsapp or web")
        if (self.extension and not self.call) or (self.text_word and not self.text):
            raise ValueError("extension goes with call, text_word with text")
        return self


class Country(_Strict):
    """A country's numbers. `code` is ISO 3166-1 alpha-2, `also` other names people type."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    name: Words
    also: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    emergency: Annotated[tuple[Emergency, ...], Field(min_length=1, strict=False)]
    emergency_sources: Sources
    checked: date
    lines: Annotated[tuple[Line, ...], Field(strict=False)]

    @field_validator("name")
    @classmethod
    def _fits_a_button(cls, name: str) -> str:
        if len(name) > 24:
            raise ValueError("a country's name has to fit on a button, 24 characters")
        return name

    def about(self, topic: Topic) -> tuple[Line, ...]:
        """The lines on one topic, in the file's order."""
        return tuple(line for line in self.lines if line.topic == topic)

    @property
    def oldest_check(self) -> date:
        """The day of the oldest check among what is shown for this country."""
        return min([self.checked, *(line.checked for line in self.lines)])


class HelplinesError(ValueError):
    """The file cannot be used; `faults` holds one sentence for each thing to mend."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Helplines:
    """The whole table, by country code."""

    by_code: Mapping[str, Country]

    def country(self, code: str | None) -> Country | None:
        """The country of that ISO code, in any case; None where the table has none."""
        return self.by_code.get(code.upper()) if code else None

    @property
    def countries(self) -> tuple[Country, ...]:
        """All of them, by name."""
        return tuple(sorted(self.by_code.values(), key=lambda country: country.name))

    def stale(self, today: date) -> list[str]:
        """One sentence for each country with an entry older than 180 days."""
        return [
            f"helplines.toml, {country.name}: last checked on {country.oldest_check.isoformat()}, "
            f"more than {GOES_STALE.days} days ago"
            for country in self.countries
            if today - country.oldest_check > GOES_STALE
        ]


def read_helplines(path: Path = FILE) -> Helplines:
    """The table of that file; HelplinesError with every fault, in an editor's words."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise HelplinesError([f"{path.name} cannot be read: {type(fault).__name__}"]) from fault
    except tomllib.TOMLDecodeError as fault:
        raise HelplinesError([f"{path.name} is not valid TOML: {fault}"]) from fault
    countries: dict[str, Country] = {}
    faults: list[str] = []
    for code, entry in data.items():
        if not isinstance(entry, dict):
            faults.append(f"{path.name}, {code}: a country is a table, [{code}]")
            continue
        try:
            countries[code] = Country.model_validate({"code": code, **entry})
        except ValidationError as fault:
            errors = fault.errors()
            # A list whose entries are broken counts as empty too; the entries say enough.
            deeper = {e["loc"][0] for e in errors if len(e["loc"]) > 1}
            faults += [
                f"{path.name}, {code}: {_in_words(e)}"
                for e in errors
                if not (e["type"] == "too_short" and e["loc"][0] in deeper)
            ]
    if faults:
        raise HelplinesError(faults)
    return Helplines(countries)


def faults(path: Path = FILE) -> list[str]:
    """What is wrong with the file, one sentence each; empty when it can be used."""
    try:
        read_helplines(path)
    except HelplinesError as broken:
        return broken.faults
    return []


def _in_words(error: object) -> str:
    assert isinstance(error, dict)
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    what = {
        "missing": "is missing",
        "extra_forbidden": "is not a field of this table",
        "string_type": 'has to be text in quotation marks, like "028"',
        "string_pattern_mismatch": "is not written as this field needs it",
        "date_type": "has to be a day, like 2026-11-21",
    }.get(error["type"], str(error["msg"]).removeprefix("Value error, "))
    return f"{where or 'the entry'}: {what}"
