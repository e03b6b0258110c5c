"""What is said when something was heard that matters more than the next question. Pure screens.

Presses: `care:<label>:<answer>` (see ANSWERS), `care:ground` (one minute of grounding),
`talk:misread:<rule>`, `talk:resume`, `talk:stop`, `hide:now`, `help:open`, `help:page:1`,
`cmd:safe` (the safety plan).

No sentence here diagnoses, promises, asks for details, or tells anyone what to do about a person.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from .help import CHOOSE, GO_ON, GROUND, HIDE, NOBODY, OPEN, PLAN, Beside, numbers
from .helplines import Country, Topic
from .screen import Block, Button, Screen, arrange
from .turn import Heard
from .wording import Phrases

#: What keeps the time of one minute of grounding, and for how many seconds each stands.
GROUNDED = ("see", "touch", "hear", "smell", "breath", "over")
GROUND_SECONDS = 12.0
STOP = "talk:stop"
#: A care message stays under this many characters, so that it is one look on a small phone.
LIMIT = 700

#: What a tap on a care message may answer, by label.
ANSWERS: dict[str, tuple[str, ...]] = {
    "self_harm": ("safe", "unsure", "now", "person"),
    "danger": ("ok", "person"),
    "coercion": ("ok", "person"),
    "own_harm": ("person",),
    "unsafe": ("person",),
    "farewell": ("yes", "unsure"),
}
#: Which lines belong to what was heard. For one's own anger no line has been checked yet: people,
#: the emergency number and the directory stand in.
TOPICS: dict[str, tuple[Topic, ...]] = {
    "self_harm": ("suicide",),
    "danger": ("violence",),
    "coercion": ("violence",),
    "unsafe": ("violence",),
    "farewell": ("suicide",),
}
#: The other may be looking: hiding comes before everything else.
HIDE_FIRST = frozenset({"danger", "coercion", "unsafe"})

_MARKS = {
    "danger": ("danger", 30),
    "coercion": ("coercion", 30),
    "own_harm": ("own_harm", 30),
    "self_harm": ("self_harm", 7),
}


def marks_for(label: str) -> tuple[str, int] | None:
    """The mark that a label leaves and its days; None where it leaves none (`unsafe`, `unsure`)."""
    return _MARKS.get(label)


def care_screen(
    heard: Heard,
    *,
    phrases: Phrases,
    language: str,
    country: Country | None,
    had_marks: AbstractSet[str] = frozenset(),
    at_work: bool = False,
    beside: Beside = NOBODY,
) -> Screen:
    """The first message after a hit: read, asked, lines, what else helps, how to go on.

    `had_marks` are the marks from before this text; `at_work` is true where the tie is a job or
    a colleague. A label that is not known here gets the one quiet line of `unsure`.
    """
    label = heard.label
    if label not in ANSWERS:
        return _quiet_screen(phrases, language)
    again = label in had_marks
    blocks = [phrases("care.read_again" if again else f"care.{label}_read", language)]
    blocks.append(phrases(f"care.{label}_ask", language))
    if at_work and label in HIDE_FIRST:
        blocks.append(phrases("care.work_phone", language))
    elif label == "coercion":
        blocks.append(phrases("care.danger_ask", language))
    blocks.append(numbers(phrases, language, country, TOPICS.get(label, ())))
    blocks.append(phrases("care.helps_work" if at_work else "care.helps", language))
    blocks.append(phrases("care.stay", language))

    buttons = [_button(phrases, language, a, _press(label, a)) for a in ANSWERS[label]]
    buttons += _besides(phrases, language, beside)
    if country is None:
        buttons.append(_button(phrases, language, "country", CHOOSE))
    if label != "unsafe":
        buttons.append(_button(phrases, language, "misread", f"talk:misread:{heard.rule}"))
    return _screen(phrases, language, label, blocks, buttons)


def care_answer(
    label: str,
    answer: str,
    *,
    phrases: Phrases,
    language: str,
    country: Country | None,
    beside: Beside = NOBODY,
) -> Screen:
    """The follow-up of a tapped `care:<label>:<answer>`; one never sent gets the quiet line."""
    if answer not in ANSWERS.get(label, ()):
        return _quiet_screen(phrases, language)
    told = numbers(phrases, language, country, TOPICS.get(label, ()))
    extra: list[Button] = []
    if answer == "person":
        whose = label if label in ("self_harm", "own_harm") else "danger"
        sentence = phrases(f"care.{whose}_sentence", language)
        blocks = [phrases(f"care.{whose}_person", language, sentence=sentence)]
        if beside.people:
            named = phrases("care.people", language, names=", ".join(beside.people))
            blocks.insert(0, named)
        if whose == "danger":
            # No copy button here: a clipboard stays behind, and someone may look at it.
            blocks.append(phrases("care.danger_seen", language))
        else:
            extra.append(Button(phrases("care.copy_button", language), copy=sentence))
        blocks.append(told)
    elif label == "self_harm":
        blocks = [phrases(f"care.self_harm_{answer}", language), told]
        extra.append(_button(phrases, language, "person", _press(label, "person")))
    else:
        blocks = [phrases(f"care.danger_{key}", language) for key in ("ok", "time")]
        blocks.append(told)
        extra.append(_button(phrases, language, "person", _press(label, "person")))
    extra += _besides(phrases, language, beside)
    blocks.append(phrases("care.stay", language))
    return _screen(phrases, language, label, blocks, extra)


def grounding_screen(phrases: Phrases, language: str) -> Screen:
    """One minute of five-four-three-two-one, in one calm message, with the way back.

    All of it stands there at once; what is played below it only keeps the time.
    """
    keys = ("ground", "ground_five", "ground_end", f"ground_{GROUNDED[0]}")
    return Screen(
        tuple(Block(phrases(f"care.{key}", language)) for key in keys),
        (
            (_button(phrases, language, "lines", OPEN),),
            *arrange(_ways_out(phrases, language)),
        ),
        frames=tuple(phrases(f"care.ground_{sense}", language) for sense in GROUNDED[1:]),
        pace=GROUND_SECONDS,
    )


def _quiet_screen(phrases: Phrases, language: str) -> Screen:
    """One optional line, for a weak signal or a button of long ago."""
    keys = ("care.unsure_read", "helplines.directory")
    blocks = tuple(Block(phrases(key, language)) for key in keys)
    return Screen(blocks, arrange(_ways_out(phrases, language)))


def _besides(phrases: Phrases, language: str, beside: Beside) -> list[Button]:
    """What there is to do besides ringing."""
    ground = _button(phrases, language, "ground", GROUND)
    return [ground, _button(phrases, language, "plan", PLAN)] if beside.plan else [ground]


def _screen(
    phrases: Phrases, language: str, label: str, blocks: list[str], buttons: list[Button]
) -> Screen:
    rows = arrange([*buttons, *_ways_out(phrases, language, hide=label not in HIDE_FIRST)])
    if label in HIDE_FIRST:
        rows = ((_button(phrases, language, "hide_first", HIDE),), *rows)
    return Screen(tuple(Block(text) for text in blocks), rows)


def _ways_out(phrases: Phrases, language: str, hide: bool = True) -> list[Button]:
    ways = [
        _button(phrases, language, "go_on", GO_ON),
        _button(phrases, language, "stop", STOP),
    ]
    return [*ways, _button(phrases, language, "hide", HIDE)] if hide else ways


def _button(phrases: Phrases, language: str, name: str, press: str) -> Button:
    return Button(phrases(f"care.{name}_button", language), press)


def _press(label: str, answer: str) -> str:
    return f"care:{label}:{answer}"
