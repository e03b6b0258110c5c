"""How long one text takes to be heard, and how much memory that needs.

`python -m benchmarks.listening` prints one JSON line: CPU time of this process, for the messages of
the development set that ordinary people might write, for those read closely, and for texts of 4,096
characters put together from them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from conversations.listening import Listener, read_listener

MESSAGES = Path(__file__).parent.parent / "tests" / "listening" / "en.jsonl"
LONG = 4096
#: Each text is timed so often; the shortest counts, since whatever else runs only adds to it.
TIMES = 5


def seconds(listener: Listener, text: str) -> float:
    """CPU seconds for a text, at its shortest."""
    best = float("inf")
    for number in range(TIMES):
        # Of the last text the answer is known: a letter more, and it is another.
        start = time.process_time()
        listener.listen(f"{text} {'abcde'[number]}")
        best = min(best, time.process_time() - start)
    return best


def long_texts(said: list[str], count: int) -> Iterator[str]:
    """Texts of 4,096 characters, as different as the messages they are put together from."""
    order = random.Random(0)
    for _ in range(count):
        text = ""
        while len(text) < LONG:
            text += order.choice(said) + order.choice((". ", " ", "\n"))
        yield text[:LONG]


def resident_mb() -> float:
    """What this process holds now, in millions of bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024 / 1e6


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.listening", description=__doc__)
    parser.add_argument("--long", type=int, default=40, help="how many texts of 4,096 characters")
    arguments = parser.parse_args()
    before = resident_mb()
    listener = read_listener()
    weigher = listener.weigher
    assert weigher is not None
    read_mb = resident_mb() - before
    messages = [json.loads(line) for line in MESSAGES.read_text(encoding="utf-8").splitlines()]
    everyday = [each["text"] for each in messages if each["kind"] == "everyday"]
    ordinary = [each["text"] for each in messages if each["label"] == "none"]
    closely = [each["text"] for each in messages if each["label"] != "none"]
    listener.listen(closely[0])
    for text in ordinary:
        listener.listen(text)
    with_encoder_mb = resident_mb() - before
    typical = [seconds(listener, text) for text in everyday]
    troubled = [seconds(listener, text) for text in closely]
    long = [seconds(listener, text) for text in long_texts(ordinary, arguments.long)]
    read_closely = sum(weigher.passes_gate(weigher.look(text)) for text in everyday)
    line = {
        "everyday_us": round(median(typical) * 1e6, 1),
        "everyday_read_closely": round(read_closely / len(everyday), 3),
        "troubled_ms": round(median(troubled) * 1e3, 2),
        "long_ms": round(median(long) * 1e3, 2),
        "long_p95_ms": round(quantiles(long, n=20)[-1] * 1e3, 2),
        "rss_mb": round(read_mb, 1),
        "rss_read_closely_mb": round(with_encoder_mb, 1),
    }
    print(json.dumps(line))
    return 0


if __name__ == "__main__":
    sys.exit(main())
