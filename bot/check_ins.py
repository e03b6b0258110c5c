"""One day in one number, and what was said about it: a check-in, sealed and opened again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from bot.storage.rows import CheckInRow
from bot.storage.sealing import PersonKey

WORST, BEST = 1, 5
#: This many check-ins running at the worst bring one quiet line, and no chart.
RUNNING = 3
#: Check-ins that lie further apart than this do not run on.
RUNS_OVER = timedelta(days=7)
_COLUMN = "check_ins.body"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A local day of a person's, from 1 (worst) to 5. `at` is when it was written, epoch ms UTC.

    `words` is what they wrote about it, each text with the id of its message; `earlier` has older
    wordings. `listened` is true where something was heard in it, so that it never comes back by
    itself. `more` has the answers to whatever else the check-in asks, by step id: a choice's id,
    or words.
    """

    day: date
    at: int
    mood: int
    words: tuple[tuple[str, int | None], ...] = ()
    listened: bool = False
    more: Mapping[str, str] = field(default_factory=dict)
    earlier: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """What they wrote about it; empty where they wrote nothing."""
        return "\n".join(text for text, _ in self.words)

    def seal(self, person: int, key: PersonKey) -> CheckInRow:
        """The row, its body sealed."""
        body = {
            "mood": self.mood,
            "words": self.words,
            "listened": self.listened,
            "more": dict(self.more),
            "earlier": self.earlier,
        }
        kept = json.dumps({k: v for k, v in body.items() if v}, ensure_ascii=False).encode()
        return CheckInRow(person, self.day.toordinal(), self.at, key.seal(_COLUMN, kept))

    @staticmethod
    def open(row: CheckInRow, key: PersonKey) -> CheckIn:
        """The check-in of a row."""
        body = json.loads(key.open(_COLUMN, row.body))
        body["words"] = tuple((text, message) for text, message in body.get("words", ()))
        body["earlier"] = tuple(body.get("earlier", ()))
        return CheckIn(day=date.fromordinal(row.day), at=row.at, **body)


def worst_running(check_ins: Sequence[CheckIn]) -> bool:
    """Whether the newest three check-ins were all at the worst, and not long apart."""
    newest = sorted(check_ins, key=lambda one: one.day)[-RUNNING:]
    near = all(later.day - one.day <= RUNS_OVER for one, later in pairwise(newest))
    return len(newest) == RUNNING and near and all(one.mood == WORST for one in newest)
