"""Rare words for tests to type, and the search for them where nobody may read them.

Every bot that a test starts lets its folder be watched; when the session of tests ends, no file
there may hold a word that was typed: neither the database's files nor the logs.
"""

import random
import string
from itertools import count
from pathlib import Path

#: In every rare word of this process, and in nothing else.
STEM = "".join(random.SystemRandom().choices(string.ascii_lowercase, k=12))
_numbers = count(1)
_typed: set[bytes] = {STEM.encode()}
_folders: set[Path] = set()


def rare() -> str:
    """A word nobody else types, and no other call gives."""
    return f"{STEM}{next(_numbers)}x"


def typed(text: str) -> str:
    """The same text, remembered as one that no file may hold."""
    if STEM not in text:
        _typed.add(text.encode())
    return text


def watch(folder: Path) -> Path:
    """The same folder, remembered as one whose files are searched at the end."""
    _folders.add(folder)
    return folder


def readable() -> list[str]:
    """The files in watched folders that hold something typed."""
    files = [file for folder in _folders for file in sorted(folder.rglob("*")) if file.is_file()]
    return [str(file) for file in files if _holds(file.read_bytes())]


def _holds(data: bytes) -> bool:
    return any(text in data for text in _typed)
