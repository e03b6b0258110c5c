"""Under each mark, over HTTP: whatever is offered or handed back is looked at, screen by screen."""

from __future__ import annotations

import pytest

from bot.playground.client import Person, Shown
from tests.rare import typed

from .conftest import TheBot
from .walks import WANTS, answer_wants, begin, has

HEARD = {
    "danger": "he hits me and I am scared of him",
    "coercion": "she goes through my phone every night and I may not see my friends",
    "self_harm": "I want to kill myself",
    "own_harm": "I am afraid of what I might do to him",
}
LEAVING = WANTS[0]
ASSUMES_GOODWILL = {"An old pattern", "Mending", "How close", "Kind words", "A pause or an end"}
RESTS = {
    "danger": {*ASSUMES_GOODWILL, "A plan"},
    "coercion": {*ASSUMES_GOODWILL, "A plan"},
    "unsafe": ASSUMES_GOODWILL,
    "self_harm": {"A plan", "A line now", "Lines for the morning", "Escaping or becoming"},
    "own_harm": set[str](),
}
#: Every screen on which something is offered; a way is a command and the buttons after it.
WAYS = (
    ("/today",),
    ("/more", "I am deciding"),
    ("/more", "I am staying"),
    ("/more", "Strength right now"),
    ("/more", "Afterwards"),
    ("/more", "What I wrote"),
    ("/more", "My days"),
    ("/more", "Help, quiet, privacy"),
    ("/steps",),
    ("/lists",),
    ("/progress",),
    ("/week",),
    ("/checkin",),
    ("/night",),
    ("/start",),
    ("/start", "I am staying"),
    ("/settings", "What rests"),
    ("/settings", "Reminders", "Add one"),
    ("/why", "One at random"),
)


async def to_a_reason_for_leaving(person: Person) -> None:
    """A whole reflection with a lean, and one of its sentences kept as a reason."""
    await begin(person)
    await answer_wants(person)
    await person.press("Now")
    await person.wait_for(has("Keep all of it"))
    await person.press("Keep all of it")
    await person.wait_for("gets things wrong")
    await person.press("Skip")
    await person.wait_for("talked about it")
    await person.press("Never")
    await person.wait_for("unsaid")
    await person.send(typed("Nearly all of it"))
    await person.wait_for("purpose you share")
    await person.press("No")
    for question in ("Whom else", "yours to give", "yours to draw"):
        await person.wait_for(question)
        await person.press("Skip")
    await person.wait_for("lean today")
    await person.press("Leave")
    await person.wait_for("How clear")
    await person.press("3")
    await person.wait_for("reasons to remember")
    await person.send("1")
    await person.wait_for(lambda shown: "☑" in str(shown.buttons))
    await person.press("Done")
    await person.wait_for("What word")
    await person.press("Skip")
    await person.wait_for("look at this again")
    await person.press("No day")
    await person.wait_for("This stays here")


async def under(person: Person, mark: str) -> None:
    """From now on this is in force."""
    if mark != "unsafe":
        await person.send(HEARD[mark])
        await person.wait_for(has("My safety plan"))
        return
    await person.send("/settings")
    await person.wait_for(has("Whom about"))
    await person.press("Whom about")
    await person.wait_for(has("Is it safe?"))
    await person.press("Is it safe?")
    await person.wait_for("safe to speak your mind there?")
    await person.press("No")
    await person.wait_for("That is noted")


async def look(person: Person, way: tuple[str, ...]) -> Shown:
    """The last screen of a way."""
    command, *labels = way
    await person.send(command)
    shown = await person.reply()
    for label in labels:
        if "what does your clock show" in shown.text:
            await person.press("Rather not say")
            shown = await person.reply()
        if not any(label in row for row in shown.buttons):
            return shown
        await person.press(label, on=shown)
        shown = await person.reply()
    return shown


@pytest.mark.parametrize("mark", RESTS)
async def test_nothing_that_rests_is_offered_or_handed_back(
    ann: Person, bot: TheBot, mark: str
) -> None:
    await to_a_reason_for_leaving(ann)
    before = {label for way in WAYS for label in labels_of(await look(ann, way))}
    assert {*ASSUMES_GOODWILL, "A plan", "A line now"} <= before
    await under(ann, mark)
    seen = set[str]()
    for way in WAYS:
        shown = await look(ann, way)
        seen |= labels_of(shown)
        assert labels_of(shown).isdisjoint(RESTS[mark]), way
        assert HEARD.get(mark, LEAVING) not in shown.text or way[0] == "/why", way
        if mark in ("danger", "coercion", "unsafe"):
            assert LEAVING not in shown.text or way[0] == "/why", way
    assert {"A safety plan", "Help and lines", "The three questions"} <= seen
    # Nothing is locked: typed by its name, what rests opens.
    await ann.send("/pattern")
    await ann.wait_for(has("I leave early"))


def labels_of(shown: Shown) -> set[str]:
    """The labels of a message's buttons."""
    return {label for row in shown.buttons for label in row}


async def test_a_letter_is_handed_over_again_only_once_the_mark_is_over(ann: Person) -> None:
    await begin(ann)
    await ann.send("/lists")
    await ann.wait_for(has("Letters"))
    await ann.press("Letters")
    await ann.wait_for(has("Add"))
    await ann.press("Add")
    await ann.wait_for("Write the letter")
    await ann.send("Ten good years, and no more words for them.")
    await ann.wait_for("Kept.")
    assert "Copy" in str((await to_the_letter(ann)).buttons)
    await under(ann, "danger")
    shown = await to_the_letter(ann)
    assert "Ten good years" in shown.text
    assert "Copy" not in str(shown.buttons)
    await ann.send("/settings")
    await ann.wait_for(has("What rests"))
    await ann.press("What rests")
    await ann.wait_for("You can end it here")
    await ann.press("Offer it all again")
    await ann.wait_for("That is ended")
    assert "Copy" in str((await to_the_letter(ann)).buttons)


async def to_the_letter(person: Person) -> Shown:
    """The one letter there is, whole."""
    await person.send("/lists")
    await person.wait_for(has("Letters"))
    await person.press("Letters")
    await person.wait_for(has("1"))
    await person.press("1")
    return await person.wait_for(has("Remove"))
