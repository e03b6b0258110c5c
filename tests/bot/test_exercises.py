"""What single exercises bring over HTTP: a picture, reasons after a breath, a timer, a day."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.outbox import playing
from bot.playground.client import Person, Playground, Shown
from conversations.script import PAUSE, Line, read, words
from tests.rare import typed

from .conftest import TheBot
from .walks import agree, has

TRANSCRIPTS = Path(__file__).parent.parent / "transcripts"
#: A Sunday noon, UTC, which is what the person's clock shows too.
NOON = datetime(2030, 6, 2, 12, 0, tzinfo=UTC)
#: Drawing starts a process and reads a large library.
PATIENCE = 60.0
ENDS = "Leave it at that"


@pytest.fixture(autouse=True)
def _noon(bot: TheBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Noon, and a breath that takes a moment."""
    bot.set_clock(NOON)
    monkeypatch.setattr(playing, "TEMPO", 0.0125)


def said_in(flow: str, talk: str) -> Iterator[Line]:
    """What a person does in a transcript, with what is shown in answer."""
    lines = read((TRANSCRIPTS / flow / f"{talk}.txt").read_text(encoding="utf-8"))
    return (line for line in lines if line.text.startswith("> "))


def rows_of(line: Line) -> list[list[str]]:
    """The buttons that stand there in the end."""
    rows: list[list[str]] = []
    for shown in line.shown:
        if shown.startswith("["):
            rows.append(re.findall(r"\[([^\]]*)\]", shown))
        elif shown and shown != "(a picture)":
            rows = []
    return rows


async def act(person: Person, bot: TheBot, line: Line) -> Shown:
    """Do what a line says, some minutes later, and wait until its buttons stand there."""
    bot.pass_time(PAUSE)
    what, rows = line.text.removeprefix("> "), rows_of(line)
    if what.startswith("["):
        await person.press(what.strip("[]"))
    else:
        await person.send(words(what))
    shown = await person.wait_for(lambda s: s.buttons == rows or "does your clock" in s.text)
    if shown.buttons == rows:
        return shown
    await person.send(f"{bot.now():%H:%M}")
    return await person.wait_for(lambda s: s.buttons == rows)


async def test_the_board_follows_as_a_protected_picture_that_is_sealed(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    await agree(ann)
    one, other = typed("the light in the workshop"), typed("the stairs in the dark")
    for what, answer in (
        ("/sort", "Who or what"),
        ("[A job]", "like about this job"),
        (one, f"1. {one}"),
        ("[Done]", "not like"),
        (other, f"1. {other}"),
        ("[Done]", "can you change it"),
        ("[No]", "can you live with it"),
        ("[No]", "sleep and body"),
        ("[Skip]", "weighs more today"),
        ("[What I like]", "less power"),
        ("[Skip]", "reasons to remember"),
        ("[Skip]", "What word"),
    ):
        await (ann.press(what.strip("[]")) if what.startswith("[") else ann.send(what))
        await ann.wait_for(answer)
    await ann.press("Skip")
    end = await ann.wait_for(has(ENDS))
    told = next(m for m in ann.messages if "You cannot live with" in m.text)
    assert one in told.text
    assert other in told.text
    assert "It stays in this chat" in str(ann)

    def picture(person: Person) -> Shown | None:
        return next((m for m in person.messages if "photo" in m.raw), None)

    await ann.until(lambda person: picture(person) is not None, PATIENCE)
    drawn = picture(ann)
    assert drawn is not None
    assert drawn.id > end.id
    assert drawn.protected
    assert drawn.text == "As it stands on Sunday 2 June"
    data = play.world.files[drawn.raw["photo"][0]["file_id"]].data
    assert Image.open(BytesIO(data)).width == 1080
    assert bot.holds(other) == []


async def test_reasons_are_read_after_a_breath_that_is_two_taps_away(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    reason = typed("mornings without stairs")
    await ann.send("/why")
    await ann.wait_for("No reason is kept yet")
    await ann.press("Add")
    await ann.wait_for("in your own words")
    await ann.send(reason)
    await ann.wait_for("Kept.")
    await ann.send("/doubt")
    await ann.wait_for("What pulls right now?")
    await ann.press("Guilt")
    await ann.wait_for("How strong is it?")
    await ann.press("7")
    await ann.wait_for("breathe in")
    await ann.press("Go on")
    shown = await ann.wait_for("What now?")
    assert f"You wrote, on another day\n{reason}" in shown.text


async def test_twenty_minutes_come_back_and_ask_what_became_of_it(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    for what, answer in (
        ("/doubt", "What pulls"),
        ("[Being alone]", "How strong"),
        ("[9]", "breathe in"),
        ("[Go on]", "want to remember"),
        ("[Skip]", "What now?"),
        ("[Wait 20 minutes]", "Twenty minutes"),
    ):
        await (ann.press(what.strip("[]")) if what.startswith("[") else ann.send(what))
        await ann.wait_for(answer)
    bot.pass_time(timedelta(minutes=20, seconds=1))
    line = await ann.wait_for(has("Open"))
    assert "alone" not in line.text
    await ann.press("Open", on=line)
    await ann.wait_for("what became of the pull?")
    await ann.press("I wrote after all")
    shown = await ann.wait_for("Nothing goes back to zero")
    assert has("A moment of doubt")(shown)


async def test_a_pause_is_remembered_on_its_day(ann: Person, bot: TheBot) -> None:
    await agree(ann)
    for line in said_in("pause_or_sever", "the_plain_way"):
        if line.text == "> [Open]":
            break
        await act(ann, bot, line)
    bot.set_clock(datetime(2030, 6, 16, 9, 1, tzinfo=UTC))
    note = await ann.wait_for(has("Open"))
    await ann.press("Open", on=note)
    await ann.wait_for("look at this again")
    await ann.press("Read what I wrote")
    shown = await ann.wait_for("Look again on")
    assert "Sunday 16 June" in shown.text
    assert "two quiet weeks" in shown.text


async def test_nothing_stands_before_the_breath_also_where_one_was_left(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    for _ in range(2):
        await ann.send("/doubt")
        await ann.wait_for("What pulls right now?")
        await ann.press("Habit")
        await ann.wait_for("How strong is it?")
        await ann.press("3")
        await ann.wait_for("breathe in")
    assert bot.tables()["talks"] == 2
