"""/settings: all that can be set on one calm screen, and what is small enough to be set here.

Presses: `set:show`, `set:clock`, `set:around`, `set:around:on`, `set:around:off`, `set:country`,
`set:country:none`; those of the marks are in `marks`.
"""

from __future__ import annotations

from bot import planning
from bot.commands import daily, marks, times
from bot.visit import Visit
from conversations.screen import Block, Button, Screen, arrange

BUTTONS = {
    "affirmation": "daily:open:affirmation",
    "check_in": "daily:open:check_in",
    "look_back": "daily:open:look_back",
    "reminders": "rem:list",
    "quiet_hours": "quiet:hours",
    "hard_dates": "hard:list",
    "clock": "set:clock",
    "around": "set:around",
    "country": "set:country",
    "ties": "tie:list",
    "marks": "set:marks",
    "quiet": "quiet:show",
}


async def show(visit: Visit) -> None:
    """Everything as it now is, and a button for each."""
    visit.asked()
    blocks = [Block(visit.phrase("settings.title"), "heading")]
    if quiet := _quiet(visit):
        blocks.append(Block(quiet))
    blocks.append(Block("\n".join(await _lines(visit))))
    buttons = [visit.button(f"settings.{name}_button", press) for name, press in BUTTONS.items()]
    visit.show(Screen(tuple(blocks), arrange(buttons)))


async def _lines(visit: Visit) -> list[str]:
    person, phrase = visit.person, visit.phrase
    lines = []
    if (zone := person.row.zone) is None:
        lines.append(phrase("settings.line_no_clock"))
    else:
        shown, place = f"{person.local(visit.now):%H:%M}", times.place_of(zone)
        lines.append(phrase("settings.line_clock", time=shown, place=place))
    for kind in planning.DAILY:
        lines.append(phrase(f"settings.line_{kind}", when=await _when(visit, kind)))
    reminders = [m for m in await planning.upcoming(visit) if m.kind not in planning.DAILY]
    lines.append(phrase("settings.line_reminders", number=str(len(reminders))))
    hours = planning.quiet_hours(person)
    key = "line_no_quiet_hours" if hours.begins == hours.ends else "line_quiet_hours"
    begins, ends = f"{hours.begins:%H:%M}", f"{hours.ends:%H:%M}"
    lines.append(phrase(f"settings.{key}", begins=begins, ends=ends))
    if dates := person.profile.hard_dates:
        lines.append(phrase("settings.line_hard_dates", number=str(len(dates))))
    state = phrase("settings.on" if person.profile.around else "settings.off")
    lines.append(phrase("settings.line_around", state=state))
    lines.append(_country(visit, "line_country", "line_no_country"))
    if person.ties:
        lines.append(phrase("settings.line_ties", number=str(len(person.ties))))
    return lines


async def _when(visit: Visit, kind: str) -> str:
    made = await planning.daily(visit, kind)
    if made is None or made.repeat is None or not await planning.is_on(visit, kind):
        return visit.phrase("settings.off")
    words = daily.when(visit, made)
    return visit.phrase("settings.at_rest", when=words) if made.repeat.rests else words


def _quiet(visit: Visit) -> str:
    """What `/quiet` holds back, if it does."""
    until = planning.rests_until(visit.person, visit.now)
    if until is None:
        return ""
    if planning.for_good(until):
        return visit.phrase("quiet.is_for_good")
    return visit.phrase("quiet.is_until", day=planning.day_in_words(visit, until))


def _country(visit: Visit, known: str, unknown: str) -> str:
    country = visit.house.country(visit.person.profile.country)
    if country is None:
        return visit.phrase(f"settings.{unknown}")
    return visit.phrase(f"settings.{known}", country=country.name)


async def tapped(visit: Visit, what: str, answer: str, _: str) -> None:
    """A button of the settings."""
    visit.asked()
    match what, answer:
        case "clock", "":
            _clock(visit)
        case "around", _:
            await _around(visit, answer)
        case "country", _:
            _choose_country(visit, answer)
        case "marks", "":
            marks.show(visit)
        case "clear", mark:
            marks.clear(visit, mark)
        case "over", _:
            marks.answered(visit, answer)
        case _:
            await show(visit)


def _back(visit: Visit) -> Button:
    return visit.button("settings.back_button", "set:show")


def _clock(visit: Visit) -> None:
    """What their clock is taken to show; asked for where nobody knows."""
    if visit.person.row.zone is None:
        times.ask(visit, "set:clock")
        return
    change = visit.button("settings.change_clock_button", "clock:ask")
    visit.show(Screen((Block(times.now_in_words(visit)),), arrange([change, _back(visit)])))


async def _around(visit: Visit, answer: str) -> None:
    """To the minute, or up to ten minutes later, so that not everyone is due at once."""
    if answer in ("on", "off"):
        visit.person.keep_profile(around=answer == "on")
        await planning.renew(visit)
    on = visit.person.profile.around
    other = "off" if on else "on"
    visit.say(
        "settings.around_on" if on else "settings.around_off",
        visit.button(f"settings.around_{other}_button", f"set:around:{other}"),
        _back(visit),
    )


def _choose_country(visit: Visit, answer: str) -> None:
    if answer == "none":
        visit.person.keep_profile(country=None)
    buttons = [visit.button("settings.choose_country_button", "help:page:1"), _back(visit)]
    if visit.person.profile.country is not None:
        buttons.insert(1, visit.button("settings.no_country_button", "set:country:none"))
    words = Block(_country(visit, "country_now", "country_none"))
    visit.show(Screen((words,), arrange(buttons)))
