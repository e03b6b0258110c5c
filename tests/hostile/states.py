"""Every state: each step of each flow that waits for an answer, and those outside of the talks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.playground import people
from bot.telegram_out import base36
from conversations.library import Library
from conversations.script import Script, read
from conversations.stage import Stage, StageError
from conversations.turn import Answer, State, Tie
from tests import shipped
from tests.hostile.arena import Arena
from tests.hostile.guests import MARK, Guest, Pattern, at_home, pattern_of, seat

HERE = Path(__file__).parent
TRANSCRIPTS = HERE.parent / "transcripts"
#: Verbs that only show something: no talk ever waits there.
SHOWN_ONLY = ("say", "offer")


@dataclass
class Met:
    """What the transcripts come by: `waits` by flow, step and phase; a resting and a done talk."""

    waits: dict[tuple[str, str, str], tuple[Sequence[Tie], State]] = field(default_factory=dict)
    talks: dict[str, State] = field(default_factory=dict)


@cache
def met() -> Met:
    """Every transcript, played once; of states that are alike the first."""
    found, library, listener = Met(), shipped.library(), shipped.listener()
    for file in sorted(TRANSCRIPTS.glob("*/*.txt")):
        script = Script(Stage(library, listener=listener))
        with suppress(StageError):  # that a transcript cannot be played is told by its own test
            for line in read(file.read_text(encoding="utf-8")):
                script.play(line.text)
                if (state := script.stage.state) is not None:
                    _note(found, list(script.stage.ties.values()), state)
    return found


def _note(found: Met, ties: Sequence[Tie], state: State) -> None:
    if state.at and not state.finished:
        key = (state.flow, state.at.partition("@")[0], state.within.get("phase", ""))
        if key not in found.waits:
            found.waits[key] = (ties, _with_marks(state))
    name = "finished" if state.finished else "rests"
    if state.flow == "three_questions" and state.answers and name not in found.talks:
        found.talks[name] = _with_marks(state)


@cache
def inside() -> Sequence[Pattern]:
    """A pattern for each step that waits for an answer, in each of its phases."""
    library, found = shipped.library(), dict(met().waits)
    home = at_home(met().talks)
    for flow in library.flows.values():
        for leaf in flow.leaves:
            if leaf.verb not in SHOWN_ONLY and not any(k[:2] == (flow.id, leaf.id) for k in found):
                # No transcript stops here: a talk of the same exercise, moved to this step.
                ties, state = next(v for k, v in found.items() if k[0] == flow.id)
                found[flow.id, leaf.id, ""] = (ties, replace(state, at=leaf.id, within={}))
    return [_pattern(home, library, key, ties, state) for key, (ties, state) in found.items()]


def _with_marks(state: State) -> State:
    """The same talk with the mark in everything that was written."""

    def marked(answer: Answer) -> Answer:
        parts = tuple(replace(p, text=f"{p.text} {MARK}" if p.text else "") for p in answer.parts)
        return replace(answer, parts=parts)

    return replace(state, answers={step: marked(one) for step, one in state.answers.items()})


def _pattern(
    home: Pattern, library: Library, key: tuple[str, str, str], ties: Sequence[Tie], state: State
) -> Pattern:
    leaf = library.flows[state.flow].leaf(state.at)
    assert leaf is not None
    now = datetime.now(UTC)
    if state.day:  # what came between is about today, else it would be over
        state = replace(state, day=now.date().isoformat(), begun=now.isoformat())
    return replace(
        home,
        name=" ".join(filter(None, key)),
        verb=leaf.verb,
        ties=ties or home.ties,
        talks=[*home.talks, replace(state, talk=3, between=0)],
        active=3,
        next_talk=4,
    )


def walks() -> Mapping[str, Sequence[str]]:
    """What somebody at home does to get into each state outside of the talks."""
    with (HERE / "states.toml").open("rb") as file:
        found: Mapping[str, Sequence[str]] = tomllib.load(file)["outside"]
    return found


async def outside(arena: Arena) -> list[Pattern]:
    """A pattern for each state outside of the talks: somebody went there, and is copied."""
    home = at_home(met().talks)
    guests = await seat(arena, [home] * len(walks()))
    longest = max(map(len, walks().values()))
    for number in range(longest):
        for guest, walk in zip(guests, walks().values(), strict=True):
            if number < len(walk):
                step(arena, guest, walk[number].replace("{word}", guest.word))
        await arena.settle()
    found = [
        await pattern_of(arena, guest.id, guest.word, name)
        for guest, name in zip(guests, walks(), strict=True)
    ]
    return [replace(home, name="before agreeing", agreed=False), *found]


def step(arena: Arena, guest: Guest, act: str) -> None:
    """Do what a line of a walk says."""
    world = arena.play.world
    if act.startswith("["):
        shown = [m for m in reversed(guest.chat.messages.values()) if m["from"]["is_bot"]]
        keys = [
            key
            for message in shown
            for row in message.get("reply_markup", {}).get("inline_keyboard", ())
            for key in row
        ]
        data = next((k["callback_data"] for k in keys if k["text"] == act.strip("[]")), None)
        assert data, f"no button {act} among {[key['text'] for key in keys]}"
        people.press(world, guest.chat, shown[0]["message_id"], data)
    elif act.startswith("tap "):
        reason = base36(guest.kept[0].id)
        data = act.removeprefix("tap ").replace("{own.reason}", reason)
        people.press(world, guest.chat, guest.shown, f"{base36(guest.row)}|{data}")
    else:
        many = re.fullmatch(r"\{(\d+)\*(.)\}", act)
        people.write(world, guest.chat, many[2] * int(many[1]) if many else act)
