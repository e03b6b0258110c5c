"""Many people's morning at one minute: this bot, and what people would use instead.

`python -m benchmarks.mornings --stored N --due M` prints one JSON line a run: `stored` people have
a line every day, `due` of them at the same moment, a few others chat meanwhile. README.md here says
how to read it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.mornings_people import seed
from benchmarks.running import BotProcess, RunFailedError, ServerProcess

MEGABYTE = 1_000_000
#: A run's longest time, in seconds, seeding included.
LIMIT = 600.0
#: Seconds between the end of seeding and the moment everyone is due, at least; and in a trial,
#: where a bot may be late.
HEAD_START, TRIAL_START = 20.0, 4.0
#: Copies of the database on which the clock is timed: a busy machine disturbs some.
COPIES = 3


@dataclass(frozen=True, slots=True)
class Way:
    """How a bot is run. `seed_us` and `start_us` are generous guesses, in microseconds a person."""

    command: tuple[str, ...]
    seed_us: float
    start_us: float

    @property
    def filled(self) -> bool:
        """Whether its store is filled before it starts, by a process of its own."""
        return "job_store" in self.command


def _peer(way: str, *more: str, seed_us: float, start_us: float) -> Way:
    command = (sys.executable, "-m", "benchmarks.peer_daily", way, *more)
    return Way(command, seed_us, start_us)


WAYS = {
    "threshold": Way((sys.executable, "-m", "bot"), 200, 3),
    "run_daily": _peer("run_daily", seed_us=0, start_us=400),
    "run_daily_mended": _peer("run_daily", "--mended", seed_us=0, start_us=400),
    "job_store": _peer("job_store", seed_us=15_000, start_us=100),
    "job_store_mended": _peer("job_store", "--mended", seed_us=15_000, start_us=100),
}


def _clock_times(
    data: Path, copy: Path, due: int, at: datetime, copies: int
) -> tuple[float, float]:
    """Medians over copies of the same database: of a look with nobody due, and of a claim.

    Each is timed in a process of its own: this one has stored everyone before, and is slower.
    """
    command = [sys.executable, "-m", "benchmarks.mornings_people", str(copy)]
    command += ["--due", str(due), "--at", str(int(at.timestamp()))]
    times = []
    for _ in range(copies):
        shutil.copytree(data, copy)
        os.sync()  # or the first commits would wait for the copy to reach the disk
        done = subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)
        times.append(json.loads(done.stdout))
        shutil.rmtree(copy)
    looks, claims = zip(*times, strict=True)
    return median(looks), median(claims)


def measure(
    bot: str, stored: int, due: int, rate: float, folder: Path, *, trial: bool
) -> dict[str, float | str | None]:
    """One run in an empty folder; raises RunFailedError when it does not get that far."""
    way, data, began = WAYS[bot], folder / "data", time.time()
    guess = stored * (way.seed_us + way.start_us) / 1e6
    guess += TRIAL_START if trial else HEAD_START
    if guess > LIMIT:
        raise RunFailedError(f"{bot}: preparing {stored} would take {guess:.0f} s")
    at = datetime.fromtimestamp(int(began + guess), UTC)
    own = bot == "threshold"
    numbers = ("--stored", str(stored), "--due", str(due), "--at", str(int(at.timestamp())))
    idle, claim = 0.0, 0.0
    if way.filled:
        filler = [sys.executable, "-m", "benchmarks.peer_daily", "fill", *way.command[4:], *numbers]
        data.mkdir(parents=True)
        environment = os.environ | {"THRESHOLD_DATA_DIR": str(data)}
        subprocess.run(filler, env=environment, check=True, timeout=LIMIT)
    if own:
        asyncio.run(seed(data, stored, due, at))
        copies = 1 if trial else COPIES
        idle, claim = _clock_times(data, folder / "copy", due, at, copies)
    server = ServerProcess("benchmarks.mornings_server", *numbers, "--until", str(began + LIMIT))
    try:
        command = way.command if own else (*way.command, *numbers)
        settings = {"THRESHOLD_SEND_RATE": str(rate)}
        with BotProcess(bot, server.port, data, command, settings) as process:
            try:
                polled = server.wait_for("began")
                started = polled["at"] - process.started_at
                late = time.time() > at.timestamp()
                over = server.wait_for("over")
            except RunFailedError as error:
                raise RunFailedError(f"{bot}: {error}\n{process.last_words()}") from None
            cpu = process.cpu_seconds()
    finally:
        server.close()
    if late and not trial:
        raise RunFailedError(f"{bot}: it was not ready in time")
    print(f"{bot}: {over} bot_cpu_s={cpu:.1f}", file=sys.stderr)
    return {
        "bot": bot,
        "stored": stored,
        "due": due,
        "start_s": round(started, 2),
        "rss_mb": round(process.peak_bytes / MEGABYTE, 1),
        "idle_tick_ms": round(idle, 3) if own else None,
        "claim_ms": round(claim, 1) if own else None,
        "first_s": over["first_s"] and round(over["first_s"], 2),
        "last_s": over["last_s"] and round(over["last_s"], 2),
        "sent": over["sent"],
        "missed": over["missed"],
        "repeated": over["repeated"],
        "reply_p50_ms": round(over["reply_p50_ms"], 1),
    }


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mornings", description=__doc__)
    parser.add_argument("--stored", type=int, default=10_000, help="people with a daily line")
    parser.add_argument("--due", type=int, default=1_000, help="how many at the same moment")
    parser.add_argument("--rate", type=float, default=1_000, help="messages a second at most")
    parser.add_argument("--bot", choices=sorted(WAYS), action="append", help="only this one")
    parser.add_argument("--rounds", type=int, default=1, help="runs of each bot, in turns")
    parser.add_argument("--folder", type=Path, help="where data goes; should be a real disk")
    parser.add_argument("--trial", action="store_true", help="does it run? Its figures say little")
    given = parser.parse_args()
    for _ in range(given.rounds):
        for bot in given.bot or WAYS:
            with TemporaryDirectory(prefix="benchmark-", dir=given.folder) as folder:
                try:
                    run = measure(
                        bot, given.stored, given.due, given.rate, Path(folder), trial=given.trial
                    )
                except RunFailedError as error:
                    run = {
                        "bot": bot,
                        "stored": given.stored,
                        "due": given.due,
                        "aborted": str(error),
                    }
                print(json.dumps(run), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
