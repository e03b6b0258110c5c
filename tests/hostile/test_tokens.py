"""What cannot be undone is done by one tap of its owner's: not by a forged one, another's or again.

Each case walks to the question, so that the button carries a fresh word of one use.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.playground import people
from tests.hostile.arena import Arena, arena
from tests.hostile.guests import Guest, Pattern, at_home, pattern_of, seat
from tests.hostile.states import met, step

FORGED = "000000"


@dataclass(frozen=True)
class Tap:
    """How one gets to the question, the beginning of the press, and whether it was done."""

    name: str
    walk: Sequence[str]
    press: str
    done: Callable[[Pattern, Sequence[str]], bool]

    def __str__(self) -> str:
        return self.name


TAPS = (
    Tap("forget", ["/forget"], "forget:yes:", lambda now, _: not now.agreed),
    Tap(
        "let go",
        ["/today", "[Let it go]"],
        "talk:drop:1.",
        lambda now, _: not any(state.talk == 1 for state in now.talks),
    ),
    Tap(
        "lock off",
        ["/lock", "4711", "4711", "/lock"],
        "lock:off:",
        lambda now, _: not now.profile.lock,
    ),
    Tap("stop all", ["/stop"], "quiet:good:", lambda now, _: now.profile.quiet_until > 0),
    Tap("export", ["/export"], "export:send:", lambda _, calls: "sendDocument" in calls),
    Tap("import", ["file"], "bring:yes:", lambda now, _: len(now.kept) > 0),
)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Arena]:
    async with arena(tmp_path) as made:
        yield made


async def _walk(here: Arena, guest: Guest, tap: Tap, file: str) -> str:
    """To the question; the whole data of its button."""
    for act in tap.walk:
        if act == "file":
            document = {"document": {"file_id": file, "file_name": "everything.json"}}
            people.say(here.play.world, guest.chat, document)
        else:
            step(here, guest, act)
        await here.settle()
    keys: list[str] = [
        key["callback_data"]
        for message in guest.chat.messages.values()
        for row in message.get("reply_markup", {}).get("inline_keyboard", ())
        for key in row
    ]
    return next(data for data in reversed(keys) if data.partition("|")[2].startswith(tap.press))


async def _exported(here: Arena) -> str:
    """The file id of everything that somebody else has, as the bot wrote it."""
    (somebody,) = await seat(here, [at_home(met().talks)])
    export = next(tap for tap in TAPS if tap.name == "export")
    await _press(here, somebody, await _walk(here, somebody, export, ""))
    files = [stored for stored in here.play.world.files.values() if stored.name.endswith(".json")]
    return files[-1].file_id


async def _press(here: Arena, guest: Guest, data: str) -> Sequence[str]:
    """Tap it; the methods that were called for this chat in answer."""
    here.forget()
    newest = max(guest.chat.messages, default=guest.shown)
    people.press(here.play.world, guest.chat, newest, data)
    await here.settle()
    return [call.method for call in here.calls[guest.id]]


@pytest.mark.parametrize("tap", TAPS, ids=str)
async def test_only_ones_own_fresh_tap_does_it(here: Arena, tap: Tap) -> None:
    file = await _exported(here) if tap.name == "import" else ""
    home = at_home(met().talks)
    bare = Pattern("just here", ties=home.ties)
    ann, ben = await seat(here, [bare, bare] if tap.name == "import" else [home, home])

    async def done(guest: Guest, data: str) -> bool:
        calls = await _press(here, guest, data)
        return tap.done(await pattern_of(here, guest.id, guest.word, ""), calls)

    anns, bens = await _walk(here, ann, tap, file), await _walk(here, ben, tap, file)
    assert not await done(ben, anns), "with another's word"
    assert not tap.done(await pattern_of(here, ann.id, ann.word, ""), ()), "to another"
    anns = await _walk(here, ann, tap, file)
    assert not await done(ann, f"{anns.partition('|')[0]}|{tap.press}{FORGED}"), "forged"
    anns = await _walk(here, ann, tap, file)
    assert not await done(ann, f"{anns.partition('|')[0]}|{tap.press}"), "without a word"
    bens = await _walk(here, ben, tap, file)
    assert await done(ben, bens), "one's own does it"
    if tap.name == "export":  # can be repeated, so that the second tap is what shows
        assert not await done(ben, bens), "used"


async def test_a_used_word_opens_nothing_a_second_time(here: Arena) -> None:
    """The lock is set anew after it was taken off: the old button leaves it on."""
    lock = next(tap for tap in TAPS if tap.name == "lock off")
    (ann,) = await seat(here, [at_home(met().talks)])
    used = await _walk(here, ann, lock, "")
    await _press(here, ann, used)
    fresh = await _walk(here, ann, lock, "")
    assert fresh != used
    await _press(here, ann, used)
    assert (await pattern_of(here, ann.id, ann.word, "")).profile.lock["hash"]


async def test_a_word_for_one_talk_lets_no_other_go(here: Arena) -> None:
    let_go = Tap("one", ["/today", "[Let it go 1]"], "talk:drop:", lambda *_: False)
    home = at_home(met().talks)
    another = replace(home.talks[0], talk=5, flow="needs", at=None, answers={})
    (ann,) = await seat(here, [replace(home, talks=[*home.talks, another], next_talk=6)])
    asked = await _walk(here, ann, let_go, "")
    number = asked.partition("talk:drop:")[2].partition(".")[0]
    other = {"1": "5", "5": "1"}[number]
    await _press(here, ann, asked.replace(f"talk:drop:{number}.", f"talk:drop:{other}."))
    left = {state.talk for state in (await pattern_of(here, ann.id, ann.word, "")).talks}
    assert left == {1, 5}
