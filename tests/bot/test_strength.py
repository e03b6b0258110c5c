"""Verbs of the weak moment over real HTTP: a breath, a timer, a letter; in a flow of their own."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import app
from bot.outbox import playing
from bot.playground.client import Person, Playground, Shown
from conversations.library import FLOWS, read_library
from tests import shipped

from .conftest import TheBot
from .walks import agree, has

FLOW = """
title = "A pull"
command = "pull"
need = "strength"
open_to = ["people"]

[steps.pulls]
ask = "What pulls at you?"

[steps.breath]
breathe = "Three breaths, as slow as you like."

[steps.timer]
wait = "I come back in 20 minutes."
length = "20m"

[steps.feel]
ask = "How is it now?"

[steps.letter]
compose = "Both in one."
of = ["pulls", "feel"]
keep = "letter"

[steps.end]
say = "It stays here."
offer = ["today"]
"""
#: The middle of the night, UTC and on every clock near it: within anybody's quiet hours.
NIGHT = datetime(2030, 6, 2, 1, 30, tzinfo=UTC)
LINE = "Something you set for now is here."


@pytest.fixture(autouse=True)
def _flow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot has one exercise more, and a breath takes a twentieth of a second."""
    folder = tmp_path / "flows"
    shutil.copytree(FLOWS, folder)
    (folder / "pull.toml").write_text(FLOW, encoding="utf-8")
    content = (read_library(folder), *shipped.content()[1:])
    monkeypatch.setattr(app, "read_content", lambda: content)
    monkeypatch.setattr(playing, "TEMPO", 0.0125)


async def to_breath(ann: Person, pulls: str = "a message came") -> Shown:
    """From nothing to the breath."""
    await agree(ann)
    await ann.send("/pull")
    await ann.wait_for("What pulls at you?")
    await ann.send(pulls)
    return await ann.wait_for("Three breaths")


async def to_timer(ann: Person) -> Shown:
    """From nothing to the timer."""
    await to_breath(ann)
    await ann.press("Go on")
    return await ann.wait_for("I come back in 20 minutes.")


def edits(play: Playground) -> list[str]:
    """What messages were edited to."""
    return [call.params["text"] for call in play.calls if call.method == "editMessageText"]


# --- a breath ---


async def test_a_breath_is_played_to_its_end_and_its_button_goes_on(
    ann: Person, play: Playground
) -> None:
    breath = await to_breath(ann)
    ended = await ann.wait_for("That was the last one")
    assert ended.id == breath.id
    assert ended.buttons[0] == ["Go on"]
    assert [text.rpartition("\n")[2][:6] for text in edits(play)][-6:-1] == [
        "1 of 3",
        "2 of 3",
        "2 of 3",
        "3 of 3",
        "3 of 3",
    ]
    await ann.press("Go on")
    assert (await ann.wait_for("I come back")).id == breath.id


async def test_words_during_a_breath_stop_it_and_go_on(
    ann: Person, play: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playing, "TEMPO", 0.2)
    breath = await to_breath(ann)
    await ann.wait_for("1 of 3: breathe out")
    await ann.send("my hands are cold")
    await ann.wait_for("I come back")
    before = edits(play)
    await asyncio.sleep(1)
    assert edits(play) == before, "nothing is played any more"
    stands = next(message for message in ann.messages if message.id == breath.id)
    assert "of 3: breathe" in stands.text
    assert stands.buttons[0] == ["Go on"]


async def test_a_tap_during_a_breath_is_not_taken_back_by_it(ann: Person) -> None:
    await to_breath(ann)
    await ann.wait_for("1 of 3: breathe out")
    await ann.press("Go on")
    shown = await ann.wait_for("I come back")
    await asyncio.sleep(0.3)
    assert next(m for m in ann.messages if m.id == shown.id).text == shown.text


async def test_hiding_during_a_breath_leaves_nothing(ann: Person, play: Playground) -> None:
    await to_breath(ann)
    await ann.wait_for("1 of 3: breathe out")
    await ann.send("/hide")
    await ann.until(lambda person: person.messages == [])
    await asyncio.sleep(0.5)
    assert ann.messages == []


async def test_a_restart_leaves_the_breath_with_its_button(ann: Person, bot: TheBot) -> None:
    breath = await to_breath(ann)
    await bot.restart()
    stands = next(message for message in ann.messages if message.id == breath.id)
    assert stands.buttons[0] == ["Go on"]
    await ann.press("Go on", on=stands)
    await ann.wait_for("I come back")


# --- a timer ---


async def test_twenty_minutes_really_come_back_at_night_and_after_a_restart(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(NIGHT)
    await to_timer(ann)
    bot.pass_time(timedelta(minutes=19))
    await ann.send("/about")
    await ann.wait_for("three essays")
    assert LINE not in str(ann)
    await bot.restart()
    bot.pass_time(timedelta(minutes=1, seconds=1))
    line = await ann.wait_for(LINE)
    assert "pull" not in line.text
    await ann.press("Open", on=line)
    shown = await ann.wait_for("How is it now?")
    assert "The time is up." in shown.text


async def test_a_timer_asks_nobody_for_their_clock(ann: Person, bot: TheBot) -> None:
    await to_timer(ann)
    assert "clock" not in str(ann)
    assert bot.tables()["appointments"] == 1


async def test_a_timer_that_passed_while_the_bot_was_away_comes_late(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(NIGHT)
    await to_timer(ann)
    await bot.stop()
    bot.pass_time(timedelta(hours=1))
    await bot.start()
    await ann.wait_for("it comes late")
    await ann.press("Open")
    await ann.wait_for("How is it now?")


async def test_quiet_for_a_week_still_lets_a_timer_through(ann: Person, bot: TheBot) -> None:
    await to_timer(ann)
    await ann.press("Go on")
    await ann.wait_for("How is it now?")
    assert "appointments" not in bot.tables(), "gone on without it, it does not come"


# --- a letter ---


async def to_letter(ann: Person, pulls: str, feel: str) -> Shown:
    """From nothing to the letter."""
    await to_breath(ann, pulls)
    await ann.press("Go on")
    await ann.wait_for("I come back")
    await ann.press("Go on")
    await ann.wait_for("How is it now?")
    await ann.send(feel)
    await ann.wait_for("Both in one.")
    return await ann.wait_for(has("Copy"))


async def test_a_short_letter_has_a_copy_button_with_its_words(ann: Person) -> None:
    letter = await to_letter(ann, "a message came", "quieter & slower")
    (copy,) = [key for row in letter.keys for key in row if "copy_text" in key]
    assert copy["copy_text"] == {"text": "a message came\n\nquieter & slower"}
    assert not letter.protected


async def test_a_long_letter_stands_alone_in_as_many_bubbles_as_it_takes(ann: Person) -> None:
    pulls, feel = "one <b> and & two. " * 200, "quieter. " * 50
    await to_letter(ann, pulls, feel)
    await ann.press("Copy")
    asked = await ann.wait_for("It stands above")
    mine = [m for m in ann.messages if not m.mine]
    bubbles = mine[-3:-1]
    assert " ".join(bubble.text for bubble in bubbles).split() == f"{pulls}\n\n{feel}".split()
    assert all(bubble.buttons == [] and not bubble.protected for bubble in bubbles)
    assert asked.id == mine[-1].id
    await ann.press("Done", on=asked)
    await ann.wait_for("It stays here.")


# --- the exercise itself ---


async def test_two_taps_from_doubt_one_breathes_and_twenty_minutes_come_back_at_night(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(NIGHT)
    await agree(ann)
    await ann.send("/doubt")
    await ann.press("Fear", on=await ann.wait_for("What pulls right now?"))
    await ann.press("8", on=await ann.wait_for("How strong is it?"))
    breath = await ann.wait_for("Three slow breaths.")
    ended = await ann.wait_for("That was the last one")
    assert ended.id == breath.id
    await ann.press("Go on", on=ended)
    for _ in range(3):
        shown = await ann.reply()
        if has("Wait 20 minutes")(shown):
            break
        await ann.press("Skip", on=shown)
    await ann.press("Wait 20 minutes", on=await ann.wait_for(has("Wait 20 minutes")))
    await ann.wait_for("Twenty minutes, then I am back.")
    await bot.restart()
    bot.pass_time(timedelta(minutes=20, seconds=1))
    await ann.press("Open", on=await ann.wait_for(LINE))
    assert "The time is up." in (await ann.wait_for("what became of the pull")).text
