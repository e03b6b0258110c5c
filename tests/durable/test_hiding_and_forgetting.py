"""/hide and /forget are kept as promises too, though the process dies or the server is away."""

import asyncio
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from time import monotonic

from bot.playground.client import Person, Playground
from tests import shipped
from tests.durable.one_person import SOON, agreed, say, tapped
from tests.durable.probe import Point
from tests.durable.processes import Bot
from tests.durable.stored import copied, read
from tests.durable.test_restart import AT_MOST
from tests.rare import rare, typed

phrase = shipped.library().phrases


async def with_words(play: Playground) -> Person:
    """Somebody in whose chat something stands."""
    person = await agreed(play)
    for _ in range(2):
        await say(person, typed(rare()))
    return person


async def test_a_chat_is_emptied_though_the_bot_dies_before_it_begins(
    play: Playground, bot: Bot
) -> None:
    ann = await with_words(play)
    bot.marks.wish(Point.HIDING)
    await ann.send("/hide")
    await bot.gone()
    bot.marks.wish(Point.NOWHERE)
    await bot.up()
    await ann.until(lambda person: not person.messages, SOON)
    await play.polled(SOON)
    assert ann.messages == []


async def test_what_was_erased_leaves_no_bytes_though_the_bot_dies_right_after(
    play: Playground, bot: Bot
) -> None:
    ann = await with_words(play)
    await ann.send("/forget")
    await ann.reply(SOON)
    with closing(connect(bot.data / "threshold.db")) as conn:
        ((wrapped,),) = conn.execute("SELECT wrapped FROM keys").fetchall()
    assert holds(bot.data, wrapped)
    bot.marks.wish(Point.HIDING)
    (yes,) = [
        key["callback_data"]
        for row in ann.last.keys
        for key in row
        if "|forget:yes:" in key.get("callback_data", "")
    ]
    await ann.press_data(ann.last.id, yes)
    await bot.gone()
    bot.marks.wish(Point.NOWHERE)
    await bot.up()
    assert not holds(bot.data, wrapped)
    await play.called(lambda call: call.method == "answerCallbackQuery", SOON, ever=True)
    assert phrase("forget.done") in ann.toasts
    await bot.kill()
    assert (await read(copied(bot.data))).people == set()


def holds(data: Path, sealed: bytes) -> bool:
    return any(sealed in file.read_bytes() for file in data.iterdir())


async def test_asked_to_end_while_a_chat_cannot_be_emptied_it_ends_soon(
    play: Playground, bot: Bot
) -> None:
    ann = await with_words(play)
    play.faults.bad_gateway("deleteMessages")
    refused = asyncio.ensure_future(play.called(lambda call: call.method == "deleteMessages", SOON))
    await ann.send("/hide")
    await refused
    began = monotonic()
    assert await bot.end() == 0
    assert monotonic() - began < AT_MOST


async def test_others_are_answered_while_a_chat_cannot_be_emptied(
    play: Playground, bot: Bot
) -> None:
    ann, bob = await with_words(play), await agreed(play, "Bob")
    play.faults.bad_gateway("deleteMessages")
    await ann.send("/hide")
    await say(bob, typed(rare()))
    await tapped(bob, "t:1:want_them:_back")
