"""The list of erasures beside the database: a backup put back is asked to forget again.

One line an erasure: a keyed hash, which tells nothing, and when it was. It is written before the
erasure commits, so that no erasure is ever missing from it.
"""

import os
from pathlib import Path

from bot.settings import StorageSettings
from bot.storage import erasure
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.lock import unusable
from bot.storage.people import first_seen
from bot.storage.sealing import Keyring

FILE = "erasures"
#: People looked through in one transaction.
SLICE = 5_000
_FIRST = -(2**63)


class ErasureList:
    """Who was erased, by keyed hash, in a file of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, settings: StorageSettings) -> "ErasureList":
        """The list that lies beside the database of these settings."""
        return cls(Path(settings.database.database or "").with_name(FILE))

    def note(self, digest: bytes, at: int) -> None:
        """Add one erasure, at epoch milliseconds; OSError where it cannot be written."""
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="ascii") as file:
            file.write(f"{digest.hex()} {at}\n")
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> dict[bytes, int]:
        """When each was erased, the last time, by digest; a line cut short by a crash is passed."""
        try:
            lines = self._path.read_text("ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise unusable(self._path.parent, error) from None
        found = {}
        for line in lines:
            digest, _, at = line.partition(" ")
            if len(digest) == 32 and at.isdecimal():
                found[bytes.fromhex(digest)] = int(at)
        return found


async def forget(
    conn: Connection, keyring: Keyring, listed: ErasureList, person: int, at: int
) -> None:
    """Erase a person, and have every backup that is ever put back erase them too."""
    listed.note(keyring.erasure_digest(person), at)
    await erasure.forget(conn, keyring, person, at)


async def replay(database: Database, keyring: Keyring, listed: ErasureList) -> int:
    """Erase anew who is listed and not known to be erased here; how many that were.

    Who agreed again after their erasure stays. Costs one read where nothing was put back.
    """
    async with database.reading() as conn:
        known = await erasure.erased(conn)
    missing = {digest: at for digest, at in listed.read().items() if known.get(digest, -1) < at}
    if not missing:
        return 0
    again, after = 0, _FIRST
    while True:
        async with database.writing() as conn:
            slice_ = await first_seen(conn, after, SLICE)
            for person, created_at in slice_.items():
                at = missing.get(keyring.erasure_digest(person))
                if at is not None and created_at <= at:
                    await erasure.forget(conn, keyring, person, at)
                    again += 1
            if len(slice_) < SLICE:
                await erasure.note_erased(conn, missing)
                break
            after = max(slice_)
    return again
