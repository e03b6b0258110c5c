"""Photos and files: what the Bot API says about them, read from their first bytes."""

import struct

from telegram.constants import FileSizeLimit

from bot.playground.wire import Json, Params, RefusedError, bad_request
from bot.playground.world import StoredFile, World

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF or JPEG; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:4] == b"GIF8" and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def content(world: World, kind: str, name: str, data: bytes) -> Json:
    """The part of a message that describes a newly stored file of this kind."""
    if kind == "photo":
        size = picture_size(data)
        if size is None or len(data) > int(FileSizeLimit.PHOTOSIZE_UPLOAD):
            raise bad_request("IMAGE_PROCESS_FAILED")
        if sum(size) > 10_000 or max(size) > 20 * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
    elif len(data) > int(FileSizeLimit.FILESIZE_UPLOAD):
        raise RefusedError(413, "Request Entity Too Large")
    elif not data:
        raise bad_request("file must be non-empty")
    return describe(world.store(kind, name, data))


def describe(stored: StoredFile) -> Json:
    """The part of a message that describes this file."""
    about: Json = {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_id[::-1],
        "file_size": len(stored.data),
    }
    if stored.kind == "photo":
        width, height = picture_size(stored.data) or (1, 1)
        return {"photo": [about | {"width": width, "height": height}]}
    if stored.kind == "voice":
        return {"voice": about | {"duration": 1, "mime_type": "audio/ogg"}}
    if stored.kind == "sticker":
        kinds = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "🙂"}
        return {"sticker": about | kinds | {"width": 512, "height": 512}}
    return {"document": about | {"file_name": stored.name}}


def given(world: World, params: Params, field: str, kind: str) -> Json:
    """The file a bot sends in this field: uploaded, or an id known already."""
    upload = params.upload(field)
    if upload is not None:
        return content(world, kind, upload.name, upload.data)
    if field not in params:
        raise bad_request(f"there is no {kind} in the request")
    stored = world.files.get(params.text(field))
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return describe(stored)
