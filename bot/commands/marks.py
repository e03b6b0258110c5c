"""The marks, as the person sees them: what rests, until when, and an end to it at any time.

Danger and coercion never end by themselves: once their days are over it is asked, and until it is
answered everything rests on. Presses: `set:marks`, `set:clear:MARK.UNTIL`, `set:over:on` (let it
rest on), `set:over:off`. An older button ends no mark that was set anew since.
"""

from __future__ import annotations

from bot.person import from_ms
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.care import marks_for
from conversations.care_language import carrying, said_in
from conversations.schedule import in_words
from conversations.screen import Block, Button, Screen, arrange

DAY_MS = 86_400_000


def show(visit: Visit) -> None:
    """What rests, for how long, and a way to end it."""
    person = visit.person
    marks = sorted(person.marks(visit.now))
    if not marks:
        visit.say("settings.marks_none", _back(visit))
        return
    over = person.marks_over(visit.now)
    blocks = [Block(visit.phrase("settings.marks_about"))]
    for mark in marks:
        key = f"settings.mark_{mark}_on" if mark in over else f"settings.mark_{mark}"
        day = person.local(from_ms(person.profile.marks[mark])).date().isoformat()
        words = in_words(day, visit.house.library.phrases, visit.language)
        blocks.append(Block(visit.phrase(key, day=words)))
    buttons = [
        visit.button(f"settings.clear_{mark}_button", f"set:clear:{mark}.{_until(visit, mark)}")
        for mark in marks
    ]
    buttons += [visit.button("offers.safe", "cmd:safe"), visit.button("offers.help", "cmd:help")]
    visit.show(Screen(tuple(blocks), arrange([*buttons, _back(visit)])))


def _until(visit: Visit, mark: str) -> str:
    return base36(visit.person.profile.marks[mark])


def clear(visit: Visit, which: str) -> None:
    """The person ends one."""
    mark, _, until = which.partition(".")
    if mark not in visit.person.marks(visit.now) or until != _until(visit, mark):
        visit.toast = visit.phrase("talks.old_button")
        show(visit)
        return
    _end(visit, {mark})
    visit.say("settings.mark_cleared", _back(visit))


def answered(visit: Visit, answer: str) -> None:
    """What is to become of those whose days are over."""
    over = visit.person.marks_over(visit.now)
    if not over or answer not in ("on", "off"):
        visit.toast = visit.phrase("talks.old_button")
        show(visit)
    elif answer == "off":
        _end(visit, over)
        visit.say("settings.mark_cleared", _back(visit))
    else:
        days = {mark: made[1] for mark in over if (made := marks_for(mark))}
        until = {mark: visit.now_ms + count * DAY_MS for mark, count in days.items()}
        visit.person.keep_profile(marks={**visit.person.profile.marks, **until})
        visit.say("settings.marks_rest_on", _back(visit), visit.button("offers.help", "cmd:help"))


def ask_if_over(visit: Visit) -> None:
    """Below what else is shown, at most once a day, and never in the middle of anything."""
    person, today = visit.person, visit.person.local(visit.now).date().isoformat()
    busy = person.talk is not None or person.profile.asking or visit.urgent
    gone = visit.hides or visit.forgets or visit.follow
    if visit.incoming.kind not in ("command", "tap") or busy or gone or not visit.screens:
        return
    if person.profile.marks_asked == today or not person.marks_over(visit.now):
        return
    person.keep_profile(marks_asked=today)
    before = visit.said_in
    # What was heard last names the language, as it did for the care that came of it.
    visit.speak(said_in(person.profile.heard.get("rule", ""), ""))
    asked = _asked(visit)
    visit.show(carrying(asked, visit.language, person.language))
    visit.speak(before)


def _asked(visit: Visit) -> Screen:
    buttons = [
        visit.button("settings.rest_on_button", "set:over:on"),
        visit.button("settings.offer_again_button", "set:over:off"),
        visit.button("settings.marks_button", "set:marks"),
        visit.button("offers.help", "cmd:help"),
        visit.button("care.hide_button", "hide:now"),
        visit.button("offers.today", "cmd:today"),
    ]
    return Screen((Block(visit.phrase("settings.marks_over")),), arrange(buttons))


def _end(visit: Visit, ended: frozenset[str] | set[str]) -> None:
    marks = visit.person.profile.marks
    visit.person.keep_profile(marks={name: at for name, at in marks.items() if name not in ended})


def _back(visit: Visit) -> Button:
    return visit.button("settings.back_button", "set:show")
