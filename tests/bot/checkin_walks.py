"""Ways through a check-in that many tests take."""

from datetime import UTC, datetime

from bot.playground.client import Person, Shown

#: A Sunday noon, UTC; nobody here has been asked for their clock.
NOON = datetime(2030, 6, 2, 12, 0, tzinfo=UTC)
HIT = "I want to kill myself"


async def check_in(person: Person, number: str) -> Shown:
    """From nothing asked to the question about a line."""
    await person.send("/checkin")
    await person.wait_for("in one number")
    await person.press(number)
    return await person.wait_for("One line about it")


async def day(person: Person, number: str, line: str | None = None) -> Shown:
    """A whole check-in."""
    await check_in(person, number)
    if line is None:
        await person.press("Skip")
    else:
        await person.send(line)
    return await person.wait_for("That is kept.")


async def kept(person: Person) -> Shown:
    """How today is on record."""
    await person.send("/checkin")
    return await person.wait_for("This is how it is kept")
