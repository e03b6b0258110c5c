"""Starts a bot beside a server, each on a core of its own, and reads what the bot uses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

import psutil  # type: ignore[import-untyped]

TOKEN = "1000000001:AA-benchmarks-need-no-real-token-000"
BOTS = {
    "threshold": [sys.executable, "-m", "bot"],
    "conversation_handler": [sys.executable, "-m", "benchmarks.peer_conversation_handler"],
}
#: How often memory is looked at, in seconds.
LOOK = 0.02


class RunFailedError(Exception):
    """A bot did not get everyone through; says what happened and what it last wrote."""


class BotProcess:
    """A bot under measurement: its process tree's CPU seconds and the peak of its memory."""

    def __init__(
        self,
        bot: str,
        port: int,
        data: Path,
        command: Sequence[str] = (),
        settings: dict[str, str] | None = None,
    ) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("THRESHOLD_")}
        environment |= {
            "THRESHOLD_BOT_TOKEN": TOKEN,
            "THRESHOLD_API_URL": f"http://127.0.0.1:{port}",
            "THRESHOLD_DATA_DIR": str(data),
        } | (settings or {})
        data.mkdir(parents=True, exist_ok=True)
        self._log = data / f"{bot}.log"
        with self._log.open("ab") as log:
            self.started_at = time.monotonic()
            self._child = subprocess.Popen(
                command or BOTS[bot], env=environment, stdout=log, stderr=log
            )
        self._tree = psutil.Process(self._child.pid)
        pin(self._child.pid, 0)
        self.peak_bytes = 0
        self._stop = Event()
        self._watcher = Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._watcher.join()
        self._child.terminate()
        try:
            self._child.wait(20)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def cpu_seconds(self) -> float:
        """User and system time of the process and of all that it started."""
        used = 0.0
        for process in [self._tree, *self._tree.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                used += times.user + times.system
                if process is self._tree:
                    used += times.children_user + times.children_system
        return used

    def last_words(self) -> str:
        """The end of what it wrote."""
        return self._log.read_text(errors="replace")[-2_000:]

    def _watch(self) -> None:
        while not self._stop.wait(LOOK):
            total = 0
            with suppress(psutil.NoSuchProcess):
                for process in [self._tree, *self._tree.children(recursive=True)]:
                    total += process.memory_info().rss
            self.peak_bytes = max(self.peak_bytes, total)


class ServerProcess:
    """The server with its crowd; tells what happens as JSON objects with an `event`."""

    def __init__(self, *command: str) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        pin(self._child.pid, 1)
        self.port: int = self.wait_for("listening")["port"]

    def wait_for(self, event: str) -> dict[str, Any]:
        """The next line with this event."""
        assert self._child.stdout is not None
        for line in self._child.stdout:
            told: dict[str, Any] = json.loads(line)
            if told["event"] == event:
                return told
            if told["event"] == "over":
                raise RunFailedError(told["fault"])
        raise RunFailedError("the server ended")

    def close(self) -> None:
        """End it."""
        assert self._child.stdin is not None
        self._child.stdin.close()
        self._child.wait(20)


@contextmanager
def serving(people: int, script: str = "talk", seconds: float = 120.0) -> Iterator[ServerProcess]:
    """A server for the length of a run."""
    numbers = ("--people", str(people), "--seconds", str(seconds))
    server = ServerProcess("benchmarks.server", "--script", script, *numbers)
    try:
        yield server
    finally:
        server.close()


def pin(pid: int, core: int) -> None:
    """Keep a process on one core, where the system can and has that many."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        with suppress(ProcessLookupError):
            os.sched_setaffinity(pid, {cores[core % len(cores)]})
