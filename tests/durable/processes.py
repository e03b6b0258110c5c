"""Bots as processes: started, killed, asked to end; what they say on standard error is kept."""

import asyncio
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from bot.playground.client import Playground
from bot.playground.run import bot_environment
from tests.durable.nursery import Born, born
from tests.durable.probe import Marks
from tests.rare import watch

PATIENCE = 30.0
PROBED = ("-m", "tests.durable.bot_main")


class Bot:
    """One bot, started again and again on the same folder.

    `data` is its data folder, `log` the file that takes its standard error, `marks` what its
    probe says. Used as `async with Bot(play, folder) as bot`, it is gone afterwards. It is forked
    off a nursery, unless `whole` asks for starts as long as they really are.
    """

    def __init__(
        self,
        play: Playground,
        folder: Path,
        *arguments: str,
        data: Path | None = None,
        whole: bool = False,
    ) -> None:
        self.data = data or folder / "data"
        self.log = folder / "log"
        self.marks = Marks(folder / "marks")
        self._play = play
        self._arguments = [str(folder / "marks"), *arguments]
        self._whole = whole
        self._process: Process | Born | None = None
        self.data.mkdir(exist_ok=True)
        watch(folder)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    async def start(self, *arguments: str) -> None:
        """Start it, with arguments for this start only; returns at once."""
        every = (*self._arguments, *arguments)
        if self._whole:
            self._process = await launch(self._play, self.data, (*PROBED, *every), self.log)
        else:
            environment = bot_environment(self._play, self.data)
            self._process = await born(every, environment, self.data, self.log)

    async def up(self) -> None:
        """Start it and wait until it asks for updates."""
        self._play.server.polling.someone_waits.clear()
        await self.start()
        await self._play.polled(PATIENCE)

    async def kill(self) -> int:
        """End it with SIGKILL, unless it is dead already, and wait until it is gone."""
        return await self.end(signal.SIGKILL)

    async def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal, wait, and return the exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        return await self.gone()

    async def gone(self, patience: float | None = PATIENCE) -> int:
        """Wait until it has ended by itself; the exit code, negative for a signal."""
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), patience)

    @property
    def runs(self) -> bool:
        """Whether it is alive."""
        return self._process is not None and self._process.returncode is None


async def launch(
    play: Playground,
    data: Path,
    command: tuple[str, ...],
    log: Path,
    settings: Mapping[str, str] | None = None,
) -> Process:
    """Start Python with this command line, in a folder where no `.env` lies."""
    with log.open("ab") as stderr:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            env={**bot_environment(play, data), **(settings or {})},
            cwd=data,
            stderr=stderr,
        )
