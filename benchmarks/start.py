"""From exec to the first reply, and the peak of memory: an empty data folder and an existing one.

`python -m benchmarks.start` prints one JSON line.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.running import BotProcess, RunFailedError, serving
from benchmarks.talks import MEGABYTE


def measure(data: Path) -> tuple[float, float]:
    """Seconds from exec to the reply to a /start that was waiting, and the peak in megabytes."""
    with serving(1, "start") as server, BotProcess("threshold", server.port, data) as process:
        over = server.wait_for("over")
        if over["fault"]:
            raise RunFailedError(f"{over['fault']}\n{process.last_words()}")
    return over["ended_at"] - process.started_at, process.peak_bytes / MEGABYTE


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="starts of each kind")
    parser.add_argument("--folder", type=Path, help="where data goes; should be a real disk")
    arguments = parser.parse_args()
    fresh: list[float] = []
    existing: list[float] = []
    peaks: list[float] = []
    try:
        for _ in range(arguments.rounds):
            with TemporaryDirectory(prefix="benchmark-", dir=arguments.folder) as folder:
                for times in (fresh, existing):
                    seconds, peak = measure(Path(folder) / "data")
                    times.append(seconds)
                    peaks.append(peak)
    except RunFailedError as error:
        print(error, file=sys.stderr)
        return 1
    line = {
        "starts": arguments.rounds,
        "fresh_s": round(median(fresh), 3),
        "existing_s": round(median(existing), 3),
        "rss_mb": round(max(peaks), 1),
    }
    print(json.dumps(line))
    return 0


if __name__ == "__main__":
    sys.exit(main())
