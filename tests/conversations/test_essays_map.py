"""The map of the essays: no paragraph is left out, every place it names is there, and no exercise
is without a thought of theirs."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bot.command_table import COMMANDS
from tests import shipped
from tests.affirmations.essays import known_runs, taken_over

PAGE = Path(__file__).parents[2] / "docs" / "essays.md"
LIBRARY = shipped.library()
#: By essay: the lines that hold anything, as first and last of each run of them.
PARAGRAPHS = {
    "The Art of Walking Away": ((1, 4), (6, 11), (13, 21), (23, 54), (63, 63)),
    "When Is It Okay to Leave a Relationship?": (
        *((n, n) for n in (*range(1, 17, 2), *range(18, 38, 2), *range(39, 51, 2))),
        *((n, n) for n in range(50, 120, 2)),
        *((120, 124), *((n, n) for n in range(126, 146, 2))),
    ),
    "Leaving Isn't Always Escaping": (
        *((n, n) for n in range(1, 179, 2)),
        *((179, 183), (185, 185)),
    ),
}
NOTHING = "nothing to carry: "
_ROW = re.compile(
    r"\| (?P<essay>[^|]+) \| (?P<line>\d+) \| (?P<thought>[^|]+) \| (?P<where>[^|]+) \|$"
)
ROWS = [row for line in PAGE.read_text(encoding="utf-8").splitlines() if (row := _ROW.match(line))]


def _places(where: str) -> list[str]:
    """The steps and commands that a row names; empty where nothing is carried."""
    if where.startswith(NOTHING):
        return []
    places = [place.strip() for place in where.split(",")]
    assert all(place[0] == place[-1] == "`" for place in places), where
    return [place.strip("`") for place in places]


def test_every_line_of_the_page_that_looks_like_a_row_is_read() -> None:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    assert len(lines) - 2 * len(PARAGRAPHS) == len(ROWS) >= 90


@pytest.mark.parametrize("essay", PARAGRAPHS)
def test_every_paragraph_has_one_row(essay: str) -> None:
    wanted = Counter(n for first, last in PARAGRAPHS[essay] for n in range(first, last + 1))
    assert Counter(int(row["line"]) for row in ROWS if row["essay"] == essay) == wanted


def test_each_of_the_sixteen_comments_is_there() -> None:
    told = {int(n) for row in ROWS for n in re.findall(r"^Comment (\d+)\b", row["thought"])}
    assert told == set(range(1, 17))


def test_every_place_that_is_named_is_there() -> None:
    missing = []
    for row in ROWS:
        for place in _places(row["where"]):
            flow, _, step = place.partition(".")
            if place.startswith("/"):
                known = place[1:] in COMMANDS or LIBRARY.by_command(place[1:]) is not None
            else:
                known = flow in LIBRARY.flows and step in LIBRARY.flows[flow].by_id
            if not known:
                missing.append(f"{row['essay']}, line {row['line']}: {place}")
    assert missing == []


def test_every_exercise_carries_a_thought_of_theirs() -> None:
    named = {place.partition(".")[0] for row in ROWS for place in _places(row["where"])}
    assert set(LIBRARY.flows) - named == set()


def test_where_nothing_is_carried_the_row_says_why() -> None:
    without = [row["where"].removeprefix(NOTHING) for row in ROWS if not _places(row["where"])]
    assert without
    assert [why for why in without if len(why.split()) < 2] == []


def test_no_thought_is_told_in_the_words_of_an_essay() -> None:
    runs = known_runs()
    assert [row["thought"] for row in ROWS if taken_over(row["thought"], runs)] == []
