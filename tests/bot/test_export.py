"""/export: everything as two files, made after the commit and kept nowhere in clear."""

import html
import json
import re
from typing import Any

from bot.playground.client import Person, Playground
from tests.rare import typed

from .conftest import TheBot
from .list_walks import fill
from .walks import WANTS, agree, begin, has, to_reasons, to_the_end

NOTE = typed("A note with 🕊️ and e\u0301 and <b>")
LETTER = typed("Dear one, the door is open")


async def files(person: Person, play: Playground) -> tuple[str, dict[str, Any]]:
    """What the page says, without its markup, and what the JSON holds."""
    await person.send("/export")
    await person.wait_for("stay on this device")
    await person.press("Send both files")
    found: dict[str, bytes] = {}

    def both(person: Person) -> bool:
        for message in person.news:
            if "document" in message.raw:
                name = message.raw["document"]["file_name"].rpartition(".")[2]
                found[name] = play.world.files[message.raw["document"]["file_id"]].data
        return len(found) == 2

    await person.until(both)
    page = html.unescape(re.sub(r"<[^>]*>", "\n", found["html"].decode()))
    return page, json.loads(found["json"])


async def write_it_all(person: Person) -> None:
    """Something of every kind."""
    await begin(person)
    await to_reasons(person)
    await to_the_end(person, word="K.", again="In a week")
    await fill(person, "Letters", LETTER)
    await person.send(f"/note {NOTE}")
    await person.wait_for("Go on writing")
    await person.send("/checkin")
    await person.wait_for(has("3"))
    await person.press("3")
    await person.wait_for("One line about it")
    await person.send(typed("It rained all day"))
    await person.wait_for("That is kept")
    await person.send("/grief")
    await person.wait_for("What is lost")
    await person.send(typed("The garden behind the house"))
    await person.wait_for(has("Back"))


async def test_everything_is_in_both_files_and_nowhere_in_clear(
    ann: Person, play: Playground, bot: TheBot
) -> None:
    await write_it_all(ann)
    page, data = await files(ann, play)
    written = json.dumps(data, ensure_ascii=False)
    words = (*WANTS, LETTER, "It rained all day", "The garden behind the house", "Most of it")
    for word in words:
        assert word in page, word
        assert word in written, word
        assert bot.holds(word) == [], word
    assert NOTE in page
    assert NOTE in [kept["text"] for kept in data["kept"]]
    assert (data["format"], data["version"]) == ("threshold", 1)
    for title in ("Your letters", "The three questions · K.", "(not finished)", "3 of 5"):
        assert title in page
    assert "asking" not in data["profile"] or not data["profile"]["asking"]


async def test_nothing_is_sent_before_the_warning_was_read(ann: Person, play: Playground) -> None:
    await agree(ann)
    await ann.send("/export")
    shown = await ann.wait_for("stay on this device")
    data = shown.data_of("Send both files")
    assert data is not None
    await ann.press_data(shown.id, data)
    await ann.until(lambda person: sum("document" in m.raw for m in person.messages) == 2)
    assert not any(m.protected for m in ann.messages if "document" in m.raw)
    await ann.press_data(shown.id, data)
    await ann.wait_for("stay on this device")
    await play.polled()
    assert sum("document" in m.raw for m in ann.messages) == 2, "a button works once"
