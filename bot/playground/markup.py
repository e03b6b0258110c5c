"""Telegram's HTML, read as Telegram reads it: plain text and entities with UTF-16 offsets."""

import re
from dataclasses import dataclass, field

from bot.playground.wire import Json, RefusedError, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPECIAL = re.compile("[<&]")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_OPENING = re.compile(r"<([^\s>/][^\s>]*)")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_END = re.compile(r"\s*>")
_CLOSING = re.compile(r"</([^\s>]*)\s*(>?)")
# With a scheme anything goes; a bare name counts under the usual ends, as at Telegram.
_URL = re.compile(
    r"https?://[^\s<>]+[^\s<>.,:;!?)\"'\]]"
    r"|(?<![\w.@/-])(?:[a-z0-9][a-z0-9-]*\.)+(?:com|org|net|info|gov|edu|int|app|chat|[a-z]{2})"
    r"(?![\w-]|\.\w)(?:/[^\s<>]*[^\s<>.,:;!?)\"'\]])?",
    re.IGNORECASE,
)
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")
# Telegram's servers drop line separators and writing direction overrides, and blank out controls.
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANKED = re.compile("[\x00-\x09\x0b-\x1f]")


def units(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    attributes: dict[str, str] = field(default_factory=dict)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Text and entities of a message in HTML parse mode.

    Raises `RefusedError` ("can't parse entities") for all but Telegram's own tags, nested well.
    """
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        at = 0
        while found := _SPECIAL.search(self.source, at):
            self.add(self.source[at : found.start()])
            at = found.start()
            if found[0] == "&":
                at = self.reference(at)
            elif self.source.startswith("</", at):
                at = self.close(at)
            else:
                at = self.begin(at)
        self.add(self.source[at:])
        if self.open:
            raise _unreadable(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"'
            )
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), self.entities

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += units(text)

    def byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def reference(self, at: int) -> int:
        found = _REFERENCE.match(self.source, at)
        decimal, sixteen, named = found.groups() if found else (None, None, None)
        number = int(decimal) if decimal else int(sixteen, 16) if sixteen else None
        if found is None or (number is not None and not _is_character(number)):
            self.add("&")
            return at + 1
        self.add(chr(number) if number is not None else _NAMED[named or ""])
        return found.end()

    def begin(self, start: int) -> int:
        found = _OPENING.match(self.source, start)
        tag = found[1].lower() if found else ""
        if self.source.find(">", start) < 0:
            raise _unreadable(f"Unclosed start tag at byte offset {self.byte(start)}")
        if found is None or tag not in _KINDS:
            raise _unreadable(f'Unsupported start tag "{tag}" at byte offset {self.byte(start)}')
        opened = _Open(tag, self.length)
        at = found.end()
        while not (end := _END.match(self.source, at)):
            attribute = _ATTRIBUTE.match(self.source, at)
            if attribute is None:
                raise _unreadable(f"Unclosed start tag at byte offset {self.byte(start)}")
            opened.attributes[attribute[1].lower()] = next(
                (value for value in attribute.groups()[1:] if value is not None), ""
            )
            at = attribute.end()
        if tag == "span" and opened.attributes.get("class") != "tg-spoiler":
            raise _unreadable(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self.byte(start)}'
            )
        self.open.append(opened)
        return end.end()

    def close(self, start: int) -> int:
        found = _CLOSING.match(self.source, start)
        if found is None or not found[2]:
            raise _unreadable(f"Unclosed end tag at byte offset {self.byte(start)}")
        if not self.open:
            raise _unreadable(f"Unexpected end tag at byte offset {self.byte(start)}")
        opened = self.open.pop()
        if found[1] and found[1].lower() != opened.tag:
            raise _unreadable(
                f"Unmatched end tag at byte offset {self.byte(start)}, "
                f'expected "</{opened.tag}>", found "</{found[1].lower()}>"'
            )
        if self.length > opened.offset:
            self.entities.append(self.entity(opened))
        return found.end()

    def entity(self, opened: _Open) -> Json:
        kind, attributes = _KINDS[opened.tag], opened.attributes
        entity: Json = {
            "type": kind,
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if kind == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        elif kind == "text_link":
            entity["url"] = _unescape(attributes.get("href") or "".join(self.parts))
        elif kind == "custom_emoji":
            entity["custom_emoji_id"] = attributes.get("emoji-id", "")
        elif kind == "pre" and self.entities:
            last = self.entities[-1]
            if last["type"] == "code" and last["offset"] == entity["offset"]:
                self.entities.pop()
                if "language" in last:
                    entity["language"] = last["language"]
        elif kind == "code" and attributes.get("class", "").startswith("language-"):
            # Telegram takes it from here when the tag around is <pre>.
            entity["language"] = attributes["class"].removeprefix("language-")
        return entity


def _unescape(text: str) -> str:
    return _REFERENCE.sub(lambda found: _NAMED.get(found[3] or "", found[0]), text)


def _is_character(number: int) -> bool:
    return 0 < number < 0x110000 and not 0xD800 <= number < 0xE000


def _unreadable(why: str) -> RefusedError:
    return bad_request(f"can't parse entities: {why}")


def tidy(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Drop what Telegram drops: white space at both ends and characters it does not carry."""
    text = _BLANKED.sub(" ", text)
    if not entities:
        return _DROPPED.sub("", text).strip(), []
    kept = text.strip()
    shift = units(text[: len(text) - len(text.lstrip())])
    end = units(kept)
    clipped = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        length = min(entity["offset"] + entity["length"] - shift, end) - start
        if length > 0:
            clipped.append(entity | {"offset": start, "length": length})
    return kept, clipped


def with_found(text: str, entities: list[Json]) -> list[Json]:
    """The entities and those that Telegram finds by itself: addresses and commands."""
    if "/" not in text and "." not in text:
        return entities
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] in ("code", "pre", "text_link")
    ]
    found = list(entities)
    for kind, pattern in (("url", _URL), ("bot_command", _COMMAND)):
        for match in pattern.finditer(text):
            start = units(text[: match.start()])
            end = start + units(match[0])
            if all(end <= low or start >= high for low, high in taken):
                found.append({"type": kind, "offset": start, "length": end - start})
                taken.append((start, end))
    found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return found
