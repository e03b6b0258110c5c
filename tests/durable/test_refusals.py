"""What keeps the bot from starting is told in one sentence, with the right exit code."""

import asyncio
import os
import shutil
import socket
import sqlite3
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import bot
from bot.playground.client import Playground
from tests.durable.one_person import agreed
from tests.durable.processes import PATIENCE, Bot, launch

MISSING = {"THRESHOLD_BOT_TOKEN": ""}
WRONG = {"THRESHOLD_BOT_TOKEN": "123456789:wrong-token-of-the-right-shape-aaaa"}
SETTINGS, ENVIRONMENT = 2, 1


async def refused(
    play: Playground, data: Path, settings: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Start `python -m bot`; its exit code and the one line it says."""
    log = data.parent / "refusal"
    log.unlink(missing_ok=True)
    process = await launch(play, data, ("-m", "bot"), log, settings)
    try:
        code = await asyncio.wait_for(process.wait(), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
    (line,) = log.read_text().splitlines()
    assert line.endswith((".", "?"))
    assert "Traceback" not in line
    return code, line


async def test_a_missing_token(play: Playground, tmp_path: Path) -> None:
    code, line = await refused(play, folder(tmp_path), MISSING)
    assert code == SETTINGS
    assert line.startswith("THRESHOLD_BOT_TOKEN is not set:")


async def test_a_wrong_token(play: Playground, tmp_path: Path) -> None:
    code, line = await refused(play, folder(tmp_path), WRONG)
    assert code == SETTINGS
    assert line == "The Bot API does not accept the bot token: please check THRESHOLD_BOT_TOKEN."


async def test_settings_at_fault_are_all_named_and_none_is_quoted(
    play: Playground, tmp_path: Path
) -> None:
    wrong = {"THRESHOLD_SEND_RATE": "plenty-a1b2", "THRESHOLD_BOT_TOKEN": "short-a1b2"}
    code, line = await refused(play, folder(tmp_path), wrong)
    assert code == SETTINGS
    assert "THRESHOLD_SEND_RATE" in line
    assert "THRESHOLD_BOT_TOKEN" in line
    assert "a1b2" not in line


async def test_a_server_that_nobody_reaches(play: Playground, tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:  # bound and not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        api = {"THRESHOLD_API_URL": f"http://{address}"}
        code, line = await refused(play, folder(tmp_path), api)
    assert code == ENVIRONMENT
    assert address in line


async def test_a_folder_that_cannot_be_made(play: Playground, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    data = {"THRESHOLD_DATA_DIR": str(tmp_path / "file" / "data")}
    code, line = await refused(play, folder(tmp_path), data)
    assert code == ENVIRONMENT
    assert str(tmp_path / "file") in line


async def test_a_database_from_a_newer_version_and_a_wrong_or_missing_key(
    play: Playground, bot: Bot
) -> None:
    """All three on one database that holds words; none of them may change it."""
    await agreed(play)
    assert await bot.end() == 0
    files = {path.name: path.read_bytes() for path in bot.data.iterdir()}

    other = {"THRESHOLD_SECRET_KEYS": urlsafe_b64encode(os.urandom(32)).decode()}
    code, line = await refused(play, bot.data, other)
    assert (code, line.partition(":")[0]) == (SETTINGS, "The master key is wrong")

    (bot.data / "master.key").rename(bot.data.parent / "kept.key")
    code, line = await refused(play, bot.data)
    assert (code, line.partition(",")[0]) == (SETTINGS, "The master key is missing")
    assert not (bot.data / "master.key").exists()
    (bot.data.parent / "kept.key").rename(bot.data / "master.key")

    assert {path.name: path.read_bytes() for path in bot.data.iterdir()} == files
    with closing(sqlite3.connect(bot.data / "threshold.db")) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    code, line = await refused(play, bot.data)
    assert code == SETTINGS
    assert "newer" in line


async def test_a_broken_content_file(play: Playground, tmp_path: Path) -> None:
    home = Path(bot.__file__).parents[1]
    for package in ("bot", "conversations"):
        shutil.copytree(home / package, tmp_path / "house" / package)
    flow = tmp_path / "house" / "conversations" / "flows" / "three_questions.toml"
    flow.write_text(flow.read_text().replace("[steps.safe]", "[steps.safe]\nchoosy = 4", 1))
    code, line = await refused(play, folder(tmp_path), {"PYTHONPATH": str(tmp_path / "house")})
    assert code == SETTINGS
    assert "three_questions" in line
    assert "choosy" in line


def folder(tmp_path: Path) -> Path:
    """An empty data folder."""
    (tmp_path / "data").mkdir()
    return tmp_path / "data"
