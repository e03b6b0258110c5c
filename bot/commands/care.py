"""Care: what follows when something was heard, and the marks it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.commands.people_beside import beside_them
from bot.visit import Visit
from conversations.answers import fold
from conversations.care import ANSWERS, marks_for
from conversations.care_language import care_for, marked, more_care, said_in, spoken
from conversations.listening import FAREWELL
from conversations.screen import Block, Button, Screen
from conversations.turn import Heard

DAY_MS = 86_400_000
AT_WORK = ("job", "colleague")
#: What may be typed instead of a button of a care message, as phrases with one wording a line.
ALSO_TYPED = {
    "care:self_harm:safe": "care_more.typed_yes",
    "care:self_harm:unsure": "care_more.typed_unsure",
    "care:self_harm:now": "care_more.typed_no",
    "care:danger:ok": "care_more.typed_yes",
    "care:coercion:ok": "care_more.typed_yes",
}


def answer_to(
    visit: Visit,
    heard: Heard,
    kind: str | None = None,
    *,
    talk: int | None = None,
    kept: int | None = None,
    day: str = "",
) -> None:
    """The care message, and the mark under which some things rest for a while.

    `kind` is the tie's; the words are an answer in that talk (about that local day, ISO, where it
    is about one), or kept under that id.
    """
    person = visit.person
    visit.urgent = True
    visit.speak(said_in(heard.rule, ""))
    visit.show(
        care_for(
            heard,
            phrases=visit.house.library.phrases,
            otherwise=person.language,
            country=visit.house.country(person.profile.country),
            had_marks=person.marks(visit.now),
            at_work=kind in AT_WORK,
        )
    )
    where = {"rule": heard.rule, "talk": talk, "kept": kept, "day": day}
    mark = marks_for(heard.label)
    if mark is None:
        person.keep_profile(heard=where)
        return
    name, days = mark
    before = person.profile.marks.get(name, 0)
    until = visit.now_ms + days * DAY_MS
    person.keep_profile(
        marks={**person.profile.marks, name: until},
        heard={**where, "mark": name, "before": before},
    )


def is_quiet(visit: Visit, heard: Heard, *, about_safety: bool = False) -> bool:
    """Whether one optional line is enough: a weak signal, or a safety plan under that very mark.

    A plan for hard hours names what is hard; it is not interrupted again for what is known.
    """
    return heard.label not in ANSWERS or (
        about_safety and heard.label in visit.person.marks(visit.now)
    )


def beside(visit: Visit, heard: Heard) -> None:
    """One quiet line below what is shown anyway, with the way to /help."""
    phrases, language = visit.house.library.phrases, said_in(heard.rule, visit.language)
    line = Block(phrases("care.unsure_read", language))
    press = marked("help:open", language if language != visit.language else "")
    button = Button(phrases("offers.help", language), press)
    if not visit.screens:
        visit.show(Screen((line,), ((button,),)))
        return
    last = visit.screens[-1]
    visit.screens[-1] = replace(last, blocks=(*last.blocks, line), rows=(*last.rows, (button,)))


def take_back(visit: Visit, rule: str) -> Mapping[str, Any]:
    """ "You misread me": the mark that came of it goes back to what it was.

    Returns what it was about, empty where this rule was not the last one heard.
    """
    profile = visit.person.profile
    heard = profile.heard
    if heard.get("rule") != rule:
        return {}
    marks = dict(profile.marks)
    if name := heard.get("mark"):
        marks[name] = heard["before"]
    visit.person.keep_profile(marks={k: v for k, v in marks.items() if v}, heard={})
    return heard


def typed_for(visit: Visit, press: str) -> list[str]:
    """What may be typed in place of this button of a care message, folded."""
    bare, language = spoken(press, visit.person.language)
    if (key := ALSO_TYPED.get(bare)) is None:
        return []
    return [fold(one) for one in visit.house.library.phrases(key, language).splitlines()]


async def tapped(visit: Visit, label: str, answer: str) -> None:
    """A button of a care message."""
    house, person = visit.house, visit.person
    said, language = spoken(answer, person.language)
    if label == FAREWELL and said in ANSWERS[FAREWELL]:
        # What was asked about gently was meant: from here on it is what it is.
        open_now = person.talk
        tie = person.ties.get(open_now.tie or 0) if open_now else None
        talk = open_now.talk if open_now else None
        heard = Heard("self_harm", f"{language}.{FAREWELL}")
        answer_to(visit, heard, tie.kind if tie else None, talk=talk)
        return
    visit.show(
        more_care(
            f"care:{label}:{answer}".rstrip(":"),
            phrases=house.library.phrases,
            otherwise=person.language,
            country=house.country(person.profile.country),
            beside=await beside_them(visit),
        )
    )
