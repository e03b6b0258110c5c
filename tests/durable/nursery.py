"""Bots without the two seconds that a start takes: forked off a process that has read everything.

A bot is a process of its own all the same, with its own environment, folder and file for its
standard error, and is killed as such; only what it would have imported and read is there already.
`python -m tests.durable.nursery SOCKET` listens on that socket and ends with its standard input:
for each connection it starts the bot that a line of JSON tells of, answers with its process id,
and with its exit code when it is gone.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Born:
    """A bot that was forked; used as a process of asyncio is."""

    def __init__(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.pid = pid
        self.returncode: int | None = None
        self._writer = writer
        self._end = asyncio.ensure_future(self._ended(reader))

    def send_signal(self, how: int) -> None:
        """As of asyncio's."""
        if self.returncode is None:
            os.kill(self.pid, how)

    async def wait(self) -> int:
        """As of asyncio's."""
        return await asyncio.shield(self._end)

    async def _ended(self, reader: asyncio.StreamReader) -> int:
        self.returncode = int(await reader.readline())
        self._writer.close()
        return self.returncode


async def born(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, log: Path
) -> Born:
    """Fork a probed bot with these arguments of `bot_main`."""
    reader, writer = await asyncio.open_unix_connection(_nursery())
    told = [list(arguments), dict(environment), str(folder), str(log)]
    writer.write(json.dumps(told).encode() + b"\n")
    return Born(int(await reader.readline()), reader, writer)


@cache
def _nursery() -> Path:
    """The socket of the nursery of this process, which ends with it."""
    folder = tempfile.mkdtemp()  # a short path: that of a socket has about a hundred characters
    atexit.register(shutil.rmtree, folder)
    path = Path(folder) / "socket"
    command = [sys.executable, "-m", "tests.durable.nursery", str(path)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    atexit.register(process.wait)
    atexit.register(process.stdin.close)
    assert process.stdout.readline() == b"ready\n"
    return path


def main(path: str) -> None:
    """Be the nursery."""
    from bot import app
    from tests import shipped
    from tests.durable import bot_main

    shipped.content()
    app.read_content = shipped.content
    died, tells = os.pipe()
    os.set_blocking(tells, False)
    signal.set_wakeup_fd(tells)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    waiting: dict[int, socket.socket] = {}
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            ready, _, _ = select.select([door, died, sys.stdin], [], [])
            if sys.stdin in ready:
                break
            if died in ready:
                os.read(died, 4096)
                _bury(waiting)
            if door in ready:
                asked, _ = door.accept()
                with asked.makefile("rb") as lines:
                    arguments, environment, folder, log = json.loads(lines.readline())
                if not (pid := os.fork()):
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    for one in (door, asked, *waiting.values()):
                        one.close()  # else somebody would wait for a bot that is gone
                    os.close(died)
                    os.close(tells)
                    _settle(environment, folder, log)
                    _live(bot_main.main, arguments)
                waiting[pid] = asked
                asked.sendall(b"%d\n" % pid)
    for pid in waiting:
        os.kill(pid, signal.SIGKILL)


def _bury(waiting: dict[int, socket.socket]) -> None:
    for pid in list(waiting):
        gone, status = os.waitpid(pid, os.WNOHANG)
        if gone:
            with waiting.pop(pid) as asked, suppress(OSError):  # nobody may want to know any more
                asked.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def _settle(environment: Mapping[str, str], folder: str, log: str) -> None:
    """In the child: where it lives, and where what it says goes."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for file, flags, number in (
        (os.devnull, os.O_RDONLY, 0),
        (os.devnull, os.O_WRONLY, 1),
        (log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 2),
    ):
        opened = os.open(file, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)


def _live(run: object, arguments: Sequence[str]) -> None:
    """In the child: be a bot, and end without a word of the nursery's own."""
    assert callable(run)
    code = 1
    try:
        code = run(arguments)
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:  # nothing of a child may reach the loop of the nursery
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1])
