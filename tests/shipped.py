"""What is shipped, read once a process: it is frozen, and reading it takes most of a second."""

from functools import cache

from conversations.helplines import Helplines, read_helplines
from conversations.library import Library, read_library
from conversations.listening import Listener, read_listener


@cache
def library() -> Library:
    """Every exercise and phrase."""
    return read_library()


@cache
def listener() -> Listener:
    """The listening rules of every language."""
    return read_listener()


@cache
def content() -> tuple[Library, Helplines, Listener]:
    """All that the bot reads at its start."""
    return library(), read_helplines(), listener()
