"""What /progress counts besides the days: in words, and never back to nothing.

Moments of doubt that were written through, letters, parts of the plan that are done, days without
contact where distance was chosen, and how often the boundary that is minded was held or bent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.check_ins import CheckIn
from bot.commands.keeping import all_kept
from bot.commands.list_kinds import is_done
from bot.commands.minding import CONTACT, DISTANCE, MINDED, awake, told
from bot.commands.resting import unsafe_now, wanted
from bot.holding import left_to_specialists
from bot.visit import Visit
from conversations import lengths
from conversations.turn import Tie

DOUBT = "doubt"


async def counted(visit: Visit, made: Sequence[CheckIn], of: int = 0) -> list[str]:
    """A line for each that there is something of; of one tie where `of` names it."""
    lines = await _kept(visit, of)
    for tie in awake(visit):
        if of in (0, tie.number):
            named = len(awake(visit)) > 1 and not of
            lines += _contact(visit, tie, made, named=named)
            lines += _minded(visit, tie, made, named=named)
    return lines


async def _kept(visit: Visit, of: int) -> list[str]:
    reflections = wanted(visit, await visit.shelf.reflections(visit.person))
    doubts = sum(s.flow == DOUBT and of in (0, s.tie) for s in reflections)
    kept = [k for k in await all_kept(visit) if of in (0, k.tie)]
    letters = sum(k.kind == "letter" for k in kept)
    plan = [k for k in kept if k.kind == "plan"]
    done = sum(map(is_done, plan))
    lines = [_number(visit, "doubt", doubts), _number(visit, "letter", letters)]
    if done and not left_to_specialists("plan", visit.person.marks(visit.now)):
        lines.append(visit.phrase("counters.plan", done=str(done), total=str(len(plan))))
    return [line for line in lines if line]


def _number(visit: Visit, what: str, number: int) -> str:
    if not number:
        return ""
    key = f"counters.{what}_one" if number == 1 else f"counters.{what}_many"
    return visit.phrase(key, number=str(number))


def _contact(visit: Visit, tie: Tie, made: Sequence[CheckIn], *, named: bool) -> list[str]:
    """All days without contact so far, and how long ago the last contact noted was."""
    if tie.facts.get(DISTANCE) != "yes":
        return []
    days = {one.day: one.more.get(f"{CONTACT}.{tie.number}") for one in made}
    without = sum(answer == "none" for answer in days.values())
    last = max((day for day, answer in days.items() if answer == "some"), default=None)
    lines = [_of(visit, tie, "contact", named, days=_days(visit, without))] if without else []
    since = _since(visit, last)
    if since:
        lines.append(_of(visit, tie, "since", named, days=_days(visit, since)))
    return lines


def _since(visit: Visit, last: date | None) -> int:
    return (visit.person.local(visit.now).date() - last).days if last is not None else 0


def _minded(visit: Visit, tie: Tie, made: Sequence[CheckIn], *, named: bool) -> list[str]:
    """Held and bent, side by side; both rest where it is not safe."""
    if unsafe_now(visit, tie):
        return []
    found = Counter(one.more.get(f"{MINDED}.{tie.number}") for one in made)
    lines = []
    if found["held"]:
        lines.append(_of(visit, tie, "held", named, days=_days(visit, found["held"])))
    if found["bent"]:
        lines.append(_of(visit, tie, "bent", named, days=_days(visit, found["bent"])))
    return lines


def _of(visit: Visit, tie: Tie, what: str, named: bool, **values: str) -> str:
    line = visit.phrase(f"counters.{what}", **values)
    return visit.phrase("counters.of", name=told(visit, tie), line=line) if named else line


def _days(visit: Visit, number: int) -> str:
    return lengths.in_words(f"{number}d", visit.house.library.phrases, visit.person.language)
