"""Every way through a flow, walked: which step can follow which, and a drawing of it in Mermaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby, pairwise, product
from math import prod

from conversations.checker import choices_of
from conversations.conditions import Clause, Test
from conversations.faults import Fault
from conversations.flow import Choose, Flow, Leaf, Pick
from conversations.items import DONE
from conversations.lists import ListOf
from conversations.turn import KINDS, PEOPLE, Answer, KeptLine, Known, Part, State, Tie
from conversations.way import Way

#: Combinations of answers, kinds and marks that are walked at the most.
COMBINATIONS = 200_000
START, END = "start", "end"
#: What a condition says of kept words that there are.
SOME = "some"
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Chart:
    """The steps that can follow one another, in the order of the file."""

    flow: Flow
    edges: tuple[tuple[str, str], ...]

    @property
    def faults(self) -> list[Fault]:
        """Steps that no way reaches, and steps that no way leads out of."""
        file = f"{self.flow.id}.toml"
        into, out_of = {b for _, b in self.edges}, {a for a, _ in self.edges}
        lost = [
            Fault(file, leaf.id, "No answers lead here; its conditions cannot hold together.")
            for leaf in self.flow.leaves
            if leaf.id not in into
        ]
        stuck = [
            Fault(file, leaf.id, "Nothing comes after this step.")
            for leaf in self.flow.leaves
            if leaf.id in into and leaf.id not in out_of
        ]
        return lost + stuck

    def mermaid(self) -> str:
        """The flow as a Mermaid chart: a box a step, conditions on the arrows that need them."""
        lines = ["flowchart TD", f"  {START}([{_quoted('/' + self.flow.command)}])"]
        lines += [f"  {leaf.id}[{_quoted(_box(leaf))}]" for leaf in self.flow.leaves]
        lines += [f"  %% {name}: {_made(made)}" for name, made in self.flow.lists.items()]
        lines.append(f"  {END}([{_quoted('the end')}])")
        for a, b in self.edges:
            leaf = self.flow.by_id.get(b)
            why = _conditions(leaf) if leaf else ""
            arrow = f"-->|{_quoted(why)}|" if why else "-->"
            lines.append(f"  {a} {arrow} {b}")
        return "\n".join(lines)


def chart(flow: Flow) -> Chart:
    """The chart of a flow, from walking every combination that its conditions can tell apart.

    ValueError where there are more than `COMBINATIONS` of them.
    """
    found: dict[tuple[str, str], None] = {}
    for ids in _ways(flow):
        for edge in pairwise((START, *ids, END)):
            found[edge] = None
    place = {START: -1, **{leaf.id: i for i, leaf in enumerate(flow.leaves)}, END: len(flow.leaves)}
    edges = sorted(found, key=lambda e: (place[e[0]], place[e[1]]))
    return Chart(flow, tuple(edges))


def _ways(flow: Flow) -> Iterator[tuple[str, ...]]:
    """The steps on the path for every combination of what conditions look at."""
    tests = [test for leaf in flow.leaves for test in _tests(leaf)]
    once = {t.name for t in tests if not t.on_fact and not t.on_list}
    asked = sorted(name for name in once if not flow.by_id[name].each)
    facts = sorted({t.name.removeprefix("tie.") for t in tests if t.on_fact} - {"kind"})
    kinds = [kind for kind in KINDS if flow.is_open_to(kind)]
    marks = sorted({m for leaf in flow.leaves for m in (*leaf.rests_under, *leaf.step.under)})
    choices = {name: (*choices_of(flow.by_id[name]), "") for name in asked}
    values = {f: ("", *_tested(tests, f)) for f in facts}
    listed = [_filled(flow, root) for root in _roots(flow, tests)]
    if (
        2 * len(kinds) * prod(map(len, (*choices.values(), *values.values(), *listed)))
        > COMBINATIONS
    ):
        raise ValueError(f"{flow.id} has more combinations of conditions than can be walked")
    for kind, marked in product(kinds, ((), marks) if marks else ((),)):
        for told in product(*values.values()):
            known = _known(kind, dict(zip(facts, told, strict=True)), marked)
            for answers in product(*choices.values()):
                given = {
                    name: Answer(_ANY_TIME, chosen=(choice,) if choice else ())
                    for name, choice in zip(choices, answers, strict=True)
                }
                for items in product(*listed):
                    full = dict(given)
                    for name, answer in (pair for filled in items for pair in filled.items()):
                        chosen = given[name].chosen if name in given else ()
                        full[name] = replace(answer, chosen=(*answer.chosen, *chosen))
                    way = Way(flow, State(flow=flow.id, talk=1, tie=1, answers=full), known)
                    yield tuple(name for name, _ in groupby(leaf.name for leaf in way.leaves))


def _tested(tests: Iterable[Test], fact: str) -> set[str]:
    return {v for t in tests if t.name in (fact, f"tie.{fact}") for v in t.values}


def _known(kind: str, facts: Mapping[str, str], marks: Iterable[str]) -> Known:
    """A person with one tie, of whom those facts are known, and who keeps something or not."""
    told = {fact: value for fact, value in facts.items() if value and "." not in fact}
    kinds = [f.removeprefix("kept.") for f, v in facts.items() if "." in f and v == SOME]
    kept = tuple(KeptLine(number, kept, "…") for number, kept in enumerate(kinds, 1))
    return Known(_ANY_TIME, ties=(Tie(1, kind, told),), marks=frozenset(marks), kept=kept)


def _roots(flow: Flow, tests: Iterable[Test]) -> tuple[str, ...]:
    """The steps whose items the path can depend on."""
    named = [t.name.removeprefix("lists.") for t in tests if t.on_list]
    names = (*named, *(leaf.over for leaf in flow.leaves if leaf.each))
    return tuple(sorted({root for name in names if (root := flow.root_of(name))}))


def _filled(flow: Flow, root: str) -> list[dict[str, Answer]]:
    """Ways to fill a list: not at all, with one item of each sort, and with all of those."""
    asked = [
        leaf
        for leaf in flow.leaves
        if leaf.each and flow.root_of(leaf.over) == root and leaf.id in flow.tested
    ]
    sorts = list(product(*((*choices_of(leaf), "") for leaf in asked)))
    names = [leaf.id for leaf in asked]
    return [_items(root, names, some) for some in ([], *([one] for one in sorts), sorts)]


def _items(root: str, asked: Sequence[str], sorts: Sequence[Sequence[str]]) -> dict[str, Answer]:
    """The answer with an item of each of these sorts, and what was said about each."""
    parts = tuple(Part("…", id=str(n)) for n, _ in enumerate(sorts, 1))
    filled = {root: Answer(_ANY_TIME, parts, (DONE,))}
    for number, said in enumerate(sorts, 1):
        for name, choice in zip(asked, said, strict=True):
            if choice:
                filled[f"{name}@{number}"] = Answer(_ANY_TIME, chosen=(choice,))
    return filled


def _tests(leaf: Leaf) -> Iterator[Test]:
    for clauses in leaf.when:
        for clause in clauses:
            yield from (*clause.all_of, *clause.none_of)


def _conditions(leaf: Leaf) -> str:
    """A step's conditions in words, such as "talked: once, rests under danger"."""
    said = [" or ".join(map(_clause, clauses)) for clauses in leaf.when]
    if leaf.rests_under:
        said.append(f"rests under {', '.join(sorted(leaf.rests_under))}")
    if leaf.step.under:
        said.append(f"only under {', '.join(leaf.step.under)}")
    return "; ".join(said)


def _clause(clause: Clause) -> str:
    parts = [f"{t.name}: {_values(t)}" for t in clause.all_of]
    return ", ".join([*parts, *(f"{t.name}: not {_values(t)}" for t in clause.none_of)])


def _made(made: ListOf) -> str:
    """What a list is made of, in words."""
    where = [f"{name}: {'/'.join(values)}" for name, values in made.where.items()]
    none_of = [f"{name}: not {'/'.join(values)}" for name, values in made.none_of.items()]
    return ", ".join([f"of {made.of}", *where, *none_of])


def _values(test: Test) -> str:
    return "people" if test.values == PEOPLE else "/".join(test.values)


def _box(leaf: Leaf) -> str:
    about = [leaf.step.verb]
    if leaf.step.optional:
        about.append("optional")
    if leaf.each:
        about.append(f"of each of {leaf.over}")
    named = leaf.step.of if isinstance(leaf.step, Choose | Pick) else ""
    if named:
        about.append(f"from {named if isinstance(named, str) else ' '.join(named)}")
    return f"{leaf.id} ({', '.join(about)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "#quot;") + '"'
