"""The child process that knows places: one JSON line in, one JSON line out, until its input ends.

It holds what is large and rare, so that the bot does not. It writes nothing anywhere else: what
people type is in no log, and a failure is told by its class alone.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from timezonefinder import TimezoneFinder

from bot.places.models import Looked, Place
from bot.places.names import Names
from bot.places.zones import label_of, offset_name


@cache
def _names() -> Names:
    return Names()


@cache
def _finder() -> TimezoneFinder:
    return TimezoneFinder()


def at(latitude: float, longitude: float) -> Looked:
    """The zone at that spot, in degrees; at sea a plain offset."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return Looked()
    zone = _finder().timezone_at(lat=latitude, lng=longitude)
    if zone is None:
        return Looked()
    if zone.startswith("Etc/"):
        # Etc/GMT+2 lies two hours west; its sign is the other way round.
        zone = offset_name(-60 * int(zone.removeprefix("Etc/GMT") or 0))
    return Looked((Place(label_of(zone), zone),), sure=True)


def answer(asked: dict[str, Any]) -> Looked:
    """What was asked for; KeyError where a part is missing."""
    if asked["ask"] == "at":
        return at(asked["latitude"], asked["longitude"])
    moment = datetime.fromisoformat(asked["moment"])
    return _names().named(asked["text"], moment)


def main() -> None:
    """Answer line by line."""
    for line in sys.stdin:
        try:
            reply: dict[str, Any] = asdict(answer(json.loads(line)))
        except Exception as error:
            reply = {"error": type(error).__name__}
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
