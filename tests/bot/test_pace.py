"""A flood slows only the one it comes from, and never what matters."""

import pytest

from bot import pace
from bot.playground.client import Person, Playground
from tests.rare import rare, typed

from .conftest import TheBot
from .walks import begin


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BURST", 12.0)
    monkeypatch.setattr(pace, "A_SECOND", 0.0)


def _bots(person: Person) -> list[str]:
    return [message.text for message in person.messages if not message.mine]


async def _flood(person: Person) -> None:
    for _ in range(20):
        await person.send("/today")
    await person.wait_for("faster than I can answer")


async def test_a_flood_is_not_answered_each_time_and_says_so_once(ann: Person) -> None:
    await begin(ann)
    await _flood(ann)
    said = _bots(ann)
    await ann.send("/help")
    await ann.wait_for("emergency")
    assert sum("faster than I can answer" in text for text in said) == 1
    assert len(said) < 20


async def test_help_and_what_is_heard_are_answered_at_any_pace(ann: Person) -> None:
    await begin(ann)
    await _flood(ann)
    await ann.send("/help")
    await ann.wait_for("emergency")
    await ann.send(typed("I want to kill myself tonight"))
    await ann.wait_for("safe right now")


async def test_every_word_of_a_flood_is_kept_and_others_are_answered(
    play: Playground, ann: Person, bot: TheBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(ann)
    await _flood(ann)
    words = typed(rare())
    await ann.send(words)
    bob = play.person("Bob")
    await bob.send("/start")
    await bob.wait_for("Nothing is kept before you agree")
    monkeypatch.setattr(pace, "A_SECOND", 1_000.0)
    await ann.send("/back")
    shown = await ann.wait_for(lambda message: words in message.text)
    assert shown.buttons
