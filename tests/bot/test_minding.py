"""Beside the number of a day: contact, and the boundary one minds; seen again, never at zero."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.client import Person, Shown

from .conftest import TheBot
from .test_ties import two_ties
from .walks import agree, begin, has, to_reasons, to_the_end

NOON = datetime(2030, 6, 3, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(bot: TheBot) -> None:
    bot.set_clock(NOON)


async def with_a_tie(person: Person) -> Shown:
    """A partner called K., and a boundary that the check-in minds."""
    await begin(person)
    await to_reasons(person)
    await to_the_end(person, word="K.")
    return await with_a_boundary(person)


async def with_a_boundary(person: Person) -> Shown:
    """A boundary, minded in the check-in."""
    await person.send("/lists")
    await person.wait_for("Your lists")
    await person.press("Boundaries")
    await person.reply()
    await person.press("Add")
    await person.wait_for("Write the boundary")
    await person.send("no shouting")
    await person.wait_for("Kept.")
    await person.press("Done")
    await person.wait_for("Your boundaries")
    await person.press("1")
    await person.wait_for(has("Mind it in the check-in"))
    await person.press("Mind it in the check-in")
    return await person.wait_for("The check-in asks about this one")


async def check_in(person: Person, number: str = "4") -> Shown:
    """To the question about a line."""
    await person.send("/checkin")
    await person.wait_for("in one number")
    await person.press(number)
    return await person.wait_for("One line about it")


async def test_the_boundary_one_minds_is_answered_in_one_tap_and_changed_by_another(
    ann: Person, bot: TheBot
) -> None:
    await with_a_tie(ann)
    shown = await check_in(ann)
    assert "no shouting" in shown.text
    assert shown.protected
    await ann.press("Held")
    shown = await ann.wait_for(has("✓ Held"))
    assert "One line about it" in shown.text
    await ann.press("Bent")
    await ann.wait_for(has("✓ Bent"))
    await ann.press("Skip")
    await ann.wait_for("That is kept.")
    await bot.restart()
    await ann.send("/checkin")
    shown = await ann.wait_for("This is how it is kept")
    assert "4 of 5 · bent" in shown.text


async def test_it_is_seen_again_in_the_week_and_in_progress(ann: Person, bot: TheBot) -> None:
    await with_a_tie(ann)
    for answer in ("Held", "Bent", "Held"):
        await check_in(ann)
        await ann.press(answer)
        await ann.wait_for(has(f"✓ {answer}"))
        await ann.press("Skip")
        await ann.wait_for("That is kept.")
        bot.pass_time(timedelta(days=1))
    await ann.send("/week")
    shown = await ann.wait_for("Your week")
    assert "Tuesday 4 June: 4 of 5 · bent" in shown.text
    await ann.send("/progress")
    shown = await ann.wait_for("Your days")
    assert "held: 2 days" in shown.text
    assert "bent: 1 day" in shown.text


async def test_it_rests_under_danger_and_nothing_is_lost(ann: Person) -> None:
    await with_a_tie(ann)
    await check_in(ann)
    await ann.press("Held")
    await ann.wait_for(has("✓ Held"))
    await ann.send("he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    await ann.send("/checkin")
    shown = await ann.wait_for("how it is kept")
    assert not shown.data_of("Held")
    assert "held" not in shown.text
    await ann.send("/progress")
    assert "held" not in (await ann.wait_for("Your days")).text


async def test_the_boundaries_exercise_hands_over_the_line_that_matters_most(ann: Person) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, word="K.")
    await ann.send("/boundaries")
    await ann.wait_for(lambda s: "line that is not to be crossed" in s.text)
    for line in ("no slammed doors", "my letters are mine"):
        await ann.send(line)
        await ann.wait_for(line)
    await ann.press("Done")
    for line in ("no slammed doors", "my letters are mine"):
        await ann.wait_for(f"{line}\nHas this line been crossed")
        await ann.press("Never")
        await ann.wait_for("Do they know")
        await ann.press("No")
        await ann.wait_for(has("I do not know yet"))
        await ann.press("I do not know yet")
    await ann.wait_for("matters most")
    await ann.press("2")
    await ann.wait_for("Shall it ask?")
    await ann.press("Yes")
    await ann.wait_for("as you drew them", ever=True)
    shown = await check_in(ann)
    assert "my letters are mine" in shown.text
    assert "no slammed doors" not in shown.text
    await ann.press("Held")
    await ann.wait_for(has("✓ Held"))


async def test_it_is_no_longer_asked_where_it_was_taken_out_of_the_check_in(ann: Person) -> None:
    await with_a_tie(ann)
    await ann.press("No more in the check-in")
    await ann.wait_for("asks no more")
    assert not (await check_in(ann)).data_of("Held")


async def test_contact_is_counted_in_days_that_never_return_to_nothing(
    ann: Person, bot: TheBot
) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, word="K.")
    await ann.send("/settings")
    await ann.wait_for(has("Whom about"))
    await ann.press("Whom about")
    await ann.wait_for(has("Ask about contact"))
    await ann.press("Ask about contact")
    await ann.wait_for("asks about contact, with one tap")
    for answer in ("No contact", "No contact", "Contact", "No contact"):
        shown = await check_in(ann)
        assert "Contact today?" in shown.text
        await ann.press(answer)
        await ann.wait_for(has(f"✓ {answer}"))
        await ann.press("Skip")
        await ann.wait_for("That is kept.")
        await ann.send("/progress")
        counted = (await ann.wait_for("Your days")).text
        bot.pass_time(timedelta(days=1))
    assert "Without contact: 3 days in all" in counted
    assert "Since the last contact noted: 1 day." in counted
    await ann.send("/week")
    shown = await ann.wait_for("Your week")
    assert "Wednesday 5 June: 4 of 5 · contact" in shown.text


async def test_who_chose_nothing_is_asked_nothing(ann: Person) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, word="K.")
    shown = await check_in(ann)
    assert not shown.data_of("Held")
    assert not shown.data_of("No contact")


async def test_a_line_is_about_one_of_several_and_days_are_narrowed_to_it(ann: Person) -> None:
    await two_ties(ann)
    await check_in(ann, "2")
    await ann.send("a long call")
    shown = await ann.wait_for("That is kept.")
    await ann.press("About Mo")
    await ann.wait_for(has("✓ About Mo"))
    await ann.send("/progress")
    await ann.wait_for("Your days")
    await ann.press("Mo")
    shown = await ann.wait_for("1 day filled in")
    assert shown.text.startswith("Mo")
    await ann.press("K.")
    await ann.wait_for("No day says anything of this one")
    await ann.send("/week")
    await ann.wait_for("Your week")
    await ann.press("Mo")
    await ann.wait_for("a long call")


async def test_an_old_or_forged_answer_changes_nothing(ann: Person) -> None:
    await agree(ann)
    shown = await check_in(ann)
    for press in ("2030-06-03.1.minded.held", "2030-06-03.9.x.y", "2031-01-01.1.contact.none", "x"):
        await ann.press_data(shown.id, f"checkin:mark:{press}")
        await ann.send("/checkin")
        shown = await ann.wait_for("4 of 5")
