"""Adds what a file holds to what a person keeps: nothing twice, and nothing of theirs replaced.

Ids are given anew, since those of the file may belong to others by now; what pointed at an old one
points at the new one. Where nothing of theirs is here yet, settings come back as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.files.everything import Everything, taken_along
from bot.visit import Visit
from conversations.turn import State, Tie


@dataclass(slots=True)
class _Numbers:
    """What ties, talks and kept words of the file are called here."""

    ties: dict[int, int] = field(default_factory=dict)
    talks: dict[int, int] = field(default_factory=dict)
    kept: dict[int, int] = field(default_factory=dict)


async def add(visit: Visit, brought: Everything) -> int:
    """Note on the visit what is new; how many pieces that is."""
    person, shelf = visit.person, visit.shelf
    kept, days = await shelf.kept(person), await shelf.check_ins(person)
    talks, finished = await shelf.resting(person), await shelf.reflections(person)
    begun = [state for state in talks if state.answers]
    blank = not (person.ties or kept or days or finished or begun)
    numbers = _Numbers()
    _add_ties(visit, brought, numbers)
    added = _add_kept(visit, brought, numbers, {(k.kind, k.text, k.at): k.id for k in kept})
    added += _add_talks(visit, brought, numbers, talks, finished)
    there = {one.day for one in days}
    new_days = [one for one in brought.check_ins if one.day not in there]
    visit.changes.check_ins += new_days
    added += len(new_days) + await _add_appointments(visit, brought, numbers)
    _add_profile(visit, brought, blank=blank)
    return added


def _add_ties(visit: Visit, brought: Everything, numbers: _Numbers) -> None:
    """A tie of the same kind and word is the same tie."""
    person = visit.person
    for tie in brought.ties:
        same = (t for t in person.ties.values() if tie.word and _alike(t, tie))
        if (known := next(same, None)) is not None:
            numbers.ties[tie.number] = known.number
            continue
        free = tie.number not in person.ties
        number = tie.number if free else max(*person.ties, person.row.next_tie - 1) + 1
        numbers.ties[tie.number] = number
        person.keep_tie(replace(tie, number=number))
        person.row.next_tie = max(person.row.next_tie, number + 1)


def _alike(one: Tie, other: Tie) -> bool:
    return (one.kind, one.word) == (other.kind, other.word)


def _add_kept(
    visit: Visit,
    brought: Everything,
    numbers: _Numbers,
    there: Mapping[tuple[str, str, int], int],
) -> int:
    new = []
    for one in sorted(brought.kept, key=lambda k: k.id):
        if (known := there.get((one.kind, one.text, one.at))) is not None:
            numbers.kept[one.id] = known
            continue
        numbers.kept[one.id] = visit.house.ids.next()
        new.append(one)
    _number_talks(visit, brought, numbers)
    visit.keep(
        replace(
            one,
            id=numbers.kept[one.id],
            tie=numbers.ties.get(one.tie or 0),
            talk=numbers.talks.get(one.talk or 0),
        )
        for one in new
    )
    return len(new)


def _number_talks(visit: Visit, brought: Everything, numbers: _Numbers) -> None:
    """Talks keep their numbers, unless those of the person reach as far."""
    row = visit.person.row
    theirs = [state.talk for state in (*brought.talks, *brought.reflections)]
    theirs += [one.talk for one in brought.kept if one.talk]
    ahead = row.next_talk - 1 if theirs and min(theirs) < row.next_talk else 0
    numbers.talks = {number: number + ahead for number in theirs}
    row.next_talk = max([row.next_talk, *(n + 1 for n in numbers.talks.values())])


def _add_talks(
    visit: Visit,
    brought: Everything,
    numbers: _Numbers,
    talks: list[State],
    finished: list[State],
) -> int:
    added = 0
    for states, there, where in (
        (brought.reflections, finished, visit.changes.reflections),
        (brought.talks, talks, visit.changes.talks),
    ):
        known = {_said(state) for state in there}
        for state in states:
            moved = _moved(state, numbers)
            if _said(moved) not in known:
                where[moved.talk] = moved
                added += 1
    return added


def _said(state: State) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What makes two talks the same: the exercise, and every answer with its time."""
    told = (
        (step, f"{answer.at.isoformat()} {answer.text}") for step, answer in state.answers.items()
    )
    return state.flow, tuple(sorted(told))


def _moved(state: State, numbers: _Numbers) -> State:
    """The talk under its new number, with all it points at."""
    kept = {f"kept.{old:x}": f"kept.{new:x}" for old, new in numbers.kept.items()}
    answers = {
        step: replace(answer, chosen=tuple(kept.get(choice, choice) for choice in answer.chosen))
        for step, answer in state.answers.items()
    }
    return replace(
        state,
        talk=numbers.talks[state.talk],
        tie=numbers.ties.get(state.tie or 0),
        between=numbers.talks.get(state.between, 0),
        answers=answers,
    )


async def _add_appointments(visit: Visit, brought: Everything, numbers: _Numbers) -> int:
    """One of each daily kind; of single ones those that are still to come."""
    there = await visit.shelf.appointments(visit.person)
    daily = {made.kind for made in there if made.repeat is not None and not made.flow}
    singles = {(made.kind, made.next_at, made.text) for made in there}
    added = 0
    for made in brought.appointments:
        again = made.repeat is not None
        if (again and not made.flow and made.kind in daily) or (
            not again
            and (made.next_at <= visit.now_ms or (made.kind, made.next_at, made.text) in singles)
        ):
            continue
        visit.changes.appointments.append(
            replace(
                made,
                id=visit.house.ids.next(),
                talk=numbers.talks.get(made.talk, 0),
                item=numbers.kept.get(made.item, 0),
                of="",
            )
        )
        added += 1
    return added


def _add_profile(visit: Visit, brought: Everything, *, blank: bool) -> None:
    """Marks and held words are added; the rest only where there was nothing yet."""
    person, theirs = visit.person, taken_along(brought.profile)
    mine = person.profile
    marks = {
        mark: max(mine.marks.get(mark, 0), theirs.marks.get(mark, 0))
        for mark in {**mine.marks, **theirs.marks}
    }
    held = [*mine.held, *(entry for entry in theirs.held if entry not in [*mine.held])]
    if blank:
        now = {name: getattr(mine, name) for name in ("asking", "typed", "faults", "lock")}
        person.profile = replace(theirs, **now)
        person.row.zone, person.row.language = brought.zone, brought.language
    person.keep_profile(marks=marks, held=held)
