""" "You misread me": the mark goes, and the very words are shown again where they stand."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import affirm_own, care, checkin, loose, talks
from bot.commands.affirm_practice import OWN
from bot.commands.list_one import one_screen
from bot.visit import Visit
from conversations.bubbles import left_over
from conversations.turn import Misread, State


async def tapped(visit: Visit, rule: str) -> None:
    """In a talk its question comes again with the answer in it; what is kept shows as it is."""
    about = care.take_back(visit, rule)
    for state in await talks.every(visit):
        if state.talk == about.get("talk"):
            visit.asked()
            await talks.happen(visit, state, Misread(rule, _also(visit, state)))
            return
    if await checkin.misread(visit, str(about.get("day", ""))):
        return
    for keepsake in await visit.shelf.kept(visit.person):
        if keepsake.id == about.get("kept"):
            taken_back = replace(keepsake, listened=False)
            visit.keep([taken_back])
            show = affirm_own.one_screen if keepsake.kind == OWN else one_screen
            visit.show(show(visit, taken_back, note="care_more.misread"))
            return
    if visit.person.profile.held:
        loose.show(visit, "care_more.misread")
        return
    visit.say("care_more.misread", visit.button("offers.today", "cmd:today"))


def _also(visit: Visit, state: State) -> tuple[str, ...]:
    """The other rules that the misread words met: the same phrase is not raised by them either."""
    answer = state.answers.get(state.within.get("cared", ""))
    texts = [answer.text if answer is not None else "", *(text for text, _ in left_over(state))]
    listener = visit.house.listener
    return tuple(rule for text in texts if text for rule in listener.rules_met(text))
