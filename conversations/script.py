"""Transcripts: a talk as lines of text, to be played on a stage, checked, and written anew.

A transcript opens with `# a sentence` of what it shows. What a line may be:

    > rain                 a text; ⏎ stands for a new line, {900 x rain} for many words
    > [Label]              a tap on a button that is shown; [[Label]] on one of an older message
    > /back                a command: /back /skip /cancel /help, or one that opens a flow
    > ~ snow               the newest text edited (~2: the one before it)
    @ 20 s later           the clock moves (s, minutes, hours, days); else 3 minutes a line
    @ at 2026-11-22 04:22  the clock is set
    @ restart              nothing is left but JSON (which is so before every line)
    @ tie partner safe=yes word=Sam      a tie from an earlier talk
    @ tie.safe=yes         a fact of the newest tie
    @ kept reason leaving I slept badly      words kept earlier (their direction may be left out)
    @ mark danger          a mark in force; `@ unmark danger` clears it
    = want_self: rain · tie: partner safe=yes · kept: rain / sun     what has to be so now

All other lines are what is shown in answer: quotes behind a bar, what is played behind “…”, a row
of buttons a line, an empty line between two messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from conversations.checker import KEPT
from conversations.claims import fact
from conversations.screen import Screen
from conversations.shelf import Row
from conversations.stage import Stage, StageError
from conversations.turn import KINDS, LEANS, MARKS, Tie

#: How much time passes before a line, unless the line before says so.
PAUSE = timedelta(minutes=3)
#: A longer text is told by its beginning, its end and its length.
LONG = 400
_LATER = re.compile(r"(\d+) (s|seconds?|minutes?|hours?|days?|weeks?) later$")
_MANY = re.compile(r"\{(\d+) x ([^{}]+)\}")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_COMMANDS = ("> ", "@ ", "= ", "# ")


@dataclass(frozen=True, slots=True)
class Line:
    """What is done or claimed, and what is shown in answer; `number` counts from 1."""

    number: int
    text: str
    shown: tuple[str, ...]


class Script:
    """Plays lines on a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._clock_moved = False

    def play(self, line: str) -> list[str]:
        """Carry out one line; the lines shown in answer. StageError where it cannot be."""
        kind, _, rest = line.partition(" ")
        if kind == "#":
            return []
        if kind == ">":
            if not self._clock_moved:
                self.stage.at += PAUSE
            self._clock_moved = False
            return in_lines(self.stage.show(self._said(rest)))
        if kind == "@":
            self._set(rest)
            return in_lines(self.stage.show(self.stage.due()))
        if kind == "=":
            self._check(rest)
            return []
        raise StageError(f"a line begins with >, @, = or #, not with “{kind}”")

    def _said(self, line: str) -> list[Screen]:
        if line.startswith("[") and line.endswith("]"):
            return self.stage.tap(line.strip("[]"), older=line.startswith("[["))
        if line.startswith("/"):
            return self.stage.command(line[1:])
        if edit := re.match(r"~(\d*) (.*)", line):
            return self.stage.edit(words(edit[2]), int(edit[1] or 1))
        return self.stage.say(words(line))

    def _set(self, line: str) -> None:
        stage = self.stage
        word, _, rest = line.partition(" ")
        if later := _LATER.match(line):
            stage.at += timedelta(**{_UNITS[later[2][0]]: int(later[1])})
            self._clock_moved = True
        elif word == "at":
            stage.at = datetime.fromisoformat(rest).replace(tzinfo=stage.at.tzinfo)
            self._clock_moved = True
        elif word == "tie" and rest.split(" ")[0] in KINDS:
            kind, *facts = rest.split()
            number = max(stage.ties, default=0) + 1
            stage.ties[number] = Tie(number, kind, dict(f.split("=", 1) for f in facts))
        elif word.startswith("tie.") and "=" in word and stage.ties:
            name, value = word.removeprefix("tie.").split("=", 1)
            newest = stage.ties[max(stage.ties)]
            stage.ties[newest.number] = replace(newest, facts={**newest.facts, name: value})
        elif word == "kept" and rest.split(" ")[0] in KEPT:
            stage.kept.add(_row(rest, max(stage.ties, default=None)))
        elif word in ("mark", "unmark") and rest in MARKS:
            stage.marks[rest] = stage.at + timedelta(days=30 if word == "mark" else -1)
        elif line != "restart":
            raise StageError(f"“@ {line}” is nothing that can be set")

    def _check(self, line: str) -> None:
        for claim in line.split(" · "):
            name, _, wanted = claim.partition(":")
            found = one_line(fact(self.stage, name))
            if found != wanted.strip():
                raise StageError(f"{name} is “{found}”, not “{wanted.strip()}”")


def _row(line: str, tie: int | None) -> Row:
    """A row of the newest tie."""
    kind, _, text = line.partition(" ")
    direction, _, rest = text.partition(" ")
    if direction in LEANS:
        return Row(kind, rest, direction, tie)
    return Row(kind, text, tie=tie)


def read(transcript: str) -> Iterator[Line]:
    """The lines of a transcript, each with what is shown after it."""
    number, text, shown = 0, "", list[str]()
    for here, line in enumerate(transcript.splitlines(), 1):
        if not line.startswith(_COMMANDS):
            shown.append(line)
            continue
        if text:
            yield Line(number, text, _trimmed(shown))
        number, text, shown = here, line, []
    if text:
        yield Line(number, text, _trimmed(shown))


def written(lines: list[Line]) -> str:
    """The transcript of those lines."""
    return "".join("\n".join((line.text, *line.shown)) + "\n" for line in lines)


def replayed(stage: Stage, transcript: str) -> list[Line]:
    """Every line with what is really shown; StageError names the line that cannot be played."""
    script, lines = Script(stage), []
    for line in read(transcript):
        try:
            shown = script.play(line.text)
        except StageError as error:
            raise StageError(f"line {line.number}, “{line.text}”: {error}") from None
        lines.append(replace(line, shown=tuple(shown)))
    return lines


def words(line: str) -> str:
    """The text that a typed line stands for."""
    many = _MANY.sub(lambda found: " ".join([found[2].strip()] * int(found[1])), line)
    return many.replace("⏎", "\n")


def one_line(text: str) -> str:
    """A text as one line, ⏎ for a new line; a long one by its beginning, end and length."""
    text = text.replace("\n", "⏎")
    return text if len(text) <= LONG else f"{text[:40]} … {text[-40:]} ({len(text)} characters)"


def in_lines(screens: list[Screen]) -> list[str]:
    """Screens as plain lines."""
    lines: list[str] = []
    for screen in screens:
        if lines:
            lines.append("")
        for block in screen.blocks:
            bar = "| " if block.style == "quote" else ""
            lines += [f"{bar}{line}".rstrip() for line in one_line(block.text).split("⏎")]
        lines += [f"… {one_line(frame)}" for frame in screen.frames]
        lines += [" ".join(f"[{b.label}]" for b in row) for row in screen.rows]
    return lines


def _trimmed(shown: list[str]) -> tuple[str, ...]:
    while shown and not shown[-1]:
        shown.pop()
    return tuple(shown)
