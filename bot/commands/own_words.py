"""Everything a person wrote, piece by piece: what it is, when it was written, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.check_ins import CheckIn
from bot.commands import loose
from bot.commands.affirm_practice import OWN
from bot.commands.keeping import all_kept
from bot.commands.list_items import EVERYTHING
from bot.commands.list_kinds import KINDS
from bot.person import Keepsake, epoch_ms
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.spoken import tie_label
from conversations.turn import State

#: Characters of a press, so that the row that shows it fits beside it.
LONGEST_PRESS = 48


@dataclass(frozen=True, slots=True)
class Piece:
    """One text; `at` is epoch milliseconds, UTC, `press` opens it in its place."""

    what: str
    at: int
    text: str
    press: str


async def every_piece(visit: Visit) -> list[Piece]:
    """Kept words, answers of all talks, check-in lines and what is held, the newest first.

    Words that were kept out of an answer stand once, as what they were kept as.
    """
    kept = await all_kept(visit)
    person = visit.person
    finished = await visit.shelf.reflections(person)
    begun = [s for s in await visit.shelf.resting(person) if s.talk not in _numbers(finished)]
    pieces = [
        *_kept(visit, kept),
        *_answers(visit, finished, "then:at:{talk}.{step}", kept),
        *_answers(visit, begun, "talk:open:{talk}", kept),
        *_lines(visit, await visit.shelf.check_ins(person)),
    ]
    if held := loose.held_text(visit):
        pieces.append(Piece(visit.phrase("find.held"), visit.now_ms, held, "loose:show"))
    return sorted(pieces, key=lambda piece: -piece.at)


def _numbers(states: Iterable[State]) -> set[int]:
    return {state.talk for state in states}


def _kept(visit: Visit, kept: Iterable[Keepsake]) -> Iterator[Piece]:
    for one in kept:
        if one.kind in KINDS:
            what = visit.phrase(f"lists.name_{one.kind}")
            yield Piece(what, one.at, one.text, f"list:open:{base36(one.id)}.{EVERYTHING}")
        elif one.kind == OWN:
            press = f"affirm:one:{base36(one.id)}"
            yield Piece(visit.phrase("find.affirmation"), one.at, one.text, press)


def _answers(
    visit: Visit, states: Iterable[State], press: str, kept: Iterable[Keepsake]
) -> Iterator[Piece]:
    """Every answer in words: of which exercise, about whom."""
    known = {(one.talk, one.text) for one in kept}
    for state in states:
        flow = visit.house.library.flows.get(state.flow)
        if flow is None:
            continue
        what = flow.title
        if state.tie in visit.person.ties:
            phrases = visit.house.library.phrases
            name = tie_label(state.tie or 0, visit.person.known(visit.now), phrases)
            what = f"{what} · {name}"
        for step, answer in state.answers.items():
            if answer.text and (state.talk, answer.text) not in known:
                place = press.format(talk=state.talk, step=step)
                if len(place) > LONGEST_PRESS:
                    place = f"then:read:{state.talk}"
                yield Piece(what, epoch_ms(answer.at), answer.text, place)


def _lines(visit: Visit, days: Iterable[CheckIn]) -> Iterator[Piece]:
    """What was written about a day, at the end of that day."""
    zone = visit.person.local(visit.now).tzinfo
    for one in days:
        if one.line:
            at = datetime.combine(one.day, datetime.max.time(), zone)
            what = visit.phrase("find.check_in")
            yield Piece(what, epoch_ms(at), one.line, f"look:lines:{one.day}")
