"""What a person practises: their themes, their place in the library, the form that fits them.

All of it is one entry of the profile. Lines of their own are kept words of the kind `OWN`, lines
kept from the library of the kind `KEPT`, whose text is the line's id.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.commands.resting import rests
from bot.person import Keepsake, Person
from bot.planning import hard_dates
from bot.visit import Visit
from conversations.affirmations import Line, Next, Own, Place, next_affirmation, standing, worded
from conversations.quiet import manner_on
from conversations.way import UNSAFE
from conversations.wording import say

OWN, KEPT = "affirmation", "kept_line"
DAY_MS = 86_400_000
#: How true such lines feel is asked this long after the first, when some have been read; and
#: again after a season.
ASK_AFTER_MS, ASK_AFTER_LINES, ASK_AGAIN_MS = 5 * DAY_MS, 4, 90 * DAY_MS


class Practice(BaseModel):
    """One person's; a new one is the beginning. Times are epoch milliseconds, UTC.

    `shown` is the line given last: its id in the library, or the number of a keepsake. `taken` is
    the outbox row of the button that last led to a new line, so that a double tap leads to one.
    """

    model_config = ConfigDict(frozen=True)

    seed: int | None = None
    place: Place = Place()
    themes: tuple[str, ...] = ()
    untrue: tuple[str, ...] = ()
    felt: int | None = None
    asked_at: int = 0
    begun_at: int = 0
    given: int = 0
    shown: str = ""
    taken: int = 0
    undo: dict[str, Any] = {}

    @staticmethod
    def of(person: Person) -> Practice:
        """As it is stored."""
        return Practice.model_validate(person.profile.affirm)

    def but(self, **changes: Any) -> Practice:
        """The same with other values."""
        return self.model_copy(update=changes)

    def store(self, visit: Visit) -> Practice:
        """Write it with the visit."""
        visit.person.keep_profile(affirm=self.model_dump(mode="json", exclude_defaults=True))
        return self


def count_anew(visit: Visit) -> Practice:
    """A line has just been read and kept, or written: others come before one's own come again."""
    practice = Practice.of(visit.person)
    place = practice.place.model_copy(update={"since_own": 0})
    return practice.but(place=place).store(visit)


def choose_themes(visit: Visit, themes: Collection[str]) -> Practice:
    """From now on lines come from these; from all that fit any tie where there are none."""
    known = visit.house.library.affirmations.themes
    return Practice.of(visit.person).but(themes=tuple(t for t in known if t in themes)).store(visit)


def resting_under(visit: Visit) -> frozenset[str]:
    """The marks under which lines rest; a tie in which it is not safe to speak counts as one."""
    person = visit.person
    awake = (tie for tie in person.ties.values() if not tie.resting)
    unsafe = any(tie.facts.get("safe") in UNSAFE for tie in awake)
    return person.marks(visit.now) | ({"unsafe"} if unsafe else frozenset())


def felt_now(visit: Visit, practice: Practice) -> int | None:
    """How true such lines feel; None, and so the gentler form, on a day that is hard."""
    day = visit.person.local(visit.now).date()
    return practice.felt if manner_on(day, hard_dates(visit.person)) == "plain" else None


def own_lines(visit: Visit, kept: Sequence[Keepsake]) -> list[Keepsake]:
    """Lines of their own and those kept from the library that are still there, the newest first."""
    library = visit.house.library.affirmations
    mine = [k for k in kept if k.kind == OWN or (k.kind == KEPT and library.line(k.text))]
    return sorted(mine, key=lambda k: -k.id)


def line_of(visit: Visit, one: Keepsake) -> Line | None:
    """The library's line that was kept, or made one's own; None for a line all their own."""
    return visit.house.library.affirmations.line(one.text if one.kind == KEPT else one.step)


def text_of(visit: Visit, practice: Practice, one: Line | Keepsake) -> str:
    """The text to show."""
    if isinstance(one, Keepsake) and one.kind == OWN:
        return one.text
    line = one if isinstance(one, Line) else line_of(visit, one)
    assert line is not None
    return worded(line, felt_now(visit, practice), visit.person.language)


def theme_title(visit: Visit, theme: str) -> str:
    """A theme by its name in the person's language."""
    title = visit.house.library.affirmations.themes[theme].title
    return say(f"affirmations.{theme}.title", title, visit.person.language)


def choose_next(visit: Visit, practice: Practice, kept: Sequence[Keepsake]) -> Next | None:
    """The next line; None where nothing is left.

    Where all that was chosen rests, or was left out, it comes from the other themes. Words in
    which something was heard do not come back by themselves.
    """
    library, marks = visit.house.library.affirmations, resting_under(visit)
    pool = library.pool(practice.themes, marks, practice.untrue)
    pool = pool or library.pool((), marks, practice.untrue)
    own = [
        Own(k.id, text_of(visit, practice, k), line.id if (line := line_of(visit, k)) else None)
        for k in own_lines(visit, kept)
        if not k.listened and not rests(visit, k)
    ]
    assert practice.seed is not None
    return next_affirmation(pool, standing(library, own, marks), practice.place, practice.seed)


def begun(visit: Visit, practice: Practice) -> Practice:
    """With a seed, drawn once: it makes the order in which lines come."""
    if practice.seed is not None:
        return practice
    return practice.but(seed=visit.random.getrandbits(48), begun_at=visit.now_ms)


def may_ask_how_true(visit: Visit, practice: Practice) -> bool:
    """Whether it is time to ask: never at once, on a hard day, or while anything rests."""
    now = visit.now_ms
    read_some = practice.given >= ASK_AFTER_LINES and now - practice.begun_at >= ASK_AFTER_MS
    day = visit.person.local(visit.now).date()
    return (
        read_some
        and (not practice.asked_at or now - practice.asked_at >= ASK_AGAIN_MS)
        and not visit.person.marks(visit.now)
        and manner_on(day, hard_dates(visit.person)) == "plain"
    )
