"""Every exercise, played to its end over real HTTP: by taps, with a restart in the middle, and
with every tap typed."""

import pytest

from bot.playground.client import Person
from tests import shipped

from .conftest import TheBot
from .played import play, transcript
from .walks import agree

#: The exercises that are begun and finished on their own: what comes between is tested elsewhere.
EXERCISES = sorted(flow.id for flow in shipped.library().flows.values() if not flow.aside)


@pytest.mark.parametrize("by_typing", [False, True], ids=["tapped", "typed"])
@pytest.mark.parametrize("name", EXERCISES)
async def test_an_exercise_is_played_to_its_end(
    ann: Person, bot: TheBot, name: str, by_typing: bool
) -> None:
    """What is shown is what the transcript shows, message by message, with its buttons."""
    await agree(ann)
    end = await play(ann, bot, transcript(name), by_typing=by_typing, restarted=not by_typing)
    await ann.send("/today")
    assert "Not finished" not in (await ann.wait_for("Today")).text
    assert end.buttons
