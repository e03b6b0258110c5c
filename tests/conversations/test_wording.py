"""Words are found by place and language; people's own words are never read as placeholders."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from conversations.wording import DOMAIN, Phrases, fill, read_phrases, say


def _catalogue(folder: Path, *entries: tuple[str, str, str]) -> Path:
    catalogue = Catalog(locale="de")
    for context, source, translation in entries:
        catalogue.add(source, translation, context=context)
    messages = folder / "de" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    with (messages / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalogue)
    return folder


def test_the_same_words_may_be_said_differently_in_two_places(tmp_path: Path) -> None:
    """A translation belongs to its place."""
    folder = _catalogue(tmp_path, ("a.b.ask", "Line", "Grenze"), ("a.c.ask", "Line", "Zeile"))
    assert say("a.b.ask", "Line", "de", folder) == "Grenze"
    assert say("a.c.ask", "Line", "de", folder) == "Zeile"


def test_what_is_not_translated_is_said_in_english(tmp_path: Path) -> None:
    """A changed source falls back too, never to a stale translation."""
    folder = _catalogue(tmp_path, ("a.b.ask", "Old words", "Alte Worte"))
    assert say("a.b.ask", "New words", "de", folder) == "New words"
    assert say("a.b.ask", "Old words", "fr", folder) == "Old words"
    assert say("a.b.ask", "Old words", "en", folder) == "Old words"


def test_a_phrase_is_filled_in_one_pass() -> None:
    """What was filled in is not looked at again."""
    phrases = Phrases({"x.y": "{name} and {other}"})
    assert phrases("x.y", name="{other}", other="B") == "{other} and B"


@given(st.text(), st.text())
def test_any_words_can_be_filled_in(first: str, second: str) -> None:
    """Braces, percent signs and all."""
    assert fill("<{a}|{b}>", {"a": first, "b": second}) == f"<{first}|{second}>"


def test_a_brace_that_is_no_placeholder_stays() -> None:
    """Nothing is swallowed."""
    assert fill("{ {x} {a} {", {"a": "1"}) == "{ {x} 1 {"


def test_phrases_are_named_by_file_and_key() -> None:
    """Every phrase of the files can be said."""
    phrases = read_phrases()
    assert "talk.back" in phrases
    assert all(phrases(key) for key in phrases.keys())  # noqa: SIM118 - Phrases is no mapping
