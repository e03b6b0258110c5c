"""The lines themselves: quiet, plain, neutral, our own words, and silent where they could harm."""

import re
from collections.abc import Iterator

import pytest

from conversations.affirmation_library import Affirmations, check, read_affirmations
from conversations.turn import MARKS
from tests import shipped
from tests.affirmations.essays import known_runs, taken_over

LIBRARY = read_affirmations()
LINES = LIBRARY.lines

#: Words that fit some people, beliefs, families or ties only.
NOT_FOR_ALL = (
    "he she him her his hers husband wife woman man women men girl boy lady brother sister mother "
    "father parent parents child children son daughter family marriage married divorce wedding "
    "god lord faith pray prayer bless blessed soul heaven church partner lover love loved romantic"
)
ABOUT_WORK = "work job boss colleague office career title deadline employer company team"
#: What a pep talk says, and no tired person believes.
GRAND = (
    "always never everything nothing anything perfect amazing unstoppable limitless invincible "
    "destiny universe completely totally best greatest powerful fearless deserve worthy proudly"
)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def _texts(library: Affirmations = LIBRARY) -> Iterator[tuple[str, str]]:
    for line in library.lines:
        yield line.id, line.line
        yield line.id, line.gentler


def _with_words(words: str, texts: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    banned = set(words.split())
    return [(line, text) for line, text in texts if banned & set(_words(text))]


def test_the_library_is_as_large_as_promised_and_well() -> None:
    assert check() == ()
    assert len(LINES) >= 132
    assert set(LIBRARY.themes) == {
        "worth", "reciprocity", "boundaries", "peace", "courage", "staying", "beginnings",
        "letting_go", "one_day", "self_trust", "work",
    }  # fmt: skip
    assert all(len(theme.lines) >= 12 for theme in LIBRARY.themes.values())


def test_nobody_goes_four_months_without_choosing_and_gets_a_line_twice() -> None:
    assert len(LIBRARY.pool()) >= 120


def test_every_line_is_ones_own_and_promises_no_future() -> None:
    first_person = {"i", "my", "me", "myself", "mine"}
    assert [text for _, text in _texts() if not first_person & set(_words(text))] == []
    assert _with_words("will shall you your yours yourself we'll i'll", _texts()) == []


def test_no_line_is_for_some_people_only() -> None:
    assert _with_words(NOT_FOR_ALL, _texts()) == []


def test_only_the_theme_of_work_is_about_work() -> None:
    others = (item for item in _texts() if not item[0].startswith("work-"))
    assert _with_words(ABOUT_WORK, others) == []


def test_no_gentler_form_is_grand() -> None:
    assert _with_words(GRAND, ((line.id, line.gentler) for line in LINES)) == []


def _grade(text: str) -> float:
    """Flesch-Kincaid: the years at school needed to read it; age is about five more."""
    words = _words(text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", w)))) for w in words)
    sentences = max(1, len(re.findall(r"[.;]", text)))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def test_a_twelve_year_old_can_read_them() -> None:
    grades = {text: _grade(text) for _, text in _texts()}
    assert sum(grades.values()) / len(grades) < 5
    assert [text for text, grade in grades.items() if grade > 8.5] == []
    assert [text for _, text in _texts() if max(map(len, _words(text))) > 12] == []


def test_no_eight_words_in_a_row_are_an_essays() -> None:
    runs = known_runs()
    assert len(runs) > 5000
    assert [text for _, text in _texts() if taken_over(text, runs)] == []


@pytest.mark.parametrize(
    "title",
    [
        "The Art of Walking Away: mindful disconnection for broken boundaries",
        "When is it okay to leave a relationship?",
        "Leaving Isn't Always Escaping. Sometimes walking away isn’t …",
    ],
)
def test_words_taken_over_from_any_of_the_essays_are_found(title: str) -> None:
    assert taken_over(f"Today I read {title}, and slept.", known_runs())


def test_all_three_essays_are_drawn_on_in_the_library() -> None:
    origins = [place[0] for line in LINES for place in line.origin]
    assert min(origins.count(essay) for essay in "ABC") >= 25


def test_no_line_asks_for_care_when_somebody_keeps_or_types_it() -> None:
    listener = shipped.listener()
    assert [text for _, text in _texts() if listener.listen(text)] == []


@pytest.mark.parametrize("mark", ["danger", "coercion", "unsafe"])
def test_where_it_is_not_safe_courage_letting_go_and_mending_rest(mark: str) -> None:
    awake = LIBRARY.pool(LIBRARY.themes, {mark})
    assert not {"courage", "letting_go", "staying"} & {line.theme for line in awake}
    # Nothing that sends a person to face the other, to give patience, or back to old reasons.
    risky = (
        r"\b(ask for|sorry for my part|say no|tell (some|one|them)|before I answer|my own reasons|"
        r"tonight|give a little less|both fairly|relief)\b"
    )
    assert [n.line for n in awake if re.search(risky, f"{n.line} {n.gentler}")] == []


def test_thoughts_of_dying_never_meet_a_line_of_ending() -> None:
    awake = LIBRARY.pool(LIBRARY.themes, {"self_harm"})
    assert not {"courage", "letting_go"} & {line.theme for line in awake}
    # At that hour these read as leave to go.
    endings = r"\b(let(ting)? go|an ending|parting|put the rest down|next step|begin without)\b"
    assert [n.line for n in awake if re.search(endings, f"{n.line} {n.gentler}")] == []


def test_who_has_hurt_someone_gets_no_comfort_for_it() -> None:
    awake = LIBRARY.pool(LIBRARY.themes, {"own_harm"})
    comfort = (
        r"\b(guilt|guilty|forgive|sorry|deserve|upset|half that is not mine|is crossed|proud)\b"
    )
    assert [n.id for n in awake if re.search(comfort, f"{n.line} {n.gentler}")] == []


@pytest.mark.parametrize("mark", MARKS)
def test_enough_is_left_for_eight_weeks_under_any_mark(mark: str) -> None:
    assert len(LIBRARY.pool(marks={mark})) >= 56


def test_staying_has_as_many_lines_as_letting_go() -> None:
    staying, letting_go = LIBRARY.themes["staying"], LIBRARY.themes["letting_go"]
    assert len(staying.lines) == len(letting_go.lines)
