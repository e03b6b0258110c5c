"""A child process that answers JSON lines: started on first use, ended when idle, retried once."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[1]
#: Bytes; a picture is one line too.
LONGEST_ANSWER = 2**20


class ChildAwayError(Exception):
    """The child failed twice over the same question."""


class Child:
    """Asks one question at a time; many may wait. `idle` and `deadline` are seconds."""

    def __init__(self, module: Sequence[str], *, idle: float, deadline: float) -> None:
        self._command = (sys.executable, "-m", *module)
        self._idle, self._deadline = idle, deadline
        self._lock = asyncio.Lock()
        self._process: Process | None = None
        self._ending: asyncio.TimerHandle | None = None
        self._ended: set[asyncio.Task[int]] = set()

    @property
    def pid(self) -> int | None:
        """The running child's process id; None while none runs."""
        return self._process.pid if self._process else None

    async def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer. ChildAwayError where the child died, hung or failed, twice."""
        async with self._lock:
            if self._ending:
                self._ending.cancel()
            try:
                for _ in range(2):
                    try:
                        return await asyncio.wait_for(self._once(question), self._deadline)
                    except (OSError, ValueError, TimeoutError):
                        self._end()
            except asyncio.CancelledError:
                # Its answer would be read as the answer to the next question.
                self._end()
                raise
            finally:
                self._ending = asyncio.get_running_loop().call_later(self._idle, self._end)
            raise ChildAwayError

    async def stop(self) -> None:
        """End the child and see it gone."""
        async with self._lock:
            if self._ending:
                self._ending.cancel()
            self._end()
        await asyncio.gather(*self._ended)

    async def _once(self, question: dict[str, Any]) -> dict[str, Any]:
        process = self._process or await self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(question).encode() + b"\n")
        await process.stdin.drain()
        line = await process.stdout.readline()
        answer = json.loads(line)  # an empty line, where the child is gone, is a ValueError
        if not isinstance(answer, dict) or "error" in answer:
            raise ValueError("the child could not answer")
        return answer

    async def _start(self) -> Process:
        # Tokens and keys are in the environment, and this child needs none of them.
        kept = {name: value for name, value in os.environ.items() if "THRESHOLD" not in name}
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            limit=LONGEST_ANSWER,
            env=kept | {"PYTHONPATH": str(_ROOT)},
            start_new_session=True,
        )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        if process.returncode is None:
            process.kill()
        gone = asyncio.ensure_future(process.wait())
        self._ended.add(gone)
        gone.add_done_callback(self._ended.discard)
