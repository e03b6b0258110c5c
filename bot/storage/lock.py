"""One bot a database: a lock that ends with its process, however it ends."""

import asyncio
import fcntl
import os
from pathlib import Path
from typing import Self

from bot.errors import ENVIRONMENT_FAULT, StartError

# A bot that was just killed may take a moment to be gone.
_PATIENCE = 1.0
_STEP = 0.05


class FileLock:
    """An exclusive lock on a file, held until `release`."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    async def take(cls, path: Path, patience: float = _PATIENCE) -> Self:
        """Take the lock, or raise `StartError` when another process keeps it."""
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise unusable(path.parent, error) from None
        waited = 0.0
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return cls(handle)
            except OSError:
                if waited >= patience:
                    os.close(handle)
                    raise StartError(
                        f"Another Threshold is using the database in {path.parent}.",
                        ENVIRONMENT_FAULT,
                    ) from None
            await asyncio.sleep(_STEP)
            waited += _STEP

    def release(self) -> None:
        """Let the lock go; the file stays, because removing it would let two take it."""
        os.close(self._handle)


def unusable(folder: Path, error: OSError) -> StartError:
    """What an operator is told of a folder that cannot be written."""
    reason = error.strerror or type(error).__name__
    return StartError(f"The folder {folder} cannot be used: {reason}.", ENVIRONMENT_FAULT)
