"""Check-ins, repeating appointments, scheduled messages that know what they are for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

#: The rank of a reminder: all that was there to come until now.
_REMINDER = "4"
#: Tables whose rows SQLite is to find without an index beside, and their keys.
_FOUND_BY_ID = {
    "people": "id",
    "keys": "person_id",
    "kept": "id",
    "appointments": "id",
    "outbox": "id",
}


def upgrade() -> None:
    """Add the tables, columns and indexes of the second version."""
    for table, key in _FOUND_BY_ID.items():
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.alter_column(
                key, type_=sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=False
            )
    op.create_table(
        "check_ins",
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    # Talks of before are left in peace: they may be months old.
    _add("talks", sa.Column("nudged", sa.Boolean), "TRUE")
    op.create_index("talks_left", "talks", ["updated_at"], sqlite_where=sa.text("nudged IS 0"))
    op.drop_index("appointments_next_at", "appointments")
    _add("appointments", sa.Column("rank", sa.SmallInteger), _REMINDER)
    op.create_index("appointments_due", "appointments", ["rank", "next_at", "id"])
    with op.batch_alter_table("outbox", recreate="never") as batch:
        batch.add_column(sa.Column("appointment", sa.BigInteger))
        batch.add_column(sa.Column("slot", sa.String))
        batch.add_column(sa.Column("opened_at", sa.BigInteger))
    done = sa.text("done_at IS NOT NULL")
    op.create_index("outbox_done", "outbox", ["done_at"], sqlite_where=done)
    op.create_index(
        "outbox_slot",
        "outbox",
        ["appointment", "slot"],
        unique=True,
        sqlite_where=sa.text("appointment IS NOT NULL"),
    )
    op.create_index(
        "outbox_unopened",
        "outbox",
        ["opened_at", "done_at"],
        sqlite_where=sa.text("appointment IS NOT NULL AND message_id IS NOT NULL"),
    )
    op.create_index("received_at", "received", ["at"])


def _add(table: str, column: "sa.Column[object]", value: str) -> None:
    """A column that is never empty; the rows of before get `value`, later ones say theirs."""
    with op.batch_alter_table(table, recreate="never") as batch:
        batch.add_column(column)
    op.execute(sa.text(f"UPDATE {table} SET {column.name} = {value}"))  # noqa: S608 - from above
    with op.batch_alter_table(table, recreate="always") as batch:
        batch.alter_column(column.name, nullable=False)
