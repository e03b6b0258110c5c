"""What is wrong with a content file: the file, the step and a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend; `step` is empty where the whole file is meant."""

    file: str
    step: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.step}" if self.step else self.file
        return f"{where}: {self.sentence}"


class ContentFaults(Exception):  # noqa: N818 - a report, with everything found at once
    """The content cannot be used as it is; `faults` holds everything that was found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)
