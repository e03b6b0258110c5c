"""What can be read of an entry that Telegram sent: its number, and the update, strings cleaned."""

import json
import re
from typing import Any, Final

MOST_INNER_VALUES = 200  # an update with more lists and objects is looked at in full

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")

_encode: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode

Update = dict[str, Any]


def number_of(entry: object) -> int:
    """The entry's update number as far as it can be told, else -1."""
    number = entry.get("update_id") if isinstance(entry, dict) else None
    if isinstance(number, str) and number.isascii() and number.isdigit() and len(number) < 20:
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 2**63:
        return -1
    return number


def readable(entry: object) -> Update | None:
    """The entry as an update with clean strings, or None."""
    if not isinstance(entry, dict) or isinstance(entry.get("update_id"), str):
        return None
    if number_of(entry) < 0:
        return None
    try:
        return entry if _is_clean(entry) else clean(entry)
    except RecursionError:
        return None


def _is_clean(entry: Update) -> bool:
    """Whether `clean` would surely change nothing; far cheaper than looking at each string."""
    text = _encode(entry)
    if text.count("[") + text.count("{") > MOST_INNER_VALUES:  # may be too deep for anything else
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def clean(value: Any) -> Any:
    """The same JSON value with every half of a surrogate pair replaced by U+FFFD.

    Such halves are legal in JSON but can neither be stored nor sent on.
    """
    if isinstance(value, str):
        return value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {clean(key): clean(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [clean(inner) for inner in value]
    return value
