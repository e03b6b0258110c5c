"""`make chat`: the playground and the bot beside it, as two processes that end together."""

import argparse
import asyncio
import errno
import os
import signal
import sys
from collections.abc import Sequence

from bot.playground.client import TOKEN, Playground

FIRST_PORT = 8081
_PORTS_TRIED = 20
_DATA_DIR = "./.chat"
# Settings of a real bot that must not reach one that is only being tried.
_REAL = ("DATABASE_URL", "SECRET_KEYS", "WEBHOOK_URL", "WEBHOOK_SECRET")
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
            if error.errno != errno.EADDRINUSE or candidate == port + _PORTS_TRIED - 1:
                raise
        else:
            return play
    raise AssertionError("unreachable")


def bot_environment(play: Playground) -> dict[str, str]:
    """The environment of a bot that talks to this playground and keeps its data apart."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name.removeprefix("THRESHOLD_") not in _REAL
    }
    return {
        "THRESHOLD_DATA_DIR": _DATA_DIR,
        **inherited,
        "THRESHOLD_API_URL": play.api_url,
        "THRESHOLD_BOT_TOKEN": play.token,
    }


async def _chat(port: int, token: str, command: Sequence[str]) -> int:
    play = await serve(port, token)
    try:
        _say(f"The chat is at {play.api_url}/ (Ctrl+C ends it)")
        if not command:
            await _interrupted().wait()
            return 0
        return await _beside(command, bot_environment(play))
    finally:
        await play.server.stop()


async def _beside(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run the bot until it ends or we are asked to; returns its exit code."""
    interrupted = _interrupted()
    # Its own session: a Ctrl+C in the terminal reaches it once, through us.
    child = await asyncio.create_subprocess_exec(*command, env=environment, start_new_session=True)
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
    given = parser.parse_args([] if argv is None else argv)
    command = [sys.executable, "-m", "bot"] if with_bot else []
    try:
        return asyncio.run(_chat(given.port, given.token, command))
    except OSError as error:
        sys.stderr.write(f"The playground cannot listen: {error.strerror}.\n")
        return 1
