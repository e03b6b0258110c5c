"""Nothing that can be sent to the bot breaks it, shows markup, or reaches somebody else's words.

What must hold for each input in each state is in `rounds`. The whole of it runs with `make soak`;
`make test` plays a part, the same each time: every input meets every second verb and a tenth of the
states outside of the talks, and the input after it meets others.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.routing import ANSWERED, KEPT_AS_WRITTEN, WRITTEN_DOWN
from bot.telegram_out import UNSEEN, pages
from conversations.screen import Block, Screen
from tests import shipped
from tests.hostile.arena import arena
from tests.hostile.guests import Pattern, at_home
from tests.hostile.inputs import inputs
from tests.hostile.rounds import Cell, faults
from tests.hostile.states import SHOWN_ONLY, inside, met, outside, walks

#: The tests that share the part, and how many inputs in a row meet the states outside between them.
SHARES, TURNS = 3, 10
#: How many tests share the whole.
WHOLE = 24


def somebody_else() -> Pattern:
    """Another person, in the middle of erasing everything."""
    home = at_home(met().talks)
    asking = {"what": "forget", "token": "c0ffee"}
    return replace(home, name="somebody else", profile=replace(home.profile, asking=asking))


def part(everywhere: Sequence[Pattern]) -> list[Cell]:
    """Every input with a step of every second verb, and with a part of the states outside."""
    by_verb: dict[str, list[Pattern]] = {}
    for state in inside():
        by_verb.setdefault(state.verb, []).append(state)
    verbs = list(by_verb.values())
    cells = []
    for number, what in enumerate(inputs()):
        cells += [
            Cell(states[number // 2 % len(states)], what) for states in verbs[number % 2 :: 2]
        ]
        cells += [Cell(state, what) for state in everywhere[number % TURNS :: TURNS]]
    return cells


@pytest.mark.parametrize("share", range(SHARES))
async def test_every_input_in_a_state_of_every_kind(share: int, tmp_path: Path) -> None:
    async with arena(tmp_path) as here:
        cells = part(await outside(here))
        found = await faults(here, cells[share::SHARES], somebody_else())
    assert not found, "\n".join(found)


@pytest.mark.soak
@pytest.mark.parametrize("share", range(WHOLE))
async def test_every_input_in_every_state(share: int, tmp_path: Path) -> None:
    async with arena(tmp_path) as here:
        states = [*inside(), *await outside(here)][share::WHOLE]
        cells = [Cell(state, what) for state in states for what in inputs()]
        found = await faults(here, cells, somebody_else())
    assert not found, "\n".join(found)


def test_the_input_is_of_many_kinds_each_named_once() -> None:
    names = [what.name for what in inputs()]
    assert len(names) >= 150
    assert len(set(names)) == len(names)


def test_every_step_that_waits_for_an_answer_is_a_state() -> None:
    waiting = {
        f"{flow.id} {leaf.id}"
        for flow in shipped.library().flows.values()
        for leaf in flow.leaves
        if leaf.verb not in SHOWN_ONLY
    }
    assert waiting <= {" ".join(state.name.split()[:2]) for state in inside()}


async def test_every_question_outside_of_the_talks_is_a_state(tmp_path: Path) -> None:
    """The walks end where they say they do."""
    questions = {*ANSWERED, *WRITTEN_DOWN, *KEPT_AS_WRITTEN, "forget", "export", "drop", "lock"}
    async with arena(tmp_path) as here:
        states = {state.name: state for state in await outside(here)}
    assert questions <= states.keys()
    wrong = [name for name in questions if states[name].profile.asking.get("what") != name]
    assert wrong == []
    assert states["before agreeing"].agreed is False
    assert states["erased"].agreed is False
    assert states["locked"].profile.lock["closed"]
    assert states["in a talk, in care"].active is not None
    assert len(states) == len(walks()) + 1


def test_what_is_written_in_a_pattern_is_marked() -> None:
    """So that the words of each copy can be told from those of all others."""
    assert all("markofthisone" in kept.text for kept in somebody_else().kept)


@pytest.mark.parametrize(
    "unseen", ["", " \n\u00a0\u2003", "\0\x1b", "\u200b\u2060\ufe0f", "\u3164\u2800"]
)
def test_a_screen_of_nothing_to_see_shows_a_sign(unseen: str) -> None:
    """Else Telegram refuses it, and nobody is answered."""
    assert pages(Screen((Block(unseen, "quote"),)))[0].endswith(UNSEEN)


@pytest.mark.parametrize("seen", ["a", "💔", "…", "ﷺ", "!", "٣"])
def test_a_screen_with_anything_to_see_is_left_alone(seen: str) -> None:
    assert pages(Screen((Block(seen),))) == [seen]
