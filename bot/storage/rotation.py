"""`python -m bot rotate-keys`: every person's key wrapped anew, under the newest master key.

Stopped at any point it is taken up again by the next run: both master keys open what they wrapped
until nothing is left under the older one.
"""

import asyncio
import os

from rich.console import Console
from rich.progress import Progress

from bot.errors import SETTINGS_FAULT, StartError
from bot.settings import StorageSettings, load_storage_settings
from bot.storage.database import Database
from bot.storage.keys import forget_older, key_file, open_keyring, read_key_file, write_key_file
from bot.storage.people import add_keys, wrapped_keys
from bot.storage.sealing import KEY_BYTES, KEY_ID_BYTES, Keyring, Unsealable

#: People in one transaction.
BATCH = 1_000
_FIRST = -(2**63)


def main() -> int:
    """Rotate the master key of the settings, or of the key file; the exit code."""
    settings = load_storage_settings()
    console = Console()
    wrapped = asyncio.run(rotate(settings, console))
    console.print(f"{wrapped:,} people's keys are wrapped under the newest master key.")
    if settings.master_keys:
        console.print("THRESHOLD_SECRET_KEYS needs only its first key now.")
    else:
        console.print(f"Back up {key_file(settings)} again: the old key opens nothing any more.")
    return 0


async def rotate(settings: StorageSettings, console: Console) -> int:
    """Wrap all keys under the newest master key, and how many that were; bar on the console.

    Without keys in the settings a new one is made in the key file. Raises `StartError` (exit code
    2) where a key is missing, and (1) while a bot holds the database.
    """
    database = await Database.open(settings)
    try:
        path = key_file(settings)
        own = not settings.master_keys
        before = read_key_file(path) if own else settings.master_keys
        if own and len(before) == 1:  # two of them are a rotation that was stopped
            # Proves that the old key is the right one before anything is written.
            await open_keyring(settings, database)
            write_key_file(path, [os.urandom(KEY_BYTES), *before])
        keyring = await open_keyring(settings, database)
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("Wrapping keys", total=None)
            wrapped, after = 0, _FIRST
            while (reached := await _batch(database, keyring, after)) is not None:
                after, changed = reached
                wrapped += changed
                progress.update(task, completed=wrapped)
        async with database.writing() as conn:
            await forget_older(conn, keyring)
        await database.scrub()  # the old wrappings are in the log still
        if own:
            write_key_file(path, read_key_file(path)[:1])
        return wrapped
    finally:
        await database.close()


async def _batch(database: Database, keyring: Keyring, after: int) -> tuple[int, int] | None:
    """The last person of one more batch and how many changed; None where nobody is left."""
    async with database.writing() as conn:
        found = await wrapped_keys(conn, after, BATCH)
        if not found:
            return None
        old = {p: key for p, key in found.items() if key[:KEY_ID_BYTES] != keyring.newest}
        try:
            await add_keys(conn, {p: keyring.rewrap(p, key) for p, key in old.items()})
        except Unsealable:
            raise StartError(
                "Someone's key does not open: it is damaged, or its master key is missing. "
                "Nothing was lost; put the key back and run this again.",
                SETTINGS_FAULT,
            ) from None
        return max(found), len(old)
