"""/help in every state, for everyone: people first, then lines, then the emergency number."""

from __future__ import annotations

from bot.commands.people_beside import beside_them
from bot.house import House
from bot.visit import Visit
from conversations.care_language import carrying, marked, spoken
from conversations.help import (
    LINES,
    OPEN,
    Beside,
    countries_screen,
    find_country,
    help_screen,
    lines_screen,
)
from conversations.screen import Screen

ASKING = "country"
#: Words a country's name may have; more are no attempt at one.
NAME_WORDS = 2


def pressed(house: House, language: str, country: str | None, press: str, beside: Beside) -> Screen:
    """The screen of a `help:` button; unknown ones show /help itself."""
    bare, said = spoken(press, language)
    return carrying(_pressed(house, said, country, bare, beside), said, language)


def _pressed(
    house: House, language: str, country: str | None, press: str, beside: Beside
) -> Screen:
    phrases, known = house.library.phrases, house.country(country)
    match press.split(":"):
        case ["help", "lines"] if known is None:
            return countries_screen(phrases, language, house.helplines, 1)
        case ["help", "lines"]:
            return lines_screen(phrases, language, known)
        case ["help", "page", page] if page.isdecimal():
            return countries_screen(phrases, language, house.helplines, int(page[:6]))
        case ["help", "country", code]:
            return lines_screen(phrases, language, house.country(code))
    return help_screen(phrases, language, known, beside)


async def show(visit: Visit) -> None:
    """/help, or /help and a country's name."""
    code = find_country(visit.incoming.text, visit.house.helplines) if visit.incoming.text else None
    await tapped(visit, _here(visit, f"help:country:{code}" if code else OPEN))


async def lines(visit: Visit) -> None:
    """/helplines: the lines of their country, which is asked for where it is not known."""
    code = find_country(visit.incoming.text, visit.house.helplines) if visit.incoming.text else None
    await tapped(visit, _here(visit, f"help:country:{code}" if code else LINES))


def _here(visit: Visit, press: str) -> str:
    """The press as a button of the open talk would have it: one may have its own language."""
    talk = visit.person.talk
    return marked(press, talk.language if talk is not None else "")


async def tapped(visit: Visit, press: str) -> None:
    """A button of /help; the country that was chosen is remembered."""
    person = visit.person
    bare, said = spoken(press, person.language)
    code = bare.removeprefix("help:country:")
    if press.startswith("help:country:") and visit.house.country(code) is not None:
        person.keep_profile(country=code)
    unknown = visit.house.country(person.profile.country) is None
    if bare.startswith("help:page:") or (bare == LINES and unknown):
        visit.ask(ASKING, said=said)
    elif person.profile.asking.get("what") == ASKING:
        visit.asked()
    beside = await beside_them(visit)
    visit.show(pressed(visit.house, person.language, person.profile.country, press, beside))


async def typed(visit: Visit) -> bool:
    """A country's name while countries are asked for; false where the words are for more."""
    text = visit.incoming.text
    code = find_country(text, visit.house.helplines)
    if code is None and len(text.split()) > NAME_WORDS:
        return False
    said = visit.person.profile.asking.get("said", visit.person.language)
    await tapped(visit, f"help:country:{code or ''}@{said}")
    return True
