"""What the clock sends is paced, the most urgent first; replies are not, but are subtracted."""

from random import Random

import pytest

from bot.outbox import AFFIRMATION, CHECK_IN, REMINDER, TIMER, Outgoing
from bot.outbox.gate import CHATS_FAILING, IN_FLIGHT, PROBES, Gate
from bot.outbox.pacing import Scheduled
from tests.wire.conftest import Desk, texts


def _item(row: int, priority: int, not_before: int | None = None) -> Outgoing:
    return Outgoing(row, row, "sendMessage", {}, priority=priority, not_before=not_before)


def _drain(
    waiting: Scheduled, start: float, end: float, replies: int = 0
) -> list[tuple[float, int]]:
    """Simulate `end - start` seconds with evenly spread replies; gives (moment, row) as sent."""
    sent = []
    steps = int((end - start) * 1000)
    for step in range(steps):
        now = start + step / 1000
        if replies and step * replies // steps != (step - 1) * replies // steps:
            waiting.budget.spend(now)
        while (item := waiting.pop(now, int(now * 1000))) is not None:
            sent.append((now, item.row))
    return sent


def test_the_rate_is_kept_and_no_burst_is_sent() -> None:
    waiting = Scheduled(25)
    for row in range(200):
        waiting.push(_item(row, CHECK_IN))
    sent = _drain(waiting, 100, 104)
    assert 98 <= len(sent) <= 103
    assert all(
        len([at for at, _ in sent if begin <= at < begin + 1]) <= 28 for begin in (100, 101.5, 103)
    )


def test_replies_are_subtracted_from_the_rate() -> None:
    waiting = Scheduled(25)
    for row in range(200):
        waiting.push(_item(row, CHECK_IN))
    assert 38 <= len(_drain(waiting, 100, 104, replies=60)) <= 43
    assert _drain(waiting, 104, 106, replies=100) == []
    assert len(_drain(waiting, 106, 109)) > 40, "a rush of replies is forgotten after a second"


def test_the_urgent_go_first_and_among_equals_the_first() -> None:
    waiting = Scheduled(10)
    order = [AFFIRMATION, CHECK_IN, TIMER, REMINDER] * 3
    Random(1).shuffle(order)
    for row, priority in enumerate(order):
        waiting.push(_item(row, priority))
    sent = [row for _, row in _drain(waiting, 100, 110)]
    assert sent == sorted(range(12), key=lambda row: (order[row], row))


def test_a_moment_to_come_holds_nothing_back() -> None:
    waiting = Scheduled(25)
    waiting.push(_item(1, TIMER, not_before=103_000))
    waiting.push(_item(2, AFFIRMATION))
    assert waiting.pop(100, 100_000) is not None
    assert waiting.wait(100, 100_000) == pytest.approx(3)
    [(at, row)] = _drain(waiting, 100, 104)
    assert row == 1
    assert at == pytest.approx(103, abs=0.01)


async def test_replies_go_at_once_while_scheduled_ones_wait(desk: Desk) -> None:
    people = [await desk.person(f"P{number}") for number in range(30)]
    scheduled = [item for person in people for item in desk.say(person, "?", priority=CHECK_IN)]
    replies = [item for person in people for item in desk.say(person, "!")]
    assert await desk.settled(replies)
    assert not await desk.settled(scheduled, 0)
    assert await desk.settled(scheduled)
    moments = [call.at for call in desk.done() if call.params["text"] == "?"]
    # 30 at 25 a second, after the debt of 30 replies has been paid.
    assert 1.5 < max(moments) - min(moments) < 6


async def test_scheduled_messages_wait_for_a_pause_of_all_and_come_after_it(desk: Desk) -> None:
    people = [await desk.person(f"P{number}") for number in range(4)]
    for person in people[:3]:
        desk.play.faults.too_many(1, chat_id=person.id)
    replies = [item for person in people[:3] for item in desk.say(person, "!")]
    for person in people[:3]:
        await desk.play.called(lambda call, who=person: call.chat_id == who.id, ever=True)  # type: ignore[misc]
    await desk.all_paused()
    last = desk.say(people[3], "?", priority=TIMER)
    assert not await desk.settled(last, 0.3)
    assert await desk.settled([*replies, *last])
    assert texts(people[3]) == ["?"]


def test_the_gate_closes_when_several_chats_fail_and_opens_at_the_first_success() -> None:
    gate = Gate()
    assert [gate.failed(chat) for chat in range(CHATS_FAILING)][-1]
    assert gate.limit == PROBES
    probes, now = 0, 0.0
    while now < 30:
        if gate.wait(now) == 0:
            gate.started(now)
            probes += 1
        now += 0.01
    assert 20 < probes < 40
    assert gate.worked()
    assert (gate.limit, gate.wait(now)) == (IN_FLIGHT, 0)


def test_one_failing_chat_closes_the_gate_for_nobody() -> None:
    gate = Gate()
    assert not any(gate.failed(1) for _ in range(100))
    assert gate.wait(5) == 0


def test_floods_of_three_chats_within_a_second_pause_all_but_not_over_longer() -> None:
    gate = Gate()
    assert not gate.flooded(1, 10.0, 7)
    assert not gate.flooded(1, 10.1, 7)
    assert not gate.flooded(2, 10.5, 7)
    assert not gate.flooded(3, 11.2, 7)
    assert gate.flooded(4, 11.3, 7)
    assert gate.wait(12.3) == pytest.approx(6)
