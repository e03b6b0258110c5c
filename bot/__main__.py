"""`python -m bot [run | chat | migrate | rotate-keys | check]`: the bot, or a helper of it."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.errors import StartError

#: Objects made and not freed before the collector looks for cycles among them. A turn makes many
#: that live until its batch is written; the interpreter's 700 would have it look at all of them.
YOUNG_OBJECTS = 20_000


def main(argv: list[str] | None = None) -> int:
    """Run a command; one clear sentence on standard error and an exit code for every fault."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="run the bot (the default)")
    commands.add_parser("chat", help="a local Telegram with a chat page, and the bot in it")
    commands.add_parser("migrate", help="bring the database up to date")
    commands.add_parser("rotate-keys", help="wrap everyone's key under a new master key")
    commands.add_parser("check", help="check settings and content, and start nothing")
    command = parser.parse_args(argv).command or "run"
    try:
        return _COMMANDS[command]()
    except StartError as error:
        print(error.message, file=sys.stderr)  # noqa: T201 - for whoever started it
        return error.exit_code


def _run() -> int:
    # httpx and structlog load these wherever they find them, for a terminal's colours that nobody
    # sees here; they take 4 MB and a tenth of the start.
    with _collector_at_rest(), _as_if_missing("click", "pygments", "rich"):
        from bot import app, logs  # noqa: PLC0415 - what is heavy loads only where it is needed
        from bot.settings import load_settings  # noqa: PLC0415

    gc.set_threshold(YOUNG_OBJECTS, 20, 20)
    settings = load_settings()
    logs.configure(settings.log_level)
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        return asyncio.run(app.run(settings))
    return uvloop.run(app.run(settings))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """What is loaded meanwhile stays until the end: the collector never looks at it."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _as_if_missing(*names: str) -> Iterator[None]:
    """Whoever imports one of these packages meanwhile finds it not installed."""
    hidden: dict[str, Any] = {name: None for name in names if name not in sys.modules}
    sys.modules |= hidden
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def _chat() -> int:
    from bot.playground import run  # noqa: PLC0415

    return run.main()


def _migrate() -> int:
    from bot.storage import migrate  # noqa: PLC0415

    return migrate.main()


def _rotate_keys() -> int:
    from bot.storage import rotation  # noqa: PLC0415

    return rotation.main()


def _check() -> int:
    from bot import app  # noqa: PLC0415
    from bot.settings import load_settings  # noqa: PLC0415

    load_settings()
    app.read_content()
    print("Settings and content are in order.")  # noqa: T201
    return 0


_COMMANDS = {
    "run": _run,
    "chat": _chat,
    "migrate": _migrate,
    "rotate-keys": _rotate_keys,
    "check": _check,
}

if __name__ == "__main__":
    sys.exit(main())
