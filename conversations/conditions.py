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
    """One name and the values it may have.

    `tie.…` names a fact; `kept.…` (a kind of kept words) and `lists.…` are "some" or "none";
    anything else is an answer.
    """

    name: str
    values: tuple[str, ...]

    @property
    def on_fact(self) -> bool:
        """Facts that were never asked hold; answers never given do not."""
        return self.name.startswith(("tie.", "kept."))

    @property
    def on_list(self) -> bool:
        """Whether a list is empty depends on the answers before."""
        return self.name.startswith("lists.")


class Clause(Strict):
    """All of these, and none of those."""

    all_of: tuple[Test, ...] = ()
    none_of: tuple[Test, ...] = ()


def _tests(raw: Mapping[str, Any]) -> tuple[Test, ...]:
    tests: list[Test] = []
    for name, value in raw.items():
        if name in ("tie", "kept", "lists") and isinstance(value, dict):
            tests += [Test(name=f"{name}.{t.name}", values=t.values) for t in _tests(value)]
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


Pairs = tuple[tuple[str, frozenset[str]], ...]


class Check(NamedTuple):
    """A clause made quick to look up: names and the values they may, or may not, have."""

    facts: Pairs
    answers: Pairs
    no_facts: Pairs
    no_answers: Pairs
    lists: Pairs = ()
    no_lists: Pairs = ()

    def about(self, item: str, names: frozenset[str]) -> Check:
        """The same check of one item: what is asked for every item means the answer for this."""

        def of_item(pairs: Pairs) -> Pairs:
            return tuple((f"{n}@{item}" if n in names else n, values) for n, values in pairs)

        answers, no_answers = of_item(self.answers), of_item(self.no_answers)
        return self._replace(answers=answers, no_answers=no_answers)


def quick_check(clause: Clause) -> Check:
    """The clause, quick to look up."""

    def pairs(tests: tuple[Test, ...], what: str) -> Pairs:
        return tuple(
            (t.name.removeprefix("tie.").removeprefix("lists."), frozenset(t.values))
            for t in tests
            if what == ("fact" if t.on_fact else "list" if t.on_list else "answer")
        )

    return Check(
        pairs(clause.all_of, "fact"),
        pairs(clause.all_of, "answer"),
        pairs(clause.none_of, "fact"),
        pairs(clause.none_of, "answer"),
        pairs(clause.all_of, "list"),
        pairs(clause.none_of, "list"),
    )
