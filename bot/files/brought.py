"""What came of a file that a person sent back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.files.everything import Everything


@dataclass(frozen=True, slots=True)
class Brought:
    """What is in it; without, why it could not be had."""

    all_of_it: Everything | None = None
    fault: Literal["", "large", "away", "unreadable"] = ""
