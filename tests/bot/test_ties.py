"""Several ties: asked about, narrowed to, corrected, put to rest with all that is theirs."""

from datetime import UTC, datetime, timedelta

from bot.playground.client import Person, Shown
from tests.rare import typed

from .conftest import TheBot
from .walks import add_reason, answer_wants, begin, has, to_reasons, to_the_end

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


async def reasons(person: Person) -> Shown:
    """The first page of /why."""
    await person.send("/why")
    return await person.wait_for("Your reasons")


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


# --- when the lean changes ---


async def lean_anew(person: Person, lean: str) -> None:
    """The three questions again, about the same tie, with another lean and no new reason."""
    await person.send("/reflect")
    await person.wait_for("What do you really want")
    await answer_wants(person, ("Rest", "Rest", "Rest"))
    await person.press("Now")
    await person.wait_for(has("Keep all of it"))
    await person.press("Keep all of it")
    await person.wait_for("gets things wrong")
    await person.press("Skip")
    await person.wait_for("talked about it")
    await person.press("Never")
    await person.wait_for("unsaid")
    await person.send("Most of it")
    await person.wait_for("purpose you share")
    await person.press("No")
    for question in ("Whom else", "yours to give", "yours to draw"):
        await person.wait_for(question)
        await person.press("Skip")
    await person.wait_for("lean today")
    await person.press(lean)
    await person.wait_for("How clear")
    await person.press("3")
    await person.wait_for("reasons to remember")
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
