"""How rules are read and applied: disguises, negation, time, fiction, faults."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conversations import listen_cli
from conversations.listening import FOLDER, LABELS, LEARNED, Listener
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
        "if he ever hit me I would be gone",
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
        "everything feels pointless",
    ],
)
def test_a_weak_signal_is_no_more_than_that(text: str) -> None:
    assert label(text) == "unsure"
    assert label(f"{text}. He hit me.") == "danger"


def test_dark_thoughts_that_keep_coming_are_more_than_that() -> None:
    assert label("I keep having dark thoughts") == "self_harm"


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
