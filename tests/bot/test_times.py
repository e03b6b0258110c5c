"""What the clock shows and where that is: asked easily, read forgivingly, never half-way set."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.lookup import Atlas, Wanted, WholeAtlas
from bot.places.models import Looked, Place
from bot.playground.client import Person, Playground, Shown

from .conftest import TheBot
from .walks import agree

#: A Sunday noon, UTC.
NOON = datetime(2030, 6, 2, 12, 0, tzinfo=UTC)
#: Its child reads half a million names before the first answer.
LONG = 50.0


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


@pytest.fixture
async def atlas() -> Callable[[], Atlas]:
    """The whole one, ready as it is when a person has had time to read the question."""
    whole = WholeAtlas()
    async with asyncio.timeout(LONG):
        while (await whole.look_up(Wanted(offset="+00:00"), NOON)).away:
            pass
    return lambda: whole


class SlowAtlas:
    """Answers when it is let go on, and notes what it was asked."""

    def __init__(self) -> None:
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self.asked: list[str] = []

    async def look_up(self, wanted: Wanted, _now: datetime) -> Looked:
        self.asked.append(wanted.text)
        self.begun.set()
        async with asyncio.timeout(20):  # so that a test that fails ends
            await self.go_on.wait()
        if wanted.text == "Lisbon":
            return Looked((Place("Lisbon", "Europe/Lisbon"),), sure=True)
        raise OSError("no pages")

    async def stop(self) -> None:
        """Nothing runs."""


async def ask_clock(ann: Person) -> Shown:
    """The question, from the settings."""
    await ann.send("/settings")
    await ann.wait_for("Quiet hours")
    await ann.press("Clock")
    shown = await ann.reply()
    if "Change it" in str(shown.buttons):
        await ann.press("Change it")
        shown = await ann.wait_for("what does your clock show")
    return shown


async def test_the_clock_is_tapped_and_then_one_of_the_likely_places(
    ann: Person, bot: TheBot
) -> None:
    """14:00 at noon in June is two hours ahead: Berlin is among those, and follows winter time."""
    await agree(ann)
    await ask_clock(ann)
    await ann.press("14:00")
    shown = await ann.wait_for("It is 14:00 with you, Sunday 2 June")
    labels = [label for row in shown.buttons for label in row]
    assert "None of these" in labels
    assert 3 <= len(labels) <= 10
    assert all(len(label) <= 24 for label in labels)
    await ann.send("Berlin")
    await ann.wait_for("It is 14:00 with you, Sunday 2 June: Berlin time")
    bot.set_clock(datetime(2030, 12, 1, 12, 0, tzinfo=UTC))
    await ann.send("/settings")
    await ann.wait_for("Your clock: 13:00, Berlin")


async def test_places_are_typed_as_people_type_them(ann: Person) -> None:
    """Old names, zones, offsets, cities without accents; what is none changes nothing."""
    await agree(ann)
    await ask_clock(ann)
    await ann.send("kiev")
    await ann.wait_for("It is 15:00 with you, Sunday 2 June: Kyiv time")
    await ask_clock(ann)
    await ann.send("sao paulo")
    await ann.wait_for("It is 09:00 with you, Sunday 2 June: Sao Paulo time")
    await ask_clock(ann)
    await ann.send("+05:45")
    await ann.wait_for("It is 17:45 with you")
    await ask_clock(ann)
    await ann.send("Mars/Olympus")
    await ann.wait_for("I do not know that place")
    await ann.send("Europe/Kyiv")
    await ann.wait_for("Kyiv time")
    await ask_clock(ann)
    await ann.send("EST")
    await ann.reply()
    await ann.press("New York")
    await ann.wait_for("It is 08:00 with you, Sunday 2 June: New York time")
    for typed, said in (("24:00", "midnight"), ("07:60", "00 to 59"), ("qqqq zzzz", "not know")):
        await ask_clock(ann)
        await ann.send(typed)
        await ann.wait_for(said)
        await ann.send("/settings")
        await ann.wait_for("New York")


async def test_a_shared_place_sets_the_clock_and_is_stored_nowhere(
    ann: Person, bot: TheBot
) -> None:
    """Where it is asked for it counts at once; out of the blue it is asked first."""
    await agree(ann)
    await ask_clock(ann)
    await ann.send_location(27.7172, 85.324)
    await ann.wait_for("It is 17:45 with you, Sunday 2 June: Kathmandu time")
    await ann.send_location(38.7223, -9.1393)
    await ann.wait_for("Lisbon time: 13:00 now")
    await ann.send("/settings")
    await ann.wait_for("17:45, Kathmandu")
    await ann.send_location(38.7223, -9.1393)
    await ann.wait_for("Lisbon time: 13:00 now")
    await ann.press("Yes")
    await ann.wait_for("It is 13:00 with you, Sunday 2 June: Lisbon time")
    await bot.stop()
    assert bot.holds("85.324") == bot.holds("38.7223") == []
    await bot.start()


async def test_a_move_takes_all_that_is_to_come_along(ann: Person, bot: TheBot) -> None:
    """Seven in the morning stays seven in the morning."""
    await agree(ann)
    await ann.send("/settings")
    await ann.wait_for("Quiet hours")
    await ann.press("Morning line")
    await ann.wait_for("It is off")
    await ann.press("Turn it on")
    await ann.wait_for("what does your clock show")
    await ann.send("Europe/Kyiv")
    await ann.wait_for("At what hour?")
    await ann.send("7")
    await ann.wait_for("every day, 07:00, from tomorrow")
    await ask_clock(ann)
    await ann.send("America/New_York")
    await ann.wait_for("New York time")
    await ann.send("/settings")
    await ann.wait_for("Morning line: every day, 07:00")
    # In Kyiv it would be four in the morning, UTC.
    bot.set_clock(datetime(2030, 6, 3, 10, 59, tzinfo=UTC))
    await ann.send("/about")
    await ann.wait_for("three essays")
    assert not any("Later" in str(message.buttons) for message in ann.messages)
    bot.pass_time(timedelta(minutes=1, seconds=2))
    await ann.wait_for(lambda shown: "Later" in str(shown.buttons), ever=True)


class TestSlowly:
    """While something is looked up."""

    @pytest.fixture
    def slow(self) -> SlowAtlas:
        return SlowAtlas()

    @pytest.fixture
    async def atlas(self, slow: SlowAtlas) -> Callable[[], Atlas]:
        return lambda: slow

    async def test_nobody_else_waits_for_it(
        self, play: Playground, ann: Person, slow: SlowAtlas
    ) -> None:
        """Others are answered while the place of one is still being looked up."""
        bob = play.person("Bob")
        await agree(ann)
        await ask_clock(ann)
        await ann.send("Lisbon")
        await slow.begun.wait()
        await agree(bob)
        await bob.send("/about")
        await bob.wait_for("three essays")
        assert not any("Lisbon time" in message.text for message in ann.messages)
        slow.go_on.set()
        await ann.wait_for("Lisbon time")
        assert slow.asked == ["Lisbon"]

    async def test_what_is_sent_meanwhile_waits_its_turn_and_nothing_is_lost(
        self, play: Playground, ann: Person, bot: TheBot, slow: SlowAtlas
    ) -> None:
        """The place first, then the command that came after it; another chat is not mixed up."""
        bob = play.person("Bob")
        await agree(ann)
        await agree(bob)
        await ask_clock(ann)
        await ask_clock(bob)
        await ann.send("Lisbon")
        await slow.begun.wait()
        await bob.send("Atlantis")
        await ann.send("/about")
        await bob.send("/about")
        slow.go_on.set()
        await ann.wait_for("three essays")
        await bob.wait_for("three essays")
        assert slow.asked == ["Lisbon", "Atlantis"]
        told = [message.text for message in ann.messages if not message.mine]
        assert next(i for i, text in enumerate(told) if "Lisbon time" in text) < next(
            i for i, text in enumerate(told) if "three essays" in text
        )
        told = [message.text for message in bob.messages if not message.mine]
        assert sum("cannot look up places just now" in text for text in told) == 1
        assert sum("three essays" in text for text in told) == 1
