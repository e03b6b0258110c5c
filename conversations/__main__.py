"""For content editors: python -m conversations check | play | draw | record | listen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from conversations import content, listen_cli
from conversations.draw import chart
from conversations.faults import ContentFaults
from conversations.flow import Flow
from conversations.library import Library, read_library
from conversations.listening import ListeningError, read_listener
from conversations.script import Line, Script, written
from conversations.stage import Stage, StageError
from conversations.turn import KINDS, Tie

#: Exit codes: all is well, the content has faults, the command cannot be carried out.
WELL, FAULTY, CANNOT = 0, 1, 2
FIRST = "three_questions"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    asked = _parser().parse_args(argv)
    try:
        return int(asked.run(asked))
    except (ContentFaults, ListeningError) as broken:
        faults = broken.faults if isinstance(broken, ContentFaults) else str(broken).splitlines()
        for fault in faults:
            _complain(str(fault))
        return FAULTY
    except (StageError, OSError, ValueError) as error:
        _complain(str(error))
        return CANNOT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m conversations", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    check = commands.add_parser("check", help="read every content file and say all that is wrong")
    check.set_defaults(run=_check)

    play = commands.add_parser("play", help="chat through an exercise in the terminal")
    play.set_defaults(run=_play, file=None)

    record = commands.add_parser("record", help="chat, and write it down as a transcript")
    record.add_argument("file", type=Path, help="where to write the transcript")
    record.set_defaults(run=_play)
    for chat in (play, record):
        chat.add_argument("flow", nargs="?", default=FIRST, help=f"its id, such as {FIRST}")
        chat.add_argument("--tie", choices=KINDS, help="begin with a tie of this kind")

    draw = commands.add_parser("draw", help="print an exercise as a Mermaid chart")
    draw.add_argument("flow", nargs="?", default=FIRST, help=f"its id, such as {FIRST}")
    draw.set_defaults(run=_draw)

    listen = commands.add_parser("listen", help="what is heard in a text; JSON lines without one")
    listen.add_argument("text", nargs="*")
    listen.set_defaults(run=lambda asked: listen_cli.main(asked.text))
    return parser


# --- the commands --------------------------------------------------------------------------------


def _check(_: argparse.Namespace) -> int:
    found = content.check(datetime.now(UTC).date())
    for warning in found.warnings:
        _complain(f"warning: {warning}")
    if found.faults or found.library is None:
        for fault in found.faults:
            _complain(fault)
        return FAULTY
    table = Table("exercise", "command", "steps", "open to")
    for flow in found.library.flows.values():
        steps, kinds = str(len(flow.leaves)), ", ".join(flow.open_to)
        table.add_row(flow.title, f"/{flow.command}", steps, kinds)
    console = Console()
    console.print(table)
    phrases = len(found.library.phrases.keys())
    console.print(f"All content is well, {phrases} phrases included.")
    return WELL


def _draw(asked: argparse.Namespace) -> int:
    drawn = chart(_flow(read_library(), asked.flow))
    _show(drawn.mermaid())
    for fault in drawn.faults:
        _complain(str(fault))
    return FAULTY if drawn.faults else WELL


def _play(asked: argparse.Namespace) -> int:
    """A chat in the terminal, line by line as in a transcript (without the `> `)."""
    library = read_library()
    flow = _flow(library, asked.flow)
    if asked.tie and not flow.is_open_to(asked.tie):
        raise ValueError(f"{flow.id} is not open to a {asked.tie}")
    ties = {1: Tie(1, asked.tie)} if asked.tie else {}
    script = Script(Stage(library, listener=read_listener(), ties=ties))
    _show("Type an answer, [Label] for a button, /back, /skip, /cancel or @ 2 hours later.")
    _show("Ctrl-D ends.")
    lines = [Line(1, f"# {flow.title}, played", ())]
    lines += [Line(0, f"@ tie {asked.tie}", ())] if asked.tie else []
    typed: str | None = f"/{flow.command}"
    while typed is not None:
        line = typed if typed.startswith(("@ ", "= ", "# ", "> ")) else f"> {typed}"
        try:
            shown = script.play(line)
            lines.append(Line(0, line, tuple(shown)))
            _show("\n".join(shown))
        except StageError as error:
            _complain(str(error))
        typed = _typed()
    if asked.file is not None:
        asked.file.write_text(written(lines), encoding="utf-8")
    return WELL


def _typed() -> str | None:
    """The next line with something in it; None at the end."""
    while True:
        if sys.stdin.isatty():
            sys.stdout.write("> ")
            sys.stdout.flush()
        try:
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            return None
        if not line:
            return None
        if line.strip():
            return line.rstrip("\n")


def _flow(library: Library, name: str) -> Flow:
    flow = library.by_command(name.removeprefix("/"))
    if flow is None:
        raise ValueError(f"there is no flow {name}; there is {', '.join(library.flows)}")
    return flow


def _show(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
