"""Several items in one message: lines that begin with a dash, a dot or a number."""

from __future__ import annotations

import re

_MARK = re.compile(r"^\s*(?:[-–—•*·]|\d{1,3}[.)])\s+(?=\S)")


def items_in(text: str) -> list[str]:
    """The items a message says: each marked line, with the lines below it; else all of it as one.

    Without two marked lines, or with words before the first, it is one item, as it was written.
    """
    lines = text.splitlines()
    marked = [bool(_MARK.match(line)) for line in lines]
    said = [i for i, line in enumerate(lines) if line.strip()]
    if sum(marked) < 2 or not marked[said[0]]:
        return [text]
    items: list[str] = []
    for line, begins in zip(lines, marked, strict=True):
        if begins:
            items.append(_MARK.sub("", line))
        elif items:
            items[-1] += f"\n{line}"
    return [item.strip() for item in items]
