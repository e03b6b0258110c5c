"""Killed at any instant, the bot loses nothing, stores nothing twice and leaves nobody stuck."""

from pathlib import Path

import pytest

from bot.playground.client import Playground
from tests.durable.crowd import Crowd
from tests.durable.kills import COMMIT, SEND, Account, chat_through_kills, course
from tests.durable.mutants import MUTANTS
from tests.durable.probe import Point
from tests.durable.processes import Bot

#: The short form: one kill at each point that matters, after everyone has begun to write.
SHORT = (Point.COMMITTED, Point.SENT, Point.FETCHED)
SHORT_PEOPLE = 12
#: Inputs until everyone stands before the first question that wants words.
TO_THE_QUESTIONS = 5
#: How long people wait for a reply, in seconds; where a mutant leaves them without, not so long.
PATIENCE, GIVEN_UP = 60.0, 7.0


async def kill(
    play: Playground, folder: Path, kills: int, people: int, *, seed: int, whole: bool
) -> Account:
    async with Bot(play, folder, whole=whole) as bot:
        await bot.up()
        crowd = Crowd(play, people)
        account = await chat_through_kills(bot, crowd, course(kills, seed), seed=seed)
    print(account)  # noqa: T201 - the figures, shown with -s
    assert account.faults == []
    assert account.kills == kills
    assert account.phases[COMMIT] >= 3
    assert account.phases[SEND] >= 3
    return account


async def test_thirty_people_chat_on_through_ten_kills(play: Playground, tmp_path: Path) -> None:
    await kill(play, tmp_path, 10, 30, seed=1, whole=False)


@pytest.mark.soak
@pytest.mark.timeout(900)
async def test_fifty_people_chat_on_through_a_hundred_kills(
    play: Playground, tmp_path: Path
) -> None:
    await kill(play, tmp_path, 100, 50, seed=2, whole=True)


async def short(play: Playground, folder: Path, patience: float, *arguments: str) -> list[str]:
    async with Bot(play, folder, *arguments) as bot:
        await bot.up()
        crowd = Crowd(play, SHORT_PEOPLE, patience)
        faults = await crowd.steps(TO_THE_QUESTIONS)
        assert faults == []
        return (await chat_through_kills(bot, crowd, SHORT, seed=3, pause=0)).faults


async def test_the_short_form_finds_no_fault_in_the_bot(play: Playground, tmp_path: Path) -> None:
    assert await short(play, tmp_path, PATIENCE) == []


@pytest.mark.parametrize(
    ("mutant", "signs"),
    [
        ("confirm_early", ("never came",)),
        ("send_early", ("came twice",)),
        ("no_seen_check", ("came twice", "words at")),
    ],
)
async def test_the_short_form_finds_the_fault_of_each_mutant(
    play: Playground, tmp_path: Path, mutant: str, signs: tuple[str, ...]
) -> None:
    patience = GIVEN_UP if "never came" in signs else PATIENCE
    found = await short(play, tmp_path, patience, "--mutant", mutant)
    assert any(sign in line for sign in signs for line in found), found


def test_every_mutant_is_tried() -> None:
    assert set(MUTANTS) == {"confirm_early", "send_early", "no_seen_check"}
