"""/more: every exercise by the four needs, and everything else there is, in two taps.

Presses: `more:all`, `more:need:NEED`, `more:group:GROUP`.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.commands.exercises import offered, rests
from bot.visit import Visit
from conversations.screen import Block, Button, Screen, arrange

#: The four needs, and what each has besides its exercises, as commands.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "deciding": ("steps",),
    "staying": ("reflect", "why"),
    "strength": ("ground", "night", "later", "affirm", "why", "help"),
    "afterwards": ("why", "reflect"),
}
#: Everything that is no exercise, as commands.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "words": ("why", "note", "find", "then", "lists", "export"),
    "days": ("today", "checkin", "progress", "week", "affirm"),
    "care": (
        "help",
        "helplines",
        "safe",
        "ground",
        "quiet",
        "privacy",
        "lock",
        "settings",
        "hide",
        "forget",
        "about",
    ),
}


async def show(visit: Visit) -> None:
    """The four needs, and the rest in three groups."""
    visit.asked()
    needs = [visit.button(f"start.{need}_button", f"more:need:{need}") for need in NEEDS]
    groups = [visit.button(f"more.{group}_button", f"more:group:{group}") for group in GROUPS]
    rows = (*arrange(needs), *arrange(groups))
    visit.show(Screen((Block(visit.phrase("more.title")),), rows))


async def tapped(visit: Visit, what: str, which: str, _: str) -> None:
    """A button of /more."""
    if what == "need" and which in NEEDS:
        need(visit, which)
    elif what == "group" and which in GROUPS:
        visit.say(f"more.{which}", *_commands(visit, GROUPS[which]), _back(visit))
    else:
        await show(visit)


def need(visit: Visit, which: str) -> None:
    """What there is for one need: its exercises, as far as they are open, and what else helps."""
    visit.asked()
    buttons = [Button(flow.title, f"cmd:{flow.command}") for flow in offered(visit, which)]
    exercises = {button.press for button in buttons}
    others = _commands(visit, NEEDS[which])
    buttons += [button for button in others if button.press not in exercises]
    visit.say(f"start.{which}", *buttons, _back(visit))


def _commands(visit: Visit, names: tuple[str, ...]) -> list[Button]:
    return [
        visit.button(f"offers.{name}", f"cmd:{name}") for name in names if not rests(visit, name)
    ]


def _back(visit: Visit) -> Button:
    return visit.button("more.back_button", "more:all")
