"""Kills a bot while a crowd chats, starts it again at once, and tells all that went wrong."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import median

from tests.durable.chatter import Waited
from tests.durable.crowd import Crowd, Key, key_of
from tests.durable.probe import Point
from tests.durable.processes import Bot
from tests.durable.stored import Stored, copied, read

#: Seconds within which everyone has the reply to their last update, and the next one works.
RECOVERED = 10.0
#: Inputs a person makes between two kills, and the longest pause before each, in seconds.
STEPS, PAUSE = 3, 0.05
#: A kill at a random moment comes within so many seconds of the crowd's first input.
SPAN = 0.4


@dataclass(slots=True)
class Account:
    """What came of it. `phases` counts kills by what was under way; `faults` are sentences."""

    kills: int = 0
    phases: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    recoveries: list[float] = field(default_factory=list)
    """Seconds from a restart until everyone who waited then had their reply."""
    repeats: list[int] = field(default_factory=list)
    """Messages that came once more after each kill."""
    in_flight: Counter[Key] = field(default_factory=Counter)
    """How many kills found a message committed and not noted as delivered."""
    strangers: Counter[int] = field(default_factory=Counter)
    """How many kills found a person of whom nothing was stored."""

    def __str__(self) -> str:
        phases = ", ".join(f"{count} {phase}" for phase, count in sorted(self.phases.items()))
        recovered = f"median {median(self.recoveries):.2f} s, most {max(self.recoveries):.2f} s"
        repeats = f"{sum(self.repeats)}, at most {max(self.repeats)} after one kill"
        return f"{self.kills} kills: {phases}. Recovered: {recovered}. Repeated: {repeats}."


COMMIT, SEND = "between fetch and commit", "between commit and send"


def course(kills: int, seed: int) -> list[Point]:
    """Where to kill: a good third of the kills at the points that matter, the rest anywhere."""
    share = max(3, kills // 8)
    spots = [Point.FETCHED, Point.DECIDING] * share
    spots = spots[:share] + [Point.COMMITTED] * share + [Point.SENT] * max(1, share // 3)
    spots += [Point.NOWHERE] * (kills - len(spots))
    Random(seed).shuffle(spots)
    return spots


async def chat_through_kills(
    bot: Bot, crowd: Crowd, points: Sequence[Point], *, seed: int, pause: float = PAUSE
) -> Account:
    """Kill the running bot once for each point, then compare all with what is stored.

    People pause up to `pause` seconds before each input; without a pause they write at once, so
    that batches are large. Ends early at the first fault.
    """
    random, account = Random(seed), Account()
    for point in points:
        chat = asyncio.create_task(crowd.steps(STEPS, pause))
        await _killed(bot, point, random, chat, len(crowd.chatters))
        place, shown, copy = bot.marks.place, set(crowd.shown), copied(bot.data)
        restarted = asyncio.get_running_loop().time()
        await bot.start()
        stored = await read(copy)
        account.faults += await chat
        account.kills += 1
        _count_phases(account, stored, place, shown)
        _find_repeats(account, crowd, stored)
        _find_late(account, [chatter.waits[-STEPS:] for chatter in crowd.chatters], restarted)
        if account.faults:
            return account
    account.faults += await crowd.steps(1)
    await bot.kill()
    stored = await read(copied(bot.data))
    account.faults += crowd.differences(stored)
    if stored.set_aside:
        account.faults.append(f"{stored.set_aside} updates were set aside")
    return account


async def _killed(
    bot: Bot, point: Point, random: Random, chat: asyncio.Task[list[str]], people: int
) -> None:
    """The bot is dead: by its own hand at that point, or by ours at a random moment."""
    if point is Point.NOWHERE:
        await asyncio.sleep(random.uniform(0, SPAN))
    else:
        each = point in (Point.DECIDING, Point.SENT)
        bot.marks.wish(point, random.randint(1, people // 2 if each else 2))
        gone = asyncio.create_task(bot.gone())
        await asyncio.wait((gone, chat), return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
    await bot.kill()
    bot.marks.wish(Point.NOWHERE)


def _count_phases(account: Account, stored: Stored, place: Point, shown: set[Key]) -> None:
    owed = [key_of(chat, call) for chat, _, call in stored.owed]
    unsent = [key for key in owed if key not in shown]
    account.phases[COMMIT] += place is Point.FETCHED
    account.phases[SEND] += bool(unsent)
    account.phases["between sending and noting it"] += len(unsent) < len(owed)


def _find_repeats(account: Account, crowd: Crowd, stored: Stored) -> None:
    """What came more often than the kills explain.

    A message may come once, and once more for each kill that found it in flight: committed and not
    noted as delivered. So may the reply to somebody who has not agreed, of whom nothing is stored.
    """
    account.in_flight.update({key_of(chat, call) for chat, _, call in stored.owed})
    account.strangers.update(
        c.person.id for c in crowd.chatters if c.person.id not in stored.people
    )
    again = sum(crowd.sent.values()) - len(crowd.sent)
    account.repeats.append(again - sum(account.repeats))
    beyond = [
        key
        for key, count in crowd.sent.items()
        if count > 1 + account.in_flight[key] + account.strangers[key[0]]
    ]
    if beyond:
        account.faults.append(f"{len(beyond)} messages came twice that were not in flight")


def _find_late(account: Account, waits: Sequence[list[Waited]], restarted: float) -> None:
    """How long those had to wait who waited at the kill, and whether anyone had to for too long."""
    caught = [w for each in waits for w in each if w.asked < restarted < w.answered]
    account.recoveries.append(max((w.answered - restarted for w in caught), default=0.0))
    late = [w for each in waits for w in each if w.answered - max(w.asked, restarted) > RECOVERED]
    if late:
        account.faults.append(f"{len(late)} replies came late")
