"""/hide empties a chat at once, whatever else is going on."""

import time

from bot.outbox import AFFIRMATION, CHECK_IN
from tests.wire.conftest import Desk, texts


async def test_three_hundred_messages_are_gone_within_five_seconds_under_faults(desk: Desk) -> None:
    ann = await desk.person()
    for number in range(299):
        await ann.send(f"words {number}")
    ids = [message.id for message in ann.messages]
    assert len(ids) == 300
    desk.play.faults.bad_gateway("deletemessages", times=2)
    desk.play.faults.reset_after("deletemessages", times=1)
    start = time.monotonic()
    await desk.outbox.hide(ann.id, ids)
    assert ann.messages == []
    assert time.monotonic() - start < 5
    calls = [call for call in desk.play.calls if call.method == "deleteMessages"]
    assert {len(call.params["message_ids"]) for call in calls} == {100}
    assert len(calls) > 3, "a call that failed is made again"


async def test_what_was_on_its_way_is_deleted_when_it_lands(desk: Desk) -> None:
    ann = await desk.person()
    desk.play.faults.latency(0.4, "sendmessage", times=1)
    in_flight, queued = desk.say(ann, "on its way", "behind it")
    await desk.reached()
    await desk.outbox.hide(ann.id, [message.id for message in ann.messages])
    await desk.play.called(lambda call: call.method == "sendMessage", ever=True)
    await ann.until(lambda person: person.messages == [])
    landed = desk.outbox.message_of(in_flight.row)
    assert landed is not None
    assert desk.outbox.message_of(queued.row) is None
    assert [call.params["text"] for call in desk.done()] == ["on its way"]


async def test_what_landed_while_its_ids_were_read_is_deleted_too(desk: Desk) -> None:
    ann = await desk.person()
    read_before = [message.id for message in ann.messages]
    assert await desk.settled(desk.say(ann, "landed, and in no table yet"))
    await desk.outbox.hide(ann.id, read_before)
    assert ann.messages == []


async def test_what_the_clock_sends_into_a_hidden_chat_does_not_stay(desk: Desk) -> None:
    ann, ben = await desk.person("Ann"), await desk.person("Ben")
    await desk.outbox.hide(ann.id, [message.id for message in ann.messages])
    late = desk.say(ann, "How are you?", priority=CHECK_IN)
    other = desk.say(ben, "How are you?", priority=CHECK_IN)
    assert await desk.settled([*late, *other])
    await ann.until(lambda person: person.messages == [])
    assert texts(ben) == ["How are you?"]


async def test_hiding_passes_a_pause_and_drops_what_waited(desk: Desk) -> None:
    ann = await desk.person()
    desk.play.faults.too_many(2, "sendmessage", chat_id=ann.id)
    desk.say(ann, "one")
    desk.say(ann, "two", priority=AFFIRMATION)
    await desk.play.called(lambda call: call.status == 429, ever=True)
    await desk.outbox.hide(ann.id, [message.id for message in ann.messages])
    assert ann.messages == []
    assert desk.outbox.waiting == 0


async def test_a_reply_asked_for_after_hiding_stays(desk: Desk) -> None:
    ann = await desk.person()
    await desk.outbox.hide(ann.id, [message.id for message in ann.messages])
    await ann.send("/why")
    assert await desk.settled(desk.say(ann, "Your words."))
    assert texts(ann) == ["Your words."]


async def test_one_message_too_old_to_delete_keeps_no_other_standing(desk: Desk) -> None:
    ann = await desk.person()
    desk.play.clock.advance(49 * 3600)
    for number in range(20):
        await ann.send(f"words {number}")
    await desk.outbox.hide(ann.id, [message.id for message in ann.messages])
    assert [message.text for message in ann.messages] == ["/start"]
