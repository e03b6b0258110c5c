"""The real bot with a probe in it, as a process of its own: `python -m tests.durable.bot_main`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import uvloop

from bot import app, logs
from bot.errors import StartError
from bot.house import utc_now
from bot.settings import load_settings
from tests.durable.mutants import MUTANTS
from tests.durable.probe import Marks, ProbedOutbox, ProbedTransport, probed_route


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as `python -m bot` does; the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("marks", type=Path, help="the file that the probe writes to")
    parser.add_argument("--mutant", choices=MUTANTS)
    parser.add_argument("--ahead", type=float, default=0.0, help="seconds the bot's clock is ahead")
    given = parser.parse_args(arguments)
    ProbedTransport.marks = ProbedOutbox.marks = Marks(given.marks)
    parts = app.Parts(probed_route, ProbedTransport, ProbedOutbox)
    if given.mutant:
        parts = MUTANTS[given.mutant](parts)

    def now() -> datetime:
        return utc_now() + timedelta(seconds=given.ahead)

    try:
        settings = load_settings()
        logs.configure(settings.log_level)
        return uvloop.run(app.run(settings, parts, now=now))
    except StartError as error:
        sys.stderr.write(f"{error.message}\n")
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
