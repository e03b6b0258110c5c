"""Where databases differ in their statements: the insert that knows what to do about a conflict.

PostgreSQL's `insert` has the same methods; it is the only thing to exchange here.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import Insert, insert


def insert_new(table: Table) -> Insert:
    """Insert only the rows whose key is not there yet; `.returning()` gives back only those."""
    return insert(table).on_conflict_do_nothing(index_elements=_key(table))


def upsert(table: Table) -> Insert:
    """Insert the rows, or replace every other column where the key is there already."""
    rest = [column.name for column in table.columns if not column.primary_key]
    return insert_or(table, lambda given: {name: given[name] for name in rest})


def insert_or(table: Table, change: Callable[[Any], dict[str, Any]]) -> Insert:
    """Insert the rows, or change the one that is there; `change` is called with the given row."""
    statement = insert(table)
    return statement.on_conflict_do_update(
        index_elements=_key(table), set_=change(statement.excluded)
    )


def _key(table: Table) -> list[str]:
    return [column.name for column in table.primary_key.columns]
