"""What is to come for a person: reminders, timers, check-ins, affirmations; opened and sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_args

from bot.outbox import AFFIRMATION, CHECK_IN, REMINDER, TIMER
from bot.person import Person, epoch_ms, from_ms
from bot.storage.rows import AppointmentRow
from bot.telegram_out import base36
from conversations.appointments import Repeat
from conversations.lateness import Kind as Rule
from conversations.quiet import Quiet
from conversations.singles import Single

Kind = Literal[
    "second_look",
    "look_again",
    "timer",
    "reminder",
    "affirmation",
    "check_in",
    "look_back",
    "nudge",
    "hide",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

_PRIORITY = {"timer": TIMER, "check_in": CHECK_IN, "affirmation": AFFIRMATION}


@dataclass(frozen=True, slots=True)
class Appointment:
    """One thing to come; `repeat` tells a repeating one from a single one.

    `next_at` is epoch milliseconds, UTC. `slot` names that one time: the local ISO date of a
    repeating appointment, the UTC milliseconds of a single one. `local` is the wished local time
    of a single one, ISO without a zone, empty for a length of time. `talk` and `step` are what it
    comes back to, `flow` is the exercise a reminder opens, `text` the person's own word for it.
    `item` is the kept item whose date it is.
    `held` says why a single one is due at another time than the wished one; `of` names what a
    put-off one was put off from, as `name`.
    """

    id: int
    next_at: int
    slot: str
    kind: Kind
    local: str = ""
    repeat: Repeat | None = None
    talk: int = 0
    step: str = ""
    flow: str = ""
    text: str = ""
    held: Literal["", "moved", "late"] = ""
    of: str = ""
    item: int = 0

    @staticmethod
    def repeating(number: int, kind: Kind, repeat: Repeat, **more: Any) -> Appointment:
        """A repeating appointment; its time and slot are those of `repeat`."""
        return Appointment(
            number,
            epoch_ms(repeat.next_at),
            repeat.slot.isoformat(),
            kind,
            repeat=repeat,
            **more,
        )

    @staticmethod
    def single(number: int, kind: Kind, once: Single, **more: Any) -> Appointment:
        """An appointment that comes once, at the time of `once`."""
        at = epoch_ms(once.next_at)
        local = once.local.isoformat() if once.local else ""
        held = once.held or ""
        return Appointment(number, at, str(at), kind, local=local, held=held, **more)

    def then(self, rule: Repeat | Single) -> Appointment:
        """The same appointment at the time of another rule."""
        fields = ("talk", "step", "flow", "text", "of", "item")
        kept = {name: getattr(self, name) for name in fields}
        if isinstance(rule, Repeat):
            return Appointment.repeating(self.id, self.kind, rule, **kept)
        return Appointment.single(self.id, self.kind, rule, **kept)

    def rule(self, zone: str, quiet: Quiet) -> Repeat | Single:
        """The rule it follows; a single one goes by the person's zone and quiet hours of now."""
        if self.repeat is not None:
            return self.repeat
        local = datetime.fromisoformat(self.local) if self.local else None
        return Single(
            next_at=from_ms(self.next_at),
            zone=zone,
            quiet=quiet,
            local=local,
            held=self.held or None,
        )

    def name(self, slot: str) -> str:
        """Which one, and which time of it: as buttons say it."""
        return f"{base36(self.id)}.{slot}"

    @property
    def lateness(self) -> Rule:
        """What the rules of lateness take it for."""
        return Rule.REMINDER if self.kind in ("second_look", "look_again") else Rule(self.kind)

    @property
    def priority(self) -> int:
        """The outbox's priority."""
        return _PRIORITY.get(self.kind, REMINDER)

    @property
    def rank(self) -> int:
        """Which is claimed first: by priority, and among equals what was left out yesterday."""
        first = self.repeat is not None and self.repeat.first
        return 2 * self.priority - first

    def seal(self, person: Person) -> AppointmentRow:
        """The row, its body sealed."""
        body: dict[str, Any] = {"kind": self.kind}
        body |= {name: value for name in _WORDS if (value := getattr(self, name))}
        if self.repeat is not None:
            body["repeat"] = self.repeat.body()
        sealed = person.key.seal("appointments.body", json.dumps(body).encode())
        return AppointmentRow(self.id, person.row.id, self.next_at, self.slot, sealed, self.rank)

    @staticmethod
    def open(row: AppointmentRow, person: Person) -> Appointment:
        """The appointment of a row."""
        body = json.loads(person.key.open("appointments.body", row.body))
        made = Appointment(row.id, row.next_at, row.slot, **{**body, "repeat": None})
        if written := body.get("repeat"):
            slot = datetime.fromisoformat(row.slot).date()
            return replace(made, repeat=Repeat.read(from_ms(row.next_at), slot, written))
        return made


_WORDS = ("local", "talk", "step", "flow", "text", "held", "of", "item")
