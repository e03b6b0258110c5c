"""/lock: nothing kept is shown without the PIN, nothing is lost, and /help is never behind it."""

from datetime import timedelta

import pytest

from bot.playground.client import Person, Playground
from tests.rare import rare, typed

from .conftest import TheBot
from .walks import begin, has

PIN = "4711"


async def lock(ann: Person, pin: str = PIN) -> None:
    """Somebody in a talk sets a PIN and closes the lock."""
    await ann.send("/lock")
    await ann.wait_for("PIN of 4 to 12")
    await ann.send(pin)
    await ann.wait_for("once more")
    await ann.send(pin)
    await ann.wait_for("The lock is on")
    await ann.press("Lock now")
    await ann.wait_for("This is locked")


@pytest.fixture
async def words(ann: Person) -> str:
    """What ann has written in a talk before she locked it."""
    await begin(ann)
    words = typed(rare())
    await ann.send(words)
    await ann.wait_for("for them, what do you want")
    await lock(ann)
    return words


def _after(ann: Person, count: int) -> str:
    return "\n".join(message.text for message in ann.messages[count:] if not message.mine)


async def test_the_message_with_the_pin_is_deleted_at_once(
    play: Playground, ann: Person, words: str
) -> None:
    await ann.until(lambda person: all(m.text != PIN for m in person.messages))
    await ann.send(PIN)
    await ann.wait_for("Today")
    await ann.until(lambda person: all(m.text != PIN for m in person.messages))


@pytest.mark.parametrize(
    "sent", ["/today", "/why", "/back", "/settings", "/progress", "/lock", "1234", "hello", "99999"]
)
async def test_nothing_kept_is_shown_and_the_screen_is_always_the_same(
    ann: Person, words: str, sent: str
) -> None:
    before = len(ann.messages)
    await ann.send(sent)
    shown = await ann.reply()
    assert shown.text == "This is locked. Send the PIN to go on."
    assert shown.buttons == [["Help and lines"]]
    assert words not in _after(ann, before)


async def test_old_buttons_are_locked_too_and_go_on_after_the_pin(ann: Person, words: str) -> None:
    await ann.send("/today")
    await ann.reply()
    await ann.press("Back")
    await ann.wait_for(lambda m: m.text.startswith("This is locked") and not m.mine)
    await ann.send(PIN)
    shown = await ann.wait_for(has("Keep it as it is"))
    assert words in shown.text


async def test_what_is_written_meanwhile_is_held_and_what_is_heard_is_answered(
    ann: Person, words: str
) -> None:
    held = typed(rare())
    await ann.send(held)
    await ann.wait_for("This is locked")
    await ann.send(typed("I want to kill myself tonight"))
    await ann.wait_for("safe right now")
    await ann.send("/help")
    shown = await ann.wait_for("emergency")
    assert words not in shown.text
    await ann.send("/today")
    await ann.wait_for("This is locked")
    await ann.send(PIN)
    await ann.wait_for("Today")
    await ann.press("Show it")
    assert held in (await ann.wait_for(lambda m: held in m.text and not m.mine)).text


async def test_five_wrong_pins_wait_and_the_right_one_waits_with_them(
    ann: Person, bot: TheBot, words: str
) -> None:
    for number in range(5):
        await ann.send(f"100{number}")
        await ann.reply()
    await ann.send(PIN)
    await ann.wait_for("can be tried again")
    bot.pass_time(timedelta(minutes=16))
    await ann.send(PIN)
    await ann.wait_for("Today")


async def test_it_closes_after_ten_idle_minutes_and_not_before(
    ann: Person, bot: TheBot, words: str
) -> None:
    await ann.send(PIN)
    await ann.wait_for("Today")
    bot.pass_time(timedelta(minutes=9))
    await ann.send("/settings")
    await ann.wait_for("Settings")
    bot.pass_time(timedelta(minutes=11))
    await ann.send("/settings")
    assert (await ann.reply()).text.startswith("This is locked")


async def test_a_correction_is_made_and_shows_nothing(ann: Person, words: str) -> None:
    message = next(m for m in ann.messages if m.text == words)
    better = typed(rare())
    await ann.edit(message, better)
    await ann.send(PIN)
    await ann.wait_for("Today")
    await ann.send("/back")
    shown = await ann.wait_for(lambda m: better in m.text and not m.mine)
    assert words not in shown.text


async def test_two_pins_that_differ_and_words_that_are_none_set_nothing(ann: Person) -> None:
    await begin(ann)
    await ann.send("/lock")
    await ann.wait_for("PIN of 4 to 12")
    await ann.send("twelve")
    await ann.wait_for("such as 4711")
    await ann.send("1234")
    await ann.wait_for("once more")
    await ann.send("1243")
    await ann.wait_for("not alike")
    await ann.send("/skip")
    await ann.send("/settings")
    await ann.wait_for("Settings")


async def test_a_forgotten_pin_leaves_erasing_everything(
    ann: Person, bot: TheBot, words: str
) -> None:
    await ann.send("/forget")
    await ann.wait_for("for good")
    await ann.press("Erase everything")
    await ann.wait_for("is erased")


async def test_it_can_be_taken_off_again(ann: Person, bot: TheBot, words: str) -> None:
    await ann.send(PIN)
    await ann.wait_for("Today")
    await ann.send("/lock")
    await ann.wait_for(has("Take the lock off"))
    await ann.press("Take the lock off")
    await ann.wait_for("The lock is off")
    bot.pass_time(timedelta(hours=1))
    await ann.send("/settings")
    await ann.wait_for("Settings")


async def test_the_lock_outlives_a_restart(ann: Person, bot: TheBot, words: str) -> None:
    await bot.restart()
    await ann.send("/why")
    assert (await ann.reply()).text.startswith("This is locked")
    assert PIN not in str(bot.holds(PIN))


async def test_the_plain_questions_and_stop_are_understood_without_the_pin(
    ann: Person, words: str
) -> None:
    await ann.send("who reads this?")
    shown = await ann.wait_for("No person reads along")
    assert words not in shown.text
    await ann.send("leave me alone")
    await ann.wait_for("Stop all that comes by itself")
    await ann.press("Stop all of it")
    await ann.wait_for("Nothing comes by itself any more")
    await ann.send("/why")
    await ann.wait_for("This is locked")
