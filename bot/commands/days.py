"""What a check-in leaves: the record of a day, and what stands beside its questions.

Presses: `checkin:DAY:N` rates a local day (ISO), `checkin:open:DAY` asks about it, and
`checkin:unsay:DAY` takes its line out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot import planning
from bot.check_ins import RUNS_OVER, CheckIn, worst_running
from bot.commands import minding
from bot.person import epoch_ms
from bot.visit import Visit
from conversations.flow import Flow
from conversations.schedule import day_name
from conversations.screen import Block, Screen, arrange
from conversations.turn import Answer, State

KEEPS = "check_in"
RATED, LINE = "today", "line"
#: Just written: what follows at once belongs to the same line.
WRITTEN = "checkin_written"
_DAY = timedelta(days=1)


async def on_record(visit: Visit, day: date) -> CheckIn | None:
    """The check-in of a day, as this visit has it."""
    noted = [one for one in visit.changes.check_ins if one.day == day]
    stored = [] if noted else await visit.shelf.check_ins(visit.person, day)
    return next((one for one in [*reversed(noted), *stored] if one.day == day), None)


async def record(visit: Visit, state: State) -> None:
    """Keep a day as it is answered so far: leaving the talk at any point loses nothing."""
    rated = state.answers.get(RATED)
    if rated is None or not rated.chosen:
        return
    day = date.fromisoformat(state.day)
    before = await on_record(visit, day)
    made = before or CheckIn(day, visit.now_ms, int(rated.chosen[0]))
    made = replace(made, at=visit.now_ms, mood=int(rated.chosen[0]), more=_more(state, made))
    said = [answer for name in (RATED, LINE) if (answer := state.answers.get(name))]
    words = tuple((part.text, part.message) for a in said for part in a.parts if part.text)
    if made != before or words:
        save(visit, reworded(visit, made, words) if words else made)
    if state.finished and words and visit.incoming.kind == "text":
        expect_more(visit, day)


def expect_more(visit: Visit, day: date) -> None:
    """A line was written: an app may have split it, or a second message may follow."""
    visit.ask(WRITTEN, day=day.isoformat(), at=epoch_ms(visit.incoming.sent_at))


def _more(state: State, before: CheckIn) -> Mapping[str, str]:
    """Whatever else was asked: the choice, or the words."""

    def told(answer: Answer) -> str:
        return ",".join(answer.chosen) or answer.text

    others = {n: told(a) for n, a in state.answers.items() if n not in (RATED, LINE)}
    return {**before.more, **{name: answer for name, answer in others.items() if answer}}


def reworded(visit: Visit, before: CheckIn, words: tuple[tuple[str, int | None], ...]) -> CheckIn:
    """The same day with other words; what stood there before is kept beside."""
    made = replace(before, words=words)
    gone = before.line and before.line not in made.line
    return replace(
        made,
        earlier=(*before.earlier, before.line) if gone else before.earlier,
        listened=visit.house.listener.listen(made.line) is not None,
    )


def save(visit: Visit, made: CheckIn) -> None:
    """Write it with the visit."""
    visit.changes.check_ins.append(made)


async def heavy(visit: Visit) -> bool:
    """Whether the newest check-ins were all at the worst."""
    since = visit.person.local(visit.now).date() - 4 * RUNS_OVER
    stored = {one.day: one for one in await visit.shelf.check_ins(visit.person, since)}
    stored |= {one.day: one for one in visit.changes.check_ins}
    return worst_running(list(stored.values()))


async def beside(visit: Visit, flow: Flow, state: State) -> None:
    """Put on the last screen what depends on the days on record."""
    if flow.keeps != KEEPS or not visit.screens:
        return
    screen, day = visit.screens[-1], date.fromisoformat(state.day)
    if state.at == LINE:
        visit.screens[-1] = await _at_the_line(visit, screen, day)
        return
    buttons = []
    made = await on_record(visit, day)
    blocks, asked = await minding.beside(visit, day, made) if state.finished else ([], ())
    if made is not None and state.finished:
        asked = (*asked, *minding.about_rows(visit, made))
    if state.finished:
        buttons.append(visit.button("checkin.change_button", f"checkin:open:{day.isoformat()}"))
    yesterday = day - _DAY
    today = visit.person.local(visit.now).date()
    if day == today and await on_record(visit, yesterday) is None:
        press = f"checkin:open:{yesterday.isoformat()}"
        buttons.append(visit.button("checkin.yesterday_button", press))
    if state.finished and await planning.daily(visit, KEEPS) is None:
        buttons.append(visit.button("checkin.evening_button", f"daily:open:{KEEPS}"))
    visit.screens[-1] = replace(
        screen,
        blocks=(*screen.blocks, *blocks),
        rows=(*screen.rows, *asked, *arrange(buttons)),
        protect=screen.protect or bool(blocks),
    )


async def _at_the_line(visit: Visit, screen: Screen, day: date) -> Screen:
    """Below the number: the words that are there already, and one quiet line on heavy days."""
    blocks, rows = list(screen.blocks), list(screen.rows)
    made = await on_record(visit, day)
    if made is not None and made.line:
        blocks += [Block(visit.phrase("checkin.there_already"), "lead"), Block(made.line, "quote")]
    asked, answers = await minding.beside(visit, day, made)
    blocks, rows = [*blocks, *asked], [*rows[:1], *answers, *rows[1:]]
    if await heavy(visit):
        blocks.append(Block(visit.phrase("checkin.heavy")))
        rows.append((visit.button("offers.help", "help:open"),))
    echoes = bool(asked) or (made is not None and bool(made.line))
    return replace(screen, blocks=tuple(blocks), rows=tuple(rows), protect=echoes)


async def shown(visit: Visit, made: CheckIn, key: str) -> Screen:
    """A day as it is on record, with what else can be said about it."""
    screen = one_screen(visit, made, key)
    blocks, rows = await minding.beside(visit, made.day, made)
    return replace(
        screen,
        blocks=(*screen.blocks, *blocks),
        rows=(*rows, *minding.about_rows(visit, made), *screen.rows),
        protect=screen.protect or bool(blocks),
    )


def one_screen(visit: Visit, made: CheckIn, key: str) -> Screen:
    """A day as it is on record, under a sentence."""
    phrases, language = visit.house.library.phrases, visit.person.language
    day = day_name(made.day, visit.person.local(visit.now).date(), phrases, language)
    told = visit.phrase("talk.rated", number=str(made.mood), scale="5")
    words = " · ".join([f"{day}: {told}", *minding.in_words(visit, made)])
    blocks = [Block(visit.phrase(key)), Block(words)]
    press = f"checkin:open:{made.day.isoformat()}"
    buttons = [visit.button("checkin.change_button", press)]
    if made.line:
        blocks.append(Block(made.line, "quote"))
        press = f"checkin:unsay:{made.day.isoformat()}"
        buttons.append(visit.button("checkin.unsay_button", press))
    return Screen(tuple(blocks), arrange(buttons), protect=bool(made.line))
