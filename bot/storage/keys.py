"""The master keys: given in the settings, or made once beside the embedded database.

For each master key in use the `facts` table holds the house secret wrapped under it. That is the
check value too: a wrong key does not open it. As long as people are known, a master key that is
missing or wrong ends the start, and nothing is made in its place.
"""

import os
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import bindparam, delete, insert, select

from bot.errors import SETTINGS_FAULT, StartError
from bot.settings import StorageSettings, decode_keys
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.lock import unusable
from bot.storage.sealing import KEY_BYTES, Keyring, Unsealable, key_id, open_secret
from bot.storage.tables import erasures, facts, people, set_aside

KEY_FILE = "master.key"
_MASTER = "master:"

_FACTS = select(facts.c.name, facts.c.value).where(facts.c.name.startswith(_MASTER))
_FORGET_FACTS = delete(facts).where(facts.c.name.startswith(_MASTER))
_FORGET_OLDER = _FORGET_FACTS.where(facts.c.name != bindparam("newest"))
_ADD_FACT = insert(facts).values(name=bindparam("name"), value=bindparam("value"))
_SEALED = [select(table.c[0]).limit(1) for table in (people, set_aside, erasures)]


async def open_keyring(settings: StorageSettings, database: Database) -> Keyring:
    """The keyring that opens this database; keys in the settings win over the key file.

    Raises `StartError` with exit code 2 for a key that is malformed, missing or wrong, and 1 when
    the key file cannot be read or written.
    """
    path = key_file(settings)
    masters = settings.master_keys or read_key_file(path)
    async with database.writing() as conn:
        in_use = await _in_use(conn)
        if not masters:
            if in_use:
                raise StartError(
                    f"The master key is missing, and words are sealed under it: put {path} back "
                    "or set THRESHOLD_SECRET_KEYS.",
                    SETTINGS_FAULT,
                )
            masters = [_make(path)]
        wrapped = {row[0]: row[1] for row in await conn.execute(_FACTS)}
        secret = _open(wrapped, masters)
        if secret is None:
            if in_use:
                raise StartError(
                    "The master key is wrong: words in the database are sealed under another. "
                    f"Put the right {path} back, or add the right key to THRESHOLD_SECRET_KEYS.",
                    SETTINGS_FAULT,
                )
            await conn.execute(_FORGET_FACTS)
            wrapped, secret = {}, os.urandom(KEY_BYTES)
        keyring = Keyring(masters, secret)
        if (name := _fact(masters[0])) not in wrapped:
            await conn.execute(_ADD_FACT, {"name": name, "value": keyring.wrap_secret()})
    return keyring


def _open(wrapped: dict[str, bytes], masters: list[bytes]) -> bytes | None:
    """The house secret, when every master key in use is at hand and right."""
    by_name = {_fact(master): master for master in masters}
    secret = None
    for name, value in wrapped.items():
        master = by_name.get(name)
        if master is None:
            return None
        try:
            secret = open_secret(master, value)
        except Unsealable:
            return None
    return secret


async def forget_older(conn: Connection, keyring: Keyring) -> None:
    """The master keys before the newest are not needed any more: nothing is sealed under them."""
    await conn.execute(_FORGET_OLDER, {"newest": _MASTER + keyring.newest.hex()})


async def _in_use(conn: Connection) -> bool:
    for query in _SEALED:
        if (await conn.execute(query)).first() is not None:
            return True
    return False


def _fact(master: bytes) -> str:
    return _MASTER + key_id(master).hex()


def key_file(settings: StorageSettings) -> Path:
    """Where the key file of these settings lies."""
    return Path(settings.database.database or "").with_name(KEY_FILE)


def read_key_file(path: Path) -> list[bytes]:
    """The master keys in the key file, newest first; none where there is no file."""
    try:
        return decode_keys(path.read_text("ascii"))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise unusable(path.parent, error) from None
    except ValueError:
        raise StartError(
            f"The master key file {path} is damaged: restore it from your backup.", SETTINGS_FAULT
        ) from None


def _make(path: Path) -> bytes:
    """Make the key file with a new master key in it."""
    master = os.urandom(KEY_BYTES)
    write_key_file(path, [master])
    return master


def write_key_file(path: Path, masters: Sequence[bytes]) -> None:
    """Write the key file, newest key first: whole or not at all, readable by its owner only.

    Raises `StartError` with exit code 1 where it cannot be written.
    """
    draft = path.with_name(path.name + ".new")
    try:
        with suppress(FileNotFoundError):
            draft.unlink()
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(b",".join(map(urlsafe_b64encode, masters)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        raise unusable(path.parent, error) from None
