"""`make chat`: the playground and the bot beside it, as two processes that end together."""

import argparse
import asyncio
import errno
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.playground.client import TOKEN, Playground

FIRST_PORT = 8081
_PORTS_TRIED = 20
_DATA_DIR = ".chat"
_ROOT = Path(__file__).parents[2]
# Settings of a real bot that must not reach one that is only being tried.
_REAL = {
    f"THRESHOLD_{name}" for name in ("DATABASE_URL", "SECRET_KEYS", "WEBHOOK_URL", "WEBHOOK_SECRET")
}
_PATIENCE = 15.0


async def serve(port: int = FIRST_PORT, token: str = TOKEN) -> Playground:
    """Start a playground on this port, or on the next free one.

    Raises `OSError` where twenty ports in a row are taken.
    """
    for candidate in range(port, port + _PORTS_TRIED):
        play = Playground(candidate, token)
        try:
            await play.server.start()
        except OSError as error:
            await play.server.stop()
            if error.errno != errno.EADDRINUSE:
                raise
        else:
            return play
    raise OSError(errno.EADDRINUSE, "ports are all taken")


def bot_environment(play: Playground, data: Path) -> dict[str, str]:
    """The environment of a bot that talks to this playground and keeps its data apart."""
    inherited = {name: value for name, value in os.environ.items() if name not in _REAL}
    found = filter(None, (str(_ROOT), os.environ.get("PYTHONPATH")))
    return {
        **inherited,
        "PYTHONPATH": os.pathsep.join(found),
        "THRESHOLD_DATA_DIR": str(data),
        "THRESHOLD_API_URL": play.api_url,
        "THRESHOLD_BOT_TOKEN": play.token,
    }


async def chat(port: int, token: str, command: Sequence[str]) -> int:
    """Serve until asked to end, or until the bot that `command` starts has ended.

    Returns the exit code: the bot's own where it ended by itself.
    """
    interrupted = _interrupted()
    play = await serve(port, token)
    try:
        _say(f"The chat is at {play.api_url}/ (Ctrl+C ends it)")
        if not command:
            await interrupted.wait()
            return 0
        return await _beside(command, play, interrupted)
    finally:
        await play.server.stop()


async def _beside(command: Sequence[str], play: Playground, interrupted: asyncio.Event) -> int:
    data = _data_dir()
    child = await asyncio.create_subprocess_exec(
        *command,
        env=bot_environment(play, data),
        cwd=data,  # a .env beside us may name a real database
        start_new_session=True,  # Ctrl+C reaches it once, through us
    )
    ended = asyncio.create_task(child.wait())
    asked = asyncio.create_task(interrupted.wait())
    await asyncio.wait({ended, asked}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if ended.done():
        return ended.result()
    child.terminate()
    try:
        await asyncio.wait_for(asyncio.shield(ended), _PATIENCE)
    except TimeoutError:
        child.kill()
        await ended
    return 0


def _data_dir() -> Path:
    data = Path(os.environ.get("THRESHOLD_DATA_DIR") or _DATA_DIR).resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return data


def _interrupted() -> asyncio.Event:
    event = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(name, event.set)
    return event


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(argv: Sequence[str] | None = None, *, with_bot: bool = True) -> int:
    """Serve until Ctrl+C, SIGTERM or the end of the bot; returns the exit code."""
    parser = argparse.ArgumentParser(description="A local Telegram with a chat page.")
    parser.add_argument("--port", type=int, default=FIRST_PORT, help="the next free one is taken")
    parser.add_argument("--token", default=TOKEN, help="the token the bot calls with")
    given = parser.parse_args(argv or [])
    command = [sys.executable, "-m", "bot"] if with_bot else []
    try:
        return asyncio.run(chat(given.port, given.token, command))
    except OSError as error:
        sys.stderr.write(f"The playground cannot start: {error.strerror}.\n")
        return 1
