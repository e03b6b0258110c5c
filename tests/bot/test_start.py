"""The door: the welcome, agreeing or not, and how short the way to the first question is."""

from bot.playground.client import Person

from .conftest import TheBot
from .walks import has


async def test_from_start_to_the_first_question_are_four_taps_and_at_most_300_words(
    ann: Person,
) -> None:
    said: dict[str, None] = {}

    def listen(event: dict[str, object]) -> None:
        message = event.get("message")
        if isinstance(message, dict) and message["from"]["is_bot"]:
            said[message["text"]] = None

    ann.chat.listeners.append(listen)
    await ann.send("/start")
    for label, next_words in (
        ("I agree", "closest"),
        ("I am deciding", "no hurry"),
        ("A partner", "safe to speak"),
        ("Yes", "What do you really want?"),
    ):
        await ann.wait_for(has(label))
        await ann.press(label)
        await ann.wait_for(next_words)
    assert sum(len(text.split()) for text in said) <= 300, said


async def test_the_welcome_is_at_most_five_short_lines(ann: Person) -> None:
    await ann.send("/start")
    lines = (await ann.wait_for("/forget")).text.splitlines()
    assert len(lines) <= 5
    assert all(len(line) <= 130 for line in lines), lines


async def test_nothing_is_stored_before_agreeing(ann: Person, bot: TheBot) -> None:
    await ann.send("I want to leave, zebrafinch")
    await ann.wait_for("Nothing is kept")
    await ann.press("Help and lines")
    await ann.wait_for("First, a person")
    await ann.press("Choose a country")
    await ann.wait_for("Which country")
    await ann.send("/why")
    await ann.wait_for("Nothing is kept")
    await ann.press("No, thank you")
    await ann.wait_for("door")
    await bot.play.polled()
    assert set(bot.tables()) <= {"seen_updates", "facts", "alembic_version"}
    assert bot.holds("zebrafinch") == []
