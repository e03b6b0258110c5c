"""A typed place, a shared location and what a clock shows, found with the real lists."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.places.likely import likely
from bot.places.names import Names
from bot.places.towns import plain
from bot.places.worker import at
from bot.places.zones import find_zone
from conversations.schedule import zone_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def names() -> Names:
    return Names()


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Kyiv", "Europe/Kyiv"),
        ("europe / kyiv", "Europe/Kyiv"),
        ("Europe/Kiev", "Europe/Kiev"),
        ("america/new york", "America/New_York"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("+05:45", "+05:45"),
        ("+0545", "+05:45"),
        ("+5:45", "+05:45"),
        ("+5.5", "+05:30"),
        ("−3", "-03:00"),
        ("UTC+2", "+02:00"),
        ("GMT -3:30", "-03:30"),
        ("utc", "+00:00"),
        ("JST", "Asia/Tokyo"),
        ("CET", "Europe/Berlin"),
        ("Eastern Time", "America/New_York"),
        ("EDT", "America/New_York"),
    ],
)
def test_a_zone_by_its_name_offset_or_letters_needs_no_search(typed: str, zone: str) -> None:
    looked = find_zone(typed)
    assert [place.zone for place in looked.places] == [zone]
    assert looked.sure
    assert zone_of(zone)


def test_letters_that_mean_several_zones_offer_them_the_likeliest_first() -> None:
    est = find_zone("EST")
    assert est.places[0].zone == "America/New_York"
    assert len(est.places) > 1
    assert not est.sure
    assert {place.zone for place in find_zone("ist").places} >= {"Asia/Kolkata", "Europe/Dublin"}


@pytest.mark.parametrize(("typed", "zone"), [
    ("Europe/Kyev", "Europe/Kyiv"),
    ("Amercia/New_York", "America/New_York"),
    ("Europe/Berln", "Europe/Berlin"),
])  # fmt: skip
def test_a_slip_in_a_zones_name_is_forgiven_and_asked_about(typed: str, zone: str) -> None:
    looked = find_zone(typed)
    assert looked.places[0].zone == zone
    assert not looked.sure


@pytest.mark.parametrize(
    "typed", ["Mars/Olympus", "+15:00", "-13", "+05:17", "+5:99", "", "/", "7", "../etc/passwd"]
)
def test_what_is_no_zone_is_none(typed: str, names: Names) -> None:
    assert find_zone(typed).places == ()
    assert names.named(typed, NOW).places == ()


@pytest.mark.parametrize(
    ("typed", "zone", "label"),
    [
        ("sao paulo", "America/Sao_Paulo", "São Paulo, Brazil"),
        ("kiev", "Europe/Kyiv", "Kyiv, Ukraine"),
        ("KYIV", "Europe/Kyiv", "Kyiv, Ukraine"),
        ("Київ", "Europe/Kyiv", "Kyiv, Ukraine"),
        ("東京", "Asia/Tokyo", "Tokyo, Japan"),
        ("I live in Lviv", "Europe/Kyiv", "Lviv, Ukraine"),
        ("Paris, Texas", "America/Chicago", "Paris, Texas"),
        ("paris tx", "America/Chicago", "Paris, Texas"),
        ("London, Canada", "America/Toronto", "London, Canada"),
        ("London", "Europe/London", "London, United Kingdom"),
        ("NYC", "America/New_York", "New York City, New York"),
        ("Saint-Denis, Reunion", "Indian/Reunion", "Saint-Denis, Reunion"),
        ("Nepal", "Asia/Kathmandu", "Kathmandu, Nepal"),
        ("Deutschland", "Europe/Berlin", "Berlin, Germany"),
        ("India", "Asia/Kolkata", "Mumbai, India"),
        ("Polska", "Europe/Warsaw", "Warsaw, Poland"),
        ("UK", "Europe/London", "London, United Kingdom"),
        ("Ohio", "America/New_York", "Columbus, Ohio"),
    ],
)
def test_a_place_that_means_one_thing_is_sure(
    typed: str, zone: str, label: str, names: Names
) -> None:
    looked = names.named(typed, NOW)
    assert (looked.places[0].zone, looked.places[0].label) == (zone, label)
    assert looked.sure


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("Springfield", {"America/Chicago", "America/New_York"}),
        ("Portland", {"America/Los_Angeles", "America/New_York"}),
        ("Victoria", {"America/Vancouver", "Asia/Hong_Kong"}),
        ("Georgia", {"Asia/Tbilisi", "America/New_York"}),
        ("USA", {"America/New_York", "America/Chicago", "America/Los_Angeles"}),
        ("Australia", {"Australia/Sydney", "Australia/Perth", "Australia/Brisbane"}),
        ("chile", {"America/Santiago", "Pacific/Easter"}),
    ],
)
def test_a_name_of_several_zones_offers_them(typed: str, zones: set[str], names: Names) -> None:
    looked = names.named(typed, NOW)
    assert {place.zone for place in looked.places} >= zones
    assert not looked.sure
    assert len(looked.places) <= 8


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("sao paolo", "America/Sao_Paulo"),
        ("Berln", "Europe/Berlin"),
        ("New Yrok", "America/New_York"),
        ("los angelos", "America/Los_Angeles"),
        ("kathmandoo", "Asia/Kathmandu"),
        ("germny", "Europe/Berlin"),
        ("Buenes Aires", "America/Argentina/Buenos_Aires"),
        ("melborne", "Australia/Melbourne"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(typed: str, zone: str, names: Names) -> None:
    assert names.named(typed, NOW).places[0].zone == zone


@pytest.mark.parametrize("typed", ["asdfgh", "nowhere at all", "x", "🙂", "  ", "a" * 200])
def test_what_is_no_place_is_none(typed: str, names: Names) -> None:
    assert names.named(typed, NOW).places == ()


def test_every_zone_that_can_be_offered_exists(names: Names) -> None:
    for zone in {city.zone for city in names.cities}:
        assert zone_of(zone).utcoffset(NOW.replace(tzinfo=None)) is not None


def test_a_clock_offers_zones_that_show_it_and_puts_those_that_agree_on_one_button() -> None:
    looked = likely(60, NOW)
    labels = [place.label for place in looked.places]
    assert "Berlin" in labels[0]
    assert "Lagos" in labels[1]
    assert len({place.zone for place in looked.places}) == len(looked.places) <= 8
    for place in looked.places:
        offset = NOW.astimezone(zone_of(place.zone)).utcoffset()
        assert offset is not None
        assert offset.total_seconds() == 3600
        assert len(place.label) <= 24
    assert [place.zone for place in likely(345, NOW).places] == ["Asia/Kathmandu"]
    assert likely(1, NOW).places == ()


def test_in_summer_the_same_clock_means_other_zones() -> None:
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert "Europe/London" in {place.zone for place in likely(60, summer).places}
    assert "Europe/London" not in {place.zone for place in likely(60, NOW).places}


def test_a_clock_a_day_apart_is_offered_behind() -> None:
    zones = [place.zone for place in likely(13 * 60, NOW).places]
    assert zones[0] == "Pacific/Auckland"
    assert "Pacific/Pago_Pago" in zones


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (27.7, 85.3, "Asia/Kathmandu"),
        (50.45, 30.52, "Europe/Kyiv"),
        (-31.55, 159.08, "Australia/Lord_Howe"),
        (1.87, -157.4, "Pacific/Kiritimati"),
        (0.0, -30.0, "-02:00"),
        (0.0, 0.0, "+00:00"),
    ],
)
def test_a_shared_location_is_its_zone(latitude: float, longitude: float, zone: str) -> None:
    looked = at(latitude, longitude)
    assert [place.zone for place in looked.places] == [zone]
    assert looked.sure
    assert zone_of(zone)


def test_a_location_off_the_map_is_none() -> None:
    assert at(91, 0).places == ()
    assert at(0, float("nan")).places == ()


def test_accents_and_signs_do_not_matter() -> None:
    assert plain("  São-Paulo! ") == plain("SAO PAULO") == "sao paulo"
    assert plain("Łódź") == "lodz"
    assert plain("Saint-Louis") == plain("St. Louis")
