"""How rules are read and applied: disguises, negation, time, fiction, faults."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conversations import listen_cli
from conversations.listening import (
    FOLDER,
    LABELS,
    LEARNED,
    Listener,
    ListeningError,
    read_listener,
)
from conversations.rule_files import WEAK
from tests import shipped

LISTENER = shipped.listener()


def label(text: str) -> str | None:
    heard = LISTENER.listen(text)
    return heard.label if heard else None


@pytest.mark.parametrize(
    "text",
    [
        "I want to end it",
        "this is killing me",
        "I could kill for a coffee",
        "I feel trapped in this job",
        "I'm not suicidal",
        "years ago he hit me, I am safe now",
        "He hit me once. That was years ago.",
        "he has never hit me",
        "if he ever hit me I would leave",
        "my brother tried to kill himself",
        "it's from a song called I Want to Die in New Orleans",
        "He never slapped me, not once",
        "",
    ],
)
def test_ordinary_words_of_people_who_part_are_ordinary(text: str) -> None:
    assert label(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "i want to die",
        "I   WANT\tTO DIE!!!",
        "i wanna dieeeee",
        "i want to d!e",
        "i want to d i e",
        "i want to d.i.e",
        "**i want** to __die__",
        "<b>i want</b> to <i>die</i>",
        "||i want to die||",
        "i wa\u200bnt to d\u00adie",
        "i w\u0430nt to di\u0435",  # Cyrillic а and е
        "𝐢 𝐰𝐚𝐧𝐭 𝐭𝐨 𝐝𝐢𝐞",
        "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "i wánt to dïe",
        "i really just want to fucking die",
        "I am not fine, I want to die",
        "he left years ago and i want to die",
    ],
)
def test_disguise_and_dress_do_not_hide_it(text: str) -> None:
    assert label(text) == "self_harm"


@pytest.mark.parametrize(
    "text",
    [
        "He hit me",
        "he\u2019s hitting me",
        "my husband slaped me",
        "my husbnad punched me",
        "he h1t me",
        "Mark hit me yesterday",
        "my 15-year-old son hits me",
        "I can't believe he hit me",
        "years ago he hit me and last night he did it again, he hit me",
        'he texted "I will kill you" again',
        "If I leave, he will kill me",
    ],
)
def test_who_does_what_to_whom_is_heard_through_typing_errors(text: str) -> None:
    assert label(text) == "danger"


def test_whom_it_is_done_to_decides() -> None:
    assert label("he hit me") == "danger"
    assert label("I hit him") == "own_harm"
    assert label("he hit the ball") is None


@pytest.mark.parametrize(
    "text",
    [
        "I don't feel safe lately",
        "it gets loud at home",
        "I'm walking on eggshells",
        "my husband has a temper",
        "these are dark nights",
        "everything feels pointless",
    ],
)
def test_a_weak_signal_is_no_more_than_that(text: str) -> None:
    assert label(text) == "unsure"
    assert label(f"{text}. He hit me.") == "danger"


def test_the_gravest_comes_first_wherever_it_stands() -> None:
    assert label("he hit me and I want to die") == "self_harm"
    assert label("I want to die because he hit me") == "self_harm"


def test_what_is_heard_names_the_rule_and_never_the_words() -> None:
    heard = LISTENER.listen("he hit me with his shoe on thursday")
    assert heard is not None
    assert heard.rule == "en.hit"
    assert len(f"talk:misread:{heard.rule}".encode()) <= 40


def test_every_rule_id_fits_in_a_button() -> None:
    for folder in (each for each in FOLDER.iterdir() if each.name != LEARNED):
        text = "\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.toml"))
        ids = [line.split('"')[1] for line in text.splitlines() if line.startswith("id = ")]
        assert ids
        assert len(ids) == len(set(ids))
        assert all(len(f"talk:misread:{folder.name}.{one}".encode()) <= 40 for one in ids)


@given(st.text(max_size=400))
@example("\ud800 i want to die \udfff")
@example("<" * 4000)
@example("a.b" * 1300)
@example("*" * 4000 + "k")
@example("i " * 2000)
def test_listening_never_raises_and_knows_its_labels(text: str) -> None:
    heard = LISTENER.listen(text)
    assert heard is None or heard.label in (*LABELS, WEAK)


@given(
    st.lists(
        st.sampled_from(
            [
                "i",
                "want",
                "to",
                "die",
                "he",
                "hit",
                "me",
                "not",
                "never",
                "if",
                ".",
                ",",
                "my",
                "k*ll",
            ]
        ),
        max_size=60,
    )
)
def test_any_order_of_heavy_words_is_read_the_same_twice(words: list[str]) -> None:
    text = " ".join(words)
    assert LISTENER.listen(text) == LISTENER.listen(text)


def test_a_fault_in_listening_fails_towards_help() -> None:
    class Broken:
        def matches(self, text: str) -> None:
            raise RuntimeError

    heard = Listener([Broken()]).listen("good morning")  # type: ignore[list-item]
    assert heard is not None
    assert (heard.label, heard.rule) == ("unsure", "fault")


def test_explaining_says_which_rule_and_why_it_does_not_count() -> None:
    assert "danger, rule en.hit" in LISTENER.explain("he hit me")
    assert "passed over: past" in LISTENER.explain("years ago he hit me")
    assert "heard: nothing" in LISTENER.explain("good morning")


def test_the_command_explains_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert listen_cli.main(["he", "hit", "me"]) == 0
    assert "heard: danger, rule en.hit" in capsys.readouterr().out


def test_the_command_labels_json_lines() -> None:
    asked = [
        {"id": 1, "text": "he hit me"},
        {"id": "b", "text": "good morning"},
        {"id": 3, "text": "it gets loud at home"},
    ]
    lines = io.StringIO("\n".join(map(json.dumps, asked)) + "\n\n")
    out = io.StringIO()
    assert listen_cli.main([], lines, out) == 0
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {"id": 1, "label": "danger"},
        {"id": "b", "label": "none"},
        {"id": 3, "label": "none"},
    ]


def test_a_line_that_is_no_message_is_one_sentence_and_exit_code_two(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert listen_cli.main([], io.StringIO('{"id": 1}\n'), io.StringIO()) == 2
    assert "line 1" in capsys.readouterr().err


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
