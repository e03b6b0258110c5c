"""The six steps: what is done, what is open, and on from there with one tap."""

from bot.playground.client import Person

from .list_walks import fill, open_list, two_ties
from .walks import agree, begin, has

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


async def test_the_journey_is_that_of_the_tie_at_hand_and_the_others_are_a_tap_away(
    ann: Person,
) -> None:
    await two_ties(ann)
    await fill(ann, "Boundaries", "alder")
    await ann.send("/steps")
    shown = await ann.wait_for("The six steps · A friend")
    assert "☑ 1. Boundaries: 1 kept" in shown.text
    await ann.press("A partner")
    shown = await ann.wait_for("The six steps · A partner")
    assert "☐ 1. Boundaries" in shown.text
    await ann.press("Later")
    await ann.wait_for("Left here")
    await ann.send("/steps")
    await ann.wait_for("The six steps · A friend")


async def test_with_one_tie_its_name_is_not_said(ann: Person) -> None:
    await begin(ann)
    await ann.send("/steps")
    shown = await ann.wait_for("The six steps")
    assert "partner" not in shown.text
    assert not shown.data_of("A partner")


async def test_while_someone_may_watch_help_stands_beside_the_plan(ann: Person) -> None:
    await agree(ann)
    await ann.send("he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    await ann.send("/steps")
    shown = await ann.wait_for("safer made with someone")
    assert shown.data_of("Help and lines")
    assert not shown.data_of("Plan")
    assert shown.data_of("Needs")
    await ann.send("/lists")
    await ann.wait_for("Your lists")
    await ann.press("Plan")
    shown = await ann.wait_for("The plan is empty")
    assert not shown.data_of("Step by step")
    assert (await open_list(ann, "Needs")).data_of("Step by step")
    await ann.send("/plan")
    await ann.wait_for("A plan")
    assert "hits" not in shown.text
