"""The child process that draws: one recipe as a JSON line in, one picture as a JSON line out.

It holds the drawing library so that the bot does not. It writes nothing anywhere else, and tells
a failure by its class alone.
"""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from typing import Any

from bot.pictures import board, calendar_of_year, mood_line
from bot.pictures.recipes import BOARD, CALENDAR, MOOD_LINE, Recipe

DRAWINGS = {
    MOOD_LINE: mood_line.draw,
    CALENDAR: calendar_of_year.draw,
    BOARD: board.draw,
}


def picture(recipe: Recipe) -> bytes:
    """The PNG of a recipe; KeyError where a part is missing."""
    return DRAWINGS[recipe["draw"]](recipe)


def main() -> None:
    """Draw line by line."""
    for line in sys.stdin:
        try:
            reply: dict[str, Any] = {"png": b64encode(picture(json.loads(line))).decode()}
        except Exception as error:
            reply = {"error": type(error).__name__}
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
