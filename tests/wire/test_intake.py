"""Updates are confirmed only after they were handled, and one bad entry spoils only itself."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.intake import ALLOWED_UPDATES
from bot.playground.client import Playground
from bot.readable import clean
from bot.transport import Transport
from tests.wire.reader import Reader


async def test_a_batch_is_confirmed_only_after_it_was_handled(
    play: Playground, transport: Transport
) -> None:
    ann = play.person()
    await ann.send("one")
    await ann.send("two")
    polls_before_handling = []

    def polls() -> list[dict[str, Any]]:
        return [call.params for call in play.calls if call.method == "getUpdates"]

    def fail(call: int) -> bool:
        polls_before_handling.append(len(polls()))
        return call < 3

    async with Reader(transport, fail) as reader:
        await reader.until(lambda reader: len(reader.batches) == 1)
        await ann.send("three")
        await reader.until(lambda reader: len(reader.batches) == 2)
    assert reader.texts() == ["one", "two", "three"]
    assert polls_before_handling == [1, 1, 1, 2], "no poll, so no confirmation, in between"
    assert "offset" not in polls()[0]
    assert polls()[1]["offset"] == reader.batches[0][-1]["update_id"] + 1
    assert all(poll["allowed_updates"] == ALLOWED_UPDATES for poll in polls())


async def test_what_is_not_finished_is_not_confirmed_and_holds_up_nobody(
    play: Playground, transport: Transport
) -> None:
    ann, bob = play.person(), play.person()

    def offsets() -> set[int | None]:
        polls = [call.params for call in play.calls if call.method == "getUpdates"]
        return {poll.get("offset") for poll in polls}

    async with Reader(transport) as reader:
        reader.unfinished = {play.world.updates.next_id}
        await ann.send("slow")
        await bob.send("one")
        await reader.until(lambda reader: len(reader.texts()) == 2)
        slow = reader.batches[0][0]["update_id"]
        assert reader.unfinished == {slow}
        await bob.send("two")
        await reader.until(lambda reader: len(reader.texts()) == 3)
        await bob.send("three")
        await reader.until(lambda reader: len(reader.texts()) == 4)
        assert max(offset or 0 for offset in offsets()) <= slow
        reader.unfinished.clear()
        await bob.send("four")
        await reader.until(lambda reader: len(reader.texts()) == 5)
        await play.called(lambda call: call.params.get("offset") == slow + 5, ever=True)
    assert reader.texts() == ["slow", "one", "two", "three", "four"]


async def test_an_unhandled_batch_comes_again_to_the_next_process(
    play: Playground, transport: Transport
) -> None:
    await play.person().send("one")
    async with Reader(transport, fail=lambda _: True) as dying:
        await dying.until(lambda reader: reader.calls == 1)
    assert dying.batches == []
    async with Reader(transport) as reader:
        await reader.until(lambda reader: bool(reader.batches))
    assert reader.texts() == ["one"]


async def test_bad_entries_are_passed_over_and_nobody_is_held_up(
    play: Playground, transport: Transport
) -> None:
    ann = play.person()
    deep = b"[" * 700 + b"]" * 700
    for bad in (
        b'"no object"',
        b"[1, 2]",
        b"null",
        b'{"message": {"text": "no number"}}',
        b'{"update_id": "many"}',
        b'{"update_id": true}',
        b'{"update_id": -4}',
        b'{"update_id": 99999999999999999999999999}',
        b'{"update_id": 1.5}',
        b'{"update_id": 5, "message": ' + deep + b"}",
    ):
        play.inject(bad)
    await ann.send("after them")
    async with Reader(transport) as reader:
        await reader.until(lambda reader: bool(reader.batches))
        play.inject(b'"alone"')
        await ann.send("still here")
        await reader.until(lambda reader: "still here" in reader.texts())
    assert reader.texts() == ["after them", "still here"]
    assert reader.poller.passed_over >= 10


async def test_an_entry_that_is_no_json_is_stepped_over_by_its_number(
    play: Playground, transport: Transport
) -> None:
    ann = play.person()
    await ann.send("before")
    number = play.inject(b"{}")
    play.inject(b'{"update_id": %d, "message": {"text": "half' % (number + 1))
    await ann.send("after")
    play.inject(b'{"update_id": ')
    await ann.send("last")
    async with Reader(transport) as reader:
        await reader.until(lambda reader: "last" in reader.texts())
    assert "before" in reader.texts()
    assert "after" in reader.texts()


async def test_half_pairs_are_replaced_and_whole_ones_kept(
    play: Playground, transport: Transport
) -> None:
    number = play.inject(b"{}")
    text = b'{"update_id": %d, "message": {"text": "a\\ud83d b\\ud83d\\ude42 \\ude42"}}'
    play.inject(text % (number + 1))
    async with Reader(transport) as reader:
        await reader.until(lambda reader: any("b" in text for text in reader.texts()))
    assert reader.texts()[-1] == "a\ufffd b🙂 \ufffd"


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists))
def test_clean_leaves_good_values_alone(value: Any) -> None:
    assert clean(value) == value


@given(st.text(st.characters(categories=("L", "Cs", "So"))))
def test_clean_values_can_always_be_stored_and_keep_their_length(text: str) -> None:
    cleaned = clean({text: [text]})
    [(key, [inner])] = cleaned.items()
    assert key == inner
    assert len(inner.encode().decode()) == len(text)
    assert json.loads(json.dumps(cleaned)) == cleaned
