"""What a person can do in a chat: write, press, edit, delete, send things, block, come back."""

from bot.playground import media
from bot.playground.keyboards import button_at
from bot.playground.markup import units, with_found
from bot.playground.wire import Json
from bot.playground.world import Chat, World

TEXT_LIMIT = 4096


class ImpossibleError(Exception):
    """The person's app would not let them do this."""


def write(world: World, chat: Chat, text: str, sender: Json | None = None) -> list[Json]:
    """Send a text; apps trim it and send a long one as several messages."""
    text = text.strip()
    if not text:
        raise ImpossibleError("an empty message cannot be sent")
    return [say(world, chat, {"text": part, **_entities(part)}, sender) for part in _split(text)]


def say(world: World, chat: Chat, content: Json, sender: Json | None = None) -> Json:
    """Send a message with any content, as the Bot API describes it."""
    _must_reach(chat)
    chat.known = True
    message = world.place(chat, sender or chat.person, content)
    world.updates.add("message", message, chat.chat_id)
    return message


def send_file(
    world: World, chat: Chat, kind: str, *, name: str, data: bytes, caption: str = ""
) -> Json:
    """Send a photo, document, voice message or sticker."""
    content = media.content(world, kind, name, data)
    if caption:
        content |= {"caption": caption}
    return say(world, chat, content)


def send_location(world: World, chat: Chat, latitude: float, longitude: float) -> Json:
    """Share a place, in degrees."""
    return say(world, chat, {"location": {"latitude": latitude, "longitude": longitude}})


def press(world: World, chat: Chat, message_id: int, data: str) -> str:
    """Press a button by its callback data and return the query's id.

    The button need not stand there any more: a phone may still show an old one.
    """
    _must_reach(chat)
    query_id = world.ask(chat)
    gone: Json = {"chat": chat.chat, "message_id": message_id, "date": 0}
    query: Json = {
        "id": query_id,
        "from": chat.person,
        "message": chat.messages.get(message_id, gone),
        "chat_instance": str(chat.chat_id * 7919),
        "data": data,
    }
    world.updates.add("callback_query", query, chat.chat_id)
    return query_id


def press_at(world: World, chat: Chat, message_id: int, row: int, column: int) -> str:
    """Press the button that stands at this place, counted from 0."""
    button = button_at(chat.messages.get(message_id, {}), row, column)
    if button is None or "callback_data" not in button:
        raise ImpossibleError("there is no such button")
    return press(world, chat, message_id, button["callback_data"])


def edit(world: World, chat: Chat, message_id: int, text: str) -> Json:
    """Change one's own message."""
    message, text = chat.messages.get(message_id), text.strip()
    if message is None or message["from"]["is_bot"]:
        raise ImpossibleError("only one's own message can be edited")
    key = "text" if "text" in message else "caption"
    if not text or units(text) > TEXT_LIMIT:
        raise ImpossibleError("a message holds 1 to 4096 characters")
    if message.get(key) == text:
        return message
    kept = {name: value for name, value in message.items() if not name.endswith("entities")}
    found = _entities(text)
    if key == "caption" and found:
        found = {"caption_entities": found["entities"]}
    changed = world.replace(chat, kept | {key: text} | found)
    if not chat.blocked:
        world.updates.add("edited_message", changed, chat.chat_id)
    return changed


def delete(world: World, chat: Chat, message_ids: list[int]) -> list[int]:
    """Delete messages for both; a bot is never told."""
    return world.remove(chat, message_ids)


def clear(world: World, chat: Chat) -> None:
    """Delete the whole history."""
    world.remove(chat, list(chat.messages))


def block(world: World, chat: Chat) -> None:
    """Block the bot: from now on it gets 403."""
    _set_blocked(world, chat, blocked=True)


def unblock(world: World, chat: Chat) -> None:
    """Let the bot in again."""
    _set_blocked(world, chat, blocked=False)


def bring_to_group(world: World, person: Chat, title: str) -> Chat:
    """Make a group and add the bot to it."""
    group = world.add_group(title, person.person)
    _member_changed(world, group, person.person, "left", "member")
    return group


def _set_blocked(world: World, chat: Chat, *, blocked: bool) -> None:
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    _member_changed(world, chat, chat.person, old, new)
    world.tell("blocked", chat.chat_id, blocked=blocked)


def _member_changed(world: World, chat: Chat, by: Json, old: str, new: str) -> None:
    def member(status: str) -> Json:
        state: Json = {"user": world.bot, "status": status}
        return state | {"until_date": 0} if status == "kicked" else state

    payload: Json = {
        "chat": chat.chat,
        "from": by,
        "date": int(world.now()),
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }
    world.updates.add("my_chat_member", payload, chat.chat_id)


def _must_reach(chat: Chat) -> None:
    if chat.blocked:
        raise ImpossibleError("the bot is blocked")


def _entities(text: str) -> Json:
    found = with_found(text, [])
    return {"entities": found} if found else {}


def _split(text: str) -> list[str]:
    parts = []
    while units(text) > TEXT_LIMIT:
        cut = TEXT_LIMIT
        while units(text[:cut]) > TEXT_LIMIT:
            cut -= 1
        # Apps prefer to cut at a line or a word.
        for mark in ("\n", " "):
            if (place := text.rfind(mark, cut // 2, cut)) > 0:
                cut = place
                break
        parts.append(text[:cut].strip())
        text = text[cut:].strip()
    return [*parts, text]
