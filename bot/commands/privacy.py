"""/hide, /forget, /privacy and /about: what happens to what was written."""

from __future__ import annotations

from bot.visit import Visit
from conversations.screen import Block, Screen, arrange


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


async def show(visit: Visit) -> None:
    """What is kept and what is not in this program's hands, and what can be set about it."""
    visit.asked()
    buttons = [
        visit.button("privacy.lock_button", "cmd:lock"),
        visit.button("privacy.word_button", "hiding:word"),
        visit.button("privacy.after_button", "hiding:after"),
        visit.button("offers.export", "cmd:export"),
        visit.button("privacy.forget_button", "cmd:forget"),
    ]
    text = visit.phrase("privacy.text", retention=_retention(visit))
    visit.show(Screen((Block(text),), arrange(buttons)))


def _retention(visit: Visit) -> str:
    lengths = visit.house.lengths
    given = {"talks": str(lengths.talks), "people": str(lengths.people)}
    match bool(lengths.talks), bool(lengths.people):
        case True, True:
            return visit.phrase("privacy.kept", **given)
        case True, False:
            return visit.phrase("privacy.kept_talks", **given)
        case False, True:
            return visit.phrase("privacy.kept_people", **given)
    return visit.phrase("privacy.kept_for_good")


async def about(visit: Visit) -> None:
    """What this is, and the essays it stands on."""
    visit.say("about.text")
