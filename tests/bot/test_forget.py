"""/forget: one confirmation, then neither row nor key nor bytes are left."""

from bot.playground.client import Person, Playground
from tests.rare import rare

from .conftest import TheBot
from .walks import add_reason, begin, to_reasons, to_the_end

RARE = tuple(rare() for _ in range(5))
LEFT = {"seen_updates", "facts", "alembic_version", "erasures"}


async def test_nothing_is_left_of_someone_who_is_forgotten(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    await begin(ann)
    await to_reasons(ann, (f"I want {RARE[0]}", f"For them {RARE[1]}", f"Between {RARE[2]}"))
    await to_the_end(ann, word=RARE[3], again="In a week")
    await ann.wait_for("what does your clock show")
    await ann.press("Rather not say")
    await ann.wait_for("by that clock")
    await add_reason(ann, f"Because of {RARE[4]}")
    await ann.send("/reflect")
    await ann.wait_for("About:")
    await ann.send("/forget")
    await ann.wait_for("It cannot be undone")
    await ann.press("Erase everything")
    await ann.wait_for("is erased")
    await ann.until(lambda person: len(person.messages) == 1)
    await play.polled()
    assert set(bot.tables()) <= LEFT
    for word in RARE:
        assert bot.holds(word) == []
    await ann.send("/start")
    await ann.wait_for("Nothing is kept before you agree")


async def test_keeping_everything_leads_back_to_the_talk(ann: Person) -> None:
    await begin(ann)
    await ann.send("/forget")
    await ann.wait_for("It cannot be undone")
    await ann.press("Keep it")
    await ann.wait_for("Everything is still here")
    await ann.press("Go on")
    await ann.wait_for("What do you really want")


async def test_an_old_confirmation_erases_nothing_and_asks_again(ann: Person, bot: TheBot) -> None:
    await begin(ann)
    await ann.send("/forget")
    old = await ann.wait_for("It cannot be undone")
    data = old.data_of("Erase everything")
    assert data is not None
    for between, answer in (("/today", "Not finished"), ("/forget", "It cannot be undone")):
        await ann.send(between)
        await ann.wait_for(answer)
        await ann.press_data(old.id, data)
        await ann.wait_for("It cannot be undone")
    assert bot.tables()["people"] == 1


async def test_someone_elses_confirmation_erases_nothing(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    ben = play.person("Ben")
    await begin(ann)
    await begin(ben)
    await ann.send("/forget")
    asked = await ann.wait_for("It cannot be undone")
    data = asked.data_of("Erase everything")
    assert data is not None
    await ben.send("/forget")
    await ben.wait_for("It cannot be undone")
    await ben.press_data(ben.last.id, data)
    await ben.wait_for("It cannot be undone")
    assert bot.tables()["people"] == 2


async def test_a_double_tap_erases_once_and_says_one_closing_word(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    await begin(ann)
    await ann.send("/forget")
    asked = await ann.wait_for("It cannot be undone")
    data = asked.data_of("Erase everything")
    assert data is not None
    await ann.press_data(asked.id, data)
    await ann.press_data(asked.id, data)
    await ann.wait_for("is erased")
    await play.polled()
    await ann.until(lambda person: len(person.messages) == 1)
    assert set(bot.tables()) <= LEFT


async def test_only_the_one_who_asked_is_forgotten(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    ben = play.person("Ben")
    await begin(ann)
    await begin(ben)
    await ben.send("I want pelicanrain")
    await ben.wait_for("for them, what do you want")
    await ann.send("/forget")
    await ann.wait_for("It cannot be undone")
    await ann.press("Erase everything")
    await ann.wait_for("is erased")
    await ben.send("/back")
    assert "pelicanrain" in (await ben.wait_for("Here it is again")).text
