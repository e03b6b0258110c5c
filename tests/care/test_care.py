"""The care messages: short, calm, with a line, a way to hide and a way back in every one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from conversations.care import (
    ANSWERS,
    LIMIT,
    care_answer,
    care_screen,
    grounding_screen,
    marks_for,
)
from conversations.helplines import Country, read_helplines
from conversations.listening import FAREWELL
from conversations.screen import LABEL_LIMITS, Screen
from conversations.turn import MARKS, Heard
from conversations.wording import read_phrases

PHRASES = read_phrases()
ALL_KEYS = PHRASES.keys()
HELPLINES = read_helplines()
EVERYWHERE = (None, *HELPLINES.countries)
LABELS = (*ANSWERS, "unsure")
LONGEST_RULE = "en." + "x" * 16


def first(label: str, country: Country | None = None, at_work: bool = False) -> Screen:
    heard = Heard(label, LONGEST_RULE)
    return care_screen(heard, phrases=PHRASES, language="en", country=country, at_work=at_work)


def follow(label: str, answer: str, country: Country | None = None) -> Screen:
    return care_answer(label, answer, phrases=PHRASES, language="en", country=country)


def every_screen() -> Iterator[Screen]:
    for country in EVERYWHERE:
        for label in LABELS:
            yield first(label, country)
            yield first(label, country, at_work=True)
            for answer in ANSWERS.get(label, ()):
                yield follow(label, answer, country)
    yield grounding_screen(PHRASES, "en")


def presses(screen: Screen) -> list[str]:
    return [button.press for button in screen.buttons]


def test_every_care_message_holds_a_line_or_the_directory_a_way_to_hide_and_a_way_back() -> None:
    for screen in every_screen():
        assert "findahelpline.com" in screen.text or "/help" in screen.text
        assert {"hide:now", "talk:resume", "talk:stop"} <= set(presses(screen))


def test_every_care_message_is_under_seven_hundred_characters() -> None:
    assert max(len(screen.text) for screen in every_screen()) < LIMIT


def test_labels_fit_their_row_and_presses_are_short_ids() -> None:
    for screen in every_screen():
        for row in screen.rows:
            for button in row:
                assert len(button.label) <= LABEL_LIMITS[len(row)]
                assert len(button.press.encode()) <= 40
                assert button.press or button.copy


def test_the_country_has_its_numbers_in_the_first_message() -> None:
    for country in HELPLINES.countries:
        for label, topic in (("self_harm", "suicide"), ("danger", "violence")):
            text = first(label, country).text
            assert all(entry.number in text for entry in country.emergency)
            assert all(
                line.call is None or line.call in text
                for line in country.lines
                if line.topic == topic
            )


def test_self_harm_is_asked_about_openly_with_four_answers() -> None:
    screen = first("self_harm")
    assert "Are you safe right now?" in screen.text
    asked = [b.label for b in screen.buttons][:3]
    assert asked == ["I am safe", "Not sure", "I need help now"]
    assert f"talk:misread:{LONGEST_RULE}" in presses(screen)


def test_danger_is_believed_and_hiding_comes_first() -> None:
    screen = first("danger")
    assert "I believe you. It is not your fault." in screen.text
    assert "Is it all right to read here now?" in screen.text
    assert screen.buttons[0].press == "hide:now"


@pytest.mark.parametrize("label", ["danger", "coercion", "unsafe"])
def test_where_the_other_may_look_hiding_is_first_in_every_answer_and_nothing_is_copied(
    label: str,
) -> None:
    for screen in (first(label), *(follow(label, answer) for answer in ANSWERS[label])):
        assert screen.buttons[0].press == "hide:now"
        assert presses(screen).count("hide:now") == 1
        assert not [button for button in screen.buttons if button.copy]


def test_the_safe_question_answered_no_is_no_misreading_and_leaves_no_mark() -> None:
    assert not [p for p in presses(first("unsafe")) if p.startswith("talk:misread")]
    assert marks_for("unsafe") is None


def test_a_fault_or_a_weak_signal_gets_one_quiet_line() -> None:
    assert first("unsure").blocks[0].text == (
        "If this is about safety, /help is there at any hour."
    )


def test_a_button_that_was_never_sent_gets_a_kind_answer() -> None:
    assert follow("self_harm", "no_such_answer").text == first("unsure").text
    assert follow("no_such_label", "safe").text == first("unsure").text


def test_what_was_heard_before_is_read_again_in_other_words() -> None:
    heard = Heard("danger", "en.hit")
    again = care_screen(
        heard, phrases=PHRASES, language="en", country=None, had_marks=frozenset({"danger"})
    )
    assert again.text != first("danger").text
    assert "Is it all right to read here now?" in again.text


def test_at_work_the_phone_may_belong_to_the_employer() -> None:
    assert "your employer" in first("danger", at_work=True).text
    assert "a union or a doctor" in first("self_harm", at_work=True).text
    assert "your employer" not in first("danger").text


def test_the_marks_and_their_days() -> None:
    assert marks_for("danger") == ("danger", 30)
    assert marks_for("coercion") == ("coercion", 30)
    assert marks_for("self_harm") == ("self_harm", 7)
    assert marks_for(FAREWELL) is None
    assert all(label in (*MARKS, FAREWELL) for label in ANSWERS)


def test_grounding_leads_back_and_asks_for_nothing() -> None:
    screen = grounding_screen(PHRASES, "en")
    assert "?" not in screen.text
    assert presses(screen)[0] == "help:open"


@pytest.mark.parametrize(
    "key", [key for key in ALL_KEYS if key.partition(".")[0] in ("care", "help", "helplines")]
)
def test_every_phrase_keeps_the_voice(key: str) -> None:
    text = PHRASES(key)
    assert "!" not in text
    for sentence in re.split(r"[.?:\n]+", text):
        assert len(sentence.split()) <= 20
    plain = text.casefold()
    for never in (
        "you should",
        "you must",
        "we ",
        "why do you",
        "promise",
        "secret",
        "leave him",
        "leave her",
        "report",
        "abuse",
        "victim",
        "suicide",
        "disorder",
        "crisis",
        "pills",
    ):
        assert never not in plain
