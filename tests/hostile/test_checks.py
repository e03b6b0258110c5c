"""The checks of a round find what they look for: each is shown a bot with that very fault."""

import logging
from pathlib import Path

import pytest

from bot import posting, telegram_out, turns
from bot.commands import loose
from bot.outbox import Outgoing
from bot.storage.rows import OutboxRow
from bot.visit import Visit
from conversations.screen import Block, Screen
from tests.hostile.arena import arena
from tests.hostile.guests import at_home
from tests.hostile.inputs import inputs
from tests.hostile.rounds import Cell, faults
from tests.hostile.states import met
from tests.rare import STEM

#: Words that are held while nothing is asked, and shown by /today.
MARKUP = ("a spoiler", "markup that is not closed")


async def _found(folder: Path, *names: str) -> str:
    """What a round finds, with these inputs for somebody who is asked nothing."""
    home = at_home(met().talks)
    cells = [Cell(home, what) for what in inputs() if what.name in names]
    assert len(cells) == len(names)
    async with arena(folder) as here:
        return "\n".join(await faults(here, cells, home))


def _shown(monkeypatch: pytest.MonkeyPatch, add: str) -> None:
    """A bot that answers words with the same words, and something more."""

    async def typed(visit: Visit) -> None:
        visit.show(Screen((Block(visit.incoming.text + add),)))

    monkeypatch.setattr(loose, "typed", typed)


async def test_nothing_is_found_where_all_is_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shown(monkeypatch, "")
    assert not await _found(tmp_path, *MARKUP)


async def test_what_is_not_escaped_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shown(monkeypatch, "")
    monkeypatch.setattr(telegram_out, "escape", lambda text, quote: text)
    found = await _found(tmp_path, *MARKUP)
    assert "a spoiler” in “at home”: markup of somebody's own" in found
    assert "not closed” in “at home”: refused" in found


async def test_words_of_somebody_else_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shown(monkeypatch, f" {STEM}0x")
    assert "words of somebody else" in await _found(tmp_path, "a spoiler")


async def test_a_handler_that_raises_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def typed(_visit: Visit) -> None:
        raise RuntimeError

    monkeypatch.setattr(loose, "typed", typed)
    found = await _found(tmp_path, "a spoiler")
    assert "its handler failed" in found
    assert "handler_failed" in found


async def test_silence_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "post", lambda _: ([], []))
    found = await _found(tmp_path, "a spoiler")
    assert "no answer" in found
    assert "/help was not answered" in found


async def test_a_word_to_somebody_else_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = posting.post

    def astray(visit: Visit) -> tuple[list[OutboxRow], list[Outgoing]]:
        rows, calls = post(visit)
        for call in calls:
            call.chat += 1
        return rows, calls

    monkeypatch.setattr(turns, "post", astray)
    assert "asked for a chat of nobody here" in await _found(tmp_path, "a spoiler")


async def test_what_a_library_logs_as_an_error_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def typed(visit: Visit) -> None:
        logging.getLogger("asyncio").error("never retrieved")
        visit.say("talks.media")

    monkeypatch.setattr(loose, "typed", typed)
    assert "'event': 'library'" in await _found(tmp_path, "a spoiler")
