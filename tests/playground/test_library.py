"""python-telegram-bot talks to the playground as to Telegram."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest, Forbidden, RetryAfter

from bot.playground.client import Person, Playground
from tests.playground.pictures import JPEG, PNG


@pytest.fixture
async def ann(play: Playground) -> Person:
    person = play.person("Ann", language="de")
    await person.send("/start")
    return person


async def test_a_message_is_sent_read_edited_and_deleted(bot: Bot, ann: Person) -> None:
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.parse_entities() == {update.message.entities[0]: "/start"}
    markup = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("Yes", callback_data="y")],
            [InlineKeyboardButton("Copy", copy_text=CopyTextButton("words"))],
        ]
    )
    sent = await update.message.reply_html("<b>Well</b>", reply_markup=markup, do_quote=True)
    assert sent.reply_markup == markup
    assert sent.reply_to_message is not None
    await ann.press("Yes")
    (update,) = await bot.get_updates(offset=update.update_id + 1)
    query = update.callback_query
    assert query is not None
    await query.answer("Noted", show_alert=True)
    await query.edit_message_text("Better")
    assert (ann.last.text, ann.toasts) == ("Better", ["Noted"])
    await bot.delete_messages(ann.id, [sent.message_id])
    assert all(message.mine for message in ann.messages)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_refusals_become_the_librarys_errors(bot: Bot, play: Playground, ann: Person) -> None:
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(ann.id, " ")
    play.faults.too_many(7, chat_id=ann.id)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(ann.id, "x")
    assert caught.value._retry_after.total_seconds() == 7
    play.faults.clear()
    await ann.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ann.id, "x")


async def test_a_photo_and_a_document_go_up_change_and_come_down(bot: Bot, ann: Person) -> None:
    sent = await bot.send_photo(ann.id, PNG, caption="<i>week</i>", parse_mode="HTML")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (3, 2)
    assert sent.caption_entities[0].type == "italic"
    again = await bot.send_photo(ann.id, sent.photo[-1].file_id)
    await again.edit_caption("caption")
    await sent.edit_media(InputMediaPhoto(JPEG, caption="other"))
    assert ann.messages[1].raw["photo"][0]["width"] == 5
    await sent.edit_media(InputMediaDocument(b"words", filename="words.txt"))
    assert ann.messages[1].raw["document"]["file_name"] == "words.txt"
    file = await bot.get_file(ann.messages[1].raw["document"]["file_id"])
    assert await file.download_as_bytearray() == b"words"
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(ann.id, b"no picture")
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(ann.id, b"", filename="empty.txt")
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_document(ann.id, "unknown")
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(ann.id, PNG, caption="x" * 1025)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", ann.id, sent.message_id)


async def test_what_a_person_sends_can_be_downloaded(bot: Bot, ann: Person) -> None:
    await ann.send_file("voice", b"sound", "a.ogg")
    await ann.send_file("photo", PNG, "p.png", caption="look")
    await ann.send_location(38.7, -9.1)
    _, voice, photo, place = [update.message for update in await bot.get_updates()]
    assert voice is not None
    assert voice.voice is not None
    file = await voice.voice.get_file()
    assert await file.download_as_bytearray() == b"sound"
    assert photo is not None
    assert (photo.caption, photo.photo[0].width) == ("look", 3)
    assert place is not None
    assert place.location is not None
    assert place.location.latitude == 38.7


async def test_commands_have_scopes_and_languages(bot: Bot, play: Playground, ann: Person) -> None:
    why, warum = BotCommand("why", "Your words"), BotCommand("why", "Deine Worte")
    await bot.set_my_commands([why])
    await bot.set_my_commands([warum], BotCommandScopeAllPrivateChats(), language_code="de")
    assert await bot.get_my_commands() == (why,)
    assert play.menu(ann.id) == {"why": "Deine Worte"}
    assert play.menu(play.person("Ben").id) == {"why": "Your words"}
    await bot.set_my_commands([BotCommand("help", "Help")], BotCommandScopeChat(ann.id))
    assert play.menu(ann.id) == {"help": "Help"}
    await bot.delete_my_commands(BotCommandScopeChat(ann.id))
    assert play.menu(ann.id) == {"why": "Deine Worte"}
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Why!", "x")])
    with pytest.raises(BadRequest, match="Bot_command_description_invalid"):
        await bot.set_my_commands([BotCommand("why", "x" * 257)])


async def test_the_bot_introduces_itself(bot: Bot, ann: Person) -> None:
    await bot.set_my_name("Doorway")
    await bot.set_my_description("Long", language_code="de")
    await bot.set_my_short_description("Short")
    assert (await bot.get_me()).first_name == (await bot.get_my_name()).name == "Doorway"
    assert (await bot.get_my_description("de")).description == "Long"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_short_description()).short_description == "Short"
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_description("x" * 513)
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await bot.get_chat_menu_button(ann.id) == MenuButtonCommands()
    assert (await bot.get_chat(ann.id)).first_name == "Ann"
    assert await bot.send_chat_action(ann.id, "typing")


async def test_a_reply_keyboard_opens_and_closes(bot: Bot, ann: Person) -> None:
    await bot.send_message(ann.id, "x", reply_markup=ReplyKeyboardMarkup([["Yes", "No"]]))
    assert ann.chat.keyboard is not None
    assert ann.chat.keyboard["keyboard"] == [[{"text": "Yes"}, {"text": "No"}]]
    await bot.send_message(ann.id, "y", reply_markup=ReplyKeyboardRemove())
    assert ann.chat.keyboard is None
