"""What one person does on the way to a question, read from the buttons and not from the wording."""

from bot.playground.client import Person, Playground
from tests.durable.chatter import presses

#: Longest time in seconds that a reply may take while something broken is in the way.
SOON = 10.0


async def agreed(play: Playground, name: str = "Ann") -> Person:
    """Somebody who stands before the first question that wants words."""
    person = play.person(name)
    await person.send("/start")
    await person.reply(SOON)
    for press in ("start:agree", "door:deciding", "t:1:about:new.job"):
        await tapped(person, press)
    return person


async def tapped(person: Person, press: str) -> None:
    """Tap the newest button that means this, and wait for what comes of it."""
    for shown in reversed(person.messages):
        for key in (key for row in shown.keys for key in row):
            if key.get("callback_data", "").partition("|")[2] == press:
                await person.press_data(shown.id, key["callback_data"])
                await person.reply(SOON)
                return
    raise AssertionError(f"no button {press}:\n{person}")


async def say(person: Person, text: str) -> list[str]:
    """Type something; what the buttons under the answer mean."""
    await person.send(text)
    return presses(await person.reply(SOON))
