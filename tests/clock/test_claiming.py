"""What becomes of a due appointment: sent, held, left out; once, in order, and neutral."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from bot.appointments import KINDS, Kind
from bot.person import Keepsake, epoch_ms
from bot.storage import appointments, people, words
from conversations.appointments import Repeat, Wish
from conversations.quiet import NEVER
from conversations.turn import Tie

from .conftest import DAY, HOUR, MINUTE, NOON, Room

SECRET = "call the notary about the flat"


async def test_a_single_one_comes_once_and_stays_to_be_opened(room: Room) -> None:
    ann = await room.person()
    made = await room.once(ann, "reminder", NOON, flow="three_questions", text=SECRET)
    assert await room.claim(NOON - MINUTE) == []
    (line,) = await room.claim(NOON)
    assert line.presses == [f"due:{what}:{made.name(made.slot)}" for what in ("open", "later")]
    assert await room.claim(NOON + DAY) == []
    assert await room.to_come(ann) == []
    async with room.database.reading() as conn:
        assert await appointments.find_appointment(conn, 2, made.id) is None
        row = await appointments.find_appointment(conn, 1, made.id)
    assert row is not None


@pytest.mark.parametrize("kind", KINDS)
async def test_nothing_in_a_line_tells_what_it_is_about(room: Room, kind: Kind) -> None:
    ann = await room.person()
    await room.once(ann, kind, NOON, step="second_look", flow="three_questions", text=SECRET)
    for line in await room.claim(NOON):
        seen = line.body.lower()
        assert not any(word in seen for word in ("notary", "flat", "three", "second", "affirm"))
        assert len(line.text) < 80


async def test_a_repeating_one_comes_each_day_for_that_day(room: Room) -> None:
    ann = await room.person()
    await room.daily(ann, "check_in", time(12), NOON - HOUR)
    for day in range(3):
        at = NOON + day * DAY
        (line,) = await room.claim(at)
        assert await room.claim(at + HOUR) == []
        date = at.date().isoformat()
        assert line.presses[:5] == [f"checkin:{date}:{n}" for n in range(1, 6)]


async def test_a_slot_that_has_its_message_gets_no_second_one(room: Room) -> None:
    ann = await room.person()
    made = await room.daily(ann, "affirmation", time(12), NOON - HOUR)
    assert len(await room.claim(NOON)) == 1
    await room.plan(ann, made)  # written again by somebody who had read it before
    assert await room.claim(NOON) == []
    (after,) = await room.to_come(ann)
    assert after.next_at == epoch_ms(NOON + DAY)


async def test_what_is_due_is_claimed_by_rank_and_no_more_than_asked_for(room: Room) -> None:
    order: list[tuple[Kind, int]] = [("affirmation", 1), ("check_in", 2), ("reminder", 3)]
    for kind, number in [*order, ("timer", 4)]:
        await room.once(await room.person(number), kind, NOON - number * MINUTE)
    first, second = await room.claim(NOON, 2), await room.claim(NOON, 2)
    assert [line.chat for line in first + second] == [4, 3, 2, 1]


async def test_a_line_left_out_yesterday_goes_before_the_others(room: Room) -> None:
    for number in range(1, 4):
        await room.daily(await room.person(number), "affirmation", time(8), NOON - 5 * HOUR)
    late = await room.person(9)
    await room.daily(late, "affirmation", time(8), NOON - 5 * HOUR - DAY)
    assert await room.claim(NOON - DAY) == []  # four hours late: left out
    (made,) = await room.to_come(late)
    assert made.repeat is not None
    assert made.repeat.first
    at = NOON - 4 * HOUR
    assert [line.chat for line in await room.claim(at, 1)] == [9]
    assert len(await room.claim(at)) == 3


async def test_a_late_reminder_says_so_and_a_late_check_in_does_not(room: Room) -> None:
    ann, ben = await room.person(1), await room.person(2)
    await room.once(ann, "reminder", NOON - 2 * HOUR)
    await room.once(ben, "check_in", NOON - 2 * HOUR)
    reminder, check_in = await room.claim(NOON)
    assert "late" in reminder.text
    assert "late" not in check_in.text


async def test_at_night_what_is_late_waits_for_the_morning(room: Room) -> None:
    ann = await room.person()
    await room.once(ann, "reminder", NOON + 8 * HOUR)
    assert await room.claim(NOON + 11 * HOUR) == []  # 23:00
    (held,) = await room.to_come(ann)
    assert held.next_at == epoch_ms(NOON + 19 * HOUR)  # 7:00
    assert len(await room.claim(NOON + 19 * HOUR)) == 1


async def test_a_hard_date_is_silent_or_gentler(room: Room) -> None:
    hard: dict[str, Any] = {"month": NOON.month, "day": NOON.day}
    silent = await room.person(1, hard_dates=[{**hard, "manner": "silent"}])
    gentle = await room.person(2, hard_dates=[{**hard, "manner": "gentler"}])
    for person in (silent, gentle):
        await room.daily(person, "affirmation", time(12), NOON - HOUR)
    (line,) = await room.claim(NOON)
    assert line.chat == 2
    assert "can wait" in line.text
    assert {line.chat for line in await room.claim(NOON + DAY)} == {1, 2}


async def test_the_unreachable_are_not_written_to_and_lose_nothing(room: Room) -> None:
    ann = await room.person()
    ann.row.unreachable_since = 1
    await room.save(ann)
    await room.daily(ann, "affirmation", time(12), NOON - HOUR)
    await room.once(ann, "reminder", NOON, flow="three_questions")
    await room.once(ann, "timer", NOON)
    assert await room.claim(NOON) == []
    assert await room.claim(NOON + 3 * DAY) == []
    assert {made.kind for made in await room.to_come(ann)} == {"affirmation", "reminder"}
    ann.row.unreachable_since = None
    await room.save(ann)
    back = await room.claim(NOON + 4 * DAY)
    assert sorted("late" in line.text for line in back) == [False, True]


async def test_quiet_holds_everything_but_a_timer(room: Room) -> None:
    ann = await room.person(quiet_until=epoch_ms(NOON + 2 * DAY))
    await room.daily(ann, "affirmation", time(12), NOON - HOUR)
    await room.once(ann, "reminder", NOON, flow="three_questions")
    await room.once(ann, "nudge", NOON)
    await room.once(ann, "timer", NOON)
    (line,) = await room.claim(NOON)
    assert await room.claim(NOON + DAY) == []
    assert len(await room.claim(NOON + 3 * DAY)) == 2
    assert line.chat == 1


async def test_quiet_for_good_lets_go_of_no_reminder(room: Room) -> None:
    ann = await room.person(quiet_until=epoch_ms(NEVER))
    await room.daily(ann, "affirmation", time(12), NOON - HOUR)
    await room.once(ann, "reminder", NOON, flow="three_questions")
    for day in range(3):
        assert await room.claim(NOON + day * DAY) == []
    ann.keep_profile(quiet_until=0)
    await room.save(ann)
    (line,) = await room.claim(NOON + 3 * DAY)
    assert line.presses[0].startswith("due:open:")


async def test_under_a_mark_of_self_harm_only_check_ins_and_timers_come(room: Room) -> None:
    ann = await room.person(marks={"self_harm": epoch_ms(NOON + 7 * DAY)})
    sent = [kind for kind in KINDS if kind != "hide"]  # which sends nothing
    for kind in sent:
        await room.once(ann, kind, NOON)
    lines = await room.claim(NOON)
    assert len(lines) == 2
    assert any(press.startswith("checkin:") for line in lines for press in line.presses)
    held = {made.kind for made in await room.to_come(ann)}
    assert held == {*sent} - {"check_in", "timer", "nudge"}
    assert len(await room.claim(NOON + 8 * DAY)) == len(held)


@pytest.mark.parametrize("mark", ["danger", "coercion"])
async def test_while_someone_may_watch_no_part_of_a_plan_comes(room: Room, mark: str) -> None:
    ann = await room.person(marks={mark: epoch_ms(NOON + 2 * DAY)})
    await room.once(ann, "reminder", NOON, flow="plan", item=7)
    await room.once(ann, "reminder", NOON, flow="needs", item=8)
    assert len(await room.claim(NOON + MINUTE)) == 1
    assert not await room.claim(NOON + DAY + MINUTE)
    assert not await room.claim(NOON + 3 * DAY + MINUTE)  # it holds until the person has ended it
    ann.keep_profile(marks={})
    await room.save(ann)
    assert len(await room.claim(NOON + 4 * DAY + MINUTE)) == 1


async def test_where_it_is_not_safe_to_speak_no_part_of_its_plan_comes_until_it_is(
    room: Room,
) -> None:
    ann = await room.person()
    for number, safe in ((1, "no"), (2, "yes")):
        ann.keep_tie(Tie(number, "partner", facts={"safe": safe}))
    items = [Keepsake(room.house.ids.next(), "plan", "alder", 0, 1.0, tie=n) for n in (1, 2)]
    async with room.database.writing() as conn:
        await people.save_ties(conn, ann.sealed_ties())
        await words.save_kept(conn, [item.seal(1, ann.key) for item in items])
    for item in items:
        await room.once(ann, "reminder", NOON, flow="plan", item=item.id)
    assert len(await room.claim(NOON + MINUTE)) == 1
    assert not await room.claim(NOON + DAY + MINUTE)
    ann.keep_tie(Tie(1, "partner", facts={"safe": "unsure"}))
    async with room.database.writing() as conn:
        await people.save_ties(conn, ann.sealed_ties())
    assert len(await room.claim(NOON + 2 * DAY + MINUTE)) == 1


async def test_one_that_cannot_be_read_stands_in_nobodys_way(room: Room) -> None:
    ann, ben = await room.person(1), await room.person(2)
    await room.once(ann, "reminder", NOON - MINUTE)
    await room.once(ben, "reminder", NOON)
    async with room.database.writing() as conn:
        (row,) = await appointments.load_appointments(conn, 1)
        good, row.body = row.body, b"\0" + row.body[1:]
        await appointments.save_appointments(conn, [row])
    assert [line.chat for line in await room.claim(NOON, 1)] == []
    assert [line.chat for line in await room.claim(NOON, 1)] == [2]
    async with room.database.writing() as conn:
        row.body = good
        await appointments.save_appointments(conn, [row])
    assert [line.chat for line in await room.claim(NOON + HOUR)] == [1]


async def test_a_change_of_hour_does_not_bring_todays_line_again(room: Room) -> None:
    ann = await room.person()
    await room.daily(ann, "affirmation", time(12), NOON - HOUR)
    await room.claim(NOON)
    (made,) = await room.to_come(ann)
    assert made.repeat is not None
    changed = made.repeat.changed(NOON + MINUTE, Wish(at=time(13), zone="UTC"))
    await room.plan(ann, made.then(changed.repeat))
    assert await room.claim(NOON + 2 * HOUR) == []
    assert len(await room.claim(NOON + DAY + HOUR)) == 1


async def test_what_is_sealed_is_what_is_opened(room: Room) -> None:
    ann = await room.person()
    repeat = Repeat.begin(NOON, Wish(at=time(7, 30), zone="Asia/Kathmandu")).again(
        NOON, NOON.date()
    )
    made = await room.daily(ann, "look_back", time(7), NOON)
    made = await room.plan(ann, made.then(repeat))
    single = await room.once(ann, "timer", NOON, talk=3, step="pause", text="tea", of="abc.1")
    assert {repr(one) for one in await room.to_come(ann)} == {repr(made), repr(single)}
