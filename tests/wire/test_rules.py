"""What the outbox does with each answer of the Bot API."""

import asyncio
import json
from typing import Any

import pytest

from bot.outbox import AFFIRMATION, Mark, Outbox, Outcome, Outgoing, rules
from bot.playground.client import TOKEN
from bot.transport import Transport
from tests.wire.conftest import Desk, texts
from tests.wire.scripted import scripted

KEYS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "1:a:y"}]]}


async def test_an_edit_that_changes_nothing_is_a_success(desk: Desk) -> None:
    ann = await desk.person()
    [first] = desk.say(ann, "the same")
    again = desk.item(ann, "the same", method="editMessageText", follows=first.row)
    desk.outbox.send([again])
    assert await desk.settled([again])
    assert desk.outcomes()[again.row] is Outcome.DELIVERED
    assert desk.outbox.message_of(again.row) == desk.outbox.message_of(first.row)


async def test_broken_markup_is_sent_once_more_as_plain_words(desk: Desk) -> None:
    ann = await desk.person()
    markup = {"parse_mode": "HTML", "reply_markup": KEYS, "protect_content": True}
    item = desk.item(ann, "<b>I &amp; you <3</b> <i>stay", payload=markup)
    desk.outbox.send([item])
    assert await desk.settled([item])
    [shown] = [message for message in ann.messages if not message.mine]
    assert shown.text == "I & you <3 stay"
    assert shown.buttons == [["Yes"]]
    assert shown.protected
    assert len([call for call in desk.play.calls if call.method == "sendMessage"]) == 2


async def test_an_edit_follows_the_row_it_names(desk: Desk) -> None:
    ann = await desk.person()
    first = desk.item(ann, "one")
    second = desk.item(ann, "two", method="editMessageText", follows=first.row)
    third = desk.item(ann, "three", method="editMessageText", follows=second.row)
    desk.outbox.send([first, second, third])
    assert await desk.settled([first, second, third])
    assert texts(ann) == ["three"]


@pytest.mark.parametrize("lost", ["unknown row", "deleted message"])
async def test_an_edit_without_its_message_is_sent_anew(desk: Desk, lost: str) -> None:
    ann = await desk.person()
    more = {"reply_markup": KEYS, "protect_content": True, "parse_mode": "HTML"}
    if lost == "unknown row":
        edit = desk.item(ann, "<b>new</b>", method="editMessageText", follows=999, payload=more)
    else:
        [first] = desk.say(ann, "old")
        assert await desk.settled([first])
        await ann.delete(ann.last)
        more["message_id"] = desk.outbox.message_of(first.row) or 0
        edit = desk.item(ann, "<b>new</b>", method="editMessageText", payload=more)
    desk.outbox.send([edit])
    assert await desk.settled([edit])
    [shown] = [message for message in ann.messages if not message.mine]
    assert (shown.text, shown.buttons, shown.protected) == ("new", [["Yes"]], True)
    assert desk.outbox.message_of(edit.row) == shown.id


async def test_a_row_that_telegram_refuses_fails_alone(desk: Desk) -> None:
    ann = await desk.person()
    items = [desk.item(ann, text) for text in ("one", "x" * 5000, "three")]
    desk.outbox.send(items)
    assert await desk.settled(items)
    assert texts(ann) == ["one", "three"]
    assert list(desk.outcomes().values()) == [
        Outcome.DELIVERED,
        Outcome.FAILED,
        Outcome.DELIVERED,
    ]


async def test_a_payload_that_is_no_json_fails_alone(desk: Desk) -> None:
    ann = await desk.person()
    items = [desk.item(ann, "one", payload={"reply_markup": object()}), desk.item(ann, "two")]
    desk.outbox.send(items)
    assert await desk.settled(items)
    assert texts(ann) == ["two"]


async def test_who_blocks_the_bot_is_unreachable_until_they_write_again(desk: Desk) -> None:
    ann = await desk.person()
    await ann.block()
    given_up = desk.say(ann, "one", "two")
    later = desk.say(ann, "three", priority=AFFIRMATION)
    assert await desk.settled([*given_up, *later])
    assert set(desk.outcomes().values()) == {Outcome.UNREACHABLE}
    await ann.unblock()
    back = desk.say(ann, "welcome back")
    assert await desk.settled(back)
    assert texts(ann) == ["welcome back"]


async def test_an_answer_to_someone_who_came_back_meanwhile_is_not_given_up() -> None:
    arrived, release = asyncio.Event(), asyncio.Event()

    async def answer(method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        if params["text"] == "old":
            arrived.set()
            await release.wait()
            refusal = {"ok": False, "error_code": 403, "description": "Forbidden: blocked"}
            return 403, json.dumps(refusal).encode()
        return 200, b'{"ok": true, "result": {"message_id": 5}}'

    marks: list[Mark] = []

    async def write(some: list[Mark]) -> None:
        marks.extend(some)

    async with scripted(answer) as api_url:
        transport = Transport(api_url, TOKEN)
        outbox = Outbox(transport, send_rate=25, write_marks=write)
        await outbox.start()
        outbox.send([Outgoing(row, 7, "sendMessage", {"text": "old"}) for row in (1, 2)])
        await arrived.wait()
        outbox.send([Outgoing(3, 7, "sendMessage", {"text": "new"})])
        release.set()
        assert await outbox.settled([1, 2, 3], 10)
        await outbox.stop(1)
        await transport.close()
    assert {mark.row: mark.outcome for mark in marks} == {
        1: Outcome.UNREACHABLE,
        2: Outcome.UNREACHABLE,
        3: Outcome.DELIVERED,
    }


async def test_a_chat_nobody_knows_is_unreachable(desk: Desk) -> None:
    lost = Outgoing(77, 123_456, "sendMessage", {"text": "hello"})
    desk.outbox.send([lost])
    assert await desk.settled([lost])
    assert desk.outcomes() == {77: Outcome.UNREACHABLE}


@pytest.mark.parametrize("status", [401, 404])
async def test_a_refused_token_is_fatal_with_one_line_and_nothing_more_is_sent(status: int) -> None:
    calls = 0

    async def answer(method: str, params: dict[str, Any]) -> tuple[int, bytes]:
        nonlocal calls
        calls += 1
        return status, b'{"ok": false, "description": "Unauthorized"}'

    async with scripted(answer) as api_url:
        transport = Transport(api_url, TOKEN)

        async def write(_: list[Mark]) -> None:
            pytest.fail("nothing was settled")

        outbox = Outbox(transport, send_rate=25, write_marks=write)
        await outbox.start()
        outbox.send([Outgoing(row, 7, "sendMessage", {"text": "x"}) for row in (1, 2)])
        line = await asyncio.wait_for(outbox.fatal, 10)
        outbox.send([Outgoing(3, 8, "sendMessage", {"text": "x"})])
        await outbox.stop(1)
        await transport.close()
    assert TOKEN not in line
    assert "\n" not in line
    assert calls == 1
    assert outbox.waiting == 3


async def test_what_expired_is_given_up_and_the_next_goes(desk: Desk) -> None:
    ann = await desk.person()
    old = desk.item(ann, "old", expires_at=desk.now() - 1)
    old_scheduled = desk.item(ann, "old", expires_at=desk.now() - 1, priority=AFFIRMATION)
    fresh = desk.item(ann, "fresh", expires_at=desk.now() + 60_000)
    desk.outbox.send([old, old_scheduled, fresh])
    assert await desk.settled([old, old_scheduled, fresh])
    assert texts(ann) == ["fresh"]
    assert desk.outcomes()[old.row] is desk.outcomes().get(old_scheduled.row, Outcome.EXPIRED)


async def test_a_moment_is_waited_for_without_holding_other_chats(desk: Desk) -> None:
    ann, ben = await desk.person("Ann"), await desk.person("Ben")
    start = desk.now()
    items = [desk.item(ann, "later", not_before=start + 400), desk.item(ben, "now")]
    scheduled = desk.item(ann, "scheduled", not_before=start + 400, priority=AFFIRMATION)
    desk.outbox.send([*items, scheduled])
    assert await desk.settled([*items, scheduled])
    at = {call.params["text"]: call.at * 1000 - start for call in desk.done()}
    assert at["now"] < at["later"]
    assert min(at["later"], at["scheduled"]) >= 390


async def test_a_scheduled_message_that_waits_holds_no_reply_of_its_chat(desk: Desk) -> None:
    ann = await desk.person()
    waits = desk.item(ann, "tomorrow", not_before=desk.now() + 86_400_000, priority=AFFIRMATION)
    desk.outbox.send([waits])
    assert await desk.settled(desk.say(ann, "now"))
    assert texts(ann) == ["now"]


async def test_dropped_messages_are_not_sent(desk: Desk) -> None:
    ann = await desk.person()
    desk.play.faults.latency(0.2, "sendmessage", times=1)
    first, second, third, fourth = desk.say(ann, "one", "two", "three", "four")
    scheduled = desk.item(ann, "five", not_before=desk.now() + 500, priority=AFFIRMATION)
    desk.outbox.send([scheduled])
    desk.outbox.drop(ann.id, [second.row, scheduled.row])
    assert await desk.settled([first, second, third, fourth, scheduled])
    assert texts(ann) == ["one", "three", "four"]
    desk.say(ann, "six", "seven")
    desk.outbox.drop(ann.id)
    assert desk.outbox.waiting == 0
    assert await desk.settled(desk.say(ann, "eight"))
    assert texts(ann)[-1] == "eight"
    assert "seven" not in texts(ann)


async def test_a_tap_is_answered_beside_the_order_and_never_again(desk: Desk) -> None:
    ann = await desk.person()
    asked = desk.item(ann, "Yes?", payload={"reply_markup": KEYS})
    desk.outbox.send([asked])
    assert await desk.settled([asked])
    desk.play.faults.too_many(60, "sendmessage", chat_id=ann.id)
    desk.say(ann, "held back")
    query = await ann.press("Yes")
    desk.outbox.answer_callback(query, "Noted.")
    await ann.until(lambda person: person.toasts == ["Noted."])
    desk.play.faults.reset("answer*", times=1)
    desk.outbox.answer_callback(await ann.press("Yes"))
    await desk.play.called(lambda call: call.status == 0 and "answer" in call.method, ever=True)
    assert await desk.settled(desk.say(await desk.person("Ben"), "hello"))
    answers = [call for call in desk.play.calls if call.method == "answerCallbackQuery"]
    assert len(answers) == 2


@pytest.mark.parametrize(
    ("marked_up", "bare"),
    [
        ("<b>5 &lt; 6</b>", "5 < 6"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ('<a href="https://example.org">here</a>', "here"),
        ("<blockquote expandable>&amp;lt;</blockquote>", "&lt;"),
    ],
)
def test_plain_words_are_what_the_markup_meant(marked_up: str, bare: str) -> None:
    assert rules.plain({"text": marked_up, "parse_mode": "HTML"}) == {"text": bare}
    assert rules.plain({"caption": marked_up, "parse_mode": "HTML"}) == {"caption": bare}
