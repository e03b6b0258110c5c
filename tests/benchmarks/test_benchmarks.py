"""A tiny run of the benchmarks: both bots get everyone through, and silence is not a win."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.crowd import FIRST_PERSON, Crowd, UnexpectedReplyError
from benchmarks.script import REASON, TALK
from benchmarks.talks import compare

PEOPLE = 10


def _run(*arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_both_bots_get_everyone_through_and_each_run_is_one_line(tmp_path: Path) -> None:
    runs = _run(
        "benchmarks.talks", "--people", str(PEOPLE), "--rounds", "1", "--folder", str(tmp_path)
    )
    assert [run["bot"] for run in runs] == ["threshold", "conversation_handler"]
    for run in runs:
        assert run["updates"] == PEOPLE * len(TALK)
        assert set(run) == {
            "bot",
            "updates",
            "updates_per_s",
            "cpu_s_per_1000",
            "p50_ms",
            "p95_ms",
            "rss_mb",
        }
        assert all(run[name] > 0 for name in run if name != "bot")
        assert run["p50_ms"] <= run["p95_ms"]


def test_a_start_is_timed_with_an_empty_folder_and_with_an_existing_one(tmp_path: Path) -> None:
    (line,) = _run("benchmarks.start", "--rounds", "1", "--folder", str(tmp_path))
    assert line["starts"] == 1
    assert line["fresh_s"] > 0
    assert line["existing_s"] > 0
    assert line["rss_mb"] > 10


def _welcome(*data: str) -> dict[str, Any]:
    rows = [[{"text": "a label", "callback_data": one}] for one in data]
    return {"text": "Welcome", "reply_markup": {"inline_keyboard": rows}}


def test_a_person_goes_on_only_from_the_message_they_wait_for() -> None:
    crowd = Crowd(1, TALK)
    crowd.begin()
    assert len(crowd.queue) == 1
    crowd.message(FIRST_PERSON, _welcome("0|help:open"))
    assert len(crowd.queue) == 1
    crowd.message(FIRST_PERSON, _welcome("0|help:open", "0|start:agree"))
    assert len(crowd.queue) == 2
    update = json.loads(crowd.queue[-1][1])
    assert update["callback_query"]["data"] == "0|start:agree"
    assert len(crowd.latencies) == 1
    assert crowd.done_at is None


def test_the_last_reply_counts_only_with_the_persons_own_words() -> None:
    crowd = Crowd(1, TALK[-1:] * 2)
    crowd.begin()
    crowd.message(FIRST_PERSON, _welcome("cmd:why"))
    crowd.message(FIRST_PERSON, {"text": "Your reasons"})
    assert crowd.done_at is None
    crowd.message(FIRST_PERSON, {"text": REASON.format(n=0)})
    assert crowd.done_at is not None


def test_a_message_to_nobody_or_without_text_fails_the_run() -> None:
    crowd = Crowd(1, TALK)
    with pytest.raises(UnexpectedReplyError):
        crowd.message(1, {"text": "Hello"})
    with pytest.raises(UnexpectedReplyError):
        crowd.message(FIRST_PERSON, {"text": ""})


def test_the_comparison_gives_medians_and_ratios() -> None:
    runs: list[dict[str, float | str]] = [
        {"bot": "a", "updates": 1, "p50_ms": 1.0},
        {"bot": "b", "updates": 1, "p50_ms": 8.0},
        {"bot": "a", "updates": 1, "p50_ms": 9.0},
        {"bot": "a", "updates": 1, "p50_ms": 2.0},
    ]
    assert "b / a: p50_ms 4.00" in compare(runs)
