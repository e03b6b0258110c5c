"""All that is kept of one person, as one value: written as JSON, and read back from it.

The file's format has a version. What is of the hour only (a question that waits, the newest
buttons, a PIN) is not in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from bot.appointments import Appointment
from bot.check_ins import CheckIn
from bot.person import Keepsake, Person, Profile
from bot.storage import appointments, people, words
from bot.storage.connection import Connection
from bot.storage.sealing import Keyring
from conversations.turn import State, Tie

if TYPE_CHECKING:
    from pydantic import TypeAdapter

#: Bytes of a file that is read back.
LARGEST = 5_000_000
#: What of a profile is not taken along.
_OF_THE_HOUR = ("asking", "typed", "undo", "faults", "heard", "leaving", "lock")


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """One person's; times and ids are as they are stored."""

    format: Literal["threshold"] = "threshold"
    version: Literal[1] = 1
    ties: Sequence[Tie]
    kept: Sequence[Keepsake]
    talks: Sequence[State]
    reflections: Sequence[State]
    check_ins: Sequence[CheckIn]
    appointments: Sequence[Appointment]
    profile: Profile
    language: str
    zone: str | None

    def to_json(self) -> bytes:
        """The file, UTF-8, every word code point for code point."""
        return _adapter().dump_json(self)

    @staticmethod
    def from_json(data: bytes) -> Everything:
        """Back from `to_json`; ValueError where it is no such file, or of another version."""
        return _adapter().validate_json(data)


@cache
def _adapter() -> TypeAdapter[Everything]:
    # Made at its first use: few ever need it, and it takes memory.
    from pydantic import TypeAdapter  # noqa: PLC0415

    return TypeAdapter(Everything)


async def gather(conn: Connection, keyring: Keyring, number: int) -> Everything | None:
    """All that is kept of the person of that id; None where nobody is known by it."""
    rows = await people.load_people(conn, [number])
    if number not in rows:
        return None
    ties = await people.load_ties(conn, [number])
    person = Person.open(rows[number], ties.get(number, []), None, keyring)
    key = person.key
    return Everything(
        ties=list(person.ties.values()),
        kept=[Keepsake.open(row, key) for row in await words.load_kept(conn, number)],
        talks=[
            State.from_json(key.open("talks.body", row.body).decode())
            for row in await people.load_all_talks(conn, number)
        ],
        reflections=[
            State.from_json(key.open("reflections.body", row.body).decode())
            for row in await words.load_reflections(conn, number)
        ],
        check_ins=[CheckIn.open(row, key) for row in await words.load_check_ins(conn, number)],
        appointments=[
            Appointment.open(row, person)
            for row in await appointments.load_appointments(conn, number)
        ],
        profile=taken_along(person.profile),
        language=person.row.language,
        zone=person.row.zone,
    )


def taken_along(profile: Profile) -> Profile:
    """What of a profile stands in the file."""
    empty = asdict(Profile())
    return replace(profile, **{name: empty[name] for name in _OF_THE_HOUR})
