"""Whatever the network does: every chat gets its messages in order, and none is missing."""

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest

from bot.outbox import Outcome, rules
from bot.playground.client import Call, Person, Playground
from bot.playground.faults import Kind
from tests.wire.conftest import Desk, texts


async def _fifty_people(desk: Desk, each: int) -> dict[int, tuple[Person, list[str]]]:
    people = {}
    for number in range(50):
        person = await desk.person(f"P{number}")
        people[person.id] = (person, [f"{number}:{turn}" for turn in range(each)])
    return people


def _first_times(desk: Desk, chat: int) -> list[str]:
    said = [call.params["text"] for call in desk.done() if call.chat_id == chat]
    return list(dict.fromkeys(said))


def _told_to_wait(person: Person) -> Callable[[Call], bool]:
    return lambda call: call.status == 429 and call.chat_id == person.id


async def test_random_faults_change_no_order_and_lose_nothing(desk: Desk) -> None:
    people = await _fifty_people(desk, 20)
    faults = desk.play.faults
    faults.bad_gateway("send*", probability=0.05)
    faults.reset("send*", probability=0.05)
    faults.reset_after("send*", probability=0.05)
    faults.too_many(1, "send*", probability=0.01, times=4)
    items = []
    for turn in range(20):  # as turns come: one message for everyone, again and again
        for person, said in people.values():
            items += desk.say(person, said[turn])
        await asyncio.sleep(0)
    assert await desk.settled(items, 60)
    assert set(desk.outcomes().values()) == {Outcome.DELIVERED}
    assert {kind for kind, count in faults.struck.items() if count} == set(Kind) - {Kind.LATENCY}
    lost_answers = Counter(call.params["text"] for call in desk.done() if call.status == 0)
    assert sum(lost_answers.values()) > 10
    for chat, (_, said) in people.items():
        assert _first_times(desk, chat) == said
    times = Counter(call.params["text"] for call in desk.done())
    assert {text for text, count in times.items() if count > 1} <= set(lost_answers)
    assert all(count <= 1 + lost_answers[text] for text, count in times.items())


@pytest.mark.parametrize("kind", ["reset", "refused"])
async def test_after_an_outage_everyone_is_answered_within_seconds(desk: Desk, kind: str) -> None:
    people = await _fifty_people(desk, 2)
    desk.play.faults.outage(3600) if kind == "reset" else await desk.play.down()
    items = []
    for person, said in people.values():
        items += desk.say(person, *said)
    assert not await desk.settled(items, 2.0)
    tries = sum(item.attempts for item in items)
    assert tries < 200, "a server that is down is asked now and then, not all the time"
    desk.play.faults.clear() if kind == "reset" else await desk.play.up()
    assert await desk.settled(items, 5.0)
    for person, said in people.values():
        assert texts(person) == said


async def test_a_server_that_is_back_ends_every_rest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "LONGEST_PAUSE", 3600.0)
    people = await _fifty_people(desk, 1)
    desk.play.faults.outage(3600)
    items = [desk.item(person, *said, attempts=16) for person, said in people.values()]
    desk.outbox.send(items)
    assert not await desk.settled(items, 0.5)
    desk.play.faults.clear()
    assert await desk.settled(items, 10.0)


async def test_a_refused_connection_is_tried_again_at_once(desk: Desk) -> None:
    ann = await desk.person()
    await desk.play.down()
    items = desk.say(ann, "one", "two")
    assert not await desk.settled(items, 0.1)
    await desk.play.up()
    assert await desk.settled(items, 2.0)
    assert texts(ann) == ["one", "two"]


async def test_a_pause_of_one_chat_slows_no_other(desk: Desk) -> None:
    ann, ben = await desk.person("Ann"), await desk.person("Ben")
    desk.play.faults.too_many(60, chat_id=ann.id)
    held = desk.say(ann, "one", "two")
    await desk.play.called(lambda call: call.status == 429, ever=True)
    assert await desk.settled(desk.say(ben, "hello"))
    assert desk.outbox.waiting == len(held)
    assert texts(ann) == []


async def test_a_429_is_waited_for_and_the_order_kept(desk: Desk) -> None:
    ann = await desk.person()
    desk.play.faults.too_many(1)
    assert await desk.settled(desk.say(ann, "one", "two", "three"))
    assert texts(ann) == ["one", "two", "three"]
    refused, first, *_ = (call for call in desk.play.calls if call.method == "sendMessage")
    assert refused.status == 429
    assert first.at - refused.at > 0.9


async def test_three_chats_told_to_wait_pause_all(desk: Desk) -> None:
    people = [await desk.person(name) for name in ("Ann", "Ben", "Cleo")]
    dan = await desk.person("Dan")
    for person in people:
        desk.play.faults.too_many(1, chat_id=person.id)
    items = [item for person in people for item in desk.say(person, "one")]
    refused = [await desk.play.called(_told_to_wait(person), ever=True) for person in people]
    await desk.all_paused()
    items += desk.say(dan, "mine")
    assert await desk.settled(items)
    [mine] = [call for call in desk.done() if call.chat_id == dan.id]
    assert mine.at - max(call.at for call in refused) > 0.8


async def test_a_row_handed_over_twice_is_sent_once(desk: Desk) -> None:
    ann = await desk.person()
    desk.play.faults.latency(0.2, "sendmessage", times=1)
    items = desk.say(ann, "once")
    desk.outbox.send(items)
    assert await desk.settled(items + desk.say(ann, "then"))
    assert texts(ann) == ["once", "then"]


async def test_stop_finishes_what_is_in_flight_and_begins_nothing(
    play: Playground, desk: Desk
) -> None:
    ann = await desk.person()
    play.faults.latency(0.3, "sendmessage", times=1)
    items = desk.say(ann, "one", "two")
    await desk.reached()
    await desk.outbox.stop(5.0)
    assert texts(ann) == ["one"]
    assert {mark.row for mark in desk.written} == {items[0].row}


async def test_a_stop_does_not_wait_longer_than_its_grace(desk: Desk) -> None:
    ann = await desk.person()
    desk.play.faults.latency(5, "sendmessage", times=1)
    desk.say(ann, "one")
    await desk.reached()
    async with asyncio.timeout(4):
        await desk.outbox.stop(0.1)
    assert desk.written == []
