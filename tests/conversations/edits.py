"""Flows as an editor might leave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations.flow import Flow, Group


def changed(flow: Flow, **fields: Any) -> Flow:
    """The flow with other fields; a new one, that has worked nothing out yet."""
    now = {name: getattr(flow, name) for name in Flow.model_fields}
    return Flow.model_construct(**{**now, **fields})


def without(flow: Flow, gone: str) -> Flow:
    """The flow with one step taken out."""
    return changed(flow, steps=_renamed(flow.steps, {gone: None}))


def renamed(flow: Flow, names: Mapping[str, str]) -> Flow:
    """The flow with steps moved to new names, as `[renamed]` says."""
    return changed(flow, steps=_renamed(flow.steps, names), renamed=dict(names))


def _renamed(steps: Mapping[str, Any], names: Mapping[str, str | None]) -> dict[str, Any]:
    return {
        new: item.model_copy(update={"steps": _renamed(item.steps, names)})
        if isinstance(item, Group)
        else item
        for old, item in steps.items()
        if (new := names.get(old, old)) is not None
    }
