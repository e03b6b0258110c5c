"""How long what nobody comes back for is kept: talks that rest, and people not seen any more.

One look is a slice of the people in the order of their ids, so that nobody waits while a large
database is gone through; the clock goes on from slice to slice, hour after hour.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.house import House
from bot.logs import log_failure
from bot.outbox import AFFIRMATION, Outgoing
from bot.person import Person, epoch_ms, from_ms
from bot.posting import SEND, sealed_row
from bot.storage import outbox, people, replay
from bot.storage.connection import Connection
from bot.storage.rows import OutboxRow, PersonRow
from bot.storage.sealing import Unsealable
from bot.telegram_out import keyboard, pages, payload
from conversations.schedule import in_words
from conversations.screen import Block, Button, Screen

#: People looked at in one transaction.
SLICE = 1_000
#: How long before the end somebody is told.
NOTICE = timedelta(days=30)
MONTH = timedelta(days=365) / 12
#: Local hours in which the notice is sent.
BY_DAY = range(9, 20)
_FIRST = -(2**63)


@dataclass(slots=True)
class Kept:
    """What one slice came to: messages to send, chats that were erased."""

    calls: list[Outgoing] = field(default_factory=list)
    erased: list[int] = field(default_factory=list)
    more: bool = True


class Retention:
    """Goes through everyone, a slice at a time; begins anew after the last."""

    def __init__(self, house: House) -> None:
        self._house, self._after = house, _FIRST
        self._talks = house.lengths.talks * MONTH
        self._people = house.lengths.people * MONTH

    async def look(self, conn: Connection, now: datetime) -> Kept:
        """One slice, in one transaction: the caller commits, then sends and scrubs."""
        kept, posted = Kept(), list[OutboxRow]()
        seen = await people.last_seen(conn, self._after, SLICE)
        if self._talks:
            before = epoch_ms(now - self._talks)
            await people.delete_old_talks(conn, list(seen), before)
        if self._people:
            told = epoch_ms(now - self._people + NOTICE)
            late = [chat for chat, at in seen.items() if at <= told]
            for row in (await people.load_people(conn, late)).values():
                await self._judge(conn, row, now, kept, posted)
        await outbox.insert_outbox(conn, posted)
        kept.more = len(seen) == SLICE
        self._after = max(seen) if kept.more else _FIRST
        return kept

    async def _judge(
        self, conn: Connection, row: PersonRow, now: datetime, kept: Kept, posted: list[OutboxRow]
    ) -> None:
        """Tell somebody who is away that long, or erase them once they were told."""
        try:
            person = Person.open(row, [], None, self._house.keyring)
        except Unsealable as error:  # it must not stand in the way of all others
            log_failure("person_unreadable", error)
            return
        told = person.profile.leaving
        if told > row.seen_at:
            if from_ms(told) + NOTICE <= now and from_ms(row.seen_at) + self._people <= now:
                house = self._house
                await replay.forget(conn, house.keyring, house.erased, row.id, epoch_ms(now))
                kept.erased.append(row.id)
            return
        if row.unreachable_since is None:
            if person.local(now).hour not in BY_DAY:
                return
            call = self._notice(person, now)
            kept.calls.append(call)
            posted.append(sealed_row(person, call, epoch_ms(now)))
        person.keep_profile(leaving=epoch_ms(now))
        await people.save_people(conn, [person.sealed_row()])

    def _notice(self, person: Person, now: datetime) -> Outgoing:
        """Neutral, as anything that may stand on a locked screen."""
        phrases, language = self._house.library.phrases, person.language
        day = in_words(person.local(now + NOTICE).date().isoformat(), phrases, language)
        text = phrases("retention.notice", language, day=day)
        screen = Screen(
            (Block(text),), ((Button(phrases("retention.keep_button", language), "cmd:today"),),)
        )
        number = self._house.ids.next()
        body = payload(pages(screen)[0], keyboard(screen, number), protect=False)
        return Outgoing(number, person.row.id, SEND, body, AFFIRMATION)
