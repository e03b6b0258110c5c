"""Several ties: asked about, narrowed to, corrected, put to rest with all that is theirs."""

from datetime import UTC, datetime, timedelta

from bot.playground.client import Person, Shown
from tests.rare import typed

from .conftest import TheBot
from .walks import add_reason, answer_wants, begin, has, reasons, to_reasons, to_the_end

NOON = datetime(2030, 6, 3, 12, 0, tzinfo=UTC)


async def two_ties(person: Person) -> Shown:
    """A partner called K. and a friend called Mo, with a reason each."""
    await begin(person)
    await to_reasons(person)
    await to_the_end(person, word="K.")
    await person.send("/reflect")
    await person.wait_for("About: K.")
    await person.press("Not this one")
    await person.wait_for("Which one")
    await person.send("my friend")
    await person.wait_for("safe to speak")
    await person.press("Yes")
    await person.wait_for("What do you really want")
    await to_reasons(person, ("Fair turns of calling", "Less hurry", "Laughing again"))
    return await to_the_end(person, picked="2", word="Mo")


async def tie_page(person: Person, name: str) -> Shown:
    """The page of one tie in the settings."""
    await person.send("/settings")
    await person.wait_for(has("Whom about"))
    await person.press("Whom about")
    await person.wait_for("Whom or what do you mean")
    await person.press(name)
    return await person.wait_for(has("Another word"))


async def test_a_new_reason_asks_which_of_several_it_is_about(ann: Person) -> None:
    await two_ties(ann)
    shown = await reasons(ann)
    await ann.press("Add")
    await ann.wait_for("own words")
    await ann.send("alder")
    shown = await ann.wait_for("Whom or what is it about")
    assert shown.data_of("K.")
    assert shown.data_of("None of them")
    await ann.press("Mo")
    await ann.wait_for("The next one may follow")
    await ann.send("birch")
    await ann.wait_for("Whom or what is it about")
    await ann.press("None of them")
    await ann.wait_for("The next one may follow")
    await reasons(ann)
    await ann.press("Mo")
    shown = await ann.wait_for("Your reasons")
    assert "alder" in shown.text
    assert "birch" not in shown.text
    await ann.press("1")
    shown = await ann.wait_for(has("Remove"))
    assert "for pausing" in shown.text


async def test_with_one_tie_a_reason_asks_nothing(ann: Person) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, word="K.")
    await add_reason(ann, "alder")
    assert not ann.last.data_of("None of them")


async def test_a_tie_at_rest_takes_its_reasons_along_and_brings_them_back(
    ann: Person, bot: TheBot
) -> None:
    await two_ties(ann)
    await tie_page(ann, "Mo")
    await ann.press("Let it rest")
    await ann.wait_for("It rests now")
    await bot.restart()
    shown = await reasons(ann)
    assert "Less hurry" not in shown.text
    assert "mornings" in shown.text
    await ann.press("At rest")
    shown = await ann.wait_for("At rest")
    assert "Less hurry" in shown.text
    await ann.press("1")
    shown = await ann.wait_for(has("What it rests with"))
    await ann.press("What it rests with")
    await ann.wait_for("This one rests")
    await ann.press("Take it up again")
    await ann.wait_for("taken up again")
    assert "Less hurry" in (await reasons(ann)).text


async def test_nobody_asks_about_a_tie_at_rest(ann: Person) -> None:
    await two_ties(ann)
    await tie_page(ann, "Mo")
    await ann.press("Let it rest")
    await ann.wait_for("It rests now")
    await add_reason(ann, "alder")
    assert not ann.last.data_of("None of them")
    await ann.send("/reflect")
    await ann.wait_for("About: K.")


async def test_an_unfinished_talk_about_it_is_not_offered_again(ann: Person) -> None:
    await begin(ann)
    await ann.send(typed("A door of my own"))
    await ann.wait_for("for them, what do you want")
    await ann.send("/settings")
    await ann.wait_for(has("Whom about"))
    await ann.press("Whom about")
    await ann.wait_for(has("Let it rest"))
    await ann.press("Let it rest")
    shown = await ann.wait_for("It rests now")
    assert not shown.data_of("Go on")
    await ann.send("/reflect")
    await ann.wait_for("Who or what is it about")
    await ann.send("/settings")
    await ann.wait_for(has("Whom about"))
    await ann.press("Whom about")
    await ann.wait_for(has("Take it up again"))
    await ann.press("Take it up again")
    await ann.wait_for("taken up again")
    await ann.send("/today")
    shown = await ann.wait_for("Today")
    assert any("Go on" in label for row in shown.buttons for label in row)


async def test_its_reminder_rests_and_comes_at_its_hour_once_it_is_taken_up(
    ann: Person, bot: TheBot
) -> None:
    bot.set_clock(NOON)
    await begin(ann)
    await answer_wants(ann)
    await ann.press("Tomorrow")
    await ann.reply()
    await ann.send("/settings")
    await ann.wait_for("Reminders: 1")
    await ann.press("Whom about")
    await ann.wait_for(has("Let it rest"))
    await ann.press("Let it rest")
    await ann.wait_for("It rests now")
    await ann.send("/today")
    shown = await ann.wait_for("Today")
    assert not shown.data_of("Go on")
    bot.pass_time(timedelta(days=3))
    await ann.send("/settings")
    await ann.wait_for("Reminders: 0")
    await ann.press("Whom about")
    await ann.wait_for(has("Take it up again"))
    await ann.press("Take it up again")
    await ann.wait_for("taken up again")
    await ann.send("/today")
    shown = await ann.wait_for("Today")
    assert shown.data_of("Go on")
    bot.set_clock(NOON + timedelta(days=3, hours=22))
    await ann.wait_for("Something you set", ever=True)


async def test_its_kind_is_corrected_and_what_is_no_person_is_not_safe_or_unsafe(
    ann: Person,
) -> None:
    await two_ties(ann)
    shown = await tie_page(ann, "Mo")
    assert "A friend" in shown.text
    await ann.press("Who or what it is")
    await ann.wait_for("Who or what is it?")
    await ann.press("A job")
    shown = await ann.wait_for("That is changed")
    assert "A job" in shown.text
    assert not shown.data_of("Is it safe?")
