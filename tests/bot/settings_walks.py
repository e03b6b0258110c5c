"""Ways through the settings that many tests take."""

from datetime import UTC, datetime

from bot.playground.client import Person, Shown

from .walks import agree

#: A Sunday noon, UTC; the person's clock shows 14:00.
NOON = datetime(2030, 6, 2, 12, 0, tzinfo=UTC)


async def settings(ann: Person) -> Shown:
    """The one screen."""
    await ann.send("/settings")
    return await ann.wait_for("Quiet hours")


async def open_setting(ann: Person, label: str) -> Shown:
    """One of its buttons."""
    await settings(ann)
    await ann.press(label)
    return await ann.reply()


async def with_a_clock(ann: Person) -> None:
    """Someone whose clock shows 14:00."""
    await agree(ann)
    await ann.send("/settings")
    await ann.wait_for("not asked yet")
    await ann.press("Clock")
    await ann.wait_for("what does your clock show")
    await ann.send("14:00")
    await ann.wait_for("It is 14:00 with you")


async def morning_at(ann: Person, hour: str) -> Shown:
    """The morning line turned on."""
    await open_setting(ann, "Morning line")
    await ann.press("Turn it on")
    await ann.wait_for("At what hour?")
    await ann.send(hour)
    return await ann.reply()


async def due_lines(ann: Person) -> int:
    """Neutral lines in the chat, once the clock has surely looked."""
    await ann.send("/about")
    await ann.wait_for("three essays")
    return sum("Later" in str(message.buttons) for message in ann.messages if not message.mine)
