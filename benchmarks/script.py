"""What everyone in the benchmark says and taps, and what they wait for before they do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One input, given once a message shows a button whose data holds `after`.

    Exactly one of `text` and `tap` is set: words to send, where `{n}` becomes the person's own
    number, or the end of the data of the button to press.
    """

    after: str
    text: str = ""
    tap: str = ""


def _said(step: str, text: str) -> Line:
    return Line(f":{step}:", text=text)


def _tapped(step: str, choice: str) -> Line:
    return Line(f":{step}:", tap=f":{step}:{choice}")


#: What a person wants for themselves; `/why` has to give it back at the end.
REASON = "Evenings that belong to me again, and to stop counting what I say. I am number {n}."

START = (Line("", text="/start"),)

#: The three questions from the first word to the reasons, by way of every kind of input.
TALK = (
    *START,
    Line("start:agree", tap="start:agree"),
    Line("door:", tap="door:deciding"),
    _tapped("about", "new.partner"),
    _tapped("safe", "yes"),
    _said("want_self", REASON),
    _said("want_them", "Someone who is glad when they come home, even if that is not me."),
    _tapped("want_between", "q.0"),
    _tapped("second_look", "now"),
    _tapped("second_look", "keep"),
    _said(
        "fallible", "Yes. They learned it from their own father, and nobody ever asked them why."
    ),
    _tapped("talked", "never"),
    _said(
        "unsaid", "That the quiet is not peace. I stopped telling them things — in spring, I think."
    ),
    _tapped("purpose", "yes"),
    _said("named", "The garden, and the two people who count on us every Sunday."),
    _tapped("shape", "q.0"),
    _tapped("touches", "q.0"),
    _said("give", "My patience until summer, and an honest word before anything is decided."),
    _said("line", "No more shouting in front of anyone. Not once."),
    _tapped("lean", "pausing"),
    _tapped("clear", "3"),
    _tapped("reasons", "x.want_self"),
    _tapped("reasons", "x.unsaid"),
    _tapped("reasons", "done"),
    _said("word", "K."),
    _tapped("again", "_skip"),
    Line("cmd:why", text="/why"),
)
