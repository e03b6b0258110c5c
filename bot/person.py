"""A person as the turns see them: their rows opened, and sealed again when they change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.storage.rows import KeptRow, PersonRow, TalkRow, TieRow
from bot.storage.sealing import Keyring, PersonKey
from conversations.known import LASTING
from conversations.schedule import zone_of
from conversations.turn import Known, State, Tie

DEFAULT_LANGUAGE = "en"


def epoch_ms(at: datetime) -> int:
    """Milliseconds since 1970, UTC, of an aware time."""
    return int(at.timestamp() * 1000)


def from_ms(at: int) -> datetime:
    """The aware UTC time of epoch milliseconds."""
    return datetime.fromtimestamp(at / 1000, UTC)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is remembered of a person besides their words; sealed as one piece.

    `marks` run until a time (epoch ms, UTC); `heard` is what the last of them came from. `asking`
    is a question outside of any talk that waits for an answer, `held` the messages (text, id) that
    came while nothing was asked, `typed` what the newest buttons mean when they are typed, `undo`
    what was removed last, `faults` how often handling failed in a row.

    `quiet_begins` and `quiet_ends` are local times, empty for the usual ones; `quiet_until` (epoch
    ms, UTC) is the end of `/quiet`, 0 where it does not hold. `hard_dates` are `HardDate`s as
    JSON. With `around` everything comes around its hour; `off` are the daily kinds turned off.
    `affirm` is what they practise (`commands.affirm_practice`). `leaving` (epoch ms, UTC) is when
    they were told that what nobody comes back for is erased. `lock` is the PIN's (`commands.lock`),
    `hide_word` a word of their own for `/hide`, folded; `hides_after` a length ("1h") after which a
    talk is followed by `/hide`. `marks_asked` is the local day (ISO) on which it was last asked
    whether a mark whose time is over shall hold on.
    """

    country: str | None = None
    marks: Mapping[str, int] = field(default_factory=dict)
    heard: Mapping[str, Any] = field(default_factory=dict)
    asking: Mapping[str, Any] = field(default_factory=dict)
    held: Sequence[Sequence[Any]] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    undo: Mapping[str, Any] = field(default_factory=dict)
    faults: int = 0
    quiet_begins: str = ""
    quiet_ends: str = ""
    quiet_until: int = 0
    hard_dates: Sequence[Mapping[str, Any]] = ()
    around: bool = False
    off: Sequence[str] = ()
    affirm: Mapping[str, Any] = field(default_factory=dict)
    leaving: int = 0
    lock: Mapping[str, Any] = field(default_factory=dict)
    hide_word: str = ""
    hides_after: str = ""
    marks_asked: str = ""

    def to_json(self) -> bytes:
        """Compact JSON without what is empty."""
        return json.dumps({k: v for k, v in asdict(self).items() if v}).encode()

    @staticmethod
    def from_json(data: bytes) -> Profile:
        """The profile back from `to_json`."""
        return Profile(**json.loads(data))


@dataclass(frozen=True, slots=True)
class Keepsake:
    """Words a person keeps. `talk` and `step` tell where they were said, `by` what kept them.

    `listened` is true where something was heard in them: such words never come back by themselves.
    `facts` is what was said about one item of a list (by the step that asked), `done` a tick,
    `due` a local day, or day and time (ISO); what `rests` stays, and is not handed back. Of words
    that came in several messages `pieces` has (characters, message id) of each, in their order.
    """

    id: int
    kind: str
    text: str
    at: int
    position: float
    direction: str = "open"
    tie: int | None = None
    flow: str = ""
    talk: int | None = None
    step: str = ""
    by: str = ""
    message: int | None = None
    listened: bool = False
    earlier: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    done: bool = False
    due: str = ""
    rests: bool = False
    pieces: Sequence[Sequence[int]] = ()

    _IN_CLEAR = ("id", "at", "position", "message")

    def seal(self, person: int, key: PersonKey) -> KeptRow:
        """The row, its body sealed."""
        body = {k: v for k, v in asdict(self).items() if v and k not in self._IN_CLEAR}
        sealed = key.seal("kept.body", json.dumps(body, ensure_ascii=False).encode())
        return KeptRow(self.id, person, self.message, self.position, self.at, sealed)

    @staticmethod
    def open(row: KeptRow, key: PersonKey) -> Keepsake:
        """The keepsake of a row."""
        body = json.loads(key.open("kept.body", row.body))
        body["earlier"] = tuple(body.get("earlier", ()))
        return Keepsake(id=row.id, at=row.at, position=row.position, message=row.message_id, **body)


class Person:
    """One person within one batch; what changes is sealed and written when the batch is."""

    __slots__ = ("_changed", "key", "profile", "row", "talk", "ties")

    def __init__(
        self,
        row: PersonRow,
        key: PersonKey,
        profile: Profile,
        ties: Mapping[int, Tie],
        talk: State | None,
    ) -> None:
        self.row, self.key, self.profile = row, key, profile
        self.ties: Mapping[int, Tie] = ties
        self.talk = talk
        self._changed: frozenset[str] = frozenset()

    @classmethod
    def open(
        cls, row: PersonRow, ties: list[TieRow], talk: TalkRow | None, keyring: Keyring
    ) -> Person:
        """Unseal a person's rows; raises Unsealable where they were tampered with."""
        key = keyring.unwrap(row.id, row.wrapped)
        opened = {tie.number: _open_tie(tie, key) for tie in ties}
        state = None
        if talk is not None:
            state = State.from_json(key.open("talks.body", talk.body).decode())
        profile = Profile.from_json(key.open("people.profile", row.profile))
        return cls(row, key, profile, opened, state)

    @classmethod
    def new(cls, chat: int, now: int, keyring: Keyring) -> Person:
        """Someone who has just agreed."""
        key, wrapped = keyring.new_person_key(chat)
        row = PersonRow(
            chat, DEFAULT_LANGUAGE, None, now, now, None, None, 1, 1, None, None, b"", wrapped
        )
        return cls(row, key, Profile(), {}, None)

    # --- reading -------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The language they are spoken to in."""
        return self.row.language

    def local(self, now: datetime) -> datetime:
        """The time on their own clock; UTC where it was never asked."""
        return now.astimezone(zone_of(self.row.zone))

    def marks(self, now: datetime) -> frozenset[str]:
        """The marks in force; some hold beyond their time, until the person has said so."""
        at = epoch_ms(now)
        return frozenset(
            mark for mark, until in self.profile.marks.items() if until > at or mark in LASTING
        )

    def marks_over(self, now: datetime) -> frozenset[str]:
        """Those of them whose time is over, which is to be asked about."""
        at = epoch_ms(now)
        return frozenset(m for m in self.marks(now) if self.profile.marks[m] <= at)

    def known(self, now: datetime) -> Known:
        """What the engine may know."""
        return Known(
            at=self.local(now),
            language=self.language,
            ties=tuple(self.ties.values()),
            next_tie=self.row.next_tie,
            marks=self.marks(now),
        )

    # --- changing ------------------------------------------------------------------------------

    def keep_profile(self, **changes: Any) -> None:
        """Change the profile."""
        self.profile = replace(self.profile, **changes)
        self._changed |= {"profile"}

    def keep_tie(self, tie: Tie) -> None:
        """Add or change a tie."""
        self.ties = {**self.ties, tie.number: tie}
        self._changed |= {f"tie.{tie.number}"}

    def snapshot(self) -> tuple[Any, ...]:
        """All of it as it is, for `restore`."""
        return (replace(self.row), self.profile, self.ties, self.talk, self._changed)

    def restore(self, snapshot: tuple[Any, ...]) -> None:
        """Undo everything since the snapshot."""
        self.row, self.profile, self.ties, self.talk, self._changed = snapshot

    # --- sealing -------------------------------------------------------------------------------

    def sealed_row(self) -> PersonRow:
        """The row to write."""
        if "profile" in self._changed or not self.row.profile:
            self.row.profile = self.key.seal("people.profile", self.profile.to_json())
        return self.row

    def sealed_ties(self) -> list[TieRow]:
        """The ties that changed."""
        return [
            TieRow(self.row.id, tie.number, self.key.seal("ties.body", _tie_json(tie)))
            for tie in self.ties.values()
            if f"tie.{tie.number}" in self._changed
        ]

    def seal_talk(self, state: State, now: int) -> TalkRow:
        """A talk's row."""
        return TalkRow(
            self.row.id, state.talk, now, self.key.seal("talks.body", state.to_json().encode())
        )


def _tie_json(tie: Tie) -> bytes:
    return json.dumps(asdict(tie), ensure_ascii=False).encode()


def _open_tie(row: TieRow, key: PersonKey) -> Tie:
    return Tie(**json.loads(key.open("ties.body", row.body)))
