"""/night: a breath, and no questions; what is written then is kept, and handed back by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import planning
from bot.appointments import Appointment
from bot.commands.keeping import REASON, all_kept, new_words
from bot.commands.note import KIND as NOTE
from bot.commands.resting import comes_by_itself
from bot.person import Keepsake
from bot.planning import UNSAID_ZONE, quiet_hours
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.answers import ANSWER_LIMIT
from conversations.night import night_screen, the_day_after
from conversations.schedule import MORNING
from conversations.screen import Block, Screen
from conversations.singles import Single, reminder, timer

#: Words that come after /night are kept for the day, for so many milliseconds.
WRITING, LASTS_MS = "night", 3 * 3_600_000
#: What the appointment comes back to: this, or this and the id of a note in base 36.
STEP = "night"
#: By when it is day, where nobody knows what the person's clock shows.
A_NIGHT = timedelta(hours=9)


async def show(visit: Visit) -> None:
    """The breath."""
    visit.ask(WRITING, since=visit.now_ms)
    visit.show(night_screen(visit.house.library.phrases, visit.person.language))


async def tapped(visit: Visit, action: str, *_: str) -> None:
    """A button of the night."""
    if action == "day":
        await _hand_back(visit, STEP)
        visit.say("night.by_day", visit.button("night.again_button", "night:again"))
    else:
        await show(visit)


async def typed(visit: Visit) -> bool:
    """Words of the night are kept as a note; false where they came long after it."""
    since, text = int(visit.person.profile.asking.get("since", 0)), visit.incoming.text
    if visit.now_ms - since > LASTS_MS or len(text) > ANSWER_LIMIT:
        visit.asked()
        return False
    (note,) = new_words(visit, NOTE, [text], visit.incoming.message, tie=None)
    if not note.listened:
        # Words in which something was heard do not come back by themselves.
        await _hand_back(visit, f"{STEP}.{base36(note.id)}")
    visit.say("night.kept", visit.button("night.again_button", "night:again"))
    return True


async def _hand_back(visit: Visit, step: str) -> None:
    """One thing comes by day: what was written last, else any line of one's own."""
    made = next((m for m in await planning.to_come(visit) if _is_of_the_night(m)), None)
    if made is None:
        number = visit.house.ids.next()
        planning.save(visit, Appointment.single(number, "reminder", _by_day(visit), step=step))
    elif step != STEP:
        planning.save(visit, replace(made, step=step))


def _by_day(visit: Visit) -> Single:
    zone, quiet = visit.person.row.zone, quiet_hours(visit.person)
    if zone is None:
        return timer(visit.now, A_NIGHT, UNSAID_ZONE, quiet)
    return reminder(the_day_after(visit.person.local(visit.now)), MORNING, zone, quiet)


def _is_of_the_night(made: Appointment) -> bool:
    return made.kind == "reminder" and made.step.partition(".")[0] == STEP


def comes_by_day(made: Appointment) -> bool:
    """Whether this was asked for at night."""
    return _is_of_the_night(made)


async def open_due(visit: Visit, made: Appointment) -> None:
    """It is day: the note of the night, else a reason or a note of one's own."""
    visit.asked()
    visit.in_place = True
    kept = await all_kept(visit)
    written = made.step.partition(".")[2]
    note = next((k for k in kept if base36(k.id) == written and not k.listened), None)
    own = note or _any_own(visit, kept)
    today = visit.button("offers.today", "cmd:today")
    why = visit.button("offers.why", "cmd:why")
    if own is None:
        visit.say("night.none", today, why)
        return
    said = Block(visit.phrase("night.handed" if note else "night.own"), "lead")
    visit.show(Screen((said, Block(own.text, "quote")), ((today, why),), protect=True))


def _any_own(visit: Visit, kept: list[Keepsake]) -> Keepsake | None:
    may = [k for k in kept if k.kind in (REASON, NOTE) and comes_by_itself(visit, k)]
    return visit.random.choice(may) if may else None
