"""The child process that knows places: it starts when needed, ends when idle, and may die."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import children as child_module
from bot.children import Child, ChildAwayError
from bot.places.finder import Places
from bot.places.models import Place

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
#: Answers "named" with its process id and what it finds in its environment, dies of "die".
SMALL_CHILD = """
import json, os, sys, time
for line in sys.stdin:
    asked = json.loads(line)["text"]
    if asked == "die" or (asked == "die once" and not os.path.exists({marker!r})):
        open({marker!r}, "w").close()
        os._exit(3)
    if asked == "hang":
        time.sleep(600)
    label = asked + " " + str(os.getpid()) + " " + str("THRESHOLD_BOT_TOKEN" in os.environ)
    print(json.dumps({{"places": [{{"label": label, "zone": "UTC"}}], "sure": True}}), flush=True)
"""


@asynccontextmanager
async def places(module: str | None = None, *, idle: float = 60) -> AsyncIterator[Places]:
    made = Places(idle=idle, deadline=60, module=(module,)) if module else Places(idle=idle)
    try:
        yield made
    finally:
        await made.stop()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A small module for the child to run, so that ways of dying can be tried quickly."""
    text = SMALL_CHILD.format(marker=str(tmp_path / "died"))
    (tmp_path / "small_child.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(child_module, "_ROOT", tmp_path)
    monkeypatch.setenv("THRESHOLD_BOT_TOKEN", "secret")
    return "small_child"


async def test_the_real_child_finds_places_without_holding_the_loop() -> None:
    async with places() as found:
        turns = 0
        asked = asyncio.gather(
            found.named("kiev", NOW),
            found.at(27.7, 85.3),
            found.named("Mars/Olympus", NOW),
        )
        while not asked.done():
            await asyncio.sleep(0.01)
            turns += 1
        kiev, kathmandu, mars = await asked
    assert kiev.places == (Place("Kyiv, Ukraine", "Europe/Kyiv"),)
    assert kathmandu.places == (Place("Kathmandu", "Asia/Kathmandu"),)
    assert (mars.places, mars.away) == ((), False)
    assert turns > 20, "loaded here, the loop would come round a few times in all"


async def test_a_zones_own_name_starts_no_child() -> None:
    async with places() as found:
        assert (await found.named("+05:45", NOW)).sure
        assert found.child.pid is None


async def test_a_child_killed_from_outside_is_started_again(small: str) -> None:
    async with places(small) as found:
        first = (await found.named("first", NOW)).places[0].label.split()
        pid = int(first[1])
        os.kill(pid, signal.SIGKILL)
        second = (await found.named("second", NOW)).places[0].label.split()
        assert second[0] == "second"
        assert int(second[1]) != pid


async def test_no_token_reaches_the_child(small: str) -> None:
    async with places(small) as found:
        assert (await found.named("look", NOW)).places[0].label.endswith("False")


async def test_a_crash_is_tried_once_more(small: str) -> None:
    async with places(small) as found:
        assert (await found.named("die once", NOW)).places[0].label.startswith("die once")


async def test_a_child_that_dies_twice_is_away_and_the_next_question_is_answered(
    small: str,
) -> None:
    async with places(small) as found:
        looked = await found.named("die", NOW)
        assert (looked.places, looked.away) == ((), True)
        assert (await found.named("again", NOW)).places


async def test_a_child_that_hangs_is_ended(small: str) -> None:
    child = Child((small,), idle=60, deadline=0.5)
    with pytest.raises(ChildAwayError):
        await child.ask({"text": "hang"})
    assert child.pid is None
    await child.stop()


async def test_a_question_given_up_does_not_answer_the_next(small: str) -> None:
    async with places(small) as found:
        await found.named("first", NOW)
        hangs = asyncio.create_task(found.named("hang", NOW))
        await asyncio.sleep(0)
        hangs.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hangs
        assert (await found.named("next", NOW)).places[0].label.startswith("next")


async def test_an_idle_child_ends_and_a_later_question_starts_another(small: str) -> None:
    async with places(small, idle=0.05) as found:
        pid = int((await found.named("first", NOW)).places[0].label.split()[1])
        process = found.child._process
        if process is not None:
            await process.wait()
        assert found.child.pid is None
        later = (await found.named("later", NOW)).places[0].label.split()
        assert int(later[1]) != pid
