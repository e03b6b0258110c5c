"""Lists beside the steps of a flow: the items of a step, narrowed by what is said of each item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field, model_validator

from conversations.conditions import Strict


class ListOf(Strict):
    """The items of a `collect` or `pick` (or of another list) for which all of `where` holds.

    `where` and `none_of` (`not` in a file): by a step of an `each` over the same items, the answers
    it may (not) have. `own` leaves out what was ticked: only the person's own words are left.
    """

    of: str
    own: bool = False
    where: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    none_of: Mapping[str, tuple[str, ...]] = Field(default_factory=dict, alias="not")

    @model_validator(mode="before")
    @classmethod
    def _written(cls, raw: Any) -> Any:
        """A single answer is a list of one; a `not` may stand within `where`, as in `when`."""
        if not isinstance(raw, dict):
            return raw
        where = raw.get("where", {})
        none_of = raw.get("not", {})
        if isinstance(where, dict) and isinstance(none_of, dict):
            none_of = {**none_of, **where.get("not", {})}
            where = {name: value for name, value in where.items() if name != "not"}
            told = {"where": _several(where), "not": _several(none_of)}
            return {**raw, **{name: table for name, table in told.items() if table}}
        return raw

    @property
    def asked(self) -> tuple[str, ...]:
        """The steps whose answers narrow it."""
        return (*self.where, *self.none_of)

    def holds(self, item: str, given: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether an item belongs to it; an answer that was never given says nothing."""
        if self.own and not item.isdecimal():
            return False
        return all(
            {*values} & {*given.get(f"{name}@{item}", ())} for name, values in self.where.items()
        ) and not any(
            {*values} & {*given.get(f"{name}@{item}", ())} for name, values in self.none_of.items()
        )


def _several(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else (value,) for name, value in table.items()
    }
