"""/more: everything there is in two taps, and of the exercises those that fit."""

import pytest

from bot.command_table import COMMANDS, OFFERED
from bot.commands import more
from bot.playground.client import Person, Shown
from tests import shipped

from .walks import agree, begin, has

NEEDS = ("I am deciding", "I am staying", "Strength right now", "Afterwards")


async def opened(person: Person) -> Shown:
    """The first screen of /more."""
    await person.send("/more")
    return await person.wait_for("All that is here")


async def under(person: Person, need: str, said: str) -> list[str]:
    """The buttons of a need."""
    await opened(person)
    await person.press(need)
    shown = await person.wait_for(said)
    return [label for row in shown.buttons for label in row]


def test_everything_that_more_names_is_there() -> None:
    library = shipped.library()
    for name in {name for names in (*more.NEEDS.values(), *more.GROUPS.values()) for name in names}:
        assert name in COMMANDS or name in OFFERED or library.by_command(name), name
        assert f"offers.{name}" in library.phrases


async def test_every_exercise_stands_under_its_need(ann: Person) -> None:
    await agree(ann)
    shown = await opened(ann)
    assert {*NEEDS} <= {label for row in shown.buttons for label in row}
    said = {
        "deciding": "Several ways",
        "staying": "Staying is as full",
        "strength": "One thing at a time",
        "afterwards": "After an ending",
    }
    flows = shipped.library().flows.values()
    for need, label in zip(said, NEEDS, strict=True):
        labels = await under(ann, label, said[need])
        assert {flow.title for flow in flows if flow.need == need} <= {*labels}
        await ann.press("All of it")
        await ann.wait_for("All that is here")


async def test_what_is_not_open_to_the_ties_one_has_is_not_offered_but_opens(ann: Person) -> None:
    await begin(ann, "A friend")
    assert "How close" in await under(ann, "I am staying", "Staying is as full")
    await ann.send("/settings")
    await ann.wait_for("Settings")
    await ann.press("Whom about")
    await ann.wait_for(has("Let it rest"))
    await ann.press("Let it rest")
    await ann.wait_for("It rests")
    await ann.send("/grief")
    await ann.wait_for("Who or what is it about")
    await ann.press("A job")
    await ann.wait_for("What is lost")
    assert "How close" not in await under(ann, "I am staying", "Staying is as full")
    assert "After an ending" in await under(ann, "Afterwards", "After an ending")
    await ann.send("/closeness")
    await ann.wait_for("It need not be all or nothing")


async def test_what_rests_where_it_is_not_safe_is_not_offered_but_opens(ann: Person) -> None:
    await agree(ann)
    await ann.press("I am deciding")
    await ann.wait_for("no hurry")
    await ann.press("A partner")
    await ann.wait_for("safe to speak")
    await ann.press("No")
    await ann.wait_for("nothing here will ask you to speak your mind")
    await opened(ann)
    assert "How close" not in await under(ann, "I am staying", "Staying is as full")
    assert "An old pattern" not in await under(ann, "I am deciding", "Several ways")
    await ann.send("/pattern")
    await ann.wait_for("what do you tend to do")


@pytest.mark.parametrize("group", ["What I wrote", "My days", "Help, quiet, privacy"])
async def test_every_button_of_a_group_leads_somewhere(ann: Person, group: str) -> None:
    await agree(ann)
    await opened(ann)
    await ann.press(group)
    labels = [label for row in (await ann.reply()).buttons for label in row]
    for label in labels:
        if label == "Clear this chat":
            continue
        await opened(ann)
        await ann.press(group)
        await ann.press(label)
        assert "I do not know that one" not in (await ann.reply()).text
        assert not ann.toasts[-1:] or not ann.toasts[-1]


async def test_about_credits_the_three_essays_by_title_and_author(ann: Person) -> None:
    await agree(ann)
    await ann.send("/about")
    shown = await ann.reply()
    for title, author in (
        ("The Art of Walking Away", "Dena Bradford"),
        ("When Is It Okay to Leave a Relationship?", "Emily of Crucial Learning"),
        ("Leaving Isn't Always Escaping", "Irfan Ali"),
    ):
        assert title in shown.text
        assert author in shown.text
