"""The voice as it reaches the screen: what really stands in one message, in every transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from conversations.screen import LABEL_LIMITS
from conversations.script import read
from conversations.wording import languages, say
from tests.conversations.said import in_phrases

FOLDER = Path(__file__).parents[1] / "transcripts"
#: Care and /help have limits of their own; a message with one of their lines is theirs.
CARE = [
    say(f"phrases.{t.place}", t.text, language)
    for t in in_phrases()
    if t.place.startswith(("care.", "care_more.", "help."))
    for language in ("en", *languages())
]
_ROW = re.compile(r"\[[^\[\]]+\]( \[[^\[\]]+\])*$")
_SENTENCE = re.compile(r"[.?…:]\s+|\n")


def _messages() -> Iterator[tuple[str, str, list[str]]]:
    """Where it stands, what of it are the bot's own words, and the labels of its buttons."""
    for file in sorted(FOLDER.glob("*/*.txt")):
        place = f"{file.parent.name}/{file.stem}"
        for line in read(file.read_text(encoding="utf-8")):
            own: list[str] = []
            labels: list[str] = []
            for shown in (*line.shown, ""):
                if _ROW.match(shown):
                    labels += shown[1:-1].split("] [")
                elif shown and not shown.startswith(("| ", "… ")):
                    own.append(shown)
                elif not shown and (own or labels):
                    yield f"{place}, line {line.number}", "\n".join(own), labels
                    own, labels = [], []


MESSAGES = [m for m in _messages() if not any(said in m[1] for said in CARE)]


def test_there_are_messages_to_look_at() -> None:
    assert len(MESSAGES) > 2_000


def test_what_the_bot_says_in_one_message_is_short() -> None:
    assert [place for place, own, _ in MESSAGES if len(own) > 350] == []


def test_no_sentence_on_the_screen_winds() -> None:
    winding = {
        f"{place}: {sentence}"
        for place, own, _ in MESSAGES
        for sentence in _SENTENCE.split(own)
        if len(sentence.split()) > 20
    }
    assert winding == set()


def test_every_button_can_be_read_on_a_small_phone() -> None:
    widest = LABEL_LIMITS[1]
    assert {label for _, _, labels in MESSAGES for label in labels if len(label) > widest} == set()
