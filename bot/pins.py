"""The PIN of `/lock`: hashed and compared with argon2, in a thread and never in a turn."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

#: Iterations, KiB of memory, lanes: the smallest of OWASP's equal choices, for small machines.
TIME_COST, MEMORY_COST, LANES = 2, 19_456, 1
_PIN = re.compile(r"\d{4,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PinAnswer:
    """Whether a PIN was the right one, or what is to be kept of a new one."""

    right: bool = False
    kept: str = ""


def as_pin(text: str) -> str | None:
    """The 4 to 12 digits of a typed PIN, in any script and with spaces; None where it is none."""
    digits = "".join(unicodedata.normalize("NFKC", text).split())
    if digits.isdecimal():
        digits = "".join(str(unicodedata.decimal(digit)) for digit in digits)
    return digits if _PIN.fullmatch(digits) else None


async def hashed(pin: str) -> str:
    """What is kept of a PIN."""
    return await asyncio.to_thread(_hash, pin)


async def matches(pin: str, kept: str) -> bool:
    """Whether it is the PIN that this was kept of."""
    return await asyncio.to_thread(_matches, pin, kept)


def _hash(pin: str) -> str:
    return _hasher().hash(pin)


def _matches(pin: str, kept: str) -> bool:
    from argon2.exceptions import VerificationError  # noqa: PLC0415

    try:
        return _hasher().verify(kept, pin)
    except VerificationError:
        return False


def _hasher() -> PasswordHasher:
    # Loaded only where somebody has a PIN.
    from argon2 import PasswordHasher  # noqa: PLC0415

    return PasswordHasher(TIME_COST, MEMORY_COST, LANES)
