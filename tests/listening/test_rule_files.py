"""What editors write: rule files, told in their own words where one is broken, and what they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from conversations.listening import ListeningError, read_listener


@pytest.mark.parametrize(
    ("say", "fault"),
    [
        ("(he|she hit me", "bracket that is not closed"),
        ("he hit me)", "bracket too many"),
        ("<nobody_knows> hit me", "a list that does not exist: <nobody_knows>"),
        ("he? hit?", "needs at least one word"),
        ("hi* me", "too short to stand for any ending"),
        ("he () me", "an empty place"),
        ("he hit & ", "an empty place"),
        ("!he & hit", "needs at least one word"),
        ("hits? & me", "needs at least one word"),
        ("he really hit me", 'rules name "really", which is left out'),
    ],
)
def test_a_broken_rule_is_told_in_an_editors_words(tmp_path: Path, say: str, fault: str) -> None:
    write(
        tmp_path / "en" / "common.toml",
        'language = "en"\ndrop = ["really"]\n'
        f'[[danger]]\nid = "hit"\nwhy = "struck"\nsay = ["{say}"]\n',
    )
    with pytest.raises(ListeningError, match=r"^en") as broken:
        read_listener(tmp_path)
    assert fault in str(broken.value)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def rule(label: str, name: str, say: str) -> str:
    return f'[[{label}]]\nid = "{name}"\nwhy = "w"\nsay = ["{say}"]\n'


def heard_in(folder: Path, text: str) -> str | None:
    heard = read_listener(folder).listen(text)
    return heard.rule if heard else None


def test_all_languages_listen_to_every_text(tmp_path: Path) -> None:
    for language, word in (("aa", "gorm"), ("bb", "plim")):
        write(
            tmp_path / language / "common.toml",
            f'language = "{language}"\n{rule("danger", "one", word)}',
        )
    assert heard_in(tmp_path, "gorm") == "aa.one"
    assert heard_in(tmp_path, "plim") == "bb.one"


def test_the_files_of_a_language_are_read_as_one(tmp_path: Path) -> None:
    common = 'language = "aa"\nforgive = ["gorming"]\n[lists]\nfoo = ["gorm"]\n'
    write(tmp_path / "aa" / "common.toml", common + rule("danger", "one", "<foo> <bar>"))
    more = 'forgive = ["pliming"]\n[lists]\nbar = ["plim"]\n'
    write(tmp_path / "aa" / "more.toml", more + rule("danger", "two", "(gorming|pliming)"))
    assert heard_in(tmp_path, "gorm plim") == "aa.one"
    assert heard_in(tmp_path, "plimingg") == heard_in(tmp_path, "gormingg") == "aa.two"


def test_what_two_files_say_differently_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path / "aa" / "common.toml", 'language = "aa"\nfirst_letter = true\n')
    write(tmp_path / "aa" / "more.toml", "first_letter = false\n")
    with pytest.raises(ListeningError, match=r"aa/more\.toml: first_letter stands in another"):
        read_listener(tmp_path)


def test_a_folder_of_another_language_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path / "aa" / "common.toml", 'language = "bb"\n')
    with pytest.raises(ListeningError, match='aa: the language in it is "bb"'):
        read_listener(tmp_path)


def test_a_language_says_where_gaps_end_and_which_slips_it_forgives(tmp_path: Path) -> None:
    says = 'stops = ["ne"]\nforgive = ["gormen"]\nfirst_letter = false\nshortest_typo = 6\n'
    write(
        tmp_path / "aa" / "common.toml",
        f'language = "aa"\n{says}' + rule("danger", "one", "gormen .. plim"),
    )
    assert heard_in(tmp_path, "gormen and plim") == "aa.one"
    assert heard_in(tmp_path, "gormen ne plim") is None
    assert heard_in(tmp_path, "kormen plim") == "aa.one"
    assert heard_in(tmp_path, "ormen plim") is None


def test_rules_may_be_written_with_accents_and_texts_without(tmp_path: Path) -> None:
    both = rule("danger", "one", "mañana größe") + rule("danger", "two", "приёмный край*")
    write(tmp_path / "aa" / "common.toml", f'language = "aa"\n{both}')
    for text in ("MAÑANA größe", "manana grösse", "manana GROSSE"):
        assert heard_in(tmp_path, text) == "aa.one"
    # The second has a Latin "a" and "p" in it.
    for text in ("приёмный крайний", "приемный кpaйний"):
        assert heard_in(tmp_path, text) == "aa.two"


def test_two_parts_may_stand_anywhere_in_one_sentence(tmp_path: Path) -> None:
    rules = rule("danger", "one", "gorm (a|b) & plim & !(ordinary|zoo)")
    denied = '[frames]\ndenied = ["ne"]\n'
    write(tmp_path / "aa" / "common.toml", f'language = "aa"\n{rules}{denied}')
    assert heard_in(tmp_path, "gorm a, and so on for a while, plim") == "aa.one"
    assert heard_in(tmp_path, "a plim and never before a gorm b") == "aa.one"
    assert heard_in(tmp_path, "gorm a. plim") is None
    assert heard_in(tmp_path, "gorm c, plim") is None
    assert heard_in(tmp_path, "gorm a, plim in a zoo") is None
    assert heard_in(tmp_path, "gorm a, ne plim") is None
