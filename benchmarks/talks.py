"""Many people at once through the three questions: this bot and a stock one, in turns.

`python -m benchmarks.talks --people 500` prints one JSON line a run on standard output, medians
and ratios on standard error. README.md here says how to read them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.running import BOTS, BotProcess, RunFailedError, serving

MEGABYTE = 1_000_000


def measure(bot: str, people: int, seconds: float, data: Path) -> dict[str, float | str]:
    """One run of one bot in an empty folder; raises RunFailedError when it does not get through."""
    with serving(people, "talk", seconds) as server, BotProcess(bot, server.port, data) as process:
        try:
            server.wait_for("began")
            before = process.cpu_seconds()
            over = server.wait_for("over")
        except RunFailedError as error:
            raise RunFailedError(f"{bot}: {error}\n{process.last_words()}") from None
        used = process.cpu_seconds() - before
        if over["fault"]:
            raise RunFailedError(f"{bot}: {over['fault']}\n{process.last_words()}")
    if not over["complete"]:
        print(f"{bot}: stopped after {seconds:.0f} s, before everyone was through", file=sys.stderr)
    busy = 100 * over["server_cpu_s"] / over["seconds"]
    print(f"{bot}: the server's core was busy for {busy:.0f} % of the run", file=sys.stderr)
    return {
        "bot": bot,
        "updates": over["updates"],
        "updates_per_s": round(over["updates"] / over["seconds"], 1),
        "cpu_s_per_1000": round(1000 * used / over["updates"], 3),
        "p50_ms": round(over["p50_ms"], 1),
        "p95_ms": round(over["p95_ms"], 1),
        "rss_mb": round(process.peak_bytes / MEGABYTE, 1),
    }


def compare(runs: list[dict[str, float | str]]) -> str:
    """Medians of each bot and how the others stand to the first, as lines for people."""
    fields = [name for name in runs[0] if name not in ("bot", "updates")]
    bots = list(dict.fromkeys(str(run["bot"]) for run in runs))
    middle = {
        bot: {
            name: median(float(run[name]) for run in runs if run["bot"] == bot) for name in fields
        }
        for bot in bots
    }
    lines = [f"{'median':22}" + "".join(f"{name:>16}" for name in fields)]
    lines += [
        f"{bot:22}" + "".join(f"{middle[bot][name]:16.2f}" for name in fields) for bot in bots
    ]
    lines += [
        f"{other} / {bots[0]}: "
        + ", ".join(f"{name} {middle[other][name] / middle[bots[0]][name]:.2f}" for name in fields)
        for other in bots[1:]
    ]
    return "\n".join(lines)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.talks", description=__doc__)
    parser.add_argument("--people", type=int, default=500, help="who chat at once")
    parser.add_argument("--rounds", type=int, default=2, help="runs of each bot, in turns")
    parser.add_argument("--seconds", type=float, default=60.0, help="a run's longest time")
    parser.add_argument("--bot", choices=sorted(BOTS), action="append", help="only this one")
    parser.add_argument("--folder", type=Path, help="where data goes; should be a real disk")
    arguments = parser.parse_args()
    runs = []
    for _ in range(arguments.rounds):
        for bot in arguments.bot or BOTS:
            with TemporaryDirectory(prefix="benchmark-", dir=arguments.folder) as data:
                try:
                    run = measure(bot, arguments.people, arguments.seconds, Path(data) / "data")
                except RunFailedError as error:
                    print(error, file=sys.stderr)
                    return 1
            print(json.dumps(run), flush=True)
            runs.append(run)
    print(compare(runs), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
