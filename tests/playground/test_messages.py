"""Sending, editing and deleting keep Telegram's rules."""

from typing import Any

import pytest

from bot.playground.client import Person, Playground
from tests.playground.conftest import Api, RefusalError

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


@pytest.fixture
async def ann(play: Playground) -> Person:
    person = play.person("Ann")
    await person.send("/start")
    return person


async def refused(api: Api, method: str, **params: Any) -> str:
    with pytest.raises(RefusalError) as caught:
        await api(method, **params)
    return str(caught.value)


async def test_a_sent_message_stands_in_the_chat(api: Api, ann: Person) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="Hello", reply_markup=YES)
    assert sent["message_id"] > ann.messages[0].id
    assert sent["from"]["is_bot"] is True
    assert (ann.last.text, ann.last.buttons) == ("Hello", [["Yes"]])


async def test_one_counter_numbers_the_messages_of_all_chats(
    api: Api, play: Playground, ann: Person
) -> None:
    ben = play.person("Ben")
    await ben.send("hi")
    first = await api("sendMessage", chat_id=ann.id, text="a")
    second = await api("sendMessage", chat_id=ben.id, text="b")
    assert second["message_id"] == first["message_id"] + 1


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"text": " \n "}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
        (
            {"text": "<x>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        ),
        ({"text": "x", "reply_parameters": {"message_id": 1}}, "message to be replied not found"),
    ],
)
async def test_a_text_is_checked(api: Api, ann: Person, params: dict[str, Any], why: str) -> None:
    assert await refused(api, "sendMessage", chat_id=ann.id, **params) == f"Bad Request: {why}"


async def test_a_text_may_be_4096_units_after_its_tags_are_read(api: Api, ann: Person) -> None:
    text = "<b>" + "😀" * 2048 + "</b>\n"
    sent = await api("sendMessage", chat_id=ann.id, text=text, parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_without_a_parse_mode_tags_are_text(api: Api, ann: Person) -> None:
    await api("sendMessage", chat_id=ann.id, text="<b>x</b> &lt;")
    assert ann.last.text == "<b>x</b> &lt;"


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "a", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "a"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": " ", "callback_data": "x"},
            "can't parse inline keyboard button: Inline keyboard button text must be non-empty",
        ),
    ],
)
async def test_a_button_is_checked(api: Api, ann: Person, button: dict[str, Any], why: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    told = await refused(api, "sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert told == f"Bad Request: {why}"


async def test_a_keyboard_holds_at_most_100_buttons(api: Api, ann: Person) -> None:
    rows = [[{"text": "a", "callback_data": "é" * 32}]] * 100
    await api("sendMessage", chat_id=ann.id, text="x", reply_markup={"inline_keyboard": rows})
    told = await refused(
        api, "sendMessage", chat_id=ann.id, text="x", reply_markup={"inline_keyboard": rows * 2}
    )
    assert told == "Bad Request: reply markup is too long"


async def test_someone_who_never_wrote_cannot_be_found(api: Api, play: Playground) -> None:
    quiet = play.person("Quiet")
    for chat_id in (quiet.id, 5, "@nobody"):
        told = await refused(api, "sendMessage", chat_id=chat_id, text="x")
        assert told == "Bad Request: chat not found"
    assert await refused(api, "sendMessage", text="x") == "Bad Request: chat_id is empty"


async def test_a_blocking_person_is_out_of_reach_until_they_come_back(
    api: Api, ann: Person
) -> None:
    await ann.block()
    with pytest.raises(RefusalError) as caught:
        await api("sendMessage", chat_id=ann.id, text="x")
    assert caught.value.status == 403
    assert str(caught.value) == "Forbidden: bot was blocked by the user"
    await ann.unblock()
    await api("sendMessage", chat_id=ann.id, text="x")
    kinds = [set(update) - {"update_id"} for update in await api("getUpdates")]
    assert kinds == [{"message"}, {"my_chat_member"}, {"my_chat_member"}]


async def test_an_edit_changes_words_and_buttons_and_says_so(api: Api, ann: Person) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="a", reply_markup=YES)
    where = {"chat_id": ann.id, "message_id": sent["message_id"]}
    edited = await api("editMessageText", **where, text="b")
    assert edited["edit_date"] >= edited["date"]
    assert (ann.last.text, ann.last.buttons, ann.last.edited) == ("b", [], True)
    edited = await api("editMessageReplyMarkup", **where, reply_markup=YES)
    assert edited["reply_markup"] == YES


async def test_an_edit_that_changes_nothing_is_refused(api: Api, ann: Person) -> None:
    sent = await api(
        "sendMessage", chat_id=ann.id, text="<b>a</b>", parse_mode="HTML", reply_markup=YES
    )
    where = {"chat_id": ann.id, "message_id": sent["message_id"]}
    same = {"text": "<b>a</b> ", "parse_mode": "HTML", "reply_markup": YES}
    told = await refused(api, "editMessageText", **where, **same)
    assert told == (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    told = await refused(api, "editMessageReplyMarkup", **where, reply_markup=YES)
    assert "message is not modified" in told
    await api("editMessageText", **where, text="a", reply_markup=YES)  # no longer bold


async def test_only_the_bots_own_standing_messages_can_be_edited(api: Api, ann: Person) -> None:
    mine = ann.messages[0].id
    told = await refused(api, "editMessageText", chat_id=ann.id, message_id=mine, text="x")
    assert told == "Bad Request: message can't be edited"
    told = await refused(api, "editMessageText", chat_id=ann.id, message_id=1, text="x")
    assert told == "Bad Request: message to edit not found"


async def test_a_bot_deletes_messages_of_both_sides(api: Api, ann: Person) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="a")
    await api("deleteMessage", chat_id=ann.id, message_id=sent["message_id"])
    told = await refused(api, "deleteMessage", chat_id=ann.id, message_id=sent["message_id"])
    assert told == "Bad Request: message to delete not found"
    await api("deleteMessages", chat_id=ann.id, message_ids=[1, 2, ann.messages[0].id])
    assert ann.messages == []


async def test_deleting_many_takes_1_to_100_numbers(api: Api, ann: Person) -> None:
    told = await refused(api, "deleteMessages", chat_id=ann.id, message_ids=[])
    assert told == "Bad Request: message identifiers are not specified"
    told = await refused(api, "deleteMessages", chat_id=ann.id, message_ids=list(range(1, 102)))
    assert told == "Bad Request: too many message identifiers specified"
    assert await api("deleteMessages", chat_id=ann.id, message_ids=list(range(1, 101))) is True


async def test_what_is_older_than_48_hours_stays(api: Api, play: Playground, ann: Person) -> None:
    old = ann.messages[0].id
    play.clock.advance(48 * 3600 + 60)
    told = await refused(api, "deleteMessage", chat_id=ann.id, message_id=old)
    assert told == "Bad Request: message can't be deleted for everyone"
    sent = await api("sendMessage", chat_id=ann.id, text="new")
    both = [old, sent["message_id"]]
    told = await refused(api, "deleteMessages", chat_id=ann.id, message_ids=both)
    assert told == "Bad Request: message can't be deleted for everyone"
    assert [message.id for message in ann.messages] == both


async def test_a_pressed_button_is_answered_once_and_in_time(
    api: Api, play: Playground, ann: Person
) -> None:
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    sent = await api("sendMessage", chat_id=ann.id, text="a", reply_markup=YES)
    query = await ann.press("Yes")
    update = (await api("getUpdates"))[-1]["callback_query"]
    assert (update["id"], update["data"]) == (query, "y")
    assert update["message"]["message_id"] == sent["message_id"]
    await api("answerCallbackQuery", callback_query_id=query, text="Noted")
    assert ann.toasts == ["Noted"]
    assert await refused(api, "answerCallbackQuery", callback_query_id=query) == late
    query = await ann.press("Yes")
    play.clock.advance(120)
    assert await refused(api, "answerCallbackQuery", callback_query_id=query) == late
    assert await refused(api, "answerCallbackQuery", callback_query_id="x") == late


async def test_a_button_of_a_deleted_message_still_reaches_the_bot(api: Api, ann: Person) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="a", reply_markup=YES)
    await ann.delete(ann.last)
    await ann.press_data(sent["message_id"], "y")
    query = (await api("getUpdates"))[-1]["callback_query"]
    assert query["message"] == {
        "chat": ann.chat.chat,
        "message_id": sent["message_id"],
        "date": 0,
    }


async def test_protected_content_is_marked_also_after_an_edit(api: Api, ann: Person) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="a", protect_content=True)
    await api("editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="b")
    assert ann.last.protected


async def test_a_group_is_joined_and_left(api: Api, ann: Person) -> None:
    group = await ann.bring_to_group("Family")
    joined = (await api("getUpdates"))[-1]["my_chat_member"]
    assert joined["chat"] == {"id": group.chat_id, "title": "Family", "type": "group"}
    await api("sendMessage", chat_id=group.chat_id, text="Private chats only.")
    await api("leaveChat", chat_id=group.chat_id)
    told = await refused(api, "sendMessage", chat_id=group.chat_id, text="x")
    assert told == "Forbidden: bot is not a member of the group chat"
    told = await refused(api, "leaveChat", chat_id=ann.id)
    assert told == "Bad Request: chat member status can't be changed in private chats"
