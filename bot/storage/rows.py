"""What the queries take and give: one plain record for each table.

The fields stand in the order of the table's columns. Times are epoch milliseconds, UTC; `body`,
`profile` and `wrapped` are sealed bytes (see `sealing`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, TypeVar

REPLY = 0  # the priority of an answer; what the clock sends has a greater number
RANKS = tuple(range(1, 9))  # of appointments: two for each priority of what the clock sends
SENT = 0  # the rank of a single appointment that was sent: it stays until it can be opened no more


@dataclass(slots=True)
class PersonRow:
    """A person, with the key of their words; `id` is the id of their private chat."""

    id: int
    language: str
    zone: str | None
    created_at: int
    seen_at: int
    unreachable_since: int | None
    active_talk: int | None
    next_talk: int
    next_tie: int
    newest_row: int | None
    last_message: int | None
    profile: bytes
    wrapped: bytes


@dataclass(slots=True)
class TieRow:
    """Somebody or something the person has one foot out of the door of."""

    person_id: int
    number: int
    body: bytes


@dataclass(slots=True)
class TalkRow:
    """An unfinished talk."""

    person_id: int
    number: int
    updated_at: int
    body: bytes
    nudged: bool = False


@dataclass(slots=True)
class KeptRow:
    """Something the person keeps; `message_id` is the message it came from."""

    id: int
    person_id: int
    message_id: int | None
    position: float
    at: int
    body: bytes


@dataclass(slots=True)
class ReflectionRow:
    """A finished talk; `talk` is the number it had."""

    person_id: int
    talk: int
    finished_at: int
    body: bytes


@dataclass(slots=True)
class CheckInRow:
    """How a day was; `day` is the person's local day, as `date.toordinal` counts."""

    person_id: int
    day: int
    at: int
    body: bytes


@dataclass(slots=True)
class AppointmentRow:
    """Something to be sent at `next_at`; `slot` names that one time and keeps it from coming twice.

    The slot is the local date of a repeating appointment and the UTC milliseconds of a single one.
    Of what is due the lowest `rank` goes first (one of `RANKS`).
    """

    id: int
    person_id: int
    next_at: int
    slot: str
    body: bytes
    rank: int


@dataclass(slots=True)
class OutboxRow:
    """A message on its way; once `done_at` is set its body is gone.

    `person_id` is None where the body is sealed by the keyring's `system` key. What the clock
    sends names its `appointment` and that one's `slot`; `opened_at` is when it was tapped.
    """

    id: int
    chat_id: int
    person_id: int | None
    priority: int
    created_at: int
    not_before: int | None = None
    expires_at: int | None = None
    follows: int | None = None
    attempts: int = 0
    message_id: int | None = None
    done_at: int | None = None
    failed: bool = False
    body: bytes | None = None
    appointment: int | None = None
    slot: str | None = None
    opened_at: int | None = None


@dataclass(slots=True)
class DoneRow:
    """What became of an outbox row: the message it became, or none."""

    id: int
    message_id: int | None
    done_at: int
    failed: bool = False


Row = TypeVar("Row")


def parameters(kind: type[Row], rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows as bound parameters, named by their fields."""
    names = _NAMES[kind]
    values = attrgetter(*names)
    return [dict(zip(names, values(row), strict=True)) for row in rows]


_NAMES: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (
        PersonRow,
        TieRow,
        TalkRow,
        KeptRow,
        ReflectionRow,
        CheckInRow,
        AppointmentRow,
        OutboxRow,
        DoneRow,
    )
}
