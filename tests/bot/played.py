"""Plays a transcript over HTTP: what a person taps or types, and what has to stand in the chat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.playground.client import Person, Shown
from conversations.script import PAUSE, Line, read, words
from tests.rare import typed

from .conftest import TheBot

FOLDER = Path(__file__).parents[1] / "transcripts"
#: Asked by the bot where something is to come at an hour; a stage knows the clock.
CLOCK = "what does your clock show"
RATHER_NOT = "Rather not say"
_BUTTONS = re.compile(r"\[[^\[\]]+\]( \[[^\[\]]+\])*$")
#: What a stage shows for a picture.
PICTURE = "(a picture)"
#: The one thing that is tapped only.
PAGE = re.compile(r"\[[‹›]\]$")
_TICK = re.compile(r"^[☐☑] ")


def transcript(flow: str) -> tuple[Line, ...]:
    """A way through an exercise to its end that needs no tie from before and no moved clock.

    The plain one, or the first by name; AssertionError where there is none.
    """
    plain = FOLDER / flow / "the_plain_way.txt"
    for file in (plain, *sorted((FOLDER / flow).glob("*.txt"))):
        lines = list(read(file.read_text(encoding="utf-8"))) if file.exists() else []
        ends = (i for i, line in enumerate(lines) if "finished: yes" in line.text)
        way = tuple(lines[: next(ends, 0)])
        if way and not any(line.text.startswith(("@", "> ~", "> [[")) for line in way):
            return way
    raise AssertionError(f"{flow} has no transcript that goes from its beginning to its end")


async def play(
    person: Person,
    bot: TheBot,
    lines: tuple[Line, ...],
    *,
    by_typing: bool = False,
    restarted: bool = False,
) -> Shown:
    """Play a transcript without moved clocks, at the pace of a stage; the last message.

    Every tap may be typed instead, and the bot be restarted in the middle. NeverCameError where
    something else is shown.
    """
    last = None
    for place, line in enumerate(lines):
        kind, _, rest = line.text.partition(" ")
        if restarted and place == len(lines) // 2:
            await bot.restart()
        if kind in ("#", "="):
            continue
        assert kind == ">", f"line {line.number} cannot be played over HTTP: {line.text}"
        bot.pass_time(PAUSE)
        await _act(person, rest, by_typing)
        screens = list(_screens(line.shown))
        if screens:
            last = await _see(person, *screens[-1])
    assert last is not None
    return last


async def _act(person: Person, said: str, by_typing: bool) -> None:
    if not said.startswith("["):
        text = words(said)
        await person.send(typed(text) if len(text) > 12 else text)
    elif by_typing and not PAGE.match(said):
        await person.send(_TICK.sub("", said.strip("[]")))
    else:
        await person.press(said.strip("[]"))


async def _see(person: Person, texts: list[str], buttons: list[str]) -> Shown:
    """Wait for a message with all of these texts and buttons."""

    def seen(shown: Shown) -> bool:
        labels = [label for row in shown.buttons for label in row]
        return all(text in shown.text for text in texts) and labels == buttons

    shown = await person.wait_for(lambda m: seen(m) or CLOCK in m.text)
    if CLOCK in shown.text and not seen(shown):
        await person.press(RATHER_NOT)
        shown = await person.wait_for(seen, ever=True)
    return shown


def _screens(shown: tuple[str, ...]) -> Iterator[tuple[list[str], list[str]]]:
    """The texts and the labels of each message that a line of a transcript shows."""
    texts: list[str] = []
    labels: list[str] = []
    for line in (*(line for line in shown if line != PICTURE), ""):
        if _BUTTONS.match(line):
            labels += line[1:-1].split("] [")
        elif line and not line.startswith("… "):
            texts.append(line.removeprefix("| "))
        elif texts or labels:
            yield texts, labels
            texts, labels = [], []
