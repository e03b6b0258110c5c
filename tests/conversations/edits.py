"""Flows as an editor might leave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations.flow import Choose, Each, Flow, Group, Pick
from conversations.lists import ListOf


def changed(flow: Flow, **fields: Any) -> Flow:
    """The flow with other fields; a new one, that has worked nothing out yet."""
    now = {name: getattr(flow, name) for name in Flow.model_fields}
    return Flow.model_construct(**{**now, **fields})


def without(flow: Flow, gone: str) -> Flow:
    """The flow with one step taken out."""
    return changed(flow, steps=_renamed(flow.steps, {gone: None}))


def renamed(flow: Flow, names: Mapping[str, str]) -> Flow:
    """The flow with steps moved to new names, as `[renamed]` says."""
    now = {old: names.get(old, old) for old in (*flow.by_id, *flow.lists)}
    lists = {now[name]: _list_renamed(made, now) for name, made in flow.lists.items()}
    steps = _followed(_renamed(flow.steps, names), now)
    return changed(flow, steps=steps, lists=lists, renamed=dict(names))


def _list_renamed(made: ListOf, now: Mapping[str, str]) -> ListOf:
    where = {now.get(name, name): values for name, values in made.where.items()}
    return made.model_copy(update={"of": now.get(made.of, made.of), "where": where})


def _followed(steps: Mapping[str, Any], now: Mapping[str, str]) -> dict[str, Any]:
    """The steps with what they go over and choose from by its new name, as an editor leaves it."""
    followed = {}
    for name, item in steps.items():
        update: dict[str, Any] = {}
        if isinstance(item, Group | Each):
            update["steps"] = _followed(item.steps, now)
        if isinstance(item, Each):
            update["each"] = now.get(item.each, item.each)
        if isinstance(item, Choose | Pick):
            update["of"] = tuple(now.get(of, of) for of in item.of)
        followed[name] = item.model_copy(update=update)
    return followed


def _renamed(steps: Mapping[str, Any], names: Mapping[str, str | None]) -> dict[str, Any]:
    return {
        new: item.model_copy(update={"steps": _renamed(item.steps, names)})
        if isinstance(item, Group | Each)
        else item
        for old, item in steps.items()
        if (new := names.get(old, old)) is not None
    }
