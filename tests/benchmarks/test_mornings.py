"""A tiny morning: everyone who is due gets their line, and the run is one line of figures."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.mornings_people import chatting_people, due_people, due_times

STORED, DUE = 60, 25
AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def test_every_run_has_the_same_people_and_those_who_chat_are_others() -> None:
    due = due_people(STORED, DUE)
    assert due == due_people(STORED, DUE)
    times = dict(due_times(STORED, DUE, AT))
    assert sorted(chat for chat, when in times.items() if when == AT) == sorted(due)
    assert len(times) == STORED
    assert not times.keys() & set(chatting_people(STORED))


def test_everyone_who_is_due_gets_their_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.mornings", "--bot", "threshold", "--trial"]
    command += ["--stored", str(STORED), "--due", str(DUE), "--folder", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    (run,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (run["bot"], run["stored"], run["due"]) == ("threshold", STORED, DUE), run
    assert (run["sent"], run["missed"], run["repeated"]) == (DUE, 0, 0)
    assert 0 < run["first_s"] <= run["last_s"]
    for name in ("start_s", "rss_mb", "idle_tick_ms", "claim_ms"):
        assert run[name] > 0
    assert run["reply_p50_ms"] >= 0  # so few are due that nobody may have chatted meanwhile
