"""Which zones show a clock: the largest town of each zone, in a small table of the bot's own.

Needs no child process, so that the commonest way of telling one's zone is answered at once.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.places.models import Looked, Place
from bot.places.towns import City, rule, together

#: Zones offered at most.
MOST = 8
_TABLE = Path(__file__).with_name("largest.tsv")


@cache
def largest() -> tuple[City, ...]:
    """The largest town of each zone, with the people in its towns; most people first."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(City(name, ("", ""), zone, int(people)) for zone, name, people in rows)


def likely(minutes: int, moment: datetime) -> Looked:
    """The zones whose clocks are `minutes` east of UTC at that aware moment, best first.

    Those that agree from then on are one. A clock shows no date, so what is a day apart comes
    behind.
    """
    places: list[Place] = []
    for offset in (minutes, minutes - 1440, minutes + 1440):
        groups: defaultdict[tuple[timedelta | None, ...], list[City]] = defaultdict(list)
        for city in largest():
            if moment.astimezone(ZoneInfo(city.zone)).utcoffset() == timedelta(minutes=offset):
                groups[rule(city.zone, moment)].append(city)
        agreed = sorted(groups.values(), key=lambda towns: -sum(town.people for town in towns))
        places += [Place(together(c.name for c in towns), towns[0].zone) for towns in agreed]
    return Looked(tuple(places[:MOST]), sure=len(places) == 1)
