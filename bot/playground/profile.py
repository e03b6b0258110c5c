"""Bot API methods that concern the bot itself, its chats and files: names, commands, menu."""

import json
import re
from typing import Any

from telegram.constants import BotCommandLimit, BotDescriptionLimit, BotNameLimit

from bot.playground.markup import units
from bot.playground.methods import Method
from bot.playground.wire import Json, Params, RefusedError, bad_request
from bot.playground.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_EVERYWHERE = '{"type": "default"}'
_PRIVATE = '{"type": "all_private_chats"}'
_TEXTS = {
    "name": int(BotNameLimit.MAX_NAME_LENGTH),
    "description": int(BotDescriptionLimit.MAX_DESCRIPTION_LENGTH),
    "short_description": int(BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH),
}


def get_me(world: World, _: Params) -> Json:
    """The bot as a user."""
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "has_main_web_app": False,
    }


def get_chat(world: World, params: Params) -> Json:
    """What the bot may know about a chat."""
    chat = world.chat(params.whole("chat_id"))
    if not chat.known:
        raise bad_request("chat not found")
    gifts = ("unlimited", "limited", "unique")
    accepted = {f"{kind}_gifts": True for kind in gifts} | {
        "premium_subscription": True,
        "gifts_from_channels": True,
    }
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}
    return chat.chat | more


def leave_chat(world: World, params: Params) -> bool:
    """Leave a group."""
    chat = world.chat(params.whole("chat_id"))
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    if chat.left:
        raise RefusedError(403, "Forbidden: bot is not a member of the group chat")
    chat.left = True
    world.tell("left", chat.chat_id)
    return True


def get_file(world: World, params: Params) -> Json:
    """Where a file can be downloaded."""
    stored = world.files.get(params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_id[::-1],
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


def set_my_commands(world: World, params: Params) -> bool:
    """The command menu for one scope and language."""
    commands = params.structure("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > int(BotCommandLimit.MAX_COMMAND_NUMBER):
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for entry in commands:
        if not _COMMAND.fullmatch(str(entry.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        most = int(BotCommandLimit.MAX_DESCRIPTION)
        if not 1 <= units(str(entry.get("description", ""))) <= most:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    _menus(world)[_scope(params)] = commands
    world.tell("commands", 0)
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    """The commands set for exactly this scope and language."""
    found: list[Json] = _menus(world).get(_scope(params), [])
    return found


def delete_my_commands(world: World, params: Params) -> bool:
    """Take the commands of one scope and language away."""
    _menus(world).pop(_scope(params), None)
    world.tell("commands", 0)
    return True


def commands_for(world: World, chat_id: int) -> list[Json]:
    """The commands a person sees in this chat: the nearest scope and language win."""
    language = world.chat(chat_id).person.get("language_code", "")
    own = json.dumps({"type": "chat", "chat_id": chat_id})
    scopes = [own, *([_PRIVATE] if chat_id > 0 else []), _EVERYWHERE]
    for scope in scopes:
        for wanted in (language, ""):
            if found := _menus(world).get(f"{scope} {wanted}"):
                commands: list[Json] = found
                return commands
    return []


def set_chat_menu_button(world: World, params: Params) -> bool:
    """The button beside the input line: commands, a web app or Telegram's default."""
    button = params.structure("menu_button", "menu button") or {"type": "default"}
    world.settings.setdefault("menu_buttons", {})[params.text("chat_id")] = button
    return True


def get_chat_menu_button(world: World, params: Params) -> Json:
    """The menu button of a chat, or the one for all chats."""
    buttons = world.settings.get("menu_buttons", {})
    fallback = buttons.get("", {"type": "default"})
    found: Json = buttons.get(params.text("chat_id"), fallback)
    return found


def _menus(world: World) -> dict[str, Any]:
    return world.settings.setdefault("commands", {})


def _scope(params: Params) -> str:
    scope = params.structure("scope", "BotCommandScope") or {"type": "default"}
    if scope.get("type") == "chat":
        scope = {"type": "chat", "chat_id": int(scope.get("chat_id", 0))}
    return f"{json.dumps(scope)} {params.text('language_code')}"


def text_of(world: World, what: str, language: str = "") -> str:
    """The bot's name or description in this language, or in the one for all."""
    texts = world.settings.get(what, {})
    return str(texts.get(language) or texts.get("") or "")


def _setter(what: str) -> Method:
    def set_text(world: World, params: Params) -> bool:
        text = params.text(what)
        if units(text) > _TEXTS[what]:
            raise bad_request(f"{what.replace('_', ' ')} is too long")
        world.settings.setdefault(what, {})[params.text("language_code")] = text
        if what == "name" and text and "language_code" not in params:
            world.bot["first_name"] = text
        world.tell("profile", 0)
        return True

    return set_text


def _getter(what: str) -> Method:
    def get_text(world: World, params: Params) -> Json:
        fallback = world.bot["first_name"] if what == "name" else ""
        return {what: text_of(world, what, params.text("language_code")) or fallback}

    return get_text


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getchat": get_chat,
    "leavechat": leave_chat,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
} | {
    f"{verb}my{what.replace('_', '')}": make(what)
    for verb, make in (("set", _setter), ("get", _getter))
    for what in _TEXTS
}
