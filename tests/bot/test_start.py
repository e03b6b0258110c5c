"""The door: the welcome, agreeing or not, and how short the way to the first question is."""

from bot.playground.client import Person

from .conftest import TheBot
from .walks import agree, has


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
    assert all(len(line) <= 80 for line in lines), lines


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


async def test_refusing_keeps_nothing_and_leaves_help_open(ann: Person, bot: TheBot) -> None:
    await ann.send("/start")
    await ann.wait_for("Nothing is kept")
    await ann.press("No, thank you")
    await ann.wait_for("Nothing was kept")
    await ann.press("Help and lines")
    await ann.wait_for("findahelpline.com")
    await bot.play.polled()
    assert "people" not in bot.tables()


async def test_a_deep_link_waits_for_the_agreement_even_after_a_no(ann: Person) -> None:
    await ann.send("/start reflect")
    await ann.wait_for("Nothing is kept before you agree")
    await ann.press("No, thank you")
    await ann.wait_for("Nothing was kept")
    await ann.press("I agree")
    await ann.wait_for("Three questions, no hurry")


async def test_first_words_with_a_hit_get_care_and_store_nothing(ann: Person, bot: TheBot) -> None:
    await ann.send("/start reflect")
    await ann.wait_for("Nothing is kept before you agree")
    await ann.send("he hit me last night and I am scared he will kill me")
    shown = await ann.wait_for("I believe you")
    assert shown.buttons[0] == ["Hide this chat"]
    await ann.press("You misread me")
    await ann.wait_for("Nothing is kept before you agree")
    await bot.play.polled()
    assert set(bot.tables()) <= {"seen_updates", "facts", "alembic_version"}


async def test_agreeing_twice_is_agreeing_once(ann: Person, bot: TheBot) -> None:
    await ann.send("/start")
    shown = await ann.wait_for("Nothing is kept")
    data = shown.data_of("I agree")
    assert data is not None
    await ann.press_data(shown.id, data)
    await ann.press_data(shown.id, data)
    await ann.wait_for("closest today")
    await bot.play.polled()
    assert bot.tables()["people"] == 1
    assert sum("closest today" in message.text for message in ann.messages) == 1


async def test_every_door_leads_somewhere_and_back(ann: Person) -> None:
    await agree(ann)
    for door, then in (
        ("I am staying", "Staying is as full an answer"),
        ("Strength right now", "One thing at a time"),
        ("Afterwards", "After an ending"),
    ):
        await ann.press(door)
        shown = await ann.wait_for(then)
        assert shown.keys
        await ann.send("/start")
        await ann.wait_for("closest today")


async def test_the_doors_can_be_typed(ann: Person) -> None:
    await agree(ann)
    await ann.send("i am deciding")
    await ann.wait_for("no hurry")


async def test_a_deep_link_opens_the_exercise_for_someone_who_has_agreed(ann: Person) -> None:
    await agree(ann)
    await ann.send("/start reflect")
    await ann.wait_for("Three questions, no hurry")
