"""/today: what is unfinished, when it comes back, and one suggestion that pushes nowhere."""

from datetime import UTC, datetime, timedelta

from bot.commands.suggestion import BY_EXERCISE, BY_NEED
from bot.playground.client import Person, Shown
from tests import shipped

from .conftest import TheBot
from .walks import agree, begin, has, to_reasons, to_the_end

MORNING = datetime(2031, 3, 5, 9, 0, tzinfo=UTC)
SUGGESTED = "If you like, for today: "


async def today(person: Person) -> Shown:
    """The home page."""
    await person.send("/today")
    return await person.wait_for("Today")


def suggested(shown: Shown) -> str:
    """The exercise that is named."""
    return next(
        line.removeprefix(SUGGESTED)
        for line in shown.text.splitlines()
        if line.startswith(SUGGESTED)
    )


async def test_a_new_person_is_shown_the_three_questions_and_nothing_else(ann: Person) -> None:
    await agree(ann)
    shown = await today(ann)
    assert "there are three questions" in shown.text
    await ann.press("The three questions")
    await ann.wait_for("no hurry")


async def test_an_unfinished_talk_comes_back_at_the_hour_one_chose(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(MORNING)
    await begin(ann)
    shown = await today(ann)
    assert [label for row in shown.buttons for label in row][:3] == ["Go on", "Later", "Let it go"]
    await ann.press("Later")
    await ann.wait_for("Shall it come back")
    await ann.press("This evening")
    await ann.wait_for("It comes again on")
    assert "Coming up: Wednesday 5 March, 19:30" in (await today(ann)).text
    await bot.restart()
    bot.set_clock(MORNING.replace(hour=19, minute=31))
    await ann.wait_for("Something you set for now is here", ever=True)
    await ann.press("Open")
    await ann.wait_for("What do you really want")


async def test_later_without_an_hour_only_lets_it_rest(ann: Person) -> None:
    await begin(ann)
    await today(ann)
    await ann.press("Later")
    await ann.wait_for("Shall it come back")
    await ann.press("I will come back")
    await ann.wait_for("Left here for now")
    assert "Coming up" not in (await today(ann)).text
    await ann.send("something")
    await ann.wait_for("No question was open")


async def test_another_hour_takes_the_place_of_the_first(ann: Person, bot: TheBot) -> None:
    bot.set_clock(MORNING)
    await begin(ann)
    for when in ("This evening", "Tomorrow"):
        await today(ann)
        await ann.press("Later")
        await ann.wait_for("Shall it come back")
        await ann.press(when)
        await ann.wait_for("It comes again on")
    assert bot.tables()["appointments"] == 1
    assert "Coming up: Thursday 6 March" in (await today(ann)).text


async def test_the_suggestion_is_the_same_all_day_and_assumes_nothing(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(MORNING)
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann)
    flows = {flow.title: flow for flow in shipped.library().flows.values()}
    named = []
    for _ in range(8):
        name = suggested(await today(ann))
        assert suggested(await today(ann)) == name
        named.append(name)
        bot.pass_time(timedelta(days=1))
    assert len({*named}) > 1
    for name in named:
        flow = flows[name]
        assumed = BY_EXERCISE.get(flow.id) or BY_NEED.get(flow.need) or {"pausing"}
        assert "pausing" in assumed, "their lean is a pause"
        assert flow.id != "three_questions", "what was not gone through comes first"


async def test_on_the_hardest_days_only_a_calm_minute_is_offered(ann: Person) -> None:
    await agree(ann)
    await ann.send("I want to kill myself")
    await ann.wait_for("Are you safe right now")
    shown = await today(ann)
    labels = [label for row in shown.buttons for label in row]
    assert "One calm minute" in labels
    assert "The three questions" not in labels
    assert SUGGESTED not in shown.text


async def test_nothing_that_rests_under_a_mark_is_named(ann: Person, bot: TheBot) -> None:
    bot.set_clock(MORNING)
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann)
    await ann.send("he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    resting = {f.title for f in shipped.library().flows.values() if "danger" in f.rests_under}
    assert resting
    for _ in range(12):
        assert suggested(await today(ann)) not in resting
        bot.pass_time(timedelta(days=1))
    assert has("Nothing, let it go")(await today(ann))
