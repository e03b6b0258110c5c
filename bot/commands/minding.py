"""What a check-in asks about ties, beside the number: contact, and the boundary that is minded.

Only where it was chosen: contact for a tie to which one wants distance (its fact `distance`), the
boundary where one is named (its fact `minds`, the id of a kept row). Press:
`checkin:mark:DAY.N.WHAT.ANSWER`, DAY a local day (ISO), N the tie's number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.check_ins import CheckIn
from bot.commands.keeping import all_kept
from bot.commands.resting import unsafe_now
from bot.person import Keepsake
from bot.visit import Visit
from conversations.screen import LABEL_LIMITS, Block, Button, arrange
from conversations.spoken import tie_label
from conversations.turn import Tie

CONTACT, MINDED, ABOUT = "contact", "minded", "about"
#: The facts of a tie that ask for them.
DISTANCE, MINDS = "distance", "minds"
#: The kind of kept words that can be minded.
BOUNDARY = "boundary"
ANSWERS: Mapping[str, Sequence[str]] = {
    CONTACT: ("none", "some"),
    MINDED: ("held", "bent", "not_today"),
    ABOUT: ("yes",),
}
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked about one tie; `words` are the boundary's own, where they may be shown."""

    tie: Tie
    what: str
    words: str = ""

    @property
    def name(self) -> str:
        """Under which the answer is kept with the day."""
        return f"{self.what}.{self.tie.number}"


def awake(visit: Visit) -> list[Tie]:
    """The ties that do not rest, in their order."""
    ties = visit.person.ties
    return [ties[number] for number in sorted(ties) if not ties[number].resting]


async def asked(visit: Visit) -> list[Asked]:
    """What today's check-in asks beside the number; nothing while only neutral questions come."""
    if "self_harm" in visit.person.marks(visit.now):
        return []
    found = []
    for tie in awake(visit):
        if tie.facts.get(DISTANCE) == "yes":
            found.append(Asked(tie, CONTACT))
        boundary = await minded(visit, tie)
        if boundary is not None:
            found.append(Asked(tie, MINDED, "" if boundary.listened else boundary.text))
    return found


async def minded(visit: Visit, tie: Tie) -> Keepsake | None:
    """The boundary of a tie that the check-in asks about; none while that must rest."""
    if not tie.facts.get(MINDS) or unsafe_now(visit, tie):
        return None
    kept = [k for k in await all_kept(visit) if str(k.id) == tie.facts[MINDS] and not k.rests]
    return kept[0] if kept else None


async def mind_the_first(visit: Visit, tie: Tie) -> None:
    """From now on the check-in asks about the boundary of a tie that stands on top."""
    kept = [k for k in await all_kept(visit) if k.kind == BOUNDARY and k.tie == tie.number]
    if awake_ones := [k for k in kept if not k.rests]:
        facts = {**tie.facts, MINDS: str(awake_ones[0].id)}
        visit.person.keep_tie(replace(tie, facts=facts))


async def beside(visit: Visit, day: date, made: CheckIn | None) -> tuple[list[Block], Rows]:
    """The questions that stand beside a day, each answered by one tap, and changed by another."""
    blocks, rows = list[Block](), list[tuple[Button, ...]]()
    several = len(awake(visit)) > 1
    for one in await asked(visit):
        name = told(visit, one.tie) if several else ""
        key = f"checkin.ask_{one.what}"
        blocks.append(Block(visit.phrase(f"{key}_of" if name else key, name=name), "lead"))
        if one.words:
            blocks.append(Block(one.words, "quote"))
        so = made.more.get(one.name) if made is not None else None
        rows += _answers(visit, one, day, so)
    return blocks, tuple(rows)


def _answers(visit: Visit, one: Asked, day: date, so: str | None) -> Rows:
    buttons = []
    for answer in ANSWERS[one.what]:
        label = visit.phrase(f"checkin.{one.what}_{answer}_button")
        if answer == so:
            label = visit.phrase("talk.rated_so", number=label)
        press = f"checkin:mark:{day.isoformat()}.{one.tie.number}.{one.what}.{answer}"
        buttons.append(Button(label, press))
    return arrange(buttons)


def about_rows(visit: Visit, made: CheckIn) -> Rows:
    """Which tie a day's line is about, where there are several."""
    ties = awake(visit)
    if len(ties) < 2 or not made.line:
        return ()
    buttons = []
    for tie in ties:
        label = _short(visit.phrase("checkin.about_button", name=told(visit, tie)))
        if made.more.get(ABOUT) == str(tie.number):
            label = _short(visit.phrase("talk.rated_so", number=label))
        buttons.append(Button(label, f"checkin:mark:{made.day}.{tie.number}.{ABOUT}.yes"))
    return arrange(buttons)


def marked(visit: Visit, made: CheckIn, value: str) -> CheckIn | None:
    """The day with that answer, `value` as in the press behind its day; None for none of these."""
    number, what, answer = [*value.split("."), "", ""][:3]
    known = number.isascii() and number.isdecimal() and len(number) < 6
    tie = visit.person.ties.get(int(number)) if known else None
    if tie is None or answer not in ANSWERS.get(what, ()):
        return None
    if what == ABOUT:
        return with_more(made, ABOUT, number)
    return with_more(made, Asked(tie, what).name, answer)


def with_more(made: CheckIn, name: str, answer: str) -> CheckIn:
    """The day with one more thing said about it."""
    return replace(made, more={**made.more, name: answer})


def is_about(made: CheckIn, tie: int) -> bool:
    """Whether a day has anything to do with that tie."""
    own = made.more.get(ABOUT) == str(tie)
    return own or any(f"{what}.{tie}" in made.more for what in (CONTACT, MINDED))


def in_words(visit: Visit, made: CheckIn, tie: int | None = None) -> list[str]:
    """What was noted about a day, each in a word or two; only of one tie where one is given."""
    ties = awake(visit)
    words = []
    for one in ties:
        if tie not in (None, one.number):
            continue
        for what in (CONTACT, MINDED):
            answer = made.more.get(f"{what}.{one.number}")
            if answer is None or (what == MINDED and unsafe_now(visit, one)):
                continue
            said = visit.phrase(f"checkin.was_{what}_{answer}")
            named = len(ties) > 1 and tie is None
            words.append(f"{said} ({told(visit, one)})" if named else said)
    return words


def told(visit: Visit, tie: Tie) -> str:
    """What a tie is called."""
    return tie_label(tie.number, visit.person.known(visit.now), visit.house.library.phrases)


def _short(label: str) -> str:
    limit = LABEL_LIMITS[1]
    return label if len(label) <= limit else f"{label[: limit - 1]}…"
