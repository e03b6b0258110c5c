"""Words that came while nothing was asked: nothing is lost, and nothing is assumed."""

from __future__ import annotations

from bot.commands.reasons import add
from bot.visit import Visit
from conversations.screen import Button

ASKING = "loose"


async def typed(visit: Visit) -> None:
    """Hold the words and ask what they are."""
    hold(visit)
    flows = [Button(f.title, f"cmd:{f.command}") for f in visit.house.library.flows.values()]
    visit.say(
        "loose.what",
        visit.button("loose.keep_button", "loose:keep"),
        *flows,
        visit.button("loose.drop_button", "loose:drop"),
    )


def hold(visit: Visit) -> None:
    """Keep the words at hand until it is clear what they are."""
    asking = visit.person.profile.asking
    before = f"{asking['text']}\n" if asking.get("what") == ASKING else ""
    more = {"message": visit.incoming.message} if visit.incoming.message is not None else {}
    visit.ask(ASKING, text=before + visit.incoming.text, **more)


async def tapped(visit: Visit, what: str) -> None:
    """Keep them as a reason, or let them go."""
    asking = visit.person.profile.asking
    visit.asked()
    if asking.get("what") != ASKING:
        visit.toast = visit.phrase("talks.over")
    elif what == "keep":
        await add(visit, asking["text"], asking.get("message"))
    else:
        visit.say("loose.dropped", visit.button("offers.today", "cmd:today"))


async def edited(visit: Visit) -> bool:
    """The held message was corrected."""
    asking = visit.person.profile.asking
    if asking.get("what") != ASKING or asking.get("message") != visit.incoming.message:
        return False
    visit.ask(ASKING, text=visit.incoming.text, message=asking["message"])
    return True
