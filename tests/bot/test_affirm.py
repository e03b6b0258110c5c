"""/affirm: a believable line, one's own between, and the one that comes in the morning."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.playground.client import Person, Playground, Shown
from conversations.affirmations import Line, read_affirmations

from .conftest import TheBot
from .walks import agree, has, to_first_question

LIBRARY = read_affirmations()
HIT = "he hits me and I am scared of him"


def lines_in(text: str) -> list[Line]:
    """The library's lines that stand in a text, in either form."""
    said = text.splitlines()
    return [line for line in LIBRARY.lines if line.line in said or line.gentler in said]


async def a_line(person: Person) -> Shown:
    """A line by the command."""
    await person.send("/affirm")
    return await person.wait_for(has("Another"))


async def another(person: Person, on: Shown | None = None) -> Shown:
    """The next one by its button."""
    await person.press("Another", on=on)
    return await person.wait_for(has("Another"))


async def more(person: Person) -> Shown:
    """From a line to what is chosen."""
    await person.press("More")
    return await person.wait_for("Your lines")


async def choose(person: Person, theme: str) -> None:
    """From a line to one chosen theme."""
    await more(person)
    await person.press("Themes")
    await person.wait_for("What may your lines be about")
    await person.press(f"☐ {theme}")
    await person.wait_for(has(f"☑ {theme}"))


async def own(person: Person, text: str) -> Shown:
    """A line of one's own, from a line."""
    await more(person)
    await person.press("My own lines")
    await person.wait_for(has("Add"))
    await person.press("Add")
    await person.wait_for("Write a line")
    return await person.send(text)


async def every_morning(person: Person, hour: str = "07:30") -> Shown:
    """From a line to one every morning, by UTC."""
    await person.press("Every morning?")
    await person.wait_for("At what hour")
    await person.press(hour)
    await person.wait_for("what does your clock show")
    await person.press("Rather not say")
    return await person.wait_for("Lines come every day")


def tomorrow_at(bot: TheBot, hour: int, minute: int = 0, days: int = 1) -> datetime:
    """That UTC time, some days on."""
    day = bot.now().date() + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), UTC)


def told(person: Person) -> int:
    """How often the clock has sent something."""
    return sum(message.text.startswith("Something you set for") for message in person.messages)


async def test_a_line_begins_in_its_gentler_form(ann: Person) -> None:
    await agree(ann)
    shown = await a_line(ann)
    (line,) = lines_in(shown.text)
    assert line.gentler in shown.text
    assert shown.protected


async def test_no_line_of_a_theme_comes_again_before_all_have_come_restarts_or_not(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await a_line(ann)
    await choose(ann, "Work")
    theme = LIBRARY.themes["work"].lines
    await ann.press("A line now")
    seen = lines_in((await ann.wait_for(has("Another"))).text)
    while len(seen) < len(theme):
        if len(seen) == 4:
            await bot.restart()
        seen += lines_in((await another(ann)).text)
    assert {line.id for line in seen} == {line.id for line in theme}
    again = lines_in((await another(ann)).text)
    assert again != seen[-1:]


async def settled(person: Person) -> None:
    """Until all that was to be sent for what went before has been."""
    await person.send("/help")
    await person.wait_for("First, a person")


async def test_a_double_tap_gives_one_line_and_an_old_button_another(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    await agree(ann)
    first = await a_line(ann)
    data = first.data_of("Another")
    assert data is not None
    await ann.press_data(first.id, data)
    await ann.press_data(first.id, data)
    await settled(ann)
    edits = [call for call in play.calls if call.method == "editMessageText"]
    edits = [call for call in edits if str(call.params["message_id"]) == str(first.id)]
    second = {line.id for call in edits for line in lines_in(str(call.params["text"]))}
    assert len(second) == 1
    assert second != {line.id for line in lines_in(first.text)}
    await bot.restart()
    newer = await a_line(ann)
    await ann.press_data(first.id, data)
    older = await ann.wait_for(has("Another"))
    third = {line.id for line in lines_in(newer.text)}
    assert {line.id for line in lines_in(older.text)}.isdisjoint(second | third)


async def test_a_kept_line_stands_once_among_ones_own_and_comes_every_third_time(
    ann: Person, play: Playground
) -> None:
    await agree(ann)
    shown = await a_line(ann)
    (kept,) = lines_in(shown.text)
    data = shown.data_of("Keep")
    assert data is not None
    await ann.press_data(shown.id, data)
    await ann.wait_for("Kept. It stands")
    await ann.press_data(shown.id, data)
    await ann.wait_for("Kept. It stands")
    given = [lines_in((await another(ann)).text)[0].id for _ in range(7)]
    places = [place for place, line in enumerate(given) if line == kept.id]
    assert places
    assert all(later - place >= 3 for place, later in pairwise(places))
    await more(ann)
    await ann.press("My own lines")
    listed = await ann.wait_for("Your own lines")
    assert lines_in(listed.text) == [kept]


async def test_what_is_not_true_does_not_come_again_until_it_is_brought_back(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await a_line(ann)
    await choose(ann, "Peace")
    await ann.press("A line now")
    (out,) = lines_in((await ann.wait_for(has("Another"))).text)
    await ann.press("Not true for me")
    shown = await ann.wait_for("Left out")
    await bot.restart()
    given = lines_in(shown.text)
    for _ in LIBRARY.themes["peace"].lines:
        given += lines_in((await another(ann)).text)
    assert out not in given
    await more(ann)
    await ann.press("Bring back what is out")
    await ann.wait_for("They may come again")
    await ann.press("A line now")
    await ann.wait_for(has("Another"))
    given = []
    for _ in range(2 * len(LIBRARY.themes["peace"].lines)):
        given += lines_in((await another(ann)).text)
    assert out in given


async def test_a_slip_on_not_true_is_taken_back_by_one_tap(ann: Person) -> None:
    await agree(ann)
    (line,) = lines_in((await a_line(ann)).text)
    await ann.press("Not true for me")
    await ann.wait_for("Left out")
    await ann.press("It is true after all")
    shown = await ann.wait_for(has("Not true for me"))
    assert lines_in(shown.text) == [line]
    await more(ann)
    assert "Left out" not in ann.last.text


async def test_with_nothing_left_ones_own_lines_come_and_without_those_a_kind_word(
    ann: Person, play: Playground
) -> None:
    await agree(ann)
    await a_line(ann)
    every = [line for line in LIBRARY.lines if line.id.partition("-")[0] != "work"]
    await ann.send("/today")
    await ann.wait_for("Today")
    for line in every:
        await ann.press_data(ann.last.id, f"0|affirm:untrue:{line.id}")
    await play.polled()
    await ann.wait_for("no line left")
    await ann.press("Add")
    await ann.wait_for("Write a line")
    await ann.send("I can hear rain and stay in bed")
    await ann.wait_for("Now and then")
    await ann.press("A line now")
    assert "hear rain" in (await ann.wait_for(has("Another"))).text


async def test_own_lines_are_added_changed_taken_out_and_brought_back(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await a_line(ann)
    mine = await own(ann, "I can walk slowlyy")
    await ann.wait_for("Now and then")
    await ann.edit(mine, "I can walk slowly")
    await ann.wait_for("Changed in your answer")
    await ann.press("My own lines")
    listed = await ann.wait_for("Your own lines")
    assert "I can walk slowly\n" in listed.text + "\n"
    await ann.press("1")
    await ann.wait_for(has("Take out"))
    await ann.press("Edit")
    await ann.wait_for("Write it anew")
    await ann.send("I can walk home slowly")
    await ann.wait_for(has("Take out"))
    await bot.restart()
    await ann.press("Take out")
    out = await ann.wait_for("Taken out")
    await ann.press("My own lines")
    await ann.wait_for("No line of yours")
    await ann.press("Undo", on=out)
    assert "I can walk home slowly" in (await ann.wait_for("Your own lines")).text


async def test_a_kept_line_can_be_put_into_ones_own_words_and_comes_in_those_alone(
    ann: Person,
) -> None:
    await agree(ann)
    await a_line(ann)
    await choose(ann, "Peace")
    await ann.press("A line now")
    (line,) = lines_in((await ann.wait_for(has("Another"))).text)
    await ann.press("Keep")
    await ann.wait_for("Kept. It stands")
    await ann.press("Change it")
    await ann.wait_for(has("Take out"))
    await ann.press("Edit")
    await ann.wait_for("Write it anew")
    await ann.send("Quiet, in my words")
    await ann.wait_for(has("Take out"))
    await ann.press("A line now")
    told = [(await ann.wait_for(has("Another"))).text]
    for _ in range(2 * len(LIBRARY.themes["peace"].lines)):
        told.append((await another(ann)).text)
    assert any("Quiet, in my words" in text for text in told)
    assert all(line not in lines_in(text) for text in told)


async def test_words_in_which_something_was_heard_get_care_and_never_come_by_themselves(
    ann: Person,
) -> None:
    await agree(ann)
    await a_line(ann)
    await own(ann, HIT)
    await ann.wait_for("I believe you")
    await a_line(ann)
    for _ in range(7):
        assert HIT not in (await another(ann)).text
    await more(ann)
    await ann.press("My own lines")
    assert HIT in (await ann.wait_for("Your own lines")).text


async def test_misread_words_are_shown_again_as_the_line_they_are(ann: Person) -> None:
    await agree(ann)
    await a_line(ann)
    await own(ann, HIT)
    await ann.wait_for("I believe you")
    await ann.press("You misread me")
    shown = await ann.wait_for(HIT)
    assert shown.data_of("Take out")
    await ann.press("A line now")
    told = [(await ann.wait_for(has("Another"))).text]
    for _ in range(4):
        told.append((await another(ann)).text)
    assert any(HIT in text for text in told)


async def test_under_danger_courage_and_letting_go_rest_and_the_others_come(ann: Person) -> None:
    await agree(ann)
    await a_line(ann)
    await choose(ann, "Courage")
    await ann.send(HIT)
    await ann.wait_for("I believe you")
    given = lines_in((await a_line(ann)).text)
    for _ in range(12):
        given += lines_in((await another(ann)).text)
    assert len(given) == 13
    assert not [line for line in given if LIBRARY.rests(line, {"danger"})]
    await more(ann)
    await ann.press("Themes")
    shown = await ann.wait_for("What may your lines be about")
    labels = str(shown.buttons)
    assert "Worth" in labels
    assert "Courage" not in labels
    assert "Letting go" not in labels


async def test_where_it_is_not_safe_to_speak_what_needs_it_rests(ann: Person) -> None:
    await agree(ann)
    await ann.press("I am deciding")
    await ann.wait_for("no hurry")
    await ann.press("A partner")
    await ann.wait_for("safe to speak")
    await ann.press("No")
    await ann.wait_for(lambda shown: "What do you really want" in shown.text or shown.buttons)
    given = lines_in((await a_line(ann)).text)
    for _ in range(12):
        given += lines_in((await another(ann)).text)
    assert not [line for line in given if LIBRARY.rests(line, {"unsafe"})]


async def test_how_true_they_feel_is_asked_after_days_once_and_the_form_follows(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await a_line(ann)
    for _ in range(6):
        await another(ann)
    assert "How true" not in str(ann)
    bot.pass_time(timedelta(days=6))
    await ann.send("/affirm")
    asked = await ann.wait_for("How true do they feel")
    await ann.press("4", on=asked)
    await ann.wait_for("plainer words")
    shown = await a_line(ann)
    (line,) = lines_in(shown.text)
    assert line.line in shown.text
    bot.pass_time(timedelta(days=6))
    shown = await a_line(ann)
    assert ann.last.id == shown.id
    await more(ann)
    await ann.press("How true they feel")
    await ann.wait_for("How true do they feel")
    await ann.send("2")
    await ann.wait_for("gentler words")
    shown = await a_line(ann)
    assert lines_in(shown.text)[0].gentler in shown.text


async def test_it_does_not_interrupt_a_talk(ann: Person) -> None:
    await agree(ann)
    await to_first_question(ann)
    await a_line(ann)
    await another(ann)
    await ann.press("Go on")
    await ann.wait_for("What do you really want")


async def test_leaving_off_in_the_middle_of_adding_adds_nothing(ann: Person) -> None:
    await agree(ann)
    await a_line(ann)
    await more(ann)
    await ann.press("My own lines")
    await ann.wait_for(has("Add"))
    await ann.press("Add")
    await ann.wait_for("Write a line")
    await ann.send("/cancel")
    await ann.wait_for("None comes by itself")
    await ann.send("The house was quiet")
    await ann.wait_for("I hold what you wrote")


@pytest.mark.parametrize(
    "press",
    [
        "",
        "nothing",
        "keep:worth-99",
        "keep:",
        "untrue:nowhere-1",
        "true:x",
        "one:zzzz",
        "edit:zzzz",
        "out:zzzz",
        "own:-1",
        "own:²",
        "own:99999999",
        "undo",
        "theme:sky.1",
        "theme:",
        "felt:9",
        "felt:x",
        "at:_.2560",
        "at:",
        "skip",
        "true_ask:x",
    ],
)
async def test_forged_data_is_answered_and_changes_nothing(
    ann: Person, play: Playground, press: str
) -> None:
    await agree(ann)
    await ann.press_data(ann.last.id, f"0|affirm:{press}")
    await play.polled()
    assert "went wrong" not in str(ann)
    await ann.send("/affirm")
    assert lines_in((await ann.wait_for(has("Every morning?"))).text)


async def test_the_morning_line_is_neutral_until_it_is_opened_where_it_stands(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    await agree(ann)
    await a_line(ann)
    await every_morning(ann)
    await ann.send("/today")
    assert "07:30" in (await ann.wait_for("Today")).text
    await bot.restart()
    bot.set_clock(tomorrow_at(bot, 7, 30) + timedelta(seconds=2))
    due = await ann.wait_for("Something you set for")
    assert not lines_in(due.text)
    data = due.data_of("Open")
    assert data is not None
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.press_data(due.id, data)
    opened = await ann.wait_for(lambda shown: shown.id == due.id and bool(lines_in(shown.text)))
    assert opened.protected
    await ann.press_data(due.id, data)
    await play.polled()
    here = [message for message in ann.messages if message.id == due.id]
    assert [lines_in(message.text) for message in here] == [lines_in(opened.text)]


async def test_a_morning_line_comes_once_a_day_and_not_once_it_is_turned_off(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await a_line(ann)
    await every_morning(ann)
    for day in range(2):
        bot.set_clock(tomorrow_at(bot, 7, 30) + timedelta(seconds=2))
        await ann.until(lambda person, day=day: told(person) == day + 1)  # type: ignore[misc]
    await a_line(ann)
    await more(ann)
    await ann.press("No more mornings")
    await ann.wait_for("No line comes by itself any more")
    bot.set_clock(tomorrow_at(bot, 7, 31))
    await a_line(ann)
    assert told(ann) == 2


async def test_not_today_leaves_out_today_alone(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    bot.set_clock(tomorrow_at(bot, 5))
    await a_line(ann)
    await every_morning(ann)
    await a_line(ann)
    await more(ann)
    await ann.press("Not today")
    await ann.wait_for("Not today, then")
    bot.set_clock(tomorrow_at(bot, 7, 31, days=0))
    await a_line(ann)
    assert "Something you set for" not in str(ann)
    bot.set_clock(tomorrow_at(bot, 7, 31))
    await ann.wait_for("Something you set for")


async def test_a_typed_hour_is_understood_and_a_wrong_one_changes_nothing(ann: Person) -> None:
    await agree(ann)
    await a_line(ann)
    await every_morning(ann, "07:00")
    await a_line(ann)
    await more(ann)
    await ann.press("Another hour")
    await ann.wait_for("At what hour")
    await ann.send("07:60")
    await ann.wait_for("00 to 59")
    await ann.send("half past eight")
    assert "08:30" in (await ann.wait_for("Lines come every day")).text


async def test_nothing_is_given_unasked_while_self_harm_was_heard(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    await a_line(ann)
    await every_morning(ann)
    bot.set_clock(tomorrow_at(bot, 7, 30) + timedelta(seconds=2))
    due = await ann.wait_for("Something you set for")
    await ann.send("I want to kill myself")
    await ann.wait_for(has("I am safe"))
    await ann.press("Open", on=due)
    opened = await ann.wait_for("No line comes by itself these days")
    assert lines_in(opened.text) == []
    await ann.press("A line now", on=opened)
    (line,) = lines_in((await ann.wait_for(has("Another"))).text)
    assert not LIBRARY.rests(line, {"self_harm"})
    await ann.send("/today")
    assert "A line now" not in str((await ann.wait_for("Today")).buttons)
