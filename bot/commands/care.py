"""Care: what follows when something was heard, and the marks it leaves."""

from __future__ import annotations

from bot.visit import Visit
from conversations.care import care_answer, care_screen, grounding_screen, marks_for
from conversations.turn import Heard

DAY_MS = 86_400_000
AT_WORK = ("job", "colleague")


def answer_to(visit: Visit, heard: Heard, kind: str | None = None) -> None:
    """The care message, and the mark under which some things rest for a while."""
    person = visit.person
    visit.show(
        care_screen(
            heard,
            phrases=visit.house.library.phrases,
            language=person.language,
            country=visit.house.country(person.profile.country),
            had_marks=person.marks(visit.now),
            at_work=kind in AT_WORK,
        )
    )
    mark = marks_for(heard.label)
    if mark is None:
        person.keep_profile(heard={"rule": heard.rule})
        return
    name, days = mark
    before = person.profile.marks.get(name, 0)
    until = visit.now_ms + days * DAY_MS
    person.keep_profile(
        marks={**person.profile.marks, name: until},
        heard={"rule": heard.rule, "mark": name, "before": before},
    )


def unmark(visit: Visit, rule: str) -> None:
    """ "You misread me": the mark that came of it goes back to what it was."""
    profile = visit.person.profile
    if profile.heard.get("rule") != rule:
        return
    marks = dict(profile.marks)
    if name := profile.heard.get("mark"):
        marks[name] = profile.heard["before"]
    visit.person.keep_profile(marks={k: v for k, v in marks.items() if v}, heard={})


async def tapped(visit: Visit, label: str, answer: str) -> None:
    """A button of a care message."""
    house, person = visit.house, visit.person
    if label == "ground":
        visit.show(grounding_screen(house.library.phrases, person.language))
        return
    visit.show(
        care_answer(
            label,
            answer,
            phrases=house.library.phrases,
            language=person.language,
            country=house.country(person.profile.country),
        )
    )
