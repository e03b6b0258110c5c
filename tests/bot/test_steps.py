"""The six steps: what is done, what is open, and on from there with one tap."""

from bot.playground.client import Person

from .list_walks import fill
from .walks import agree, has

STEPS = ["Boundaries", "Needs", "Support", "Growth", "Plan", "Affirmations"]


async def test_the_six_stand_in_order_with_what_is_done(ann: Person) -> None:
    await agree(ann)
    await ann.send("/steps")
    shown = await ann.wait_for("The six steps")
    lines = [line for line in shown.text.splitlines() if line[:1] in "☐☑" and line]
    assert lines == [f"☐ {n}. {name}" for n, name in enumerate(STEPS, 1)]
    assert shown.data_of("Go on: boundaries")
    await fill(ann, "Boundaries", "alder", "birch")
    await ann.send("/steps")
    shown = await ann.wait_for("The six steps")
    assert "☑ 1. Boundaries: 2 kept" in shown.text
    assert "☐ 2. Needs" in shown.text
    assert shown.data_of("Go on: needs")


async def test_a_step_that_has_something_opens_its_list(ann: Person) -> None:
    await agree(ann)
    await fill(ann, "People", "alder")
    await ann.send("/steps")
    await ann.wait_for("The six steps")
    await ann.press("Support")
    assert "alder" in (await ann.wait_for(has("Search"))).text


async def test_with_everything_kept_nothing_urges(ann: Person) -> None:
    await agree(ann)
    for name in ("Boundaries", "Needs", "People", "Growth", "Plan"):
        await fill(ann, name, "alder")
    await ann.send("/affirm")
    await ann.wait_for(has("Keep"))
    await ann.press("Keep")
    await ann.send("/steps")
    shown = await ann.wait_for("Each of the six has something")
    assert not any("Go on:" in label for row in shown.buttons for label in row)
