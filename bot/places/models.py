"""What looking for a place gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A zone under a name people know: `label` is for a button, `zone` is as in `zone_of`."""

    label: str
    zone: str


@dataclass(frozen=True, slots=True)
class Looked:
    """The likely places, best first; none where nothing fits.

    `sure`: the first one needs no question. `away`: the search could not run just now, while a
    zone's own name or an offset would still be understood.
    """

    places: tuple[Place, ...] = ()
    sure: bool = False
    away: bool = False
