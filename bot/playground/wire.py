"""What goes over the wire: parameters as bots send them, refusals as Telegram words them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram.constants import FileSizeLimit

Json = dict[str, Any]


class RefusedError(Exception):
    """A call that Telegram answers with `ok: false`."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(description: str) -> RefusedError:
    """The refusal 400, worded as Telegram does."""
    return RefusedError(400, f"Bad Request: {description}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart form."""

    name: str
    data: bytes


def encode(value: object) -> bytes:
    """Compact JSON; lone surrogates stay readable because everything is escaped to ASCII."""
    return json.dumps(value, separators=(",", ":")).encode()


def success(result: object) -> bytes:
    """The body of an accepted call."""
    return b'{"ok":true,"result":' + encode(result) + b"}"


def refusal(refused: RefusedError) -> bytes:
    """The body of a refused call."""
    body: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.retry_after is not None:
        body["parameters"] = {"retry_after": refused.retry_after}
    return encode(body)


class Params:
    """Parameters of one call, from JSON (natural types) or from a form (everything is text)."""

    __slots__ = ("values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """The text given, or an empty one. Text that is not UTF-8 is refused."""
        value = self.values.get(name)
        if value is None or isinstance(value, Upload):
            return ""
        text = value if isinstance(value, str) else json.dumps(value)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return text

    def whole(self, name: str, default: int = 0) -> int:
        """The whole number given; like Telegram, anything unreadable counts as the default."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Whether the switch is on: true, "true", 1, "yes" and the like."""
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes", "y", "t")

    def structure(self, name: str, what: str) -> Any:
        """The object or list given, None where absent; `what` names it in a refusal."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file sent under this field, or the one an `attach://` text points at."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.values.get(value.removeprefix("attach://"))
        return value if isinstance(value, Upload) else None


LARGEST_BODY = int(FileSizeLimit.FILESIZE_UPLOAD) + 1_000_000
