"""When the lean of a tie changes, the reasons from before are offered one at a time."""

from datetime import UTC, datetime

from bot.playground.client import Person, Shown

from .conftest import TheBot
from .walks import add_reason, begin, has, reasons, to_reasons, to_the_end

NOON = datetime(2030, 6, 3, 12, 0, tzinfo=UTC)


async def lean_anew(person: Person, lean: str) -> None:
    """The three questions again, about the same tie, with another lean and no new reason."""
    await person.send("/reflect")
    await person.wait_for("What do you really want")
    await to_reasons(person, ("Rest", "Rest", "Rest"), lean)
    await person.press("Done")
    await person.wait_for("look at this again")
    await person.press("No day")
    await person.wait_for("This stays here", ever=True)


async def turned(person: Person) -> Shown:
    """Three reasons kept while leaning towards a pause, then a lean towards leaving."""
    await begin(person)
    await to_reasons(person)
    await to_the_end(person, picked="1, 2, 3", word="K.")
    await lean_anew(person, "Leave")
    return await person.wait_for("Your lean has changed")


async def test_old_reasons_are_offered_one_at_a_time_to_keep_rest_or_reword(
    ann: Person, bot: TheBot
) -> None:
    shown = await turned(ann)
    assert "3 reasons" in shown.text
    await ann.press("One at a time")
    shown = await ann.wait_for("towards a pause")
    assert "mornings without dread" in shown.text
    await ann.press("Keep")
    shown = await ann.wait_for("It stays as it is")
    assert "sleep well" in shown.text
    await bot.restart()
    await ann.press("Rest")
    shown = await ann.wait_for("/why lists it apart")
    assert "Plain words" in shown.text
    await ann.press("Reword")
    await ann.wait_for("Write it anew")
    await ann.send("cedar")
    await ann.wait_for("That was all of them")
    shown = await reasons(ann)
    assert "cedar" in shown.text
    assert "mornings" in shown.text
    assert "sleep well" not in shown.text
    assert not shown.data_of("Reasons from before")
    await ann.press("At rest")
    shown = await ann.wait_for("At rest")
    assert "sleep well" in shown.text
    await ann.press("1")
    await ann.wait_for(has("Take it up again"))
    await ann.press("Take it up again")
    await ann.wait_for(has("Let it rest"))
    assert "sleep well" in (await reasons(ann)).text


async def test_one_may_leave_off_and_come_back_by_way_of_why(ann: Person) -> None:
    await turned(ann)
    await ann.press("One at a time")
    await ann.wait_for("towards a pause")
    await ann.press("Keep")
    await ann.wait_for("It stays as it is")
    await ann.press("Leave off")
    await ann.wait_for("/why leads back to them")
    await reasons(ann)
    await ann.press("Reasons from before")
    shown = await ann.wait_for("towards a pause")
    assert "sleep well" in shown.text
    await ann.press("Keep them all")
    await ann.wait_for("They all stay as they are")
    assert not (await reasons(ann)).data_of("Reasons from before")


async def test_the_same_lean_again_offers_nothing(ann: Person) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, word="K.")
    await lean_anew(ann, "Pause")
    await ann.send("/why")
    shown = await ann.wait_for("Your reasons")
    assert not shown.data_of("Reasons from before")
    assert not any("lean has changed" in message.text for message in ann.messages)


async def test_under_danger_old_reasons_for_leaving_are_left_in_peace(ann: Person) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, word="K.")
    await lean_anew(ann, "Leave")
    await ann.wait_for("Your lean has changed")
    await ann.press("Keep them all")
    await ann.wait_for("They all stay")
    await add_reason(ann, "alder")
    await lean_anew(ann, "Stay and work on it")
    shown = await ann.wait_for("Your lean has changed")
    assert "2 reasons" in shown.text
    await ann.send("he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    await reasons(ann)
    await ann.press("Reasons from before")
    assert "towards a pause" in (await ann.wait_for(has("Reword"))).text
    await ann.press("Keep")
    await ann.wait_for("That was all of them")
