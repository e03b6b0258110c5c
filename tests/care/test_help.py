"""/help in one message, a country in few taps, and numbers a phone can dial."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.help import countries_screen, find_country, help_screen, lines_screen
from conversations.helplines import Country, read_helplines
from conversations.screen import LABEL_LIMITS, Screen
from conversations.wording import read_phrases

PHRASES = read_phrases()
HELPLINES = read_helplines()
EVERYWHERE = (None, *HELPLINES.countries)


def presses(screen: Screen) -> list[str]:
    return [button.press for button in screen.buttons]


def labels_fit(screen: Screen) -> bool:
    return all(len(b.label) <= LABEL_LIMITS[len(row)] for row in screen.rows for b in row)


@pytest.mark.parametrize("country", EVERYWHERE, ids=lambda c: c.code if c else "none")
def test_help_is_one_short_message_with_people_first_and_a_way_back(
    country: Country | None,
) -> None:
    screen = help_screen(PHRASES, "en", country)
    assert len(screen.text) < 1000
    assert screen.blocks[0].text.startswith("First, a person.")
    assert "findahelpline.com" in screen.text
    assert "Under 18?" in screen.text
    assert "Afraid of what you might do" in screen.text
    assert {"hide:now", "talk:resume", "help:page:1"} <= set(presses(screen))
    assert labels_fit(screen)


@pytest.mark.parametrize("country", HELPLINES.countries, ids=lambda c: c.code)
def test_every_number_of_a_country_stands_in_help_with_the_month_and_the_directory(
    country: Country,
) -> None:
    for screen in (help_screen(PHRASES, "en", country), lines_screen(PHRASES, "en", country)):
        for entry in country.emergency:
            assert entry.number in screen.text
        for line in country.lines:
            for way in (line.call, line.text, line.text_word, line.whatsapp, line.web):
                assert way is None or way in screen.text
        assert "Checked against published sources in November 2026." in screen.text
        assert "findahelpline.com" in screen.text
        assert "{" not in screen.text


def test_without_a_country_no_number_is_guessed() -> None:
    screen = help_screen(PHRASES, "en", None)
    assert "The emergency number" in screen.text
    assert not [c for c in screen.text.replace("18", "") if c.isdigit()]


def test_what_limits_a_line_is_said_beside_it() -> None:
    assert "02 2327 2327 (10:00 to 24:00)" in text_of("IT")
    assert "1813 (in Dutch) or 0800 32 123 (in French)" in text_of("BE")
    assert "116 123 (from a mobile)" in text_of("UA")
    assert "1-866-863-0511 (Ontario)" in text_of("CA")
    assert "119 extension 8" in text_of("ID")
    assert "988 (call or text)" in text_of("US")
    assert "1-800-799-7233, text START to 88788" in text_of("US")
    assert "144, WhatsApp 11 2771 6463" in text_of("AR")
    assert "Emergency, Switzerland: 112, police 117, ambulance 144" in text_of("CH")


def test_a_line_for_women_says_so() -> None:
    spain = HELPLINES.by_code["ES"]
    marked = spain.lines[1].model_copy(update={"women_only": True})
    screen = lines_screen(PHRASES, "en", spain.model_copy(update={"lines": (marked,)}))
    assert "016 (for women)" in screen.text


def test_the_month_is_that_of_the_oldest_check_shown() -> None:
    spain = HELPLINES.by_code["ES"]
    old = spain.lines[0].model_copy(update={"checked": date(2026, 2, 1)})
    screen = help_screen(PHRASES, "en", spain.model_copy(update={"lines": (old, spain.lines[1])}))
    assert "in February 2026." in screen.text


def test_a_country_without_lines_says_so_and_keeps_its_emergency_number() -> None:
    assert "I have no checked line for Uruguay." in text_of("UY")
    assert "911" in text_of("UY")


def test_a_country_that_is_not_in_the_table_gets_the_directory() -> None:
    screen = lines_screen(PHRASES, "en", None)
    assert "findahelpline.com" in screen.text
    assert {"help:page:1", "help:open", "hide:now", "talk:resume"} == set(presses(screen))


def test_any_country_is_two_taps_from_the_first_page() -> None:
    first = countries_screen(PHRASES, "en", HELPLINES, 1)
    within_two = set(presses(first))
    for press in presses(first):
        if press.startswith("help:page:"):
            page = int(press.rpartition(":")[2])
            within_two |= set(presses(countries_screen(PHRASES, "en", HELPLINES, page)))
    assert {f"help:country:{c.code}" for c in HELPLINES.countries} <= within_two


@pytest.mark.parametrize("page", range(-1, 10))
def test_a_page_shows_at_most_eight_countries_and_one_that_is_gone_shows_the_nearest(
    page: int,
) -> None:
    screen = countries_screen(PHRASES, "en", HELPLINES, page)
    shown = [press for press in presses(screen) if press.startswith("help:country:")]
    assert 1 <= len(shown) <= 8
    assert {"hide:now", "talk:resume", "help:open"} <= set(presses(screen))
    assert labels_fit(screen)
    labels = [button.label for button in screen.buttons]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("UK", "GB"),
        ("england", "GB"),
        ("germny", "DE"),
        ("Deutschland", "DE"),
        ("  united   states ", "US"),
        ("the US", "US"),
        ("Brasil", "BR"),
        ("Turkey", "TR"),
        ("España", "ES"),
        ("pt", "PT"),
        ("NO", "NO"),
        ("South Afrika", "ZA"),
    ],
)
def test_a_typed_name_finds_its_country(typed: str, code: str) -> None:
    assert find_country(typed, HELPLINES) == code


@pytest.mark.parametrize("typed", ["", "is", "no", "Atlantis", "I want to go home", "he hit me"])
def test_what_is_no_country_finds_none(typed: str) -> None:
    assert find_country(typed, HELPLINES) is None


def text_of(code: str) -> str:
    return lines_screen(PHRASES, "en", HELPLINES.by_code[code]).text
