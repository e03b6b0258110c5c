"""A new exercise is one file and one transcript: added here while the tests run, and then there."""

import shutil
from pathlib import Path

import pytest

from bot import app
from bot.playground.client import Person
from conversations.draw import chart
from conversations.library import FLOWS, read_library
from conversations.script import read, replayed, written
from conversations.stage import Stage
from tests import shipped

from .conftest import TheBot
from .played import play as play_transcript
from .walks import agree, has

EXERCISE = """
title = "A walk outside"
command = "walk"
need = "strength"
open_to = ["people", "job", "circle", "place", "self"]
keeps = "reflection"

[steps.where]
collect = "Where could you walk today? One place a message."
keep = "growth"

[steps.nearest]
choose = "Which is nearest?"
from = "where"

[steps.each_place]
each = "where"
[steps.each_place.steps.light]
choose = "{item}: is there light in the evening?"
choices = { yes = "Yes", no = "No" }

[steps.told]
say = [{ heading = "Where you could walk", text = "{lists.where}" }]

[steps.next]
say = "The door is where it was."
offer = ["why", "stop"]
"""
TRANSCRIPT = """# a walk, from two places to the end
> /walk
Where could you walk today? One place a message.
[Later]
> the river
Where could you walk today? One place a message.
| 1. the river
[1]
[Done]
[Later]
> the old wall
Where could you walk today? One place a message.
| 1. the river
| 2. the old wall
[1] [2]
[Done]
[Later]
> [Done]
Which is nearest?
| 1. the river
| 2. the old wall
[1] [2]
[Back] [Later]
> [2]
the river: is there light in the evening?
[Yes] [No]
[Back] [Later]
> [Yes]
the old wall: is there light in the evening?
[Yes] [No]
[Back] [Later]
> [No]
Where you could walk
| the river
| the old wall
The door is where it was.
[Read my reasons]
[Leave it at that]
= finished: yes
"""


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    """The shipped exercises with the new file among them."""
    folder = tmp_path / "flows"
    shutil.copytree(FLOWS, folder)
    (folder / "walk.toml").write_text(EXERCISE, encoding="utf-8")
    return folder


@pytest.fixture
async def bot(bot: TheBot, flows: Path, monkeypatch: pytest.MonkeyPatch) -> TheBot:
    """The bot, started anew on that folder."""
    _, *others = shipped.content()
    monkeypatch.setattr(app, "read_content", lambda: (read_library(flows), *others))
    await bot.restart()
    return bot


def test_it_is_checked_drawn_and_its_transcript_plays(flows: Path) -> None:
    library = read_library(flows)
    assert chart(library.flows["walk"]).faults == []
    played = replayed(Stage(library), TRANSCRIPT)
    assert written(played) == written(list(read(TRANSCRIPT)))


@pytest.mark.parametrize("by_typing", [False, True], ids=["tapped", "typed"])
async def test_it_is_offered_played_kept_and_found_again(
    ann: Person, bot: TheBot, by_typing: bool
) -> None:
    await agree(ann)
    await ann.send("/more")
    await ann.wait_for(has("Strength right now"))
    await ann.press("Strength right now")
    await ann.wait_for(has("A walk outside"))
    lines = tuple(read(TRANSCRIPT))
    await play_transcript(ann, bot, lines[:-1], by_typing=by_typing, restarted=not by_typing)
    await ann.send("/growth")
    assert "the old wall" in (await ann.wait_for("the river")).text
    await ann.send("/find wall")
    await ann.wait_for(lambda shown: "the old wall" in shown.text and not shown.mine)
