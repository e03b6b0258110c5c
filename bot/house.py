"""What every turn stands on: the content, the keys, the ids, the clock. Made once by `app`."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.files.brought import Brought
from bot.lookup import Atlas, Nowhere
from bot.storage.ids import IdSource
from bot.storage.replay import ErasureList
from bot.storage.sealing import Keyring
from conversations.helplines import Country, Helplines
from conversations.library import Library
from conversations.listening import Listener


def utc_now() -> datetime:
    """The wall clock, aware."""
    return datetime.now(UTC)


Fetch = Callable[[str], Awaitable[Brought]]


@dataclass(frozen=True, slots=True)
class Lengths:
    """Months that unfinished talks are kept, and people who are not seen; 0: for good."""

    talks: int = 12
    people: int = 24


async def nothing_fetched(_file: str) -> Brought:
    """Where nobody fetches files."""
    return Brought(fault="away")


@dataclass(frozen=True)
class House:
    """Read-only for the turns. `token` gives short one-time words for destructive buttons.

    `atlas` is slow, and never asked in a turn (see `lookup`). `erased` lists erasures.
    `fetch` gets a file that was sent, and is as slow.
    """

    library: Library
    helplines: Helplines
    listener: Listener
    keyring: Keyring
    ids: IdSource
    erased: ErasureList
    now: Callable[[], datetime] = utc_now
    atlas: Atlas = field(default_factory=Nowhere)
    lengths: Lengths = Lengths()
    fetch: Fetch = nothing_fetched
    token: Callable[[], str] = field(default=lambda: secrets.token_hex(3))

    def country(self, code: str | None) -> Country | None:
        """The country's lines, where one was chosen."""
        return self.helplines.country(code) if code else None
