"""/help and the lines of a country: who is there right now, in one message, in every state.

Presses: `help:open` (/help itself), `help:page:N` (the list of countries, N from 1),
`help:country:XX` (that country's lines), `help:lines` (theirs, or the list where none is known),
`hide:now`, `talk:resume`, `cmd:safe`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from .folding import unaccented
from .helplines import Country, Emergency, Helplines, Line, Topic
from .screen import Block, Button, Screen, arrange
from .wording import SOURCE_LANGUAGE, Phrases, languages, say

OPEN = "help:open"
CHOOSE = "help:page:1"
HIDE = "hide:now"
GO_ON = "talk:resume"
GROUND = "care:ground"
LINES = "help:lines"
PLAN = "cmd:safe"

PAGE = 8
#: Codes that are words too: they count as codes in capitals only.
_WORDS_TOO = frozenset({"at", "be", "in", "it", "no"})
#: Below this likeness (0 to 100) a typed name is not taken for a country's.
ALIKE = 80


@dataclass(frozen=True, slots=True)
class Beside:
    """What there is besides ringing: `people` they have noted, by their own words; their `plan`."""

    people: tuple[str, ...] = ()
    plan: bool = True


NOBODY = Beside()


def help_screen(
    phrases: Phrases,
    language: str,
    country: Country | None,
    beside: Beside = NOBODY,
) -> Screen:
    """All of /help, under 1,000 characters; without a country a button leads to the list.

    Where nobody is noted, or may be named now, general words stand in.
    """
    choose = "help.choose_button" if country is None else "help.other_button"
    key = "help.your_people" if beside.people else "help.people"
    first = phrases(key, language, names=", ".join(beside.people))
    safe = [Button(phrases("care.plan_button", language), PLAN)] if beside.plan else []
    return Screen(
        (
            Block(first),
            Block(numbers(phrases, language, country, ("suicide", "violence"))),
            Block(phrases("help.own_anger", language)),
            Block(phrases("help.under_18", language)),
            Block(phrases("help.program", language)),
        ),
        arrange(
            [
                Button(phrases(choose, language), CHOOSE),
                Button(phrases("care.ground_button", language), GROUND),
                *safe,
                Button(phrases("help.hide_button", language), HIDE),
                Button(phrases("help.go_on_button", language), GO_ON),
            ]
        ),
    )


def countries_screen(phrases: Phrases, language: str, helplines: Helplines, page: int) -> Screen:
    """Eight countries, and a jump to every other page, so that any is two taps away.

    `page` counts from 1; one that does not exist shows the nearest.
    """
    named = sorted(
        ((name_of(country, language), country.code) for country in helplines.countries),
        key=lambda pair: unaccented(pair[0]),
    )
    pages = [named[i : i + PAGE] for i in range(0, len(named), PAGE)]
    page = min(max(page, 1), len(pages))
    jumps = [
        Button(f"{here[0][0][:3]}–{here[-1][0][:3]}", f"help:page:{number}")
        for number, here in enumerate(pages, 1)
        if number != page
    ]
    return Screen(
        (Block(phrases("help.choose", language)),),
        (
            *arrange([Button(name, f"help:country:{code}") for name, code in pages[page - 1]]),
            *arrange(jumps),
            (Button(phrases("help.help_button", language), OPEN),),
            (Button(phrases("help.hide_button", language), HIDE),),
            (Button(phrases("help.go_on_button", language), GO_ON),),
        ),
    )


def lines_screen(phrases: Phrases, language: str, country: Country | None) -> Screen:
    """One country's numbers. None: the country that was typed is not in the table."""
    if country is None:
        said = [Block(phrases("help.unknown", language))]
    else:
        name = name_of(country, language)
        said = [Block(phrases("help.lines_title", language, country=name), "heading")]
        if not country.lines:
            said.append(Block(phrases("help.none", language, country=name)))
        said.append(Block(numbers(phrases, language, country, ("suicide", "violence"))))
    return Screen(
        tuple(said),
        arrange(
            [
                Button(phrases("help.other_button", language), CHOOSE),
                Button(phrases("help.help_button", language), OPEN),
                Button(phrases("help.hide_button", language), HIDE),
                Button(phrases("help.go_on_button", language), GO_ON),
            ]
        ),
    )


def name_of(country: Country, language: str) -> str:
    """The country's name in that language."""
    return say(f"countries.{country.code}", country.name, language)


def find_country(text: str, helplines: Helplines) -> str | None:
    """The code of the country a person typed: a name, a common name or a code; typos forgiven."""
    wanted = " ".join(unaccented(text).split()).removeprefix("the ")
    names = {
        unaccented(name): country.code
        for country in helplines.countries
        for name in (*_names(country), country.code, *country.also)
    }
    if wanted in names and (wanted not in _WORDS_TOO or text.strip().isupper()):
        return names[wanted]
    # A short text is too close to too much: "is" is not a misspelt country.
    if len(wanted) < 4:
        return None
    best = process.extractOne(wanted, list(names), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return names[best[0]] if best else None


def _names(country: Country) -> list[str]:
    return [name_of(country, language) for language in (SOURCE_LANGUAGE, *languages())]


def numbers(
    phrases: Phrases, language: str, country: Country | None, topics: Iterable[Topic]
) -> str:
    """Emergency, the lines on those topics, the directory and the month checked, a row each."""
    if country is None:
        return "\n".join(
            phrases(f"helplines.{key}", language) for key in ("emergency_anywhere", "directory")
        )
    join = phrases("helplines.or", language)
    rows = [
        phrases(
            "helplines.emergency",
            language,
            country=name_of(country, language),
            numbers=", ".join(_emergency(phrases, language, e) for e in country.emergency),
        )
    ]
    for topic in topics:
        if lines := country.about(topic):
            said = join.join(_line(phrases, language, line) for line in lines)
            rows.append(phrases(f"helplines.{topic}", language, numbers=said))
    rows.append(
        f"{_checked(phrases, language, country.oldest_check)} "
        f"{phrases('helplines.directory_more', language)}"
    )
    return "\n".join(rows)


def _checked(phrases: Phrases, language: str, day: date) -> str:
    month = phrases(f"helplines.month_{day.month}", language)
    return phrases("helplines.checked", language, month=month, year=str(day.year))


def _emergency(phrases: Phrases, language: str, entry: Emergency) -> str:
    if entry.reach is None:
        return entry.number
    return phrases(f"helplines.{entry.reach}", language, number=entry.number)


def _line(phrases: Phrases, language: str, line: Line) -> str:
    """One line: how to reach it, then what limits it, in brackets."""
    text = ", ".join(_ways(phrases, language, line))
    if line.name:
        text = phrases("helplines.named", language, name=line.name, number=text)
    limits = _limits(phrases, language, line)
    return f"{text} ({', '.join(limits)})" if limits else text


def _ways(phrases: Phrases, language: str, line: Line) -> list[str]:
    def say(key: str, **values: str) -> str:
        return phrases(f"helplines.{key}", language, **values)

    ways = []
    if line.call and line.call == line.text:
        ways.append(say("call_or_text", number=line.call))
    elif line.call and line.extension:
        ways.append(say("extension", number=line.call, extension=line.extension))
    elif line.call:
        ways.append(line.call)
    if line.text and line.text_word:
        ways.append(say("text_word", word=line.text_word, text=line.text))
    elif line.text and line.text != line.call:
        ways.append(say("text", text=line.text))
    if line.whatsapp:
        ways.append(say("whatsapp", number=line.whatsapp))
    if line.web:
        ways.append(line.web)
    return ways


def _limits(phrases: Phrases, language: str, line: Line) -> list[str]:
    limits = []
    if line.women_only:
        limits.append(phrases("helplines.women_only", language))
    if line.region:
        limits.append(line.region)
    if line.language:
        limits.append(phrases(f"helplines.language_{line.language}", language))
    if line.mobile_only:
        limits.append(phrases("helplines.mobile_only", language))
    if line.hours:
        start, end = line.hours.split("-")
        limits.append(phrases("helplines.hours", language, **{"from": start, "to": end}))
    return limits
