"""What a file that was sent back may hold: shapes, sizes and names, before any of it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time

from bot.commands.affirm_practice import KEPT, OWN, Practice
from bot.commands.hiding import AFTER
from bot.commands.list_kinds import KINDS
from bot.files.everything import Everything
from bot.person import epoch_ms
from conversations.appointments import known_zone
from conversations.quiet import NEVER, HardDate
from conversations.turn import KINDS as KINDS_OF_TIE
from conversations.turn import LEANS, MARKS, State

#: Rows of each table, and numbers of ties and talks.
MOST_ROWS, MOST_NUMBER = 20_000, 99_999
_LANGUAGE = re.compile("[a-z]{2,3}(_[A-Z]{2})?")
#: Epoch milliseconds no time lies behind; "for good" is before it.
LATEST_MS = epoch_ms(NEVER) + 1
#: Characters of one text.
LONGEST = 100_000


def checked(brought: Everything) -> Everything:
    """The same; ValueError where something in it could not have been written here."""
    sizes = (brought.ties, brought.kept, brought.talks, brought.reflections, brought.appointments)
    _hold(all(len(rows) <= MOST_ROWS for rows in (*sizes, brought.check_ins)))
    _hold(all(tie.kind in KINDS_OF_TIE and tie.lean in LEANS for tie in brought.ties))
    _hold(all(k.kind in (*KINDS, OWN, KEPT) for k in brought.kept))
    _hold(all(k.direction in LEANS for k in brought.kept))
    _hold(all(1 <= one.mood <= 5 for one in brought.check_ins))
    _hold(all(1 <= number <= MOST_NUMBER for number in _numbers(brought)))
    _hold(all(len(text) <= LONGEST for text in _texts(brought)))
    _hold(all(mark in MARKS for mark in brought.profile.marks))
    _hold(bool(_LANGUAGE.fullmatch(brought.language)))
    _hold(brought.profile.hides_after in ("", *AFTER))
    _hold(all(0 < made.next_at < LATEST_MS for made in brought.appointments))
    for made in brought.appointments:
        if made.local:
            datetime.fromisoformat(made.local)
    if brought.zone is not None:
        known_zone(brought.zone)
    for written in (brought.profile.quiet_begins, brought.profile.quiet_ends):
        if written:
            time.fromisoformat(written)
    for entry in brought.profile.hard_dates:
        HardDate(**entry)
    Practice.model_validate(brought.profile.affirm)
    _hold(all(len(entry) == 2 and isinstance(entry[0], str) for entry in brought.profile.held))
    return brought


def _hold(holds: bool) -> None:
    if not holds:
        raise ValueError("a file that was not written here")


def _numbers(brought: Everything) -> Iterator[int]:
    yield from (tie.number for tie in brought.ties)
    yield from (state.talk for state in (*brought.talks, *brought.reflections))


def _texts(brought: Everything) -> Iterator[str]:
    yield from (k.text for k in brought.kept)
    yield from (text for one in brought.check_ins for text, _ in one.words)
    yield from _answers((*brought.talks, *brought.reflections))
    yield from (str(text) for text, *_ in brought.profile.held)


def _answers(states: Iterable[State]) -> Iterator[str]:
    for state in states:
        yield from (answer.text for answer in state.answers.values())
