"""Lists within a talk, over real HTTP: kept item by item, with what is said of each."""

import shutil
from pathlib import Path

import pytest

from bot import app
from bot.playground.client import Person, Playground, Shown
from conversations.library import FLOWS, read_library
from tests import shipped

from .conftest import TheBot
from .list_walks import open_list, order
from .walks import agree, has

WEIGHING = Path(__file__).parents[1] / "conversations" / "lists" / "weighing.toml"


@pytest.fixture(autouse=True)
def _flow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot has one exercise more: the one that the tests of lists are about."""
    folder = tmp_path / "flows"
    shutil.copytree(FLOWS, folder)
    shutil.copy(WEIGHING, folder)
    content = (read_library(folder), *shipped.content()[1:])
    monkeypatch.setattr(app, "read_content", lambda: content)


async def _to_dislikes(ann: Person) -> None:
    await agree(ann)
    await ann.send("/weigh")
    await ann.wait_for("What is it about?")
    await ann.press("A job")
    await ann.wait_for("like about it")
    await ann.press("Skip")
    await ann.wait_for("dislike")


async def _collect(ann: Person, *items: str) -> list[Shown]:
    """One item a message, until it is done."""
    sent = []
    for number, item in enumerate(items, 1):
        sent.append(await ann.send(item))
        await ann.wait_for(f"{number}. {item}")
    await ann.press("Done")
    await ann.wait_for("can you change it")
    return sent


async def test_items_are_kept_in_their_order_and_found_again_after_a_restart(
    ann: Person, bot: TheBot
) -> None:
    await _to_dislikes(ann)
    await _collect(ann, "noise", "pay", "hours")
    await bot.restart()
    shown = await open_list(ann, "Boundaries")
    assert order(shown, "noise", "pay", "hours") == ["noise", "pay", "hours"]


async def test_an_edited_message_rewords_the_item_that_is_kept(ann: Person) -> None:
    await _to_dislikes(ann)
    sent = await _collect(ann, "noize", "pay")
    await ann.press("No")
    await ann.wait_for("pay: can you change it")
    await ann.edit(sent[0], "noise")
    await ann.wait_for("Changed in your answer")
    shown = await open_list(ann, "Boundaries")
    assert order(shown, "noise", "noize", "pay") == ["noise", "pay"]


async def test_the_one_that_weighs_most_goes_to_the_top(ann: Person) -> None:
    await _to_dislikes(ann)
    await _collect(ann, "noise", "pay", "hours")
    for _ in range(3):
        await ann.wait_for("can you change it")
        await ann.press("No")
    for item in ("noise", "pay", "hours"):
        await ann.wait_for(f"{item}: can you live with it")
        await ann.press("Yes")
    await ann.wait_for("weighs most")
    await ann.press("3")
    await ann.wait_for("reasons to remember")
    shown = await open_list(ann, "Boundaries")
    assert order(shown, "noise", "pay", "hours") == ["hours", "noise", "pay"]


async def test_an_item_taken_away_in_the_talk_is_no_longer_kept_and_put_back_it_is(
    ann: Person,
) -> None:
    await _to_dislikes(ann)
    await _collect(ann, "noise", "pay")
    await ann.send("/back")
    await ann.wait_for(has("Done"))
    await ann.press("2")
    await ann.wait_for(has("Take away"))
    await ann.press("Take away")
    await ann.wait_for("taken away")
    shown = await open_list(ann, "Boundaries")
    assert order(shown, "noise", "pay") == ["noise"]
    await ann.send("/today")
    await ann.wait_for(has("Go on"))
    await ann.press("Go on")
    await ann.wait_for(has("Put it back"))
    await ann.press("Put it back")
    await ann.wait_for("2. pay")
    shown = await open_list(ann, "Boundaries")
    assert order(shown, "noise", "pay") == ["noise", "pay"]


async def test_kept_words_are_offered_in_a_talk_that_reads_them(ann: Person) -> None:
    await agree(ann)
    await open_list(ann, "Lessons")
    await ann.press("Add")
    await ann.wait_for("message")
    await ann.send("I can wait")
    await ann.wait_for("Kept")
    await ann.press("Done")
    await ann.wait_for(has("Search"))
    await ann.send("/weigh")
    await ann.wait_for("What is it about?")
    await ann.press("A job")
    await ann.wait_for("like about it")
    await ann.press("Skip")
    await ann.wait_for("dislike")
    await _collect(ann, "noise")
    await ann.press("Yes")
    assert "I can wait" in (await ann.wait_for("reasons to remember")).text
    await ann.send("1")
    await ann.wait_for(lambda shown: "☑" in str(shown.buttons))
    await ann.press("Done")
    await ann.wait_for("What you said.")
    await ann.send("/why")
    assert "I can wait" in (await ann.wait_for("Your reasons")).text


async def test_no_button_of_a_long_list_is_longer_than_telegram_takes(
    ann: Person, play: Playground
) -> None:
    await _to_dislikes(ann)
    await ann.send("\n".join(f"- thing {n}" for n in range(1, 201)))
    await ann.wait_for("200. thing 200")
    await ann.press("Done")
    await ann.wait_for("thing 1: can you change it")
    data = [
        button["callback_data"]
        for call in play.calls
        for row in call.params.get("reply_markup", {}).get("inline_keyboard", ())
        for button in row
        if "callback_data" in button
    ]
    assert data
    assert max(len(one.encode()) for one in data) <= 64
