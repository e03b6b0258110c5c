"""A file of /export, sent back: all of it is there again, and nothing is there twice."""

import json
from copy import deepcopy
from typing import Any

import pytest

from bot.files import everything
from bot.playground.client import Person, Playground
from tests.rare import typed

from .conftest import TheBot
from .list_walks import fill, open_list
from .test_export import files, write_it_all
from .walks import WANTS, add_reason, agree, has

HELD = typed("Words that nobody asked for")
REASON = typed("A reason with 👩‍👩‍👧‍👦, e\u0301 and <b>&amp;</b>")


async def bring(person: Person, data: bytes | dict[str, Any]) -> None:
    """Send the file back, and let it be added."""
    await send(person, data)
    await person.wait_for("This file was made here")
    await person.press("Add them")


async def send(person: Person, data: bytes | dict[str, Any]) -> None:
    """Send a data file."""
    if isinstance(data, dict):
        data = json.dumps(data, ensure_ascii=False).encode()
    await person.send_file("document", data, name="document-2031-01-01.json")


async def change_settings(person: Person) -> None:
    """A few settings that are not the usual ones."""
    for first, second, said in (
        ("Around", "Around the hour", "ten minutes later"),
        ("Quiet hours", "No quiet hours", "no quiet hours"),
    ):
        await person.send("/settings")
        await person.wait_for(has(first))
        await person.press(first)
        await person.wait_for(has(second))
        await person.press(second)
        await person.wait_for(said)
    await person.send("/settings")
    await person.wait_for(has("Hard dates"))
    await person.press("Hard dates")
    await person.wait_for(has("Add a day"))
    await person.press("Add a day")
    await person.wait_for("Which day of the year")
    await person.send("24 December")
    await person.wait_for(has("Gentler"))
    await person.press("Gentler")
    await person.wait_for("what comes is gentler")
    await person.send("/settings")
    await person.wait_for(has("Check-in"))
    await person.press("Check-in")
    await person.wait_for(has("Turn it on"))
    await person.press("Turn it on")
    await person.wait_for("what does your clock show")
    await person.press("Rather not say")
    await person.wait_for("At what hour")
    await person.press("20:00")
    await person.wait_for("It comes every day, 20:00")


def comparable(data: dict[str, Any]) -> dict[str, Any]:
    """What has to be the same: all but the ids that are given anew, and the time of the export."""
    same = deepcopy(data)
    ids = {kept["id"]: place for place, kept in enumerate(same["kept"])}
    for kept in same["kept"]:
        kept["id"] = ids[kept["id"]]
    for made in same["appointments"]:
        made["id"], made["item"] = 0, ids.get(made["item"], 0)
    same["appointments"].sort(key=lambda made: (made["kind"], made["next_at"]))
    return same


async def test_export_forget_and_bring_back_gives_back_everything(
    ann: Person, play: Playground, bot: TheBot
) -> None:
    await write_it_all(ann)
    await add_reason(ann, REASON)
    await fill(ann, "Boundaries", "No shouting", "Sundays are mine")
    await change_settings(ann)
    await fill(ann, "Plan", "papers")
    await ann.press("1")
    await ann.wait_for(has("Give it a date"))
    await ann.press("Give it a date")
    await ann.wait_for("On which day?")
    await ann.press("In a week")
    await ann.wait_for("At what hour?")
    await ann.press("09:00")
    await ann.wait_for("Set for")
    await ann.press("Go on")
    await ann.wait_for("Welcome back")
    await ann.send("/cancel")
    await ann.wait_for("Left here for now")
    await ann.send(HELD)
    await ann.wait_for("I hold what you wrote")
    page, before = await files(ann, play)
    for line in ("Check-in: 20:00", "24 December: gentler", "No shouting", "Settings"):
        assert line in page
    await ann.send("/forget")
    await ann.wait_for("It cannot be undone")
    await ann.press("Erase everything")
    await ann.wait_for("is erased")
    await agree(ann)
    await bring(ann, before)
    await ann.wait_for("It is all here again")
    _, after = await files(ann, play)
    assert comparable(after) == comparable(before)
    assert after["profile"]["around"] is True
    assert [text for text, _ in after["profile"]["held"]] == [HELD]
    assert sum(bool(made["item"]) for made in after["appointments"]) == 1
    assert after["profile"]["hard_dates"][0]["day"] == 24
    assert {made["kind"] for made in after["appointments"]} >= {"check_in", "look_again"}
    assert bot.holds(REASON) == []
    await ann.send("/why")
    shown = await ann.wait_for("Your reasons")
    assert REASON in shown.text
    assert WANTS[0] in shown.text
    await ann.send("/then")
    assert WANTS[1] in (await ann.wait_for("The three questions · K.")).text
    await ann.send("/today")
    await ann.wait_for("Not finished: After an ending")
    await ann.press("Go on")
    await ann.wait_for("Welcome back")


async def test_sending_it_twice_adds_nothing_twice(ann: Person, play: Playground) -> None:
    await write_it_all(ann)
    _, before = await files(ann, play)
    for _ in range(2):
        await bring(ann, before)
        await ann.wait_for("All of that is here already")
    _, after = await files(ann, play)
    assert comparable(after) == comparable(before)


async def test_what_is_here_stays_beside_what_comes(ann: Person, play: Playground) -> None:
    await write_it_all(ann)
    _, file = await files(ann, play)
    ben = play.person("Ben")
    await agree(ben)
    await add_reason(ben, "alder")
    await ben.send("/grief")
    await ben.wait_for("Who or what is it about")
    await ben.press("A place")
    await ben.wait_for("What is lost")
    await ben.send("birch")
    await ben.wait_for(has("Back"))
    await bring(ben, file)
    await ben.wait_for("It is all here again")
    await ben.send("/why")
    shown = await ben.wait_for("Your reasons")
    assert "alder" in shown.text
    assert WANTS[0] in shown.text
    await ben.send("/find birch")
    await ben.wait_for("Found: 1")
    await ben.send("/then")
    assert WANTS[1] in (await ben.wait_for("The three questions")).text
    assert "Dear one" in (await open_list(ann, "Letters")).text, "hers are still hers"


async def test_no_means_no(ann: Person, play: Playground) -> None:
    await write_it_all(ann)
    _, file = await files(ann, play)
    ben = play.person("Ben")
    await agree(ben)
    await send(ben, file)
    shown = await ben.wait_for("This file was made here")
    await ben.press("Leave it")
    await ben.wait_for("Nothing was added")
    await ben.press("Add them", on=shown)
    await play.polled()
    await ben.send("/why")
    await ben.wait_for("No reason is kept yet")


async def broken(person: Person, play: Playground) -> dict[str, Any]:
    """A file that is right, to be made wrong."""
    await agree(person)
    await add_reason(person, "alder")
    _, file = await files(person, play)
    return file


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"format": "other"},
        {"kept": [{"id": 1}]},
        {"kept": "all"},
        {"zone": "Nowhere/Land"},
        {"ties": [{"number": 1, "kind": "enemy"}]},
        {"ties": [{"number": -3, "kind": "friend"}]},
        {"check_ins": [{"day": "2031-01-01", "at": 1, "mood": 9}]},
    ],
)
async def test_a_file_that_was_not_made_here_changes_nothing(
    ann: Person, play: Playground, change: dict[str, Any]
) -> None:
    file = await broken(ann, play)
    await send(ann, file | change)
    await ann.wait_for("I can only read back the data file")
    _, after = await files(ann, play)
    assert comparable(after) == comparable(file)


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff\xfe\x00", b"[" * 100_000, b'{"a": 1e999}'])
async def test_what_is_no_such_file_at_all_is_told_so(ann: Person, data: bytes) -> None:
    await agree(ann)
    await send(ann, data)
    await ann.wait_for("I can only read back the data file")


async def test_a_file_that_is_too_large_is_not_fetched(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.files.fetching.LARGEST", 20)
    await agree(ann)
    await send(ann, b" " * 21)
    await ann.wait_for("larger than I can read")
    assert everything.LARGEST == 5_000_000


async def test_a_server_that_gives_no_file_is_told_so_and_nobody_waits(
    ann: Person, play: Playground
) -> None:
    file = await broken(ann, play)
    play.faults.bad_gateway("getfile", times=1)
    await send(ann, file)
    await ann.wait_for("could not fetch that file")
