"""/export: everything as two files, one to read and one that can be sent back.

Presses: `export:send:TOKEN`.
"""

from __future__ import annotations

from bot.files.maker import DATA, PAGE
from bot.visit import File, Visit


async def show(visit: Visit) -> None:
    """What the files are and where they stay, before they are sent."""
    token = visit.house.token()
    visit.ask("export", token=token)
    visit.say(
        "export.ask",
        visit.button("export.send_button", f"export:send:{token}"),
        visit.button("offers.today", "cmd:today"),
    )


async def tapped(visit: Visit, action: str, token: str, _: str) -> None:
    """Both files; they are made after this visit is written."""
    asking = visit.person.profile.asking
    if action != "send" or asking.get("what") != "export" or asking.get("token") != token:
        visit.toast = visit.phrase("talk.further_along")
        await show(visit)
        return
    visit.asked()
    visit.say("files.here", visit.button("offers.today", "cmd:today"))
    day = visit.person.local(visit.now).date().isoformat()
    name, instead = visit.phrase("files.name", day=day), visit.phrase("files.instead")
    for kind, end in ((PAGE, "html"), (DATA, "json")):
        recipe = {"write": kind, "person": visit.person.row.id}
        visit.files.append(File(recipe, f"{name}.{end}", instead))
