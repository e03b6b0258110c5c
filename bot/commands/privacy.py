"""/hide, /forget and /about: what happens to what was written."""

from __future__ import annotations

from bot.visit import Visit


async def hide(visit: Visit) -> None:
    """Empty the chat at once; nothing is asked and nothing is said."""
    visit.hides = True
    visit.asked()
    visit.rest()
    visit.person.row.newest_row = None


async def forget(visit: Visit) -> None:
    """One confirmation, by a button that works once."""
    token = visit.house.token()
    visit.ask("forget", token=token)
    visit.say(
        "forget.ask",
        visit.button("forget.yes_button", f"forget:yes:{token}"),
        visit.button("forget.no_button", "forget:no"),
    )


async def forget_tapped(visit: Visit, answer: str, token: str) -> None:
    """Erase everything, or leave all as it is."""
    asking = visit.person.profile.asking
    if answer == "yes" and asking.get("what") == "forget" and asking.get("token") == token:
        visit.forgets = True
        return
    if answer == "yes":
        visit.toast = visit.phrase("talk.further_along")
        await forget(visit)
        return
    visit.asked()
    visit.say("forget.kept")


async def about(visit: Visit) -> None:
    """What this is, and the essays it stands on."""
    visit.say("about.text")
