"""What nobody comes back for: talks go after a year, people after two, told a month ahead."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot import retention
from bot.house import Lengths
from bot.person import Person, epoch_ms
from bot.retention import MONTH, Kept, Retention
from bot.storage import people
from conversations.turn import State
from tests.clock.conftest import DAY, HOUR, NOON, Room

YEAR = 12 * MONTH


async def look(room: Room, at: datetime, lengths: Lengths | None = None) -> Kept:
    house = replace(room.house, lengths=lengths or Lengths())
    async with room.database.writing() as conn:
        return await Retention(house).look(conn, at)


async def again(room: Room, number: int = 1) -> Person | None:
    async with room.database.reading() as conn:
        row = (await people.load_people(conn, [number])).get(number)
    return Person.open(row, [], None, room.house.keyring) if row else None


async def has_talk(room: Room) -> bool:
    async with room.database.reading() as conn:
        return bool(await people.load_all_talks(conn, 1))


async def test_a_talk_nobody_touches_is_kept_for_a_year(room: Room) -> None:
    ann = await room.person()
    async with room.database.writing() as conn:
        talk = ann.seal_talk(State("three_questions", 1, "want_self"), epoch_ms(NOON))
        await people.save_talks(conn, [talk])
    await look(room, NOON + YEAR - DAY)
    assert await has_talk(room)
    await look(room, NOON + 2 * YEAR, Lengths(talks=0))
    assert await has_talk(room)
    await look(room, NOON + YEAR + DAY)
    assert not await has_talk(room)


async def test_somebody_away_is_told_once_and_erased_a_month_later(room: Room) -> None:
    await room.person()
    assert (await look(room, NOON + 2 * YEAR - timedelta(days=31))).calls == []
    told = NOON + 2 * YEAR - timedelta(days=29)
    (call,) = (await look(room, told)).calls
    assert call.chat == 1
    assert "Thursday 23 November" in call.payload["text"]
    assert (await look(room, told + DAY)).calls == []
    assert (await look(room, told + 29 * DAY)).erased == []
    kept = await look(room, told + 30 * DAY)
    assert (kept.erased, kept.calls) == ([1], [])
    assert await again(room) is None


async def test_who_comes_back_stays_and_is_told_anew_another_time(room: Room) -> None:
    await room.person()
    told = NOON + 2 * YEAR
    assert len((await look(room, told)).calls) == 1
    ann = await again(room)
    assert ann is not None
    ann.row.seen_at = epoch_ms(told + DAY)
    await room.save(ann)
    assert (await look(room, told + 40 * DAY)).erased == []
    assert len((await look(room, told + DAY + 2 * YEAR)).calls) == 1


async def test_nobody_is_told_at_night_and_who_cannot_be_reached_is_erased_untold(
    room: Room,
) -> None:
    await room.person(1, "Asia/Kathmandu")
    bob = await room.person(2)
    bob.row.unreachable_since = epoch_ms(NOON)
    await room.save(bob)
    night = NOON + 2 * YEAR + 10 * HOUR
    assert (await look(room, night)).calls == []
    kept = await look(room, night + 31 * DAY)
    assert kept.erased == [2]
    assert await again(room, 1) is not None


async def test_an_operator_may_keep_people_for_good(room: Room) -> None:
    await room.person()
    assert (await look(room, NOON + 20 * YEAR, Lengths(people=0))).calls == []


async def test_everyone_is_gone_through_slice_by_slice(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "SLICE", 2)
    for number in range(-2, 3):
        await room.person(number)
    looks, told = Retention(room.house), []
    more = True
    while more:
        async with room.database.writing() as conn:
            kept = await looks.look(conn, NOON + 2 * YEAR)
        told += [call.chat for call in kept.calls]
        more = kept.more
    assert told == [-2, -1, 0, 1, 2]
