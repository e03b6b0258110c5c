"""The table of help lines: complete, honest, and only numbers that were checked."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from conversations.helplines import HelplinesError, faults, read_helplines

#: Every number that was compared with published sources and graded A or B, as dialled, by country:
#: emergency first. Written down a second time, so that a slip of the hand in the table shows.
CHECKED = {
    "US": ("911", "988", "1-800-799-7233", "88788"),
    "CA": ("911", "988", "1-866-863-0511"),
    "GB": ("999", "112", "116 123", "0808 2000 247"),
    "IE": ("112", "999", "116 123", "1800 341 900"),
    "AU": ("000", "13 11 14", "1800 737 732", "0458 737 732"),
    "NZ": ("111", "1737", "0800 733 843", "0508 744 633"),
    "DE": ("112", "110", "0800 111 0 111", "0800 111 0 222", "116 016"),
    "AT": ("112", "133", "0800 222 555"),
    "CH": ("112", "117", "144", "143"),
    "FR": ("112", "17", "15", "3114", "3919"),
    "BE": ("112", "101", "1813", "0800 32 123", "1712", "0800 30 030"),
    "NL": ("112", "113", "0800 0113", "0800 2000"),
    "ES": ("112", "024", "016"),
    "PT": ("112", "808 24 24 24", "213 544 545", "800 202 148", "3060"),
    "IT": ("112", "02 2327 2327", "1522"),
    "SE": ("112", "90101", "020 50 50 50"),
    "NO": ("112", "113", "116 123", "116 006"),
    "DK": ("112", "70 201 201"),
    "FI": ("112", "09 2525 0111", "080 005 005"),
    "PL": ("112", "116 123", "800 70 2222", "800 12 00 02"),
    "CZ": ("112",),
    "SK": ("112", "158", "155", "0800 800 566", "0800 212 212"),
    "HU": ("112", "116 123", "06 80 20 55 20"),
    "RO": ("112", "0800 801 200", "0800 500 333"),
    "BG": ("112", "02 981 76 86"),
    "GR": ("112", "100", "15900"),
    "HR": ("112", "01 4833 888", "0800 55 44"),
    "LT": ("112", "8 800 66366"),
    "UA": ("112", "102", "103", "7333", "1547", "116 123", "0 800 500 335"),
    "RU": ("112", "102", "103", "8 800 333 44 34", "8 800 7000 600"),
    "TR": ("112", "183", "0212 656 96 96"),
    "IL": ("100", "101"),
    "IN": ("112", "14416", "1800 891 4416", "181", "7827 170 170"),
    "PK": ("15", "1122"),
    "BD": ("999", "09612 119911", "109"),
    "JP": ("110", "119", "0120-279-338", "0120-783-556", "0120-279-889", "#8008"),
    "KR": ("112", "119", "109", "1366"),
    "CN": ("110", "120", "12338"),
    "TW": ("110", "119", "1925", "1995"),
    "HK": ("999", "2389 2222"),
    "SG": ("999", "995", "1767", "1800 777 0000"),
    "MY": ("999", "03-7627 2929", "15999"),
    "PH": ("911", "1553"),
    "ID": ("112", "110", "119", "8", "129"),
    "TH": ("191", "1669", "1300"),
    "BR": ("190", "192", "188", "180"),
    "MX": ("911", "800 911 2000", "55 5259 8121"),
    "AR": ("911", "135", "0800 345 1435", "144", "11 2771 6463"),
    "CL": ("133", "131", "1455"),
    "CO": ("123", "155"),
    "PE": ("105", "911", "100"),
    "UY": ("911",),
    "ZA": ("10111", "112", "0800 567 567"),
    "KE": ("999", "112", "1195"),
    "LB": ("112", "140", "1564"),
}
LEFT_OUT = ("142", "044 455 2 142", "1888", "1018", "1201", "1099", "400 161 9995", "800 108 4053")

HELPLINES = read_helplines()

ENTRY = """
[XX]
name = "Somewhere"
emergency = [{ number = "028" }]
emergency_sources = ["O"]
checked = 2026-11-21
lines = [
  { topic = "violence", call = "0800 1", grade = "A", sources = ["O"], checked = 2026-11-21 },
]
"""


def numbers_of(code: str) -> set[str]:
    country = HELPLINES.by_code[code]
    found = {entry.number for entry in country.emergency}
    for line in country.lines:
        found |= {n for n in (line.call, line.text, line.whatsapp, line.extension) if n}
    return found


def edited(folder: Path, before: str, after: str) -> Path:
    assert before in ENTRY
    path = folder / "helplines.toml"
    path.write_text(ENTRY.replace(before, after), encoding="utf-8")
    return path


def test_all_fifty_five_countries_have_an_emergency_number() -> None:
    assert len(HELPLINES.countries) == 55
    assert all(country.emergency for country in HELPLINES.countries)


@pytest.mark.parametrize("code", sorted(CHECKED))
def test_a_country_has_exactly_the_numbers_that_were_checked(code: str) -> None:
    assert numbers_of(code) == set(CHECKED[code])


def test_no_country_is_missing_from_the_written_list() -> None:
    assert {country.code for country in HELPLINES.countries} == set(CHECKED)


def test_a_number_that_only_one_list_has_is_nowhere() -> None:
    shown = {line.call for country in HELPLINES.countries for line in country.lines}
    assert not shown & set(LEFT_OUT)
    assert {line.grade for country in HELPLINES.countries for line in country.lines} == {"A", "B"}


def test_a_leading_zero_survives() -> None:
    spain = HELPLINES.by_code["ES"]
    assert [line.call for line in spain.about("suicide")] == ["024"]


def test_a_country_without_any_line_is_there_for_its_emergency_number() -> None:
    empty = {country.code for country in HELPLINES.countries if not country.lines}
    assert empty == {"CZ", "IL", "PK", "UY"}


def test_canada_has_an_address_and_a_regional_line_instead_of_a_national_number() -> None:
    web, ontario = HELPLINES.by_code["CA"].about("violence")
    assert (web.web, web.call) == ("sheltersafe.ca", None)
    assert (ontario.call, ontario.region) == ("1-866-863-0511", "Ontario")


def test_hours_and_women_only_stand_only_where_a_source_says_so() -> None:
    lines = [line for country in HELPLINES.countries for line in country.lines]
    assert sorted(line.hours for line in lines if line.hours) == ["10-24", "15-03"]
    assert not [line for line in lines if line.women_only is not None]


def test_countries_come_by_name_and_codes_in_any_case() -> None:
    names = [country.name for country in HELPLINES.countries]
    assert names == sorted(names)
    assert HELPLINES.country("gb") is HELPLINES.by_code["GB"]
    assert HELPLINES.country("zz") is None
    assert HELPLINES.country(None) is None


def test_an_entry_is_stale_after_a_hundred_and_eighty_days_and_not_before() -> None:
    checked = date(2026, 11, 21)
    assert HELPLINES.stale(checked + timedelta(days=180)) == []
    late = HELPLINES.stale(checked + timedelta(days=181))
    assert len(late) == 55
    assert "Argentina: last checked on 2026-11-21" in late[0]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"028"', "28", "XX: emergency.1.number: has to be text in quotation marks"),
        ('grade = "A"', 'grade = "C"', "XX: lines.1.grade"),
        ('sources = ["O"], ', "", "XX: lines.1.sources: is missing"),
        ('call = "0800 1", ', "", "needs one of call, text, whatsapp or web"),
        (", checked = 2026-11-21 },", " },", "XX: lines.1.checked: is missing"),
        ('"0800 1"', '"ask for Anna"', "XX: lines.1.call: is not written as this field needs it"),
        ('"Somewhere"', '"Somewhere"\nphone = "1"', "XX: phone: is not a field of this table"),
        ("[XX]", "[Xanadu]", "Xanadu: code"),
        ("[XX]", "[XX", "is not valid TOML"),
    ],
)
def test_a_fault_is_told_in_an_editors_words(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    found = faults(edited(tmp_path, before, after))
    assert len(found) >= 1
    assert said in "\n".join(found)


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    path = edited(tmp_path, '"028"', "28")
    path.write_text(path.read_text(encoding="utf-8").replace('"A"', '"C"'), encoding="utf-8")
    with pytest.raises(HelplinesError) as broken:
        read_helplines(path)
    assert len(broken.value.faults) == 2


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    assert faults(tmp_path / "none.toml") == ["none.toml cannot be read: FileNotFoundError"]


def test_the_shipped_file_has_no_fault() -> None:
    assert faults() == []
