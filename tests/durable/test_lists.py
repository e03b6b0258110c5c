"""Items of a list that are written around a kill: each there once, in the order of writing."""

from bot.playground.client import Playground
from tests.durable.one_person import agreed, say, tapped
from tests.durable.processes import Bot
from tests.durable.stored import copied, read
from tests.rare import rare, typed


async def test_a_list_that_is_being_written_goes_on_after_a_kill(
    play: Playground, bot: Bot
) -> None:
    ann = await agreed(play)
    items = [typed(rare()) for _ in range(4)]
    await say(ann, "/lists")
    for press in ("list:page:plan.0.1", "list:add:plan.0"):
        await tapped(ann, press)
    await say(ann, items[0])
    await say(ann, items[1])
    await bot.kill()
    await ann.send(items[2])  # while nobody is there
    await ann.send(items[3])
    await bot.up()
    await bot.kill()
    kept = (await read(copied(bot.data))).kept[ann.id]
    assert [k.text for k in kept if k.kind == "plan"] == items
