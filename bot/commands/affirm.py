"""/affirm: one believable line, now or in the morning, from the library or of one's own.

Presses: `affirm:now`, `affirm:next`, `affirm:keep:LINE`, `affirm:untrue:LINE`, `affirm:true:LINE`,
`affirm:more`; those of one's own lines are in `affirm_own`, those of what is chosen in
`affirm_choices`, those of the hour in `affirm_morning`. LINE is an id of the library.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import planning
from bot.commands import affirm_choices, affirm_morning, affirm_own
from bot.commands.affirm_practice import (
    KEPT,
    OWN,
    Practice,
    begun,
    choose_next,
    count_anew,
    line_of,
    may_ask_how_true,
    own_lines,
    text_of,
)
from bot.commands.keeping import reworded
from bot.person import Keepsake
from bot.visit import Visit
from conversations.affirmations import Line, Own
from conversations.screen import Block, Screen, arrange

#: Questions whose answers are typed; the hour is asked for by `hours`.
ASKING = affirm_own.ASKING


async def show(visit: Visit) -> None:
    """/affirm: a line now; asked for, so one comes under a mark too."""
    visit.asked()
    await _give(visit, asks=True)


async def open_due(visit: Visit) -> None:
    """The morning's neutral line was opened: it becomes the line of the day, where it stands.

    Under a mark of self-harm nothing comes unasked, so only what can be asked for is named.
    """
    visit.asked()
    if "self_harm" in visit.person.marks(visit.now):
        visit.say(
            "affirm.held_back",
            visit.button("affirm.now_button", "affirm:now"),
            visit.button("offers.help", "help:open"),
        )
        return
    await _give(visit, asks=True)


async def tapped(visit: Visit, action: str, value: str) -> None:
    """A button of /affirm."""
    visit.asked()
    line = visit.house.library.affirmations.line(value)
    match action:
        case "now" | "next":
            await _give(visit)
        case "more":
            await affirm_choices.show(visit)
        case "keep" if line:
            await _keep(visit, line)
        case "untrue" if line:
            await _leave_out(visit, line)
        case "true" if line:
            await _bring_back(visit, line)
        case _ if not (
            await affirm_own.tapped(visit, action, value)
            or affirm_choices.tapped(visit, action, value)
            or await affirm_morning.tapped(visit, action, value)
        ):
            visit.toast = visit.phrase("talks.old_button")


async def typed(visit: Visit) -> None:
    """Words for a line of one's own."""
    await affirm_own.typed(visit)


async def edited(visit: Visit) -> bool:
    """A message in which a line of one's own was written was corrected."""
    for one in await visit.shelf.kept(visit.person):
        if one.kind == OWN and one.message == visit.incoming.message:
            visit.keep([reworded(visit, one, visit.incoming.text)])
            visit.say("talk.corrected", visit.button("affirm.own_button", "affirm:own:1"))
            return True
    return False


async def left(visit: Visit) -> None:
    """/back or /cancel while something was asked here."""
    visit.asked()
    await affirm_choices.show(visit)


# --- one line ---


async def _give(visit: Visit, note: str = "", *, asks: bool = False) -> None:
    """The next line. `note` is the key of what is said first; `asks` may ask how true they feel."""
    practice = begun(visit, Practice.of(visit.person))
    gone = visit.changes.unkept
    kept = [k for k in await visit.shelf.kept(visit.person) if k.id not in gone]
    row = visit.incoming.row or 0
    shown = _find(visit, kept, practice.shown)
    if row and row == practice.taken and shown is not None:
        # A second tap on a button that led here already.
        await _show(visit, practice, shown, kept, note)
        return
    found = choose_next(visit, practice, kept)
    if found is None:
        practice.store(visit)
        _nothing_left(visit)
        return
    one = found.affirmation
    chosen = next(k for k in kept if k.id == one.id) if isinstance(one, Own) else one
    practice = practice.but(
        place=found.place, shown=str(one.id), given=practice.given + 1, taken=row
    )
    asks = asks and may_ask_how_true(visit, practice)
    practice = practice.but(asked_at=visit.now_ms) if asks else practice
    practice.store(visit)
    await _show(visit, practice, chosen, kept, note)
    if asks:
        visit.show(affirm_choices.how_true_screen(visit, anew=True))


def _find(visit: Visit, kept: Sequence[Keepsake], shown: str) -> Line | Keepsake | None:
    if shown.isdecimal():
        return next((k for k in own_lines(visit, kept) if str(k.id) == shown), None)
    return visit.house.library.affirmations.line(shown)


async def _show(
    visit: Visit,
    practice: Practice,
    one: Line | Keepsake,
    kept: Sequence[Keepsake],
    note: str = "",
) -> None:
    """One line with what can be done about it."""
    mine = one if isinstance(one, Keepsake) else _kept_already(visit, kept, one)
    text = Block(text_of(visit, practice, one), "quote" if mine and mine.kind == OWN else "plain")
    buttons = [
        visit.button("affirm.another_button", "affirm:next"),
        visit.button("affirm.more_button", "affirm:more"),
    ]
    if mine is not None:
        buttons.append(visit.button("affirm.change_button", affirm_own.press("one", mine)))
    elif isinstance(one, Line):
        buttons.insert(0, visit.button("affirm.keep_button", f"affirm:keep:{one.id}"))
        buttons.append(visit.button("affirm.untrue_button", f"affirm:untrue:{one.id}"))
    if note == "affirm.left_out":
        last = practice.untrue[-1]
        buttons.append(visit.button("affirm.true_button", f"affirm:true:{last}"))
    elif not await planning.is_on(visit, "affirmation"):
        buttons.append(visit.button("affirm.morning_button", "affirm:morning"))
    said = (Block(visit.phrase(note), "lead"),) if note else ()
    visit.show(Screen((*said, text), arrange(buttons), protect=True))


def _nothing_left(visit: Visit) -> None:
    visit.say(
        "affirm.none",
        visit.button("affirm.add_button", "affirm:add"),
        visit.button("affirm.more_button", "affirm:more"),
    )


def _kept_already(visit: Visit, kept: Sequence[Keepsake], line: Line) -> Keepsake | None:
    """The keepsake that holds this line, perhaps in the person's own words by now."""
    return next((k for k in own_lines(visit, kept) if line_of(visit, k) == line), None)


# --- what is said about it ---


async def _keep(visit: Visit, line: Line) -> None:
    """Among one's own from now on; a second tap keeps it no second time."""
    practice, kept = Practice.of(visit.person), await visit.shelf.kept(visit.person)
    if _kept_already(visit, kept, line) is None:
        number = visit.house.ids.next()
        keepsake = Keepsake(number, KEPT, line.id, visit.now_ms, -float(number))
        visit.keep([keepsake])
        kept, practice = [*kept, keepsake], count_anew(visit)
    if line.id in practice.untrue:
        practice = practice.but(untrue=tuple(n for n in practice.untrue if n != line.id))
        practice.store(visit)
    await _show(visit, practice, line, kept, "affirm.kept")


async def _leave_out(visit: Visit, line: Line) -> None:
    """It does not come again; another one does, at once."""
    practice = Practice.of(visit.person)
    kept = await visit.shelf.kept(visit.person)
    visit.unkeep([k.id for k in kept if k.kind == KEPT and k.text == line.id])
    others = tuple(n for n in practice.untrue if n != line.id)
    practice.but(untrue=(*others, line.id)).store(visit)
    await _give(visit, "affirm.left_out")


async def _bring_back(visit: Visit, line: Line) -> None:
    """It was true after all: here it is, and it may come again."""
    practice = Practice.of(visit.person)
    practice = practice.but(
        untrue=tuple(n for n in practice.untrue if n != line.id), shown=line.id
    ).store(visit)
    await _show(visit, practice, line, await visit.shelf.kept(visit.person))
