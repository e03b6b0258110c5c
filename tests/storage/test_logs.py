"""Logs hold events, classes and places; never words, names or tokens."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.logs import describe, redact, without_token

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:" + "Ab-_5" * 7


def logged(code: str, *, level: str = "info") -> tuple[list[dict[str, Any]], str]:
    """The JSON lines that a process with these logs writes, and its whole standard error."""
    program = (
        "import asyncio, json, logging, threading, warnings\n"
        "import structlog\n"
        "from bot.logs import configure, log_failure\n"
        f"configure({level!r})\nlog = structlog.get_logger()\n{code}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert "rareword" not in done.stderr
    assert TOKEN not in done.stderr
    return [json.loads(line) for line in done.stderr.splitlines()], done.stderr


def test_an_event_is_one_json_line_with_its_fields() -> None:
    (line,), _ = logged("log.info('turn', updates=3, fresh=True, kinds=['text', None])")
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "turn",
        "level": "info",
        "updates": 3,
        "fresh": True,
        "kinds": ["text", None],
    }


def test_the_level_is_kept() -> None:
    lines, _ = logged("log.info('quiet'); log.warning('loud')", level="warning")
    assert [line["event"] for line in lines] == ["loud"]


def test_a_token_is_taken_out_of_every_text() -> None:
    code = f"log.info('at http://x/bot{TOKEN}/getMe', urls=['{TOKEN}'], of={{'{TOKEN}': 1}})"
    (line,), _ = logged(code)
    assert line["event"] == "at http://x/bot[token]/getMe"
    assert line["urls"] == ["[token]"]
    assert without_token("12:30 is no token") == "12:30 is no token"


def test_an_object_is_logged_by_its_class() -> None:
    (line,), _ = logged("class Update:\n  text = 'rareword'\nlog.info('in', update=Update())")
    assert line["update"] == "Update"


def test_a_failure_is_logged_by_class_and_place_without_its_message() -> None:
    (line,), _ = logged(
        "def handler(): int('rareword')\n"
        "try: handler()\nexcept ValueError as error: log_failure('turn failed', error, updates=2)"
    )
    assert (line["event"], line["level"], line["updates"]) == ("turn failed", "error", 2)
    assert line["error"] == "ValueError"
    assert line["at"].endswith("handler")


def test_an_exception_behind_another_is_named_too() -> None:
    try:
        try:
            int("rareword")
        except ValueError as inner:
            raise KeyError("rareword") from inner
    except KeyError as error:
        found = describe(error)
    assert found["error"] == "KeyError"
    assert found["because"] == "ValueError"
    assert "test_logs.py" in found["at"]
    assert "rareword" not in str(found)


def test_exc_info_in_any_form_becomes_class_and_place() -> None:
    lines, _ = logged(
        "try: int('rareword')\n"
        "except ValueError as error:\n"
        "  log.exception('a')\n"
        "  log.error('b', exc_info=error)\n"
        "  log.error('c', error=error)\n"
    )
    assert [line["event"] for line in lines] == ["a", "b", "c"]
    assert [line["error"].split()[0] for line in lines] == ["ValueError"] * 3


def test_a_library_says_where_and_what_class_but_none_of_its_arguments() -> None:
    lines, _ = logged(
        "for name in ('telegram', 'telegram.Bot', 'httpx', 'aiohttp.access', 'sqlalchemy.engine',\n"
        "             'aiosqlite', 'apscheduler.executors', 'asyncio', 'unknown'):\n"
        "  library = logging.getLogger(name)\n"
        "  library.debug('rareword'); library.info('rareword %s', 'rareword')\n"
        "  library.warning('rareword')\n"
        "  try: json.loads('rareword')\n"
        "  except ValueError: library.exception('Can not load %s', 'rareword')\n"
    )
    assert len(lines) == 18
    assert {line["event"] for line in lines} == {"library"}
    assert [line["logger"] for line in lines[:3]] == ["telegram", "telegram", "telegram.Bot"]
    assert "message" not in lines[0]
    assert lines[1]["message"] == "Can not load %s"
    assert lines[1]["error"] == "JSONDecodeError"


def test_what_nobody_caught_is_logged_by_class_too() -> None:
    lines, _ = logged(
        "warnings.warn('rareword')\n"
        "thread = threading.Thread(target=int, args=('rareword',)); thread.start(); thread.join()\n"
        "class Untidy:\n  def __del__(self): raise ValueError('rareword')\n"
        "untidy = Untidy(); del untidy\n"
        "async def main():\n"
        "  async def fail(): raise ValueError('rareword')\n"
        "  task = asyncio.create_task(fail()); await asyncio.sleep(0); await asyncio.sleep(0)\n"
        "  del task\n"
        "asyncio.run(main())\n"
        "raise KeyError('rareword')\n"
    )
    assert [line["event"] for line in lines] == [
        "library",
        "uncaught in a thread",
        "uncaught while cleaning up",
        "library",
        "uncaught",
    ]
    assert [line.get("error") for line in lines[1:]] == [*["ValueError"] * 3, "KeyError"]


def test_no_path_of_the_machine_is_logged() -> None:
    _, text = logged(
        "import bot.settings\n"
        "try: bot.settings.decode_keys('!')\n"
        "except ValueError as error: log_failure('a', error)"
    )
    assert "bot/settings.py:" in text
    assert str(ROOT) not in text


def test_redaction_leaves_plain_numbers_as_they_are() -> None:
    event = {"event": "x", "rate": 2.5, "none": None, "pair": (1, b"rareword")}
    assert redact(None, "info", event) == {
        "event": "x",
        "rate": 2.5,
        "none": None,
        "pair": [1, "bytes"],
    }
