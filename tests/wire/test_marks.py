"""What became of each row reaches the database: with the next turn, or soon by itself."""

import asyncio
from collections.abc import Callable
from unittest.mock import Mock

import pytest

from bot.outbox import Mark, Outcome, Outgoing, now_ms
from bot.outbox.marks import MarkBook
from tests.wire.conftest import Desk


def _mark(row: int) -> Mark:
    return Mark(row, 7, row + 100, now_ms(), Outcome.DELIVERED)


async def test_a_turn_takes_the_marks_with_ids_and_moment(desk: Desk) -> None:
    ann = await desk.person()
    before = now_ms()
    items = desk.say(ann, "one", "two")
    assert await desk.settled(items)
    marks = desk.outbox.take_marks()
    shown = [message.id for message in ann.messages if not message.mine]
    assert [(mark.row, mark.chat, mark.message_id, mark.outcome) for mark in marks] == [
        (item.row, ann.id, number, Outcome.DELIVERED)
        for item, number in zip(items, shown, strict=True)
    ]
    assert all(before <= mark.at <= now_ms() for mark in marks)
    assert desk.outbox.take_marks() == []


async def test_marks_that_no_turn_takes_are_written_by_themselves(desk: Desk) -> None:
    ann = await desk.person()
    [item] = desk.say(ann, "one")
    assert await desk.settled([item])
    await asyncio.wait_for(desk.wrote.wait(), 10)
    assert [mark.row for mark in desk.written] == [item.row]
    assert desk.outbox.take_marks() == []


async def test_a_message_that_is_stored_nowhere_gets_no_mark(desk: Desk) -> None:
    ann = await desk.person()
    welcome = Outgoing(-5, ann.id, "sendMessage", {"text": "Welcome."})
    desk.outbox.send([welcome])
    assert await desk.settled([welcome])
    assert desk.outbox.message_of(-5) == ann.last.id
    assert desk.outbox.take_marks() == []


async def test_a_database_that_is_away_loses_no_mark_and_keeps_their_order() -> None:
    written: list[Mark] = []
    tries = 0
    done = asyncio.Event()

    async def write(marks: list[Mark]) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OSError("the database is away")
        written.extend(marks)
        done.set()

    book = MarkBook(write)
    book.add(_mark(1))
    book.add(_mark(2))
    await asyncio.wait_for(done.wait(), 10)
    assert [mark.row for mark in written] == [1, 2]
    await book.close()


async def test_marks_of_a_transaction_that_failed_are_given_back_first() -> None:
    async def write(marks: list[Mark]) -> None:
        pytest.fail("a turn took them")

    book = MarkBook(write)
    book.add(_mark(1))
    taken = book.take()
    book.add(_mark(2))
    book.give_back(taken)
    assert [mark.row for mark in book.take()] == [1, 2]
    await book.close()


async def test_while_turns_take_the_marks_none_are_written_beside_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def write(marks: list[Mark]) -> None:
        pytest.fail("turns were passing by")

    loop, due = asyncio.get_running_loop(), list[Callable[[], None]]()

    def call_later(_seconds: float, callback: Callable[[], None]) -> Mock:
        due.append(callback)
        return Mock()

    book = MarkBook(write)
    taken = []
    for row in range(20):
        with monkeypatch.context() as patch:
            patch.setattr(loop, "call_later", call_later)
            book.add(_mark(row))
            if row % 5 == 4:
                due.pop()()  # the time is up between a mark and the turn that takes it
        await asyncio.sleep(0)
        taken += book.take()
    assert [mark.row for mark in taken] == list(range(20))
    assert len(due) == 1, "it goes on looking"
    await book.close()


async def test_the_end_writes_what_is_left() -> None:
    written: list[Mark] = []

    async def write(marks: list[Mark]) -> None:
        written.extend(marks)

    book = MarkBook(write)
    book.add(_mark(1))
    await book.close()
    assert [mark.row for mark in written] == [1]


async def test_settled_waits_for_these_rows_only_and_not_longer_than_told(desk: Desk) -> None:
    ann, ben = await desk.person("Ann"), await desk.person("Ben")
    desk.play.faults.too_many(60, chat_id=ann.id)
    held, sent = desk.say(ann, "one"), desk.say(ben, "two")
    assert await desk.settled(sent)
    assert not await desk.settled(held, 0.05)
    assert await desk.settled([], 0)
    waiting = asyncio.create_task(desk.settled(held))
    await asyncio.sleep(0)
    desk.outbox.drop(ann.id)
    assert await waiting
