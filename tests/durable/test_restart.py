"""Stopped and started again, the bot goes on where everyone was; what cannot start says why."""

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from bot.playground.client import Person, Playground
from tests import shipped
from tests.durable.chatter import presses
from tests.durable.crowd import Crowd
from tests.durable.one_person import SOON, agreed, say, tapped
from tests.durable.probe import Point
from tests.durable.processes import Bot
from tests.durable.stored import copied, read
from tests.rare import rare, typed

DAYS = 86_400.0
#: Seconds that the end may take: what is under way gets a few.
AT_MOST = 10.0
phrase = shipped.library().phrases


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
async def test_after_a_restart_a_talk_goes_on_at_the_same_question(
    play: Playground, bot: Bot, how: signal.Signals
) -> None:
    ann = await agreed(play)
    first, second = typed(rare()), typed(rare())
    assert "t:1:want_them:_back" in await say(ann, first)
    await bot.end(how)
    await ann.send(second)  # while nobody is there
    await bot.start()
    await ann.wait_for(lambda shown: "t:1:want_between:_back" in presses(shown), 30)
    await bot.kill()
    (talk,) = (await read(copied(bot.data))).talks[ann.id]
    assert {step: answer.text for step, answer in talk.answers.items() if answer.text} == {
        "want_self": first,
        "want_them": second,
    }


async def test_an_edit_of_an_answer_given_before_a_restart_corrects_it(
    play: Playground, bot: Bot
) -> None:
    ann = await agreed(play)
    answer = await ann.send(typed(rare()))
    await ann.reply(SOON)
    await bot.kill()
    better = typed(rare())
    await ann.edit(answer, better)
    await bot.up()
    await bot.kill()
    (talk,) = (await read(copied(bot.data))).talks[ann.id]
    assert talk.answers["want_self"].text == better


async def with_a_second_look(play: Playground, bot: Bot) -> Person:
    """Somebody who looks again tomorrow; the bot has ended."""
    ann = await agreed(play)
    for _ in range(3):
        await say(ann, typed(rare()))
    await tapped(ann, "t:1:second_look:tomorrow")
    await tapped(ann, "clock:none")
    assert await bot.end() == 0
    return ann


def ahead() -> str:
    """Seconds to a noon three days on, UTC: by night what is late would wait for the morning."""
    now = datetime.now(UTC)
    return str(3 * DAYS + 12 * 3_600 - (now.hour * 3_600 + now.minute * 60 + now.second))


async def test_a_reminder_that_came_due_while_the_bot_was_down_is_sent_once(
    play: Playground, bot: Bot
) -> None:
    ann = await with_a_second_look(play, bot)
    for how in (signal.SIGKILL, signal.SIGTERM):
        await bot.start("--ahead", ahead())
        due = await ann.wait_for(phrase("due.late"), 30, ever=True)
        await play.polled(SOON)
        await asyncio.sleep(1.5)  # the clock ticks once a second: nothing more comes of it
        await bot.end(how)
    assert [shown.text for shown in ann.messages].count(due.text) == 1
    await bot.start("--ahead", ahead())
    await tapped(ann, presses(due)[0])
    assert any(press.startswith("t:1:second_look:") for press in presses(ann.last))


async def test_a_reminder_is_sent_though_the_bot_dies_when_it_is_due(
    play: Playground, bot: Bot
) -> None:
    ann = await with_a_second_look(play, bot)
    bot.marks.wish(Point.DUE)
    await bot.start("--ahead", ahead())
    await bot.gone()
    bot.marks.wish(Point.NOWHERE)
    assert phrase("due.late") not in str(ann)
    await bot.start("--ahead", ahead())
    await ann.wait_for(phrase("due.late"), 30)
    assert await bot.end() == 0
    assert str(ann).count(phrase("due.late")) == 1


async def test_asked_to_end_amid_a_crowd_it_ends_soon_and_loses_nothing(
    play: Playground, bot: Bot
) -> None:
    crowd = Crowd(play, 20)
    assert await crowd.steps(3) == []
    play.faults.latency(0.2, "send*")
    on = asyncio.create_task(crowd.finish())
    await play.called(lambda _: sum(len(c.waits) for c in crowd.chatters) >= 20 * 6)
    began = monotonic()
    assert await bot.end() == 0
    assert monotonic() - began < AT_MOST
    play.faults.clear()
    before = crowd.sent.total()
    await bot.start()
    assert await on == []
    assert crowd.sent.total() > before
    assert await bot.end() == 0
    stored = await read(copied(bot.data))
    assert crowd.differences(stored) == []
    assert stored.owed == []
    assert crowd.sent.total() == len(crowd.sent)  # an orderly end repeats nothing


async def test_asked_to_end_while_the_bot_api_is_away_it_ends_soon(
    play: Playground, bot: Bot
) -> None:
    ann = await agreed(play)
    await play.down()
    await ann.send(typed(rare()))
    began = monotonic()
    assert await bot.end() == 0
    assert monotonic() - began < AT_MOST
    await play.up()
    await bot.start()
    await ann.wait_for(lambda shown: "t:1:want_them:_back" in presses(shown), 30)


async def test_a_second_bot_on_the_same_folder_is_refused_and_the_first_goes_on(
    play: Playground, bot: Bot, tmp_path: Path
) -> None:
    (tmp_path / "second").mkdir()
    async with Bot(play, tmp_path / "second", data=bot.data) as second:
        await second.start()
        assert await second.gone() == 1
        (line,) = second.log.read_text().splitlines()
        assert line == f"Another Threshold is using the database in {bot.data}."
    await agreed(play)
    assert bot.runs
