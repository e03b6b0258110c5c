"""Updates are confirmed only after they were handled, and one bad entry spoils only itself."""

import asyncio
import json
import socket
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StartError
from bot.intake import ALLOWED_UPDATES, Poller, TokenRefused, check_token
from bot.playground.client import TOKEN, Playground
from bot.readable import Update, clean
from bot.transport import Transport
from tests.wire.scripted import scripted


class Reader:
    """Handles batches as told and remembers them."""

    def __init__(self, transport: Transport, fail: Callable[[int], bool] = lambda _: False) -> None:
        self.batches: list[list[Update]] = []
        self.unfinished: set[int] = set()
        self.calls = 0
        self.stop = asyncio.Event()
        self.poller = Poller(transport, self._handle, lambda: self.unfinished, poll_seconds=5)
        self._fail = fail
        self._stirred = asyncio.Event()

    async def _handle(self, updates: list[Update]) -> None:
        self.calls += 1
        self._stirred.set()
        if self._fail(self.calls):
            raise OSError("the database is away")
        self.batches.append(updates)

    def texts(self) -> list[str]:
        return [
            update.get("message", {}).get("text", "?") for batch in self.batches for update in batch
        ]

    async def until(self, holds: Callable[["Reader"], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds(self):
                self._stirred.clear()
                await self._stirred.wait()

    async def __aenter__(self) -> "Reader":
        self.task = asyncio.create_task(self.poller.run(self.stop))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.stop.set()
        async with asyncio.timeout(5):
            await self.task


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


async def test_network_trouble_is_waited_out(play: Playground, transport: Transport) -> None:
    ann = play.person()
    play.faults.bad_gateway("getupdates", times=2)
    play.faults.reset("getupdates", times=2)
    await ann.send("one")
    async with Reader(transport) as reader:
        await reader.until(lambda reader: reader.texts() == ["one"])
        await play.down()
        await ann.send("two")
        await play.up()
        await reader.until(lambda reader: reader.texts() == ["one", "two"])


async def test_an_answer_that_got_lost_loses_no_update(
    play: Playground, transport: Transport
) -> None:
    ann = play.person()
    play.faults.reset_after("getupdates", probability=0.5)
    async with Reader(transport) as reader:
        for number in range(10):
            await ann.send(str(number))
            await reader.until(lambda reader, said=str(number): said in reader.texts())  # type: ignore[misc]
    assert reader.texts() == [str(number) for number in range(10)]


async def test_another_poller_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.intake.CONFLICT_PAUSE", 0.05)
    conflicts = 3

    async def answer(method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        nonlocal conflicts
        conflicts -= 1
        if conflicts >= 0:
            return 409, b'{"ok": false, "description": "Conflict: terminated by other"}'
        if "offset" in params:
            await asyncio.sleep(30)
        return 200, b'{"ok": true, "result": [{"update_id": 1}]}'

    async with scripted(answer) as api_url:
        transport = Transport(api_url, TOKEN)
        async with Reader(transport) as reader:
            await reader.until(lambda reader: bool(reader.batches))
        await transport.close()
    told = capsys.readouterr().out
    assert told.count("another_poller") == 1
    assert told.count("polling_works_again") == 1


@pytest.mark.parametrize("status", [401, 404])
async def test_a_refused_token_ends_the_polling(status: int) -> None:
    async def answer(method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        return status, b'{"ok": false, "description": "Unauthorized"}'

    async with scripted(answer) as api_url:
        transport = Transport(api_url, TOKEN)
        with pytest.raises(TokenRefused):
            await Reader(transport).poller.run(asyncio.Event())
        with pytest.raises(StartError, match="THRESHOLD_BOT_TOKEN") as refused:
            await check_token(transport)
        await transport.close()
    assert refused.value.exit_code == 2
    assert TOKEN not in refused.value.message


async def test_stopping_abandons_the_long_poll_at_once_and_finishes_the_batch_in_hand(
    play: Playground, transport: Transport
) -> None:
    begun, finish = asyncio.Event(), asyncio.Event()
    finished = 0

    async def handle(updates: list[Update]) -> None:
        nonlocal finished
        begun.set()
        await finish.wait()
        finished += len(updates)

    stop = asyncio.Event()
    task = asyncio.create_task(Poller(transport, handle).run(stop))
    await play.person().send("one")
    await begun.wait()
    stop.set()
    finish.set()
    async with asyncio.timeout(5):
        await task
    assert finished == 1


async def test_a_server_out_of_reach_at_the_start_is_one_line_with_the_host() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    transport = Transport(f"http://127.0.0.1:{port}", TOKEN)
    with pytest.raises(StartError, match=f"127.0.0.1:{port}") as refused:
        await check_token(transport)
    await transport.close()
    assert refused.value.exit_code == 1
    assert TOKEN not in refused.value.message
    assert "\n" not in refused.value.message


async def test_a_server_that_stumbles_at_the_start_is_asked_again(
    play: Playground, transport: Transport
) -> None:
    play.faults.bad_gateway("getme", times=2)
    play.faults.reset("getme", times=1)
    assert (await check_token(transport))["is_bot"] is True


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
