"""While the Bot API misbehaves, every talk goes on to its end: nothing lost, nothing doubled."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.playground.client import Playground
from bot.playground.faults import Kind
from tests.durable.crowd import Crowd
from tests.durable.processes import Bot
from tests.durable.stored import copied, read

PEOPLE = 12
PATIENCE = 90.0
#: How much of what the bot calls goes wrong.
OFTEN = 0.1


def bad_gateways(play: Playground) -> None:
    play.faults.bad_gateway(probability=OFTEN)


def resets(play: Playground) -> None:
    play.faults.reset(probability=OFTEN)


def resets_after_acceptance(play: Playground) -> None:
    play.faults.reset_after(probability=OFTEN)


def pauses_asked_for(play: Playground) -> None:
    play.faults.too_many(1, probability=OFTEN, times=PEOPLE // 2)


def everything_at_once(play: Playground) -> None:
    play.faults.bad_gateway(probability=OFTEN / 3)
    play.faults.reset(probability=OFTEN / 3)
    play.faults.reset_after(probability=OFTEN / 3)
    play.faults.too_many(1, probability=OFTEN, times=PEOPLE // 4)
    play.faults.latency(0.05, probability=OFTEN / 3)


@pytest.mark.parametrize(
    ("strike", "kinds"),
    [
        (bad_gateways, {Kind.BAD_GATEWAY}),
        (resets, {Kind.RESET}),
        (resets_after_acceptance, {Kind.RESET_AFTER}),
        (pauses_asked_for, {Kind.TOO_MANY}),
        (everything_at_once, set(Kind)),
    ],
)
async def test_a_troubled_network_costs_nobody_a_word(
    play: Playground, bot: Bot, strike: Callable[[Playground], None], kinds: set[Kind]
) -> None:
    crowd = Crowd(play, PEOPLE, PATIENCE)
    strike(play)
    assert await crowd.finish() == []
    play.faults.clear()
    assert {kind for kind, count in play.faults.struck.items() if count} == kinds
    await all_is_right(bot, crowd, repeated=play.faults.struck[Kind.RESET_AFTER])


async def connections_reset(play: Playground, seconds: float) -> None:
    play.faults.outage(seconds)
    await asyncio.sleep(seconds)


async def nobody_listens(play: Playground, seconds: float) -> None:
    await play.down()
    await asyncio.sleep(seconds)
    await play.up()


Outage = Callable[[Playground, float], Awaitable[None]]


async def through_outage(play: Playground, bot: Bot, outage: Outage, seconds: float) -> None:
    """An outage in the midst of everyone's talk; soon after it, everyone has their reply."""
    crowd = Crowd(play, PEOPLE, PATIENCE)
    assert await crowd.steps(5) == []
    on = asyncio.create_task(crowd.finish())
    await play.called(lambda _: sum(len(c.waits) for c in crowd.chatters) >= PEOPLE * 8)
    await outage(play, seconds)
    back = asyncio.get_running_loop().time()
    assert not on.done()
    assert await on == []
    waits = [wait for chatter in crowd.chatters for wait in chatter.waits]
    held_up = [wait for wait in waits if wait.asked < back < wait.answered]
    assert held_up
    assert max(wait.answered for wait in held_up) - back < 10
    # What was under way at the beginning may have arrived without the bot hearing of it.
    await all_is_right(bot, crowd, repeated=PEOPLE)


@pytest.mark.parametrize("outage", [connections_reset, nobody_listens])
async def test_an_outage_is_waited_for(play: Playground, bot: Bot, outage: Outage) -> None:
    await through_outage(play, bot, outage, 4.0)


@pytest.mark.soak
@pytest.mark.parametrize("outage", [connections_reset, nobody_listens])
async def test_an_outage_of_half_a_minute_is_waited_for(
    play: Playground, bot: Bot, outage: Outage
) -> None:
    await through_outage(play, bot, outage, 30.0)


async def test_a_bot_killed_in_an_outage_goes_on_after_it(play: Playground, tmp_path: Path) -> None:
    async with Bot(play, tmp_path) as bot:
        await bot.up()
        crowd = Crowd(play, PEOPLE, PATIENCE)
        assert await crowd.steps(6) == []
        play.faults.reset("send*")
        on = asyncio.create_task(crowd.finish())
        await play.called(lambda call: call.method == "sendMessage" and not call.done)
        await bot.kill()
        play.faults.clear()
        await bot.start()
        assert await on == []
        await all_is_right(bot, crowd, repeated=PEOPLE)


async def all_is_right(bot: Bot, crowd: Crowd, repeated: int) -> None:
    """What was typed is stored as it was typed, and at most so many messages came once more."""
    await bot.kill()
    stored = await read(copied(bot.data))
    assert crowd.differences(stored) == []
    assert stored.set_aside == 0
    assert sum(crowd.sent.values()) - len(crowd.sent) <= repeated
