"""The door: the welcome, agreeing, and which of the four needs is closest today."""

from __future__ import annotations

from bot.commands import care, more, talks
from bot.commands.more import NEEDS
from bot.visit import Visit
from conversations.care_language import marked
from conversations.help import GROUND
from conversations.screen import Block, Button, Screen, arrange
from conversations.wording import Phrases

#: The need that begins with one exercise at once: four taps from /start to its first question.
AT_ONCE = {"deciding": "three_questions"}


def welcome_screen(phrases: Phrases, language: str, link: str = "") -> Screen:
    """What this is and is not; nothing is stored before "I agree" is tapped."""
    return Screen(
        (Block(phrases("start.welcome", language)),),
        arrange(
            [
                _answer("agree", link, phrases, language),
                _answer("refuse", link, phrases, language),
                Button(phrases("start.help_button", language), "help:open"),
            ]
        ),
    )


def refused_screen(phrases: Phrases, language: str, link: str = "") -> Screen:
    """A no is a full answer; help stays open, and so does what a deep link led to."""
    return Screen(
        (Block(phrases("start.refused", language)),),
        arrange(
            [
                Button(phrases("start.help_button", language), "help:open"),
                _answer("agree", link, phrases, language),
            ]
        ),
    )


def _answer(answer: str, link: str, phrases: Phrases, language: str) -> Button:
    press = f"start:{answer}:{link}" if link else f"start:{answer}"
    return Button(phrases(f"start.{answer}_button", language), press)


async def begin(visit: Visit) -> None:
    """/start from someone who has agreed already, perhaps by a deep link into an exercise."""
    flow = visit.house.library.by_command(visit.incoming.text.strip())
    if flow is not None:
        await talks.start(visit, flow)
    else:
        doors(visit)


def doors(visit: Visit) -> None:
    """The first screen: which of the four needs is closest."""
    visit.asked()
    buttons = [visit.button(f"start.{need}_button", f"door:{need}") for need in NEEDS]
    visit.say("start.doors", *buttons)


async def agreed(visit: Visit, link: str) -> None:
    """The first tap that stores anything; a second one changes nothing."""
    if visit.person.row.newest_row is not None:
        visit.toast = visit.phrase("start.already")
        return
    flow = visit.house.library.by_command(link) if link else None
    if flow is not None:
        await talks.start(visit, flow)
    else:
        doors(visit)


async def door(visit: Visit, need: str) -> None:
    """A need was named: its exercise at once, or what there is for it."""
    if need not in NEEDS:
        doors(visit)
        return
    library = visit.house.library
    if need in AT_ONCE:
        await talks.start(visit, library.flows[AT_ONCE[need]])
        return
    more.need(visit, need)


async def ground(visit: Visit) -> None:
    """One minute of grounding, outside of any care message too."""
    talk = visit.person.talk
    press = marked(GROUND, talk.language if talk is not None else "")
    await care.tapped(visit, press.removeprefix("care:"), "")
