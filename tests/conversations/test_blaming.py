"""Words that are often heard as blame, and words that only look like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from conversations.blaming import BlamingError, faults, read, read_blaming

BLAME = {
    "You always leave before I have finished.": "always",
    "you are always on your phone": "always",
    "Why do you always do this?": "always",
    "It is always about you.": "always",
    "You never asked how I was.": "never",
    "You were never there for me.": "never",
    "You’ve never once said sorry": "never",
    "Every time you come home I hold my breath.": "every time",
    "Whenever you speak to me like that, I go quiet.": "every time",
    "You make me feel small.": "you make me",
    "you made me so angry": "you make me",
    "You drove me to it": "you make me",
    "Everyone knows what happened.": "everyone knows",
    "Even your mother agrees. Everybody says so.": "everyone knows",
    "nobody can stand you": "everyone knows",
    "It is all your fault.": "your fault",
    "I blame you for that year.": "your fault",
    "You have only yourself to blame": "your fault",
    "Because of you I lost my job.": "because of you",
    "You should have told me.": "you should have",
    "How could you do that to us?": "how could you",
    "What is wrong with you?": "how could you",
    "You ruined the whole summer.": "you ruined",
    "You don't care about anyone.": "you don't care",
    "If you loved me you would stay.": "you don't care",
    "You are so selfish!": "you are so",
    "You're such a coward": "you are so",
    "typical of you": "you are so",
}
NO_BLAME = (
    "I will always be grateful.",
    "I will always be grateful to you.",
    "I have never stopped loving you.",
    "I never said goodbye to you.",
    "I always felt small in that kitchen.",
    "You have always been kind to me.",
    "You were always on my side.",
    "You always made me laugh.",
    "You always listened.",
    "You never let me down.",
    "You have never been unkind.",
    "You will always be my sister.",
    "You can always write to me.",
    "You made me happy.",
    "You made me feel at home.",
    "You made me breakfast every Sunday.",
    "You make me want to try.",
    "It was not your fault.",
    "None of this is nobody's fault.",
    "Because of you I learned to swim.",
    "Thanks to you I can read a map.",
    "You never have to explain it.",
    "Everyone knows how much I love you.",
    "We never talk about money, and I need that.",
    "I should have told you.",
    "I made you wait, and I am sorry.",
    "Nothing ever felt as easy as walking with you.",
    "When the door slams, I get scared.",
    "I need a week without calls.",
    "So I will stay with my brother until May.",
    "",
)


@pytest.mark.parametrize(("text", "words"), BLAME.items())
def test_words_that_are_heard_as_blame_are_found(text: str, words: str) -> None:
    assert words in read_blaming("en").found(text)


@pytest.mark.parametrize("text", NO_BLAME)
def test_thanks_and_what_one_says_of_oneself_is_no_blame(text: str) -> None:
    assert read_blaming("en").found(text) == ()


def test_each_is_named_once_however_often_it_stands_there() -> None:
    found = read_blaming("en").found("You always leave. You always shout. You never ask.")
    assert found == ("always", "never")


def test_a_language_without_a_list_is_read_with_the_english_one() -> None:
    assert read_blaming("xx").found("You always leave.") == ("always",)


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('[[blame]]\nwords = "always"\nsay = ["you (always"]\n')
    (tmp_path / "fr.toml").write_text('[[blame]]\nword = "toujours"\nsay = ["tu"]\n')
    assert [fault.partition(",")[0].partition(":")[0] for fault in faults(tmp_path)] == [
        "en.toml",
        "fr.toml",
    ]
    with pytest.raises(BlamingError, match="not closed"):
        read(tmp_path / "en.toml")
