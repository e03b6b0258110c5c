"""How things stand on a stage, as a transcript's `=` lines claim it."""

from __future__ import annotations

from conversations.flow import Collect
from conversations.items import items_in
from conversations.shelf import Row
from conversations.stage import Stage, StageError
from conversations.turn import Tie


def fact(stage: Stage, name: str) -> str:
    """How something stands now, as a `=` line says it; empty where there is nothing."""
    state = stage.state
    if name == "kept" or name.startswith("kept.") or name == "direction":
        return _shelf(stage, name)
    if name in ("tie", "ties"):
        here = stage.ties.values()
        mine = [t for t in here if state is not None and t.number == state.tie]
        return " / ".join(_tie(tie) for tie in (mine if name == "tie" else here))
    if name == "marks":
        return " ".join(sorted(stage.known(None).marks))
    if name == "daily":
        return " / ".join(f"{kind} {at:%H:%M}" for kind, at in stage.daily.items())
    if name == "prefers":
        return " / ".join(f"{what} {' '.join(v)}" for what, v in stage.prefers.items())
    if name == "remind":
        return " / ".join(f"{step} {at:%Y-%m-%d %H:%M}" for at, _, step in stage.reminders)
    if state is None:
        raise StageError("no talk has begun")
    if name in ("at", "finished"):
        return {"at": state.at or "", "finished": "yes" if state.finished else "no"}[name]
    step, _, what = name.partition(".")
    answer = state.answers.get(step)
    if answer is None:
        return ""
    leaf = stage.library.flows[state.flow].leaf(step)
    if leaf is not None and isinstance(leaf.step, Collect):
        return " / ".join(part.text for part in items_in(answer))
    if what == "earlier":
        return " / ".join(answer.earlier)
    return ", ".join([*answer.chosen, *([answer.text] if answer.text else [])])


def _tie(tie: Tie) -> str:
    facts = [f"{name}={value}" for name, value in tie.facts.items() if value]
    return " ".join([tie.kind, *facts, f"lean={tie.lean}"])


def _shelf(stage: Stage, name: str) -> str:
    if name == "direction":
        return " / ".join(row.direction for row in stage.kept.rows)
    if name == "kept":
        return " / ".join(row.text for row in stage.kept.rows)
    return " / ".join(_kept(r) for r in stage.kept.in_order() if f"kept.{r.kind}" == name)


def _kept(row: Row) -> str:
    """Its words; what was said about an item stands behind them."""
    facts = ", ".join(f"{name}={value}" for name, value in row.facts.items())
    return f"{row.text} ({facts})" if facts else row.text
