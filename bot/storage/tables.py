"""The tables. In clear only ids, times, zone, language and counts; all bodies are sealed.

Times are epoch milliseconds, UTC. Ids of `kept`, `appointments` and `outbox` come from
`ids.IdSource`, never from the database, so that rows can point at each other before they are
written.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    and_,
)

# The migrations, oldest first; the last is the one these tables describe.
REVISIONS = ("0001", "0002")

metadata = MetaData()


def _key(name: str, kind: type[BigInteger | Integer] = BigInteger) -> Column[int]:
    return Column(name, kind(), primary_key=True, autoincrement=False)


def _id(name: str = "id") -> Column[int]:
    # By this name of the type SQLite finds a row by its id at once, without an index beside.
    return Column(
        name, BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )


def _digest() -> Column[bytes]:
    return Column("digest", LargeBinary, primary_key=True)


def _number(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=null)


def _sealed(name: str, *, null: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=null)


# A table whose whole row is its key is stored once, not as a table and an index.
_COMPACT: dict[str, Any] = {"sqlite_with_rowid": False}

people = Table(
    "people",
    metadata,
    _id(),  # the id of the private chat
    Column("language", String, nullable=False),
    Column("zone", String, nullable=True),
    _number("created_at"),
    _number("seen_at"),
    _number("unreachable_since", null=True),
    Column("active_talk", Integer, nullable=True),
    Column("next_talk", Integer, nullable=False),
    Column("next_tie", Integer, nullable=False),
    _number("newest_row", null=True),  # the outbox row of the screen that stands newest
    _number("last_message", null=True),  # the newest message id of the person
    _sealed("profile"),
)

# A table of its own: destroying this small row makes everything else unreadable.
keys = Table("keys", metadata, _id("person_id"), _sealed("wrapped"))

ties = Table(
    "ties",
    metadata,
    _key("person_id"),
    _key("number", Integer),
    _sealed("body"),
)

talks = Table(
    "talks",
    metadata,
    _key("person_id"),
    _key("number", Integer),
    _number("updated_at"),
    _sealed("body"),
    Column("nudged", Boolean, nullable=False),
)
# Talks that were left a while ago, of which nobody was reminded.
Index("talks_left", talks.c.updated_at, sqlite_where=talks.c.nudged.is_(False))

kept = Table(
    "kept",
    metadata,
    _id(),
    _number("person_id"),
    _number("message_id", null=True),
    Column("position", Float(53), nullable=False),
    _number("at"),
    _sealed("body"),
    Index("kept_person_message", "person_id", "message_id"),
)

reflections = Table(
    "reflections",
    metadata,
    _key("person_id"),
    _key("talk", Integer),
    _number("finished_at"),
    _sealed("body"),
)

check_ins = Table(
    "check_ins",
    metadata,
    _key("person_id"),
    _key("day", Integer),  # the local day, as date.toordinal counts
    _number("at"),
    _sealed("body"),
)

appointments = Table(
    "appointments",
    metadata,
    _id(),
    _number("person_id"),
    _number("next_at"),
    Column("slot", String, nullable=False),
    _sealed("body"),
    Column("rank", SmallInteger, nullable=False),  # which goes first: 1 to 8
    Index("appointments_due", "rank", "next_at", "id"),
    Index("appointments_person", "person_id"),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    _number("chat_id"),
    _number("person_id", null=True),  # null: sealed by the house, for someone not known
    Column("priority", SmallInteger, nullable=False),
    _number("created_at"),
    _number("not_before", null=True),
    _number("expires_at", null=True),
    _number("follows", null=True),
    Column("attempts", Integer, nullable=False),
    _number("message_id", null=True),
    _number("done_at", null=True),
    Column("failed", Boolean, nullable=False),
    _sealed("body", null=True),
    _number("appointment", null=True),  # what the clock sent it for, and for which time
    Column("slot", String, nullable=True),
    _number("opened_at", null=True),
    Index("outbox_chat", "chat_id"),
)
# Naming PostgreSQL here would load SQLAlchemy's whole dialect for it, 2 MB, into a bot on SQLite.
Index("outbox_pending", outbox.c.id, sqlite_where=outbox.c.done_at.is_(None))
Index("outbox_done", outbox.c.done_at, sqlite_where=outbox.c.done_at.is_not(None))
Index(
    "outbox_slot",
    outbox.c.appointment,
    outbox.c.slot,
    unique=True,
    sqlite_where=outbox.c.appointment.is_not(None),
)
Index(
    "outbox_unopened",
    outbox.c.opened_at,
    outbox.c.done_at,
    sqlite_where=and_(outbox.c.appointment.is_not(None), outbox.c.message_id.is_not(None)),
)

received = Table(
    "received",
    metadata,
    _key("chat_id"),
    _key("message_id"),
    _number("at"),
    Index("received_at", "at"),
    **_COMPACT,
)

seen_updates = Table(
    "seen_updates",
    metadata,
    _digest(),
    _number("at"),
    Index("seen_updates_at", "at"),
    **_COMPACT,
)

in_hand = Table(
    "in_hand",
    metadata,
    _digest(),
    Column("deaths", Integer, nullable=False),
    _number("at"),
)

set_aside = Table(
    "set_aside",
    metadata,
    _digest(),
    _number("person_id", null=True),
    _number("at"),
    _sealed("body"),
    Index("set_aside_person", "person_id"),
)

facts = Table(
    "facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

erasures = Table("erasures", metadata, _digest(), _number("at"))
