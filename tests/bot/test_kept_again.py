"""What an exercise leaves with a person is found again where it helps, after a restart as well.

`docs/kept.md` says where each kind of kept words turns up; these are its rows over real HTTP.
"""

from dataclasses import dataclass

import pytest

from bot.outbox import playing
from bot.playground.client import Person

from .conftest import TheBot
from .list_walks import open_list
from .played import play, transcript
from .walks import agree, has

#: From the weak moment to what one may do in it, with a reason already kept and without one.
WEAK = ("/doubt", "[Guilt]", "[3]", "[Go on]")
NO_REASON = (*WEAK, "[Skip]")


@dataclass(frozen=True)
class Found:
    """A kind of kept words: an exercise that keeps them, words it keeps, their list, and ways."""

    kind: str
    exercise: str
    words: str
    name: str
    ways: tuple[tuple[str, ...], ...] = ()


ROWS = (
    Found("reason", "mend", "the way we laugh at the same things", "Reasons", (("/why",), WEAK)),
    Found("boundary", "boundaries", "nobody reads my messages", "Boundaries", (("/boundaries",),)),
    Found("need", "needs", "someone who remembers what I said", "Needs", (("/needs",),)),
    Found(
        "supporter", "support", "Noor", "People", (("/support",), (*NO_REASON, "[My person]"))
    ),
    Found("growth", "growth", "swim on Thursday", "Growth", (("/growth",),)),
    Found("plan", "plan", "a bed for the dog", "Plan", (("/plan",),)),
    Found("safety", "safety", "A bath with the door locked", "Safety plan", (("/safe",),)),
    Found("letter", "kind_words", "ten good years", "Letters"),
    Found("note", "grief", "you may miss it and still be right to sleep", "Notes"),
    Found(
        "lesson", "lessons", "that I was always the one who drove", "Lessons",
        ((*NO_REASON, "[What it taught me]"), ("/lessons",)),
    ),
    Found("gratitude", "release", "that I can ask out loud", "Thanks", (("/lessons",),)),
)  # fmt: skip


async def _go(person: Person, way: tuple[str, ...], words: str) -> None:
    """Type commands and press buttons, each when it is there; then the words stand in the chat."""
    for act in way:
        if act.startswith("["):
            label = act.strip("[]")
            await person.wait_for(has(label))
            await person.press(label)
        else:
            await person.send(act)
    await person.wait_for(words)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.kind)
async def test_what_is_kept_is_found_again_after_a_restart(
    ann: Person, bot: TheBot, row: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playing, "TEMPO", 0.0125)
    await agree(ann)
    await play(ann, bot, transcript(row.exercise))
    await bot.restart()
    assert row.words in (await open_list(ann, row.name)).text
    for way in row.ways:
        await _go(ann, way, row.words)


async def test_a_line_of_ones_own_is_found_again_after_a_restart(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await play(ann, bot, transcript("affirmations"))
    await bot.restart()
    await _go(ann, ("/affirm", "[More]", "[My own lines]"), "I may take my time")
