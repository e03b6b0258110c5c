"""What is played in a message: over real HTTP, stopped by whoever does anything."""

import asyncio

import pytest

from bot.outbox import CHECK_IN, Frames, Outcome, Outgoing, playing
from bot.playground.client import Person, Playground
from tests.wire.conftest import Desk, texts

MARKUP = {"inline_keyboard": [[{"text": "Go on", "callback_data": "1|t:1:breath:go_on"}]]}
BREATHS = ("out", "in again", "out again", "the end")


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """A breath takes a tenth of a second."""
    monkeypatch.setattr(playing, "TEMPO", 0.025)


def breath(desk: Desk, person: Person, *frames: str) -> Outgoing:
    """Hand over a message that is played."""
    payloads = tuple({"text": frame, "reply_markup": MARKUP} for frame in frames or BREATHS)
    item = desk.item(person, "in", payload={"reply_markup": MARKUP}, frames=Frames(payloads, 4.0))
    desk.outbox.send([item])
    return item


def edits(desk: Desk) -> list[str]:
    """What the message was edited to, one after another."""
    return [call.params["text"] for call in desk.done("editMessageText")]


async def test_every_breath_stands_in_the_same_message_with_its_button(desk: Desk) -> None:
    ann = await desk.person()
    item = breath(desk, ann)
    assert await desk.settled([item]), "it is settled when it is sent, not when it was played"
    await ann.wait_for("the end")
    assert edits(desk) == list(BREATHS)
    assert [(m.text, m.buttons) for m in ann.messages if not m.mine] == [("the end", [["Go on"]])]
    assert desk.outcomes() == {item.row: Outcome.DELIVERED}


async def test_breaths_come_at_their_pace(desk: Desk) -> None:
    ann = await desk.person()
    begun = asyncio.get_running_loop().time()
    breath(desk, ann)
    await ann.wait_for("the end")
    assert asyncio.get_running_loop().time() - begun >= 4 * 0.1


async def test_the_next_update_stops_it_and_the_button_stays(desk: Desk) -> None:
    ann = await desk.person()
    breath(desk, ann, "out", *["in", "out"] * 100)
    await ann.wait_for("out")
    desk.outbox.still(ann.id)
    await desk.outbox.stop(5.0)  # returns at once: nothing is under way any more
    stands = ann.last
    assert stands.text in ("in", "out")
    assert stands.buttons == [["Go on"]]
    assert len(edits(desk)) < 100


async def test_a_reply_stops_it_and_is_not_taken_back(desk: Desk) -> None:
    ann = await desk.person()
    item = breath(desk, ann, "out", *["in", "out"] * 100)
    await ann.wait_for("out")
    desk.play.faults.latency(0.4, "editmessagetext", times=1)  # this frame is slow to land
    await desk.play.called(lambda call: call.method == "editMessageText")
    message = desk.outbox.message_of(item.row)
    desk.outbox.still(ann.id)
    answer = desk.item(
        ann, "What is left of it?", method="editMessageText", payload={"message_id": message}
    )
    desk.outbox.send([answer])
    assert await desk.settled([answer])
    await asyncio.sleep(0.3)
    assert texts(ann) == ["What is left of it?"]


async def test_what_is_played_holds_nobody_up(desk: Desk) -> None:
    ann, ben = await desk.person("Ann"), await desk.person("Ben")
    desk.play.faults.latency(2.0, "editmessagetext", times=1)
    breath(desk, ann)
    await desk.reached()  # the first frame is on its slow way
    assert await desk.settled([*desk.say(ben, "for Ben"), *desk.say(ann, "for Ann")])
    assert not any(call.method == "editMessageText" for call in desk.play.calls)
    assert texts(ann)[-1] == "for Ann"


async def test_a_line_of_the_clock_does_not_stop_it(desk: Desk) -> None:
    ann = await desk.person()
    breath(desk, ann)
    await ann.wait_for("out")
    assert await desk.settled(desk.say(ann, "How is today?", priority=CHECK_IN))
    await ann.until(lambda person: texts(person) == ["the end", "How is today?"])


async def test_a_refused_frame_is_left_out_and_no_pause_is_passed(desk: Desk) -> None:
    ann = await desk.person()
    breath(desk, ann, *BREATHS)
    desk.play.faults.too_many(1, "editmessagetext", chat_id=ann.id)
    await ann.wait_for("the end")
    tried = [call for call in desk.play.calls if call.method == "editMessageText"]
    assert [call.status for call in tried] == [429, 200], "nothing is tried within the pause"
    assert edits(desk) == ["the end"]


async def test_a_server_that_is_away_for_a_frame_does_not_end_it(desk: Desk) -> None:
    ann = await desk.person()
    desk.play.faults.bad_gateway("editmessagetext", times=2)
    breath(desk, ann)
    await ann.wait_for("the end")
    assert len(edits(desk)) == 2


async def test_hiding_while_it_is_played_leaves_nothing(desk: Desk) -> None:
    ann = await desk.person()
    breath(desk, ann, "out", *["in", "out"] * 100)
    await ann.wait_for("out")
    desk.play.faults.latency(0.2, "editmessagetext", times=1)
    await desk.play.called(lambda call: call.method == "editMessageText")
    await desk.outbox.hide(ann.id, [message.id for message in ann.messages])
    await asyncio.sleep(0.4)
    assert ann.messages == []
    sent = len(desk.play.calls)
    await asyncio.sleep(0.3)
    assert len(desk.play.calls) == sent, "nothing goes on being played"


async def test_a_breath_that_was_overtaken_is_not_begun(desk: Desk) -> None:
    ann = await desk.person()
    desk.play.faults.latency(0.3, "sendmessage", times=1)
    item = breath(desk, ann)
    await desk.reached()
    desk.outbox.still(ann.id)
    assert await desk.settled([item])
    await asyncio.sleep(0.3)
    assert texts(ann) == ["in"]
    assert ann.last.buttons == [["Go on"]]


async def test_shutting_down_ends_it_at_once(desk: Desk, play: Playground) -> None:
    ann = await desk.person()
    breath(desk, ann, "out", *["in", "out"] * 500)
    await ann.wait_for("out")
    begun = asyncio.get_running_loop().time()
    await desk.outbox.stop(20.0)
    assert asyncio.get_running_loop().time() - begun < 10
    tried = len(play.calls)
    await asyncio.sleep(0.3)
    assert len(play.calls) == tried
    assert ann.last.buttons == [["Go on"]]
