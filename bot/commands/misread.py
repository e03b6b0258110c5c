""" "You misread me": the mark goes, and the very words are shown again where they stand."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import affirm_own, care, checkin, loose, talks
from bot.commands.affirm_practice import OWN
from bot.commands.list_one import one_screen
from bot.visit import Visit
from conversations.bubbles import left_over
from conversations.care_language import said_in
from conversations.screen import Block
from conversations.turn import Misread, State


async def tapped(visit: Visit, rule: str) -> None:
    """In a talk its question comes again with the answer in it; what is kept shows as it is.

    Whatever is shown in another language has the thanks in that of the words above it.
    """
    await _taken_back(visit, rule)
    language = said_in(rule, visit.language)
    if language == visit.language or not visit.screens:
        return
    thanks, first = visit.house.library.phrases("care_more.misread", language), visit.screens[0]
    said = (block for block in first.blocks if block.text != visit.phrase("care_more.misread"))
    visit.screens[0] = replace(first, blocks=(Block(thanks), *said))


async def _taken_back(visit: Visit, rule: str) -> None:
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
    visit.speak(said_in(rule, ""))
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
