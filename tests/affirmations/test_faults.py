"""What an editor is told about a theme that is not right."""

from pathlib import Path

import pytest

from conversations.affirmation_library import check, read_affirmations
from conversations.faults import ContentFaults

GOOD = """
title = "Peace"
[[lines]]
id = "peace-1"
line = "I choose quiet."
gentler = "I can choose quiet for a minute."
from = ["A:47"]
"""


def told(folder: Path, text: str, name: str = "peace.toml") -> list[str]:
    """The sentences about this file, the only one there is."""
    (folder / name).write_text(text, encoding="utf-8")
    return [str(fault) for fault in check(folder)]


def test_a_theme_that_is_right_has_no_faults(tmp_path: Path) -> None:
    assert told(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('title = "Peace"\n', "", "peace.toml: `title` is missing."),
        ('title = "Peace"', "title = 3", "peace.toml: `title` has to be text in quotation marks."),
        (
            '"Peace"',
            '"Peace and quiet and more of it"',
            "peace.toml: `title` is longer than 24 characters.",
        ),
        (
            '"Peace"',
            '"Peace"\nonly_if_chosen = "yes"',
            "peace.toml: `only_if_chosen` has to be true or false.",
        ),
        ('id = "peace-1"\n', "", "peace.toml, line 1 of the file: `id` is missing."),
        (
            '"peace-1"',
            '"peace-one"',
            "peace.toml, peace-one: `id` is not written as this field needs it.",
        ),
        ('"peace-1"', '"worth-1"', "peace.toml, worth-1: Ids here begin with `peace-`."),
        ("gentler", "softer", "peace.toml, peace-1: `gentler` is missing."),
        ('["A:47"]', '"A:47"', "peace.toml, peace-1: `from` has to be a list in square brackets."),
        ('["A:47"]', "[]", "peace.toml, peace-1: `from` needs at least one entry."),
        (
            '["A:47"]',
            '["A:470"]',
            "peace.toml, peace-1: `from` is not right: the essays have no A:470.",
        ),
        (
            '["A:47"]',
            '["A:47-99"]',
            "peace.toml, peace-1: `from` is not right: the essays have no A:47-99.",
        ),
        (
            '["A:47"]',
            '["A:47-40"]',
            "peace.toml, peace-1: `from` is not right: the essays have no A:47-40.",
        ),
        (
            '["A:47"]',
            '["D:1"]',
            "peace.toml, peace-1: `from` is not right: the essays have no D:1.",
        ),
        (
            '["A:47"]',
            '["page 3"]',
            "peace.toml, peace-1: `from` is not written as this field needs it.",
        ),
        (
            "I choose quiet.",
            "I choose quiet!",
            "peace.toml, peace-1: `line` is not right: it begins with a capital, ends with a full "
            "stop, and never shouts.",
        ),
        (
            "I can choose quiet for a minute.",
            "I choose quiet for ever.",
            "peace.toml, peace-1: `gentler` is not right: it begins with one of: I can, "
            "I am learning, Today I, It may be that.",
        ),
        (
            "I choose quiet.",
            "I choose quiet" + " and quiet" * 11 + ".",
            "peace.toml, peace-1: `line` is longer than 119 characters.",
        ),
        (
            '["A:47"]',
            '["A:47"]\nrests_under = ["sadness"]',
            "peace.toml, peace-1: `rests_under` is not right: `sadness` is no mark; there is "
            "danger, coercion, self_harm, own_harm, unsafe.",
        ),
        ("[[lines]]", "[lines]", "peace.toml: `lines` has to be a list in square brackets."),
        ('["A:47"]', '["A:47"', "peace.toml: This is not valid TOML: "),
    ],
)
def test_each_mistake_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert GOOD.count(old) == 1
    found = told(tmp_path, GOOD.replace(old, new))
    assert any(one.startswith(sentence) for one in found), found


def test_two_lines_may_not_share_an_id(tmp_path: Path) -> None:
    twice = GOOD + GOOD.partition("[[lines]]")[2].join(["[[lines]]", ""])
    found = told(tmp_path, twice)
    assert found == ["peace.toml: `lines` is not right: two lines are called peace-1."]


def test_two_lines_may_not_say_the_same(tmp_path: Path) -> None:
    told(tmp_path, GOOD)
    copied = GOOD.replace("peace-1", "worth-1").replace("I choose quiet.", "I choose rest.")
    found = told(tmp_path, copied, "worth.toml")
    assert found == ["worth.toml, worth-1: peace-1 says the same."]


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "worth.toml").write_bytes(b"title = '\xff'")
    text = GOOD.replace("A:47", "A:99").replace("I choose quiet.", "quiet")
    found = told(tmp_path, text)
    assert len(found) == 3
    assert found[-1] == "worth.toml: This file is not UTF-8 text."
    with pytest.raises(ContentFaults):
        read_affirmations(tmp_path)


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    assert [fault.sentence for fault in check(tmp_path)] == ["There is no theme here."]
