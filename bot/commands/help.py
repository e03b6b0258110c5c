"""/help in every state, for everyone: people first, then lines, then the emergency number."""

from __future__ import annotations

from bot.house import House
from bot.visit import Visit
from conversations.care_language import carrying, spoken
from conversations.help import countries_screen, find_country, help_screen, lines_screen
from conversations.screen import Screen

ASKING = "country"
#: Words a country's name may have; more are no attempt at one.
NAME_WORDS = 2


def pressed(house: House, language: str, country: str | None, press: str) -> Screen:
    """The screen of a `help:` button; unknown ones show /help itself."""
    bare, said = spoken(press, language)
    return carrying(_pressed(house, said, country, bare), said, language)


def _pressed(house: House, language: str, country: str | None, press: str) -> Screen:
    phrases = house.library.phrases
    match press.split(":"):
        case ["help", "page", page] if page.isdecimal():
            return countries_screen(phrases, language, house.helplines, int(page[:6]))
        case ["help", "country", code]:
            return lines_screen(phrases, language, house.country(code))
    return help_screen(phrases, language, house.country(country))


async def show(visit: Visit) -> None:
    """/help, or /help and a country's name."""
    code = find_country(visit.incoming.text, visit.house.helplines) if visit.incoming.text else None
    await tapped(visit, f"help:country:{code}" if code else "help:open")


async def tapped(visit: Visit, press: str) -> None:
    """A button of /help; the country that was chosen is remembered."""
    person = visit.person
    bare, said = spoken(press, person.language)
    code = bare.removeprefix("help:country:")
    if press.startswith("help:country:") and visit.house.country(code) is not None:
        person.keep_profile(country=code)
    if press.startswith("help:page:"):
        visit.ask(ASKING, said=said)
    elif person.profile.asking.get("what") == ASKING:
        visit.asked()
    visit.show(pressed(visit.house, person.language, person.profile.country, press))


async def typed(visit: Visit) -> bool:
    """A country's name while countries are asked for; false where the words are for more."""
    text = visit.incoming.text
    code = find_country(text, visit.house.helplines)
    if code is None and len(text.split()) > NAME_WORDS:
        return False
    said = visit.person.profile.asking.get("said", visit.person.language)
    await tapped(visit, f"help:country:{code or ''}@{said}")
    return True
