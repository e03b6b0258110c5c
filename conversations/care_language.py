"""Care is said in the language somebody wrote in, and so is what its buttons lead to.

What was heard names the rule, and its rule the language (`es.die`). The buttons of such a message
carry the language behind an `@` (`care:self_harm:safe@es`). Kept is it only of a safety plan that
was begun so, within the state of that talk: the whole of it is held in that language.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace

from .care import STOP, care_answer, care_screen, grounding_screen
from .help import GROUND, NOBODY, OPEN, PLAN, Beside
from .helplines import Country
from .screen import Button, Screen
from .turn import Heard, Known, State
from .wording import Phrases, known_language

_MARK = "@"
_RULE = re.compile(r"([a-z]{2})\.")
#: Families of presses that lead to more of the same talk.
_CARE = ("care:", "help:")
_STOP = (STOP, "cmd:stop")
_MARKS = ("set:marks", "set:clear:", "set:over:")
#: Those of the safety plan (opened, gone on with, begun anew, and its list), of stopping, of words
#: that were held when something was heard in them, and of what rests since then.
_BESIDE = (PLAN, "talk:open:", "talk:anew:", "list:", "loose:", *_STOP, *_MARKS)
#: Commands on buttons that lead to care, as its own buttons do.
_SAME = {"cmd:help": OPEN, "cmd:ground": GROUND}


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
    return known_language(named[1], otherwise) if named else otherwise


def carrying(screen: Screen, language: str, otherwise: str) -> Screen:
    """The same screen, its buttons of care and what is beside it going on in `language`."""
    if language == otherwise:
        return screen
    rows = tuple(tuple(_carrying(button, language) for button in row) for row in screen.rows)
    return replace(screen, rows=rows)


def spoken(press: str, otherwise: str) -> tuple[str, str]:
    """A press without its language, and the language; `otherwise` where it carries none."""
    bare, _, language = press.partition(_MARK)
    return bare, known_language(language, otherwise)


def beside_care(press: str) -> tuple[str, str]:
    """A press beside care without its language, and that; any other as it is, and ""."""
    return spoken(press, "") if press.startswith(_BESIDE) else (press, "")


def held_in(state: State, known: Known) -> Known:
    """What is known, with the language that this talk is held in."""
    language = known_language(state.language, known.language)
    return known if language == known.language else replace(known, language=language)


def marked(press: str, language: str) -> str:
    """The press of a button of care, going on in that language."""
    press = _SAME.get(press, press)
    carried = press.startswith((*_CARE, *_BESIDE)) and _MARK not in press
    return f"{press}{_MARK}{language}" if carried and language else press


def _carrying(button: Button, language: str) -> Button:
    return replace(button, press=marked(button.press, language))
