"""Ways through /affirm that several tests take."""

from datetime import UTC, datetime, time, timedelta

from bot.playground.client import Person, Shown
from conversations.affirmations import Line, read_affirmations

from .conftest import TheBot
from .walks import has

LIBRARY = read_affirmations()
HIT = "he hits me and I am scared of him"


def lines_in(text: str) -> list[Line]:
    """The library's lines that stand in a text, in either form."""
    said = text.splitlines()
    return [line for line in LIBRARY.lines if line.line in said or line.gentler in said]


async def a_line(person: Person) -> Shown:
    """A line by the command."""
    await person.send("/affirm")
    return await person.wait_for(has("Another"))


async def another(person: Person, on: Shown | None = None) -> Shown:
    """The next one by its button."""
    await person.press("Another", on=on)
    return await person.wait_for(has("Another"))


async def more(person: Person) -> Shown:
    """From a line to what is chosen."""
    await person.press("More")
    return await person.wait_for("Your lines")


async def choose(person: Person, theme: str) -> None:
    """From a line to one chosen theme."""
    await more(person)
    await person.press("Themes")
    await person.wait_for("What may your lines be about")
    await person.press(f"☐ {theme}")
    await person.wait_for(has(f"☑ {theme}"))


async def own(person: Person, text: str) -> Shown:
    """A line of one's own, from a line."""
    await more(person)
    await person.press("My own lines")
    await person.wait_for(has("Add"))
    await person.press("Add")
    await person.wait_for("Write a line")
    return await person.send(text)


async def every_morning(person: Person, hour: str = "07:30") -> Shown:
    """From a line to one every morning, by UTC."""
    await person.press("Every morning?")
    await person.wait_for("At what hour")
    await person.press(hour)
    await person.wait_for("what does your clock show")
    await person.press("Rather not say")
    return await person.wait_for("Lines come every day")


def tomorrow_at(bot: TheBot, hour: int, minute: int = 0, days: int = 1) -> datetime:
    """That UTC time, some days on."""
    day = bot.now().date() + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), UTC)


def told(person: Person) -> int:
    """How often the clock has sent something."""
    return sum(message.text.startswith("Something you set for") for message in person.messages)


async def settled(person: Person) -> None:
    """Until all that was to be sent for what went before has been."""
    await person.send("/help")
    await person.wait_for("First, a person")
