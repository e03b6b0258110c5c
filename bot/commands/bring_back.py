"""Everything back from the file that /export made: sent here, looked at, and added when asked.

Presses: `bring:yes:TOKEN`, `bring:no`.
"""

from __future__ import annotations

from bot.files.brought import Brought
from bot.files.everything import Everything
from bot.files.merging import add
from bot.lookup import brought
from bot.visit import Visit

WAITING = "bring_back"


def is_meant(visit: Visit) -> bool:
    """Whether a file came that may be one of these."""
    return bool(visit.incoming.file)


async def sent(visit: Visit) -> None:
    """A file came: what it is, and whether it shall be added."""
    if (found := _held(visit, brought(visit.incoming, visit.incoming.file))) is None:
        return
    token = visit.house.token()
    visit.ask(WAITING, token=token, file=visit.incoming.file)
    visit.say(
        "bring.ask",
        visit.button("bring.yes_button", f"bring:yes:{token}"),
        visit.button("bring.no_button", "bring:no"),
        number=str(len(found.kept) + len(found.reflections) + len(found.talks)),
    )


async def tapped(visit: Visit, answer: str, token: str, _: str) -> None:
    """Add it, or leave it."""
    asking = visit.person.profile.asking
    today = visit.button("offers.today", "cmd:today")
    if asking.get("what") != WAITING or (answer == "yes" and asking.get("token") != token):
        visit.toast = visit.phrase("talks.old_button")
        return
    if answer != "yes":
        visit.asked()
        visit.say("bring.left", today)
        return
    found = _held(visit, brought(visit.incoming, str(asking["file"])))
    visit.asked()
    if found is not None:
        added = await add(visit, found)
        why = visit.button("offers.why", "cmd:why")
        visit.say("bring.done" if added else "bring.nothing_new", today, why)


def _held(visit: Visit, found: Brought) -> Everything | None:
    """What is in the file; without, it is said why not."""
    if found.all_of_it is None:
        visit.say(f"bring.{found.fault}", visit.button("offers.today", "cmd:today"))
    return found.all_of_it
