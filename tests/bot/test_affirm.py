"""/affirm: a believable line that does not come again too soon, in the form that fits."""

from datetime import timedelta

import pytest

from bot.playground.client import Person, Playground

from .affirm_walks import (
    HIT,
    LIBRARY,
    a_line,
    another,
    choose,
    lines_in,
    more,
    settled,
)
from .conftest import TheBot
from .walks import agree, has, to_first_question


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
    await ann.wait_for(lambda shown: bool(shown.buttons))
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
    await a_line(ann)
    await settled(ann)
    assert "How true do they feel" not in str(ann)
    await a_line(ann)
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
