"""Killed again and again while many are due, the clock leaves out none and records none twice."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from benchmarks.mornings_people import due_people, seed
from benchmarks.mornings_server import Morning
from benchmarks.running import TOKEN
from benchmarks.server import Server, Wire

RATE = 500
#: The bot is killed so many seconds after it began to send, at most.
SPAN = 1.0


class Killed:
    """A bot that is killed at random while everyone of a database is due.

    `owed` counts for each chat the kills that found its line committed and not noted as sent: so
    often it may come once more.
    """

    def __init__(self, folder: Path, due: int, rng: Random) -> None:
        self.data = folder / "data"
        self.owed: Counter[int] = Counter()
        self.kills = 0
        self._due, self._rng, self._log = due, rng, folder / "log"
        self._at = datetime.now(UTC).replace(microsecond=0)

    async def run(self, kills: int) -> Counter[int]:
        """How often each chat got its line, after so many kills and then a rest."""
        await seed(self.data, self._due, self._due, self._at)
        morning = Morning(self._due, self._due, self._at.timestamp())
        server = Server(morning, settle=0.0)
        listening = await asyncio.get_running_loop().create_server(
            lambda: Wire(server), "127.0.0.1", 0
        )
        port = listening.sockets[0].getsockname()[1]
        try:
            while self.kills < kills and not morning.complete.is_set():
                morning.stirred.clear()
                bot = await self._start(port)
                await asyncio.wait_for(morning.stirred.wait(), 60)
                await asyncio.sleep(self._rng.uniform(0, SPAN))
                await self._kill(bot)
            bot = await self._start(port)
            await asyncio.wait_for(morning.complete.wait(), 120)
            bot.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(bot.wait(), 30) == 0
        finally:
            listening.close()
        return morning.came

    async def _start(self, port: int) -> asyncio.subprocess.Process:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("THRESHOLD_")}
        environment |= {
            "THRESHOLD_BOT_TOKEN": TOKEN,
            "THRESHOLD_API_URL": f"http://127.0.0.1:{port}",
            "THRESHOLD_DATA_DIR": str(self.data),
            "THRESHOLD_SEND_RATE": str(RATE),
        }
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot"), env=environment, stdout=log, stderr=log
            )

    async def _kill(self, bot: asyncio.subprocess.Process) -> None:
        if bot.returncode is None:
            bot.send_signal(signal.SIGKILL)
        assert await bot.wait() == -signal.SIGKILL, self._log.read_text()[-2_000:]
        self.kills += 1
        copy = self.data.with_name("copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.data, copy)
        self.owed.update(row[0] for row in read(copy, "chat_id from outbox where done_at is null"))


def read(data: Path, what: str) -> list[tuple[int, ...]]:
    with closing(sqlite3.connect(f"file:{data / 'threshold.db'}?mode=ro", uri=True)) as conn:
        return conn.execute(f"select {what}").fetchall()


async def nobody_left_out_nobody_twice(folder: Path, due: int, kills: int) -> None:
    killed = Killed(folder, due, Random(kills))
    came = await killed.run(kills)
    wanted = set(due_people(due, due))
    assert set(came) == wanted
    beyond = {chat: count for chat, count in came.items() if count > 1 + killed.owed[chat]}
    assert beyond == {}
    sent = read(killed.data, "chat_id from outbox where appointment is not null")
    assert sorted(chat for (chat,) in sent) == sorted(wanted)
    assert read(killed.data, "id from outbox where done_at is null") == []
    now = int(datetime.now(UTC).timestamp() * 1_000)
    again = read(killed.data, f"id from appointments where next_at > {now}")
    assert len(again) == due  # everyone has a next time
    repeats = came.total() - len(came)
    print(f"{killed.kills} kills, {repeats} of {due} came twice")  # noqa: T201 - shown with -s
    assert killed.kills >= kills // 2


async def test_killed_while_a_thousand_are_due_it_leaves_out_none(tmp_path: Path) -> None:
    await nobody_left_out_nobody_twice(tmp_path, 1_000, 3)


@pytest.mark.soak
@pytest.mark.timeout(1_800)
async def test_killed_while_ten_thousand_are_due_it_leaves_out_none(tmp_path: Path) -> None:
    await nobody_left_out_nobody_twice(tmp_path, 10_000, 30)
