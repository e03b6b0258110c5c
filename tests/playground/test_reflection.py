"""A whole reflection in a real browser, by clicking and typing, with the real bot behind it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect
from playwright.async_api import TimeoutError as NothingNew

from bot.playground.client import Playground
from bot.playground.run import bot_environment

pytestmark = pytest.mark.browser

# Buttons that lead elsewhere or say that there is nothing to say.
_ASIDE = {"Back", "Skip", "Later", "Nothing", "Nothing more", "Nobody else", "Rather not say"}
_ASIDE |= {"Add to my last answer", "No, thank you", "Help and lines"}
_PREFERRED = {"Many times", "In deeds", "No day"}
_END = "Read my reasons"
_SENTENCES = (
    "Mornings without dread 🌅",
    "That they rest, too",
    "שלום ושקט בינינו",
    "<b>No</b> tags & no tricks",
    "line one\nline two",
)


@pytest.fixture
async def threshold(play: Playground, tmp_path: Path) -> AsyncIterator[None]:
    """The real bot, started as a person starts it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", env=bot_environment(play, tmp_path), cwd=tmp_path
    )
    ended = asyncio.create_task(process.wait())
    ready = asyncio.create_task(play.polled(60))
    try:
        await asyncio.wait({ended, ready}, return_when=asyncio.FIRST_COMPLETED)
        assert not ended.done(), "the bot did not start"
        await ready
        yield
    finally:
        ready.cancel()
        if process.returncode is None:
            process.terminate()
        await ended


class Hand:
    """Clicks and types on the page, one step after another."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.typed: list[str] = []
        self._seen = ""

    async def look(self) -> list[str]:
        """Wait for the next question; returns the labels of its buttons."""
        try:
            shown = await self.page.wait_for_function(
                """seen => {
                    const last = [...document.querySelectorAll(".theirs")].at(-1);
                    const shown = last?.dataset.id + last?.innerText;
                    return last?.querySelector(".key") && shown !== seen && shown;
                }""",
                arg=self._seen,
            )
        except NothingNew:
            pytest.fail(f"no answer after {self._seen!r}")
        self._seen = await shown.json_value()
        return await self.page.locator(".theirs").last.locator(".key").all_inner_texts()

    async def press(self, label: str) -> None:
        keys = self.page.locator(".theirs").last.locator(".key")
        await keys.get_by_text(label, exact=True).click()

    async def type(self, words: str) -> None:
        await self.page.get_by_label("Message", exact=True).fill(words)
        await self.page.keyboard.press("Enter")

    async def answer(self, labels: list[str]) -> None:
        """Choose where there is something to choose, and write where there is not."""
        own = [label for label in labels if label not in _ASIDE]
        if any(label.startswith("☑") for label in own):
            await self.press("Done")
        elif own:
            await self.press(next((label for label in own if label in _PREFERRED), own[0]))
        else:
            self.typed.append(_SENTENCES[len(self.typed) % len(_SENTENCES)] + f" {len(self.typed)}")
            await self.type(self.typed[-1])


async def test_a_whole_reflection_by_clicking_and_typing(page: Page, threshold: None) -> None:
    hand = Hand(page)
    await page.get_by_role("button", name="Start", exact=True).click()
    answers: list[str] = []
    for _ in range(60):
        labels = await hand.look()
        if _END in labels:
            break
        if "☐ 1" in labels:
            answers = list(hand.typed)
        await hand.answer(labels)
    else:
        pytest.fail("the talk never came to its end")
    assert len(answers) >= 6
    theirs = "\n".join(await page.locator(".theirs .text").all_inner_texts())
    assert [words for words in answers if words not in theirs] == []
    await hand.press(_END)
    await expect(page.locator(".theirs .text").last).to_contain_text(answers[0])
    kept = await page.locator(".theirs .text").last.inner_text()
    assert [words for words in answers[1:] if words in kept] == []
