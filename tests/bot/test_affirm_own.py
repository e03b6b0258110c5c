"""Lines of one's own, and those kept from the library, between the others."""

from itertools import pairwise

from bot.playground.client import Person, Playground

from .affirm_walks import HIT, LIBRARY, a_line, another, choose, lines_in, more, own
from .conftest import TheBot
from .walks import agree, has


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
    assert kept.id not in given[:2]
    places = [place for place, line in enumerate(given) if line == kept.id]
    assert places
    assert all(later - place >= 3 for place, later in pairwise(places))
    await more(ann)
    await ann.press("My own lines")
    listed = await ann.wait_for("Your own lines")
    assert lines_in(listed.text) == [kept]


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
    await ann.press("Back")
    await ann.wait_for("None comes by itself")
    await ann.press("My own lines")
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
