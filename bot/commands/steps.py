"""/steps: the six steps as one journey, for one tie: what is done, what is open, and on from there.

Presses, OF a tie's number or 0: `steps:show:OF`, `steps:go:STEP.OF` (the exercise itself),
`steps:open:STEP.OF` (its list where there is one).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands import affirm, lists, talks
from bot.commands.affirm_practice import KEPT, OWN
from bot.commands.exercises import fits
from bot.commands.keeping import all_kept, tie_at_hand
from bot.commands.list_items import EVERYTHING
from bot.commands.list_kinds import KINDS
from bot.commands.list_screens import tie_buttons, tie_name
from bot.holding import left_to_specialists
from bot.person import Keepsake
from bot.visit import Visit
from conversations.screen import Block, Button, Screen, arrange
from conversations.turn import State

#: The exercises in the order of the journey.
STEPS = ("boundaries", "needs", "support", "growth", "plan", "affirmations")
KIND_OF = {kind.flow: kind for kind in KINDS.values() if kind.flow in STEPS}


@dataclass(frozen=True, slots=True)
class _Step:
    """One step for the tie at hand: how much is kept of it, and whether it was finished."""

    id: str
    kept: int
    finished: bool
    offered: bool

    @property
    def done(self) -> bool:
        """A step is done when its exercise was finished or its list has something."""
        return self.finished or self.kept > 0


async def show(visit: Visit, of: str = "") -> None:
    """The six, for one tie where there are several."""
    visit.asked()
    finished = await visit.shelf.reflections(visit.person)
    tie = int(of) if tie_name(visit, of) else await _tie(visit, finished)
    steps = await _steps(visit, tie, finished)
    of = EVERYTHING if tie is None else str(tie)
    name = tie_name(visit, of)
    others = tie_buttons(visit, "steps:show:{}", of)
    title = visit.phrase("steps.title")
    blocks = [Block(f"{title} · {name}" if others and name else title, "heading")]
    lines = [_line(visit, number, step) for number, step in enumerate(steps, 1)]
    blocks.append(Block("\n".join(lines)))
    following = next((s for s in steps if s.offered and not s.done), None)
    rows: list[tuple[Button, ...]] = []
    if following is not None:
        go = Button(visit.phrase(f"steps.go_{following.id}"), f"steps:go:{following.id}.{of}")
        rows.append((go,))
    elif all(step.done for step in steps):
        blocks.append(Block(visit.phrase("steps.all_done")))
    rows += arrange(
        [
            Button(visit.phrase(f"steps.{step.id}"), f"steps:open:{step.id}.{of}")
            for step in steps
            if step.offered
        ]
    )
    if left_to_specialists("plan", visit.person.marks(visit.now)):
        blocks.append(Block(visit.phrase("steps.with_someone")))
        rows.append((visit.button("offers.help", "cmd:help"),))
        rows.append((visit.button("offers.safe", "cmd:safe"),))
    rows += (*arrange(others), (visit.button("steps.lists_button", "list:all"),))
    visit.show(Screen(tuple(blocks), tuple(rows), protect=True))


async def command(visit: Visit) -> None:
    """/steps, for the tie at hand."""
    await show(visit)


async def tapped(visit: Visit, action: str, value: str, _: str) -> None:
    """A button of the journey."""
    step, _dot, of = value.partition(".")
    if action == "go" and step in STEPS:
        await _go(visit, step, of)
    elif action == "open" and step in STEPS:
        await _open(visit, step, of)
    else:
        await show(visit, value if action == "show" else "")


async def _go(visit: Visit, step: str, of: str) -> None:
    """The exercise; its list where there is no such exercise."""
    flow = visit.house.library.flows.get(step)
    if flow is not None:
        await talks.start(visit, flow, tie=int(of) if tie_name(visit, of) else None)
    else:
        await lists.show(visit, KIND_OF[step], of=of)


async def _open(visit: Visit, step: str, of: str) -> None:
    """What is kept of a step, or the step itself where that is nothing."""
    kept = _of_step(step, await all_kept(visit))
    if step not in KIND_OF:
        await (affirm.show(visit) if kept else _go(visit, step, of))
    elif any(_is_of(k.tie, of) for k in kept):
        await lists.show(visit, KIND_OF[step], of=of)
    else:
        await _go(visit, step, of)


async def _tie(visit: Visit, finished: Sequence[State]) -> int | None:
    """The tie at hand; where that is not clear, the one of the newest talk."""
    if (tie := tie_at_hand(visit)) is not None:
        return tie
    talks_so_far = [*await visit.shelf.resting(visit.person), *finished]
    awake = [t.number for t in visit.person.ties.values() if not t.resting]
    newest = sorted(talks_so_far, key=lambda s: -s.talk)
    return next((s.tie for s in newest if s.tie in awake), None)


async def _steps(visit: Visit, tie: int | None, finished: Sequence[State]) -> list[_Step]:
    kept = await all_kept(visit)
    of = EVERYTHING if tie is None else str(tie)
    done = {s.flow for s in finished if s.flow in STEPS and _is_of(s.tie, of)}
    return [
        _Step(
            step,
            sum(_is_of(k.tie, of) for k in _of_step(step, kept)),
            step in done,
            _is_offered(visit, step, tie),
        )
        for step in STEPS
    ]


def _of_step(step: str, kept: Sequence[Keepsake]) -> list[Keepsake]:
    kinds = (KIND_OF[step].id,) if step in KIND_OF else (OWN, KEPT)
    return [k for k in kept if k.kind in kinds]


def _is_of(tie: int | None, of: str) -> bool:
    """Whether something is about that tie, or about none in particular."""
    return of == EVERYTHING or tie is None or str(tie) == of


def _is_offered(visit: Visit, step: str, tie: int | None) -> bool:
    """Whether the exercise is open to that tie, and does not rest."""
    flow, about = visit.house.library.flows.get(step), visit.person.ties.get(tie or 0)
    if flow is None:
        return not left_to_specialists(step, visit.person.marks(visit.now))
    return fits(visit, flow, about)


def _line(visit: Visit, number: int, step: _Step) -> str:
    """ "1. Boundaries: 3 kept"."""
    key = "kept" if step.kept else "gone_through" if step.finished else "open"
    name = visit.phrase(f"steps.{step.id}")
    return visit.phrase(f"steps.is_{key}", number=str(number), name=name, count=str(step.kept))
