"""Killed while a place is being looked up: the question comes again, and is answered once."""

from bot.playground.client import Person, Playground, Shown
from tests.durable.one_person import SOON, agreed, tapped
from tests.durable.processes import Bot

#: The child reads half a million names before its first answer.
LONG = 60.0


def _says(person: Person, words: str) -> list[Shown]:
    return [shown for shown in person.messages if not shown.mine and words in shown.text]


async def test_a_kill_during_a_lookup_loses_neither_the_place_nor_what_was_said_meanwhile(
    play: Playground, bot: Bot
) -> None:
    ann, bob = await agreed(play), await agreed(play, "Bob")
    await ann.send("/settings")
    await ann.reply(SOON)
    await tapped(ann, "set:clock")
    await ann.send("Reykjavík")  # no zone of that spelling: the child has to know it
    await bob.send("/about")
    await bob.wait_for("three essays", SOON)
    assert not _says(ann, "Reykjavik")
    await ann.send("/about")
    await bot.kill()
    await bot.start()
    await ann.wait_for("three essays", LONG)
    assert len(_says(ann, "Reykjavik")) == 1
    assert len(_says(ann, "three essays")) == 1
