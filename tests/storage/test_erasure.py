"""Whoever asks to be forgotten leaves neither row, nor key, nor a byte in any file."""

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.settings import StorageSettings
from bot.storage import appointments, erasure, outbox, people, updates, words
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.rows import (
    AppointmentRow,
    CheckInRow,
    DoneRow,
    KeptRow,
    OutboxRow,
    ReflectionRow,
    TalkRow,
    TieRow,
)
from bot.storage.sealing import Keyring, PersonKey
from bot.storage.tables import erasures, metadata, seen_updates
from tests.storage.conftest import NOW, add_person

WORDS = "quokkasilence"
SEEN = os.urandom(16)


@pytest.fixture
async def bodies(database: Database, keyring: Keyring) -> dict[int, list[bytes]]:
    """Two people who wrote the same rare word into every table; their sealed values."""
    found: dict[int, list[bytes]] = {1: [], 2: []}
    for person, sealed in found.items():
        key = await add_person(database, keyring, person)
        async with database.writing() as conn:
            await write_everywhere(conn, key, keyring, person, sealed)
            sealed += [row.wrapped for row in (await people.load_people(conn, [person])).values()]
    async with database.writing() as conn:
        await updates.note_seen(conn, [SEEN], NOW)
    return found


async def write_everywhere(
    conn: Connection, key: PersonKey, keyring: Keyring, person: int, sealed: list[bytes]
) -> None:
    def seal(column: str, by: PersonKey = key) -> bytes:
        sealed.append(by.seal(column, WORDS.encode() * 40))
        return sealed[-1]

    await people.save_ties(conn, [TieRow(person, 1, seal("ties.body"))])
    await people.save_talks(conn, [TalkRow(person, n, NOW, seal("talks.body")) for n in range(40)])
    kept = [KeptRow(person * 100 + n, person, n, n, NOW, seal("kept.body")) for n in range(40)]
    await words.save_kept(conn, kept)
    await words.save_check_ins(conn, [CheckInRow(person, 1, NOW, seal("check_ins.body"))])
    await words.save_reflections(conn, [ReflectionRow(person, 1, NOW, seal("reflections.body"))])
    due = AppointmentRow(person, person, NOW, "slot", seal("appointments.body"), 1)
    await appointments.save_appointments(conn, [due])
    await outbox.insert_outbox(
        conn,
        [
            OutboxRow(person * 10, person, person, 0, NOW, body=seal("outbox.body")),
            OutboxRow(
                person * 10 + 1, person, None, 0, NOW, body=seal("outbox.body", keyring.system)
            ),
            OutboxRow(person * 10 + 2, person, person, 0, NOW, body=seal("outbox.body")),
        ],
    )
    await outbox.mark_done(conn, [DoneRow(person * 10 + 2, 5, NOW)])
    await outbox.note_received(conn, [(person, 7, NOW)])
    aside = seal("set_aside.body", keyring.system)
    await updates.put_aside(conn, bytes([person]), NOW, aside, person)


async def counts(database: Database) -> dict[str, int]:
    async with database.reading() as conn:
        return {
            table.name: (await conn.execute(select(func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
        }


def every_byte(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


async def test_the_forgotten_leave_no_row_and_the_others_keep_theirs(
    database: Database, keyring: Keyring, bodies: dict[int, list[bytes]]
) -> None:
    before = await counts(database)
    silent = {name for name, count in before.items() if count == 0}
    assert silent == {"erasures", "in_hand"}  # every other table had something to forget
    async with database.writing() as conn:
        await erasure.forget(conn, keyring, 1, NOW)
    after = await counts(database)
    theirs = before.keys() - {"facts", "seen_updates", "erasures", "in_hand"}
    assert {name: after[name] * 2 for name in theirs} == {name: before[name] for name in theirs}
    async with database.reading() as conn:
        assert await people.load_people(conn, [1]) == {}
        key = keyring.unwrap(2, (await people.load_people(conn, [2]))[2].wrapped)
        for row in await words.load_kept(conn, 2):
            assert key.open("kept.body", row.body).startswith(WORDS.encode())


async def test_the_only_traces_are_two_hashes(
    database: Database, keyring: Keyring, bodies: dict[int, list[bytes]]
) -> None:
    async with database.writing() as conn:
        await erasure.forget(conn, keyring, 1, NOW)
        await erasure.forget(conn, keyring, 1, NOW)
    async with database.reading() as conn:
        assert (await conn.execute(select(erasures))).all() == [(keyring.erasure_digest(1), NOW)]
        assert (await conn.execute(select(seen_updates.c.digest))).all() == [(SEEN,)]


async def test_no_file_holds_a_byte_of_what_was_sealed_after_a_scrub(
    settings: StorageSettings,
    database: Database,
    keyring: Keyring,
    bodies: dict[int, list[bytes]],
) -> None:
    alive = every_byte(settings.data_dir)
    # All but the text of the message that was delivered, which is gone already.
    pieces = {person: [body[-48:] for body in sealed] for person, sealed in bodies.items()}
    standing = {person: [p for p in pieces[person] if p in alive] for person in pieces}
    assert len(standing[1]) >= len(pieces[1]) - 1
    async with database.writing() as conn:
        await erasure.forget(conn, keyring, 1, NOW)
    assert await database.scrub()
    left = every_byte(settings.data_dir)
    assert [piece for piece in pieces[1] if piece in left] == []
    assert len([piece for piece in standing[2] if piece in left]) >= len(pieces[2]) - 1
    assert WORDS.encode() not in alive + left


async def test_a_scrub_says_when_another_program_reads_and_succeeds_afterwards(
    settings: StorageSettings, database: Database
) -> None:
    other = sqlite3.connect(settings.data_dir / "threshold.db", isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM facts").fetchall()
    async with database.writing() as conn:
        await updates.note_seen(conn, [SEEN], NOW)
        await conn.execute(text("PRAGMA busy_timeout = 50"))
    assert not await database.scrub()
    other.close()
    assert await database.scrub()
    assert (settings.data_dir / "threshold.db-wal").stat().st_size == 0


async def test_marks_leave_when_their_time_is_over_and_what_is_owed_stays(
    database: Database,
) -> None:
    week, two_days = erasure.SEEN_FOR, erasure.DELIVERED_FOR
    async with database.writing() as conn:
        await updates.note_seen(conn, [b"old"], NOW - week - 1)
        await updates.note_seen(conn, [b"young"], NOW - week)
        await updates.put_in_hand(conn, b"old", NOW - week - 1)
        await outbox.note_received(conn, [(1, 1, NOW - two_days - 1), (1, 2, NOW - two_days)])
        rows = [OutboxRow(n, 1, 1, 0, NOW - 10 * week, body=b"sealed") for n in (1, 2, 3)]
        await outbox.insert_outbox(conn, rows)
        done = [DoneRow(1, 11, NOW - two_days - 1), DoneRow(2, 12, NOW - two_days)]
        await outbox.mark_done(conn, done)
        await erasure.purge(conn, NOW)
        assert (await conn.execute(select(seen_updates.c.digest))).all() == [(b"young",)]
        assert await updates.put_in_hand(conn, b"old", NOW) == 0
        assert await outbox.received_since(conn, 1, 0) == [2]
        assert await outbox.delivered_since(conn, 1, 0) == [12]
        assert [row.id for row in await outbox.pending(conn)] == [3]


def test_every_table_is_either_of_a_person_or_known_to_be_of_nobody() -> None:
    """A new table must say whose it is, or `forget` would pass it over."""
    nobody = {"facts", "erasures", "seen_updates", "in_hand"}
    for table in metadata.sorted_tables:
        owned = table.name == "people" or {"person_id", "chat_id"} & set(table.columns.keys())
        assert bool(owned) != (table.name in nobody), table.name
