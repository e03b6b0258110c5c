"""Now and then: lines nobody opened are taken back, a talk that was left is named once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot import sweeping
from bot.outbox import Outgoing
from bot.person import Person, epoch_ms
from bot.storage import erasure, outbox, people
from bot.storage.rows import OutboxRow
from conversations.turn import Answer, State
from tests.clock.conftest import DAY, HOUR, NOON, Line, Room


async def sweep(room: Room, at: datetime) -> tuple[list[Outgoing], int]:
    async with room.database.writing() as conn:
        calls = await sweeping.take_back(room.house, conn, at)
        return calls, await sweeping.nudge_left(room.house, conn, at)


async def sent(room: Room, number: int) -> list[Line]:
    await room.once(await room.person(number), "reminder", NOON)
    lines = await room.claim(NOON)
    await room.deliver(lines, NOON)
    return lines


async def test_a_line_that_nobody_opened_is_deleted_at_forty_hours_once(room: Room) -> None:
    await sent(room, 1)
    assert await sweep(room, NOON + 39 * HOUR) == ([], 0)
    ((call,), _) = await sweep(room, NOON + 40 * HOUR)
    assert (call.chat, call.method, call.payload) == (1, "deleteMessages", {"message_ids": [100]})
    assert await sweep(room, NOON + 41 * HOUR) == ([], 0)
    async with room.database.reading() as conn:
        assert [row.id for row in await outbox.pending(conn)] == [call.row]


async def test_a_line_that_was_opened_stays_and_nobody_else_can_open_it(room: Room) -> None:
    (first,), (second,) = await sent(room, 1), await sent(room, 2)
    async with room.database.writing() as conn:
        await outbox.note_opened(conn, [(1, first.row), (1, second.row)], epoch_ms(NOON + HOUR))
        assert await outbox.newest_unopened(conn, 1) is None
        assert await outbox.newest_unopened(conn, 2) is not None
    calls, _ = await sweep(room, NOON + 40 * HOUR)
    assert [call.chat for call in calls] == [2]


async def test_a_reply_is_never_taken_back(room: Room) -> None:
    await room.person()
    async with room.database.writing() as conn:
        done = epoch_ms(NOON)
        await outbox.insert_outbox(conn, [OutboxRow(7, 1, 1, 0, done, message_id=5, done_at=done)])
    assert await sweep(room, NOON + 41 * HOUR) == ([], 0)


async def test_old_rows_go_in_parts(room: Room) -> None:
    await room.person()
    async with room.database.writing() as conn:
        rows = [OutboxRow(n, 1, 1, 0, 0, done_at=0) for n in range(1, 6)]
        await outbox.insert_outbox(conn, rows)
        parts = [await erasure.purge(conn, epoch_ms(NOON), limit=2) for _ in range(4)]
        assert parts == [True, True, False, False]


# --- one nudge ---


async def left(
    room: Room, person: Person, number: int = 1, at: datetime = NOON, answered: bool = True
) -> None:
    """A talk that was left then."""
    answers = {"want_self": Answer(at)} if answered else {}
    state = State(flow="three_questions", talk=number, answers=answers)
    async with room.database.writing() as conn:
        await people.save_talks(conn, [person.seal_talk(state, epoch_ms(at))])


async def nudges(room: Room, upto: timedelta, step: timedelta = 6 * HOUR) -> int:
    """How many lines come until then, with sweeps and claims all along."""
    at, count = NOON, 0
    while at <= NOON + upto:
        await sweep(room, at)
        count += len(await room.claim(at))
        at += step
    return count


@pytest.mark.parametrize("zone", ["UTC", None])
async def test_a_talk_that_was_left_is_named_once_after_two_days(
    room: Room, zone: str | None
) -> None:
    ann = await room.person()
    ann.row.zone = zone
    await room.save(ann)
    await left(room, ann)
    assert await nudges(room, 2 * DAY - HOUR) == 0
    assert await nudges(room, 9 * DAY) == 1
    await left(room, ann, at=NOON + 10 * DAY)  # gone on with, and left again
    assert await nudges(room, 20 * DAY) == 0


async def test_of_several_talks_left_together_one_is_named(room: Room) -> None:
    ann = await room.person()
    await left(room, ann, 1)
    await left(room, ann, 2, NOON + HOUR)
    assert await nudges(room, 9 * DAY) == 1


async def test_a_nudge_does_not_come_by_night(room: Room) -> None:
    ann = await room.person(zone="Pacific/Auckland")  # 1 in the morning there
    await left(room, ann)
    assert await nudges(room, 2 * DAY + 5 * HOUR, HOUR) == 0
    assert await nudges(room, 2 * DAY + 6 * HOUR, HOUR) == 1


@pytest.mark.parametrize(
    "profile",
    [
        {"marks": {"danger": epoch_ms(NOON + 30 * DAY)}},
        {"quiet_until": epoch_ms(NOON + 30 * DAY)},
    ],
)
async def test_no_nudge_under_a_mark_or_in_quiet(room: Room, profile: dict[str, Any]) -> None:
    await left(room, await room.person(**profile))
    assert await nudges(room, 9 * DAY) == 0


async def test_no_nudge_where_nothing_was_answered_or_something_else_brings_it_back(
    room: Room,
) -> None:
    ann, ben = await room.person(1), await room.person(2)
    await left(room, ann, answered=False)
    await left(room, ben)
    await room.once(ben, "second_look", NOON + 8 * DAY, talk=1, step="second_look")
    assert await nudges(room, 7 * DAY) == 0


async def test_a_talk_that_goes_on_before_its_nudge_is_not_named(room: Room) -> None:
    ann = await room.person(zone="Pacific/Auckland")
    await left(room, ann)
    await sweep(room, NOON + 2 * DAY)  # at night there: it waits for the morning
    await left(room, ann, at=NOON + 2 * DAY + HOUR)
    assert await room.claim(NOON + 2 * DAY + 7 * HOUR) == []
    assert await room.to_come(ann) == []
