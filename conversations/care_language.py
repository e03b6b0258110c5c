"""Care is said in the language somebody wrote in, and so is what its buttons lead to.

What was heard names the rule, and its rule the language (`es.die`). Nothing is kept of it: the
buttons of such a message carry the language behind an `@` (`care:self_harm:safe@es`).
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace

from .care import care_answer, care_screen, grounding_screen
from .help import NOBODY, Beside
from .helplines import Country
from .screen import Button, Screen
from .turn import Heard
from .wording import SOURCE_LANGUAGE, Phrases, languages

_MARK = "@"
_RULE = re.compile(r"([a-z]{2})\.")
#: Families of presses that lead to more of the same talk.
_CARRIED = ("care:", "help:")


def care_for(
    heard: Heard,
    *,
    phrases: Phrases,
    otherwise: str,
    country: Country | None,
    had_marks: AbstractSet[str] = frozenset(),
    at_work: bool = False,
    beside: Beside = NOBODY,
) -> Screen:
    """The first message after a hit (see `care_screen`), to somebody `otherwise` spoken to so."""
    language = said_in(heard.rule, otherwise)
    screen = care_screen(
        heard,
        phrases=phrases,
        language=language,
        country=country,
        had_marks=had_marks,
        at_work=at_work,
        beside=beside,
    )
    return carrying(screen, language, otherwise)


def more_care(
    press: str,
    *,
    phrases: Phrases,
    otherwise: str,
    country: Country | None,
    beside: Beside = NOBODY,
) -> Screen:
    """What a button `care:…` of such a message leads to."""
    bare, language = spoken(press, otherwise)
    label, _, answer = bare.removeprefix("care:").partition(":")
    if label == "ground":
        screen = grounding_screen(phrases, language)
    else:
        screen = care_answer(
            label, answer, phrases=phrases, language=language, country=country, beside=beside
        )
    return carrying(screen, language, otherwise)


def said_in(rule: str, otherwise: str) -> str:
    """The language in which a hit of this rule is answered; `otherwise` where it names none."""
    named = _RULE.match(rule)
    return _known(named[1], otherwise) if named else otherwise


def carrying(screen: Screen, language: str, otherwise: str) -> Screen:
    """The same screen, its buttons for help and care going on in `language`."""
    if language == otherwise:
        return screen
    rows = tuple(tuple(_carrying(button, language) for button in row) for row in screen.rows)
    return replace(screen, rows=rows)


def spoken(press: str, otherwise: str) -> tuple[str, str]:
    """A press without its language, and the language; `otherwise` where it carries none."""
    bare, _, language = press.partition(_MARK)
    return bare, _known(language, otherwise)


def _carrying(button: Button, language: str) -> Button:
    carried = button.press.startswith(_CARRIED)
    return replace(button, press=f"{button.press}{_MARK}{language}") if carried else button


def _known(language: str, otherwise: str) -> str:
    return language if language in (SOURCE_LANGUAGE, *languages()) else otherwise
