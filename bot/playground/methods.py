"""Bot API methods that concern messages, each a plain function of world and parameters."""

from collections.abc import Callable
from typing import Any

from telegram.constants import BulkRequestLimit, MessageLimit

from bot.playground import media
from bot.playground.keyboards import read_markup
from bot.playground.markup import parse_html, tidy, units, with_found
from bot.playground.wire import Json, Params, RefusedError, bad_request
from bot.playground.world import Chat, World

Method = Callable[[World, Params], Any]
DELETABLE_SECONDS = 48 * 3600
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def send_message(world: World, params: Params) -> Json:
    """A new text message."""
    chat = _writable(world, params)
    return _send(world, chat, params, _text(params))


def send_photo(world: World, params: Params) -> Json:
    """A picture with an optional caption."""
    chat = _writable(world, params)
    content = media.given(world, params, "photo", "photo") | _caption(params)
    return _send(world, chat, params, content)


def send_document(world: World, params: Params) -> Json:
    """A file with an optional caption."""
    chat = _writable(world, params)
    content = media.given(world, params, "document", "document") | _caption(params)
    return _send(world, chat, params, content)


def edit_message_text(world: World, params: Params) -> Json:
    """Other words in place of the old ones."""
    chat, message = _own_message(world, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, chat, message, _text(params), read_markup(params))


def edit_message_caption(world: World, params: Params) -> Json:
    """Another caption under the same picture or file."""
    chat, message = _own_message(world, params)
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: message[name] for name in ("photo", "document") if name in message}
    return _edit(world, chat, message, kept | _caption(params), read_markup(params))


def edit_message_media(world: World, params: Params) -> Json:
    """Another picture or file in place of the old content."""
    chat, message = _own_message(world, params)
    described = params.structure("media", "InputMedia")
    if not isinstance(described, dict) or described.get("type") not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: unsupported type")
    inner = Params(dict(params.values) | described)
    content = media.given(world, inner, "media", described["type"]) | _caption(inner)
    return _edit(world, chat, message, content, read_markup(params))


def edit_message_reply_markup(world: World, params: Params) -> Json:
    """Other buttons under the same content, or none."""
    chat, message = _own_message(world, params)
    markup = read_markup(params)
    if markup == message.get("reply_markup"):
        raise bad_request(_NOT_MODIFIED)
    changed = {name: value for name, value in message.items() if name != "reply_markup"}
    if markup:
        changed["reply_markup"] = markup
    return world.replace(chat, changed, edited=False)


def delete_message(world: World, params: Params) -> bool:
    """Take one message away for both sides."""
    chat = _chat(world, params)
    message = chat.messages.get(params.whole("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    _deletable(world, [message])
    world.remove(chat, [message["message_id"]])
    return True


def delete_messages(world: World, params: Params) -> bool:
    """Take 1 to 100 messages away; those that are not there are passed over."""
    chat = _chat(world, params)
    numbers = params.structure("message_ids", "message identifiers")
    if not isinstance(numbers, list) or not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > int(BulkRequestLimit.MAX_LIMIT):
        raise bad_request("too many message identifiers specified")
    if not all(type(number) is int for number in numbers):
        raise bad_request("invalid message identifier specified")
    standing = [chat.messages[number] for number in numbers if number in chat.messages]
    _deletable(world, standing)
    world.remove(chat, [message["message_id"] for message in standing])
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    """End the waiting of a pressed button, with or without a notice."""
    text = params.text("text")
    if units(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query_id = params.text("callback_query_id")
    chat_id = world.answer(query_id)
    alert = params.flag("show_alert")
    world.tell("answer", chat_id, query_id=query_id, text=text, show_alert=alert)
    return True


def send_chat_action(world: World, params: Params) -> bool:
    """The line "typing…" for a few seconds."""
    chat = _writable(world, params)
    if "action" not in params:
        raise bad_request("wrong parameter action in request")
    world.tell("action", chat.chat_id, action=params.text("action"))
    return True


def _chat(world: World, params: Params) -> Chat:
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    chat = world.chat(params.whole("chat_id"))
    if not chat.known:
        raise bad_request("chat not found")
    return chat


def _writable(world: World, params: Params) -> Chat:
    chat = _chat(world, params)
    if chat.blocked:
        raise RefusedError(403, "Forbidden: bot was blocked by the user")
    if chat.left:
        raise RefusedError(403, "Forbidden: bot is not a member of the group chat")
    return chat


def _own_message(world: World, params: Params) -> tuple[Chat, Json]:
    chat = _writable(world, params)
    message = chat.messages.get(params.whole("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be edited")
    return chat, message


def _deletable(world: World, messages: list[Json]) -> None:
    oldest = world.now() - DELETABLE_SECONDS
    if any(message["date"] < oldest for message in messages):
        raise bad_request("message can't be deleted for everyone")


def _formatted(params: Params, field: str) -> tuple[str, list[Json]]:
    text, mode = params.text(field), params.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(text)
    elif mode:
        raise bad_request("unsupported parse_mode: this server reads HTML only")
    else:
        name = "entities" if field == "text" else "caption_entities"
        entities = params.structure(name, "entities") or []
    text, entities = tidy(text, entities)
    return text, with_found(text, entities)


def _text(params: Params) -> Json:
    text, entities = _formatted(params, "text")
    if not text:
        raise bad_request("message text is empty")
    if units(text) > int(MessageLimit.MAX_TEXT_LENGTH):
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def _caption(params: Params) -> Json:
    text, entities = _formatted(params, "caption")
    if units(text) > int(MessageLimit.CAPTION_LENGTH):
        raise bad_request("message caption is too long")
    content: Json = {"caption": text} if text else {}
    return content | {"caption_entities": entities} if entities else content


def _send(world: World, chat: Chat, params: Params, content: Json) -> Json:
    markup = read_markup(params)
    if markup and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    if params.flag("protect_content"):
        content["has_protected_content"] = True
    if "reply_parameters" in params:
        content |= _reply(chat, params.structure("reply_parameters", "reply parameters"))
    message = world.place(chat, world.bot, content)
    if markup and "inline_keyboard" not in markup:
        chat.keyboard = markup if "keyboard" in markup else None
        world.tell("keyboard", chat.chat_id, keyboard=chat.keyboard)
    return message


def _reply(chat: Chat, wanted: Json) -> Json:
    answered = chat.messages.get(wanted.get("message_id", 0))
    if answered is not None:
        plain = {name: value for name, value in answered.items() if name != "reply_to_message"}
        return {"reply_to_message": plain}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _edit(world: World, chat: Chat, message: Json, content: Json, markup: Json | None) -> Json:
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    # An edit without a keyboard takes the old one away, as at Telegram.
    fresh = content | ({"reply_markup": markup} if markup else {})
    fixed = ("message_id", "from", "chat", "date", "has_protected_content", "reply_to_message")
    kept = {name: message[name] for name in fixed if name in message}
    old = {name: message[name] for name in message if name not in (*fixed, "edit_date")}
    if old == fresh:
        raise bad_request(_NOT_MODIFIED)
    return world.replace(chat, kept | fresh)


METHODS: dict[str, Method] = {
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagemedia": edit_message_media,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "answercallbackquery": answer_callback_query,
    "sendchataction": send_chat_action,
}
