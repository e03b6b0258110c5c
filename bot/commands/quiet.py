"""/quiet: nothing comes by itself for a week, until a day, or for good; and the quiet hours.

Presses: `quiet:show`, `quiet:week`, `quiet:month`, `quiet:until.DAY`, `quiet:stop`,
`quiet:good:TOKEN`, `quiet:leave`, `quiet:resume`, `quiet:hours`, `quiet:change`,
`quiet:begins.HHMM`, `quiet:ends:HHMM.HHMM`, `quiet:none`.
"""

from __future__ import annotations

from datetime import date, datetime, time

from bot import planning
from bot.commands import hours, times
from bot.commands.hours import read_hour
from bot.visit import Visit
from conversations.quiet import NEVER, quiet_for_a_week, quiet_until_day
from conversations.schedule import day_ahead, read_date
from conversations.screen import Button

#: The one question that is confirmed: stopping for good.
STOPPING = "stop_all"
MIDNIGHT = time(0)


async def show(visit: Visit) -> None:
    """For how long; where it is quiet already, until when, and the way out."""
    until = planning.rests_until(visit.person, visit.now)
    if until is not None:
        visit.asked()
        resume = visit.button("quiet.resume_button", "quiet:resume")
        if planning.for_good(until):
            visit.say("quiet.is_for_good", resume, _settings(visit))
        else:
            day = planning.day_in_words(visit, until)
            good = visit.button("quiet.good_button", "quiet:stop")
            visit.say("quiet.is_until", resume, good, _settings(visit), day=day)
        return
    # A typed day answers this too.
    visit.ask(hours.DAY, then="quiet:until", back="set:show", today=0)
    visit.say(
        "quiet.ask",
        visit.button("quiet.week_button", "quiet:week"),
        visit.button("quiet.month_button", "quiet:month"),
        visit.button("quiet.good_button", "quiet:stop"),
        visit.button("quiet.leave_button", "quiet:leave"),
    )


async def stop(visit: Visit) -> None:
    """ "Stop": asked once, by a button that works once."""
    token = visit.house.token()
    visit.ask(STOPPING, token=token)
    visit.say(
        "quiet.ask_stop",
        visit.button("quiet.stop_button", f"quiet:good:{token}"),
        visit.button("quiet.week_button", "quiet:week"),
        visit.button("quiet.leave_button", "quiet:leave"),
    )


async def tapped(visit: Visit, action: str, value: str, _: str) -> None:
    """A button about the quiet."""
    name, _dot, answer = action.partition(".")
    if name in ("hours", "change", "begins", "ends", "none"):
        await _hours(visit, name, answer or value)
        return
    local = visit.person.local(visit.now)
    match name:
        case "week":
            await _rest(visit, quiet_for_a_week(local))
        case "month":
            await _rest_until(visit, day_ahead("month", local.date()))
        case "until" if day := read_date(answer):
            await _rest_until(visit, day)
        case "stop":
            await stop(visit)
        case "good":
            await _for_good(visit, value)
        case "resume":
            visit.asked()
            await planning.resume_all(visit)
            visit.say("quiet.resumed", _settings(visit))
        case "leave":
            visit.asked()
            visit.say("quiet.left", _settings(visit))
        case _:
            await show(visit)


async def _rest_until(visit: Visit, day: date) -> None:
    if day <= visit.person.local(visit.now).date():
        await show(visit)
        return
    await _rest(visit, quiet_until_day(day, visit.person.row.zone))


async def _rest(visit: Visit, until: datetime) -> None:
    visit.asked()
    await planning.rest_all(visit, until)
    day = planning.day_in_words(visit, until)
    resume = visit.button("quiet.resume_button", "quiet:resume")
    visit.say("quiet.until", resume, _settings(visit), day=day)


async def _for_good(visit: Visit, token: str) -> None:
    asking = visit.person.profile.asking
    if asking.get("what") != STOPPING or asking.get("token") != token:
        visit.toast = visit.phrase("talk.further_along")
        await show(visit)
        return
    visit.asked()
    await planning.rest_all(visit, NEVER)
    resume = visit.button("quiet.resume_button", "quiet:resume")
    visit.say("quiet.for_good", resume, _settings(visit))


def _settings(visit: Visit) -> Button:
    return visit.button("settings.back_button", "set:show")


# --- the quiet hours of each day ---


async def _hours(visit: Visit, action: str, answer: str) -> None:
    match action:
        case "change":
            if await times.ensure_time(visit, "quiet:change"):
                usual = [time(20), time(21), time(22), time(23)]
                _ask(visit, "quiet:begins", usual, "quiet.ask_begins", afternoon=True)
            return
        case "begins" if read_hour(answer) is not None:
            usual = [time(6), time(7), time(8), time(9)]
            _ask(visit, f"quiet:ends:{answer}", usual, "quiet.ask_ends")
            return
        case "ends":
            first, _, second = answer.partition(".")
            begins, ends = read_hour(first), read_hour(second)
            if begins is not None and ends is not None:
                await _keep(visit, begins, ends)
        case "none":
            await _keep(visit, MIDNIGHT, MIDNIGHT)
    _show_hours(visit)


def _ask(visit: Visit, then: str, usual: list[time], key: str, *, afternoon: bool = False) -> None:
    hours.ask_hour(visit, then, usual, back="quiet:hours", key=key, afternoon=afternoon)


async def _keep(visit: Visit, begins: time, ends: time) -> None:
    visit.asked()
    visit.person.keep_profile(quiet_begins=f"{begins:%H:%M}", quiet_ends=f"{ends:%H:%M}")
    await planning.renew(visit)


def _show_hours(visit: Visit) -> None:
    visit.asked()
    quiet = planning.quiet_hours(visit.person)
    buttons = [visit.button("quiet.hours_change_button", "quiet:change")]
    if quiet.begins != quiet.ends:
        buttons.append(visit.button("quiet.hours_none_button", "quiet:none"))
    key = "quiet.hours" if quiet.begins != quiet.ends else "quiet.no_hours"
    shown = {"begins": f"{quiet.begins:%H:%M}", "ends": f"{quiet.ends:%H:%M}"}
    visit.say(key, *buttons, _settings(visit), **shown)
