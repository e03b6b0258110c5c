"""When a step is on the path: conditions over earlier answers and facts of the tie, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict

from conversations.turn import PEOPLE


class Strict(BaseModel):
    """Unknown keys and wrong types are faults; nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Test(Strict):
    """One name and the values it may have. `tie.…` names a fact, anything else an answer."""

    name: str
    values: tuple[str, ...]

    @property
    def on_fact(self) -> bool:
        """Facts that were never asked hold; answers never given do not."""
        return self.name.startswith("tie.")


class Clause(Strict):
    """All of these, and none of those."""

    all_of: tuple[Test, ...] = ()
    none_of: tuple[Test, ...] = ()


def _tests(raw: Mapping[str, Any]) -> tuple[Test, ...]:
    tests: list[Test] = []
    for name, value in raw.items():
        if name == "tie" and isinstance(value, dict):
            tests += [Test(name=f"tie.{t.name}", values=t.values) for t in _tests(value)]
            continue
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list | tuple) or not all(isinstance(v, str) for v in values):
            raise ValueError(f"the condition on {name} needs a word or a list of words")
        meant = [kind for v in values for kind in (PEOPLE if v == "people" else (v,))]
        tests.append(Test(name=name, values=tuple(meant)))
    return tuple(tests)


def _clauses(raw: object) -> tuple[Clause, ...]:
    tables = [raw] if isinstance(raw, dict) else raw
    if not isinstance(tables, list | tuple) or not all(isinstance(t, dict) for t in tables):
        raise ValueError("it is a table of conditions, or a list of such tables")
    return tuple(
        Clause(
            all_of=_tests({k: v for k, v in table.items() if k != "not"}),
            none_of=_tests(table.get("not", {})),
        )
        for table in tables
    )


When = Annotated[tuple[Clause, ...], BeforeValidator(_clauses)]


class Check(NamedTuple):
    """A clause made quick to look up: names and the values they may, or may not, have."""

    facts: tuple[tuple[str, frozenset[str]], ...]
    answers: tuple[tuple[str, frozenset[str]], ...]
    no_facts: tuple[tuple[str, frozenset[str]], ...]
    no_answers: tuple[tuple[str, frozenset[str]], ...]


def quick_check(clause: Clause) -> Check:
    def pairs(tests: tuple[Test, ...], on_fact: bool) -> tuple[tuple[str, frozenset[str]], ...]:
        return tuple(
            (t.name.removeprefix("tie."), frozenset(t.values))
            for t in tests
            if t.on_fact == on_fact
        )

    return Check(
        pairs(clause.all_of, True),
        pairs(clause.all_of, False),
        pairs(clause.none_of, True),
        pairs(clause.none_of, False),
    )
