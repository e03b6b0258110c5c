"""People put into a state: copies of a pattern, each with a word of their own in all they wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.appointments import Appointment
from bot.check_ins import CheckIn
from bot.desk import Desk
from bot.person import Keepsake, Person, Profile, epoch_ms
from bot.playground.world import Chat
from bot.storage import outbox as outbox_table
from bot.storage.rows import OutboxRow
from bot.telegram_in import Incoming
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.appointments import Repeat, Wish
from conversations.singles import Single
from conversations.turn import State, Tie
from tests.hostile.arena import Arena
from tests.rare import rare

#: Stands in a pattern wherever the copy has its own word.
MARK = "markofthisone"
ZONE = "Europe/Berlin"
KEPT = ("reason", "boundary", "plan", "note", "letter", "affirmation")


@dataclass(frozen=True)
class Pattern:
    """A state that a person can be in. `agreed` is false where nothing of them is stored.

    `verb` is that of the step that waits for an answer, or "outside".
    """

    name: str
    verb: str = "outside"
    agreed: bool = True
    profile: Profile = field(default_factory=Profile)
    ties: Sequence[Tie] = ()
    talks: Sequence[State] = ()
    active: int | None = None
    next_talk: int = 9
    reflections: Sequence[State] = ()
    kept: Sequence[Keepsake] = ()
    check_ins: Sequence[CheckIn] = ()
    appointments: Sequence[Appointment] = ()


@dataclass(frozen=True)
class Guest:
    """Somebody in a chat with the bot. `said` and `shown` are a message of each side.

    `row` is the outbox row of the shown one; `kept` and `due` are what they keep, and what comes.
    """

    pattern: Pattern
    chat: Chat
    word: str
    said: int
    shown: int
    row: int
    kept: Sequence[Keepsake] = ()
    due: Sequence[Appointment] = ()

    @property
    def id(self) -> int:
        """Of the person and of the chat."""
        return self.chat.chat_id

    @property
    def talk(self) -> State:
        """The talk that is open, or else any of theirs."""
        talks = [*self.pattern.talks, *self.pattern.reflections]
        open_now = [state for state in talks if state.talk == self.pattern.active]
        return (*open_now, *talks, State("three_questions", 1, "want_self"))[0]


async def seat(arena: Arena, patterns: Iterable[Pattern]) -> list[Guest]:
    """A new person in each of these states, written as the bot itself writes them."""
    now = datetime.now(UTC)
    async with arena.database.writing() as conn:
        desk = Desk(arena.house, conn, now)
        guests = [_seat(arena, desk, pattern, now) for pattern in patterns]
        await desk.write()
        shown = [
            OutboxRow(
                *(guest.row, guest.id, guest.id, 0, epoch_ms(now)),
                message_id=guest.shown,
                done_at=epoch_ms(now),
            )
            for guest in guests
            if guest.pattern.agreed
        ]
        await outbox_table.insert_outbox(conn, shown)
    return guests


def _seat(arena: Arena, desk: Desk, pattern: Pattern, now: datetime) -> Guest:
    world, word = arena.play.world, rare()
    chat = world.add_person("Ann")
    chat.known = True
    said = world.place(chat, chat.person, {"text": word})["message_id"]
    shown = world.place(chat, world.bot, {"text": "A question."})["message_id"]
    guest = Guest(pattern, chat, word, said, shown, arena.house.ids.next())
    if not pattern.agreed:
        return guest
    old = [*(one.id for one in pattern.kept), *(made.id for made in pattern.appointments)]
    ids = {number: arena.house.ids.next() for number in old}

    told = {MARK: word} | {str(old): str(new) for old, new in ids.items()}
    told |= {base36(old): base36(new) for old, new in ids.items()}
    names = re.compile("|".join(told))

    def own(text: str) -> str:
        return names.sub(lambda found: told[found[0]], text)

    person = desk.welcome(chat.chat_id)
    person.profile = Profile.from_json(own(pattern.profile.to_json().decode()).encode())
    person.keep_profile()
    for tie in pattern.ties:
        facts = {name: own(said) for name, said in tie.facts.items()}
        person.keep_tie(replace(tie, facts=facts))
    row = person.row
    row.zone, row.active_talk, row.next_talk = ZONE, pattern.active, pattern.next_talk
    row.next_tie, row.newest_row, row.last_message = len(pattern.ties) + 1, guest.row, said
    talks = [State.from_json(own(state.to_json())) for state in pattern.talks]
    person.talk = next((state for state in talks if state.talk == pattern.active), None)
    visit = Visit(
        arena.house, person, Incoming(0, "text", chat.chat_id, now, message=said), desk, now
    )
    changes = visit.changes
    changes.talks = {state.talk: state for state in talks}
    done = [State.from_json(own(state.to_json())) for state in pattern.reflections]
    changes.reflections = {state.talk: state for state in done}
    changes.kept = [
        replace(one, id=ids[one.id], text=own(one.text), earlier=tuple(map(own, one.earlier)))
        for one in pattern.kept
    ]
    changes.check_ins = [
        replace(day, words=tuple((own(text), number) for text, number in day.words))
        for day in pattern.check_ins
    ]
    changes.appointments = [
        replace(made, id=ids[made.id], text=own(made.text), item=ids.get(made.item, 0))
        for made in pattern.appointments
    ]
    desk.received += visit.received
    desk.accept(visit)
    return replace(guest, kept=changes.kept, due=changes.appointments)


async def pattern_of(arena: Arena, chat: int, word: str, name: str) -> Pattern:
    """The state that somebody is in now, to be copied; `word` is theirs."""
    async with arena.database.reading() as conn:
        desk = Desk(arena.house, conn, datetime.now(UTC))
        await desk.seat({chat})
        if (person := desk.people.get(chat)) is None:
            return Pattern(name, agreed=False)
        return await _read(desk, person, word, name)


async def _read(desk: Desk, person: Person, word: str, name: str) -> Pattern:
    def any_one(text: str) -> str:
        return text.replace(word, MARK)

    def state(one: State) -> State:
        return State.from_json(any_one(one.to_json()))

    return Pattern(
        name,
        profile=Profile.from_json(any_one(person.profile.to_json().decode()).encode()),
        ties=[
            replace(tie, facts={name: any_one(said) for name, said in tie.facts.items()})
            for tie in person.ties.values()
        ],
        talks=[state(one) for one in await desk.resting(person)],
        active=person.row.active_talk,
        next_talk=person.row.next_talk,
        reflections=[state(one) for one in await desk.reflections(person)],
        kept=[replace(one, text=any_one(one.text)) for one in await desk.kept(person)],
        check_ins=[
            replace(day, words=tuple((any_one(text), number) for text, number in day.words))
            for day in await desk.check_ins(person)
        ],
        appointments=[
            replace(made, text=any_one(made.text)) for made in await desk.appointments(person)
        ],
    )


def at_home(library_talks: Mapping[str, State]) -> Pattern:
    """Somebody who has been here for a while: something of every kind is theirs.

    `library_talks` are a talk that rests and one that is finished.
    """
    number = iter(range(10_000_000_001, 10_000_001_000))
    now = datetime.now(UTC)
    kept = [
        Keepsake(next(number), kind, f"{kind} {MARK}", epoch_ms(now), place, tie=1)
        for place, kind in enumerate(KEPT)
    ]
    in_a_week = now.replace(microsecond=0) + timedelta(days=7)
    wish = Wish(at=datetime(2030, 1, 1, 8, 30).time(), zone=ZONE)  # noqa: DTZ001 - a time of day
    soon = Single(next_at=in_a_week, zone=ZONE, local=in_a_week.replace(tzinfo=None))
    rests = replace(library_talks["rests"], talk=1, tie=1, between=0)
    done = replace(library_talks["finished"], talk=2, tie=1, finished=True, between=0)
    return Pattern(
        "at home",
        profile=Profile(country="DE", held=[[f"held {MARK}", 1]], hide_word=""),
        ties=[
            Tie(1, "partner", {"safe": "yes", "word": f"Sam {MARK}"}),
            Tie(2, "job", {"word": f"Work {MARK}"}),
        ],
        talks=[rests],
        reflections=[done],
        next_talk=3,
        kept=kept,
        check_ins=[
            CheckIn(date.today() - timedelta(days=n), epoch_ms(now), 3, ((f"day {MARK}", None),))  # noqa: DTZ011
            for n in (1, 2)
        ],
        appointments=[
            Appointment.repeating(next(number), "affirmation", Repeat.begin(now, wish)),
            Appointment.repeating(next(number), "check_in", Repeat.begin(now, wish)),
            Appointment.single(next(number), "reminder", soon, flow="needs", text=f"word {MARK}"),
        ],
    )
