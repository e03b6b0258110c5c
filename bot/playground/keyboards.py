"""Reply markup, checked as Telegram checks it."""

from typing import Any

from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

from bot.playground.wire import Json, Params, bad_request

_ACTIONS = ("callback_data", "url", "copy_text", "web_app", "login_url", "switch_inline_query")
_COPY_LIMIT = 256


def read_markup(params: Params) -> Json | None:
    """The reply markup of a call; an empty inline keyboard counts as none."""
    markup = params.structure("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _inline_rows(markup["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        return markup | {"keyboard": _reply_rows(markup["keyboard"])}
    return markup if markup.keys() & {"remove_keyboard", "force_reply"} else None


def _inline_rows(rows: Any) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    if sum(map(len, rows)) > int(InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER):
        raise bad_request("reply markup is too long")
    return [[_inline_button(button) for button in row] for row in rows if row]


def _inline_button(button: Any) -> Json:
    parse = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(parse + "Object expected")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request(parse + "Inline keyboard button text must be non-empty")
    action = next((name for name in _ACTIONS if name in button), None)
    if action is None:
        raise bad_request(parse + "Text buttons are unallowed in the inline keyboard")
    value = button[action]
    if action == "callback_data":
        most = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
        if not isinstance(value, str) or not 1 <= _size(value) <= most:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= _COPY_LIMIT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif action == "url" and "://" not in str(value) and not str(value).startswith("tel:"):
        raise bad_request("BUTTON_URL_INVALID")
    return button


def _reply_rows(rows: Any) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup must be an Array')
    return [[{"text": key} if isinstance(key, str) else key for key in row] for row in rows if row]


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def button_at(message: Json, row: int, column: int) -> Json | None:
    """The inline button at this place, counted from 0, if there is one."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
        found: Json = rows[row][column]
        return found
    return None
