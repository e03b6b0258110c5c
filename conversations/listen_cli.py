"""`python -m conversations listen`: what is heard in a text and why, or labels for JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from .listening import Listener, ListeningError, read_listener

#: What is written for a text in which nothing was heard.
NOTHING = "none"


def main(
    argv: Sequence[str], incoming: TextIO | None = None, outgoing: TextIO | None = None
) -> int:
    """With a text: label, rule and reason. Without: `{"id", "text"}` lines in, labels out.

    Returns the exit code: 0, or 2 where the rules or a line cannot be read.
    """
    incoming, outgoing = incoming or sys.stdin, outgoing or sys.stdout
    try:
        listener = read_listener()
    except ListeningError as broken:
        sys.stderr.write(f"{broken}\n")
        return 2
    if argv:
        outgoing.write(f"{listener.explain(' '.join(argv))}\n")
        return 0
    return _label(listener, incoming, outgoing)


def _label(listener: Listener, lines: Iterable[str], outgoing: TextIO) -> int:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            identity, text = asked["id"], asked["text"]
        except (ValueError, KeyError, TypeError):
            sys.stderr.write(f'line {number} is not {{"id": …, "text": …}}\n')
            return 2
        heard = listener.listen(str(text))
        label = heard.label if heard and heard.label != "unsure" else NOTHING
        outgoing.write(json.dumps({"id": identity, "label": label}) + "\n")
    return 0
