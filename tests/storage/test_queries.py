"""What the queries write is what they read, on a real database."""

import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, text
from sqlalchemy.dialects import sqlite

from bot.storage import appointments, erasure, outbox, people, rows, tables, updates, words
from bot.storage.database import Database
from bot.storage.rows import (
    AppointmentRow,
    KeptRow,
    ReflectionRow,
    TalkRow,
    TieRow,
)
from bot.storage.tables import metadata
from tests.storage.conftest import NOW, make_person

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("row", "table"),
    [
        (rows.TieRow, tables.ties),
        (rows.TalkRow, tables.talks),
        (rows.KeptRow, tables.kept),
        (rows.ReflectionRow, tables.reflections),
        (rows.AppointmentRow, tables.appointments),
        (rows.OutboxRow, tables.outbox),
    ],
)
def test_rows_name_their_columns_in_order(row: type, table: Table) -> None:
    assert [field.name for field in fields(row)] == [column.name for column in table.columns]


def test_a_person_row_is_the_person_and_their_wrapped_key() -> None:
    names = [field.name for field in fields(rows.PersonRow)]
    assert names == [column.name for column in tables.people.columns] + ["wrapped"]


async def test_an_update_is_new_once_even_twice_in_one_batch(database: Database) -> None:
    a, b, c = (os.urandom(16) for _ in range(3))
    async with database.writing() as conn:
        assert await updates.note_seen(conn, [b, a, b], NOW) == {a, b}
        assert await updates.note_seen(conn, [a, c, b], NOW + 1) == {c}
    async with database.writing() as conn:
        assert await updates.note_seen(conn, [a, b, c], NOW) == set()
        assert await updates.note_seen(conn, [], NOW) == set()


async def test_a_thousand_updates_are_noted_at_once(database: Database) -> None:
    digests = [os.urandom(16) for _ in range(1_000)]
    async with database.writing() as conn:
        assert await updates.note_seen(conn, digests[:500], NOW) == set(digests[:500])
        assert await updates.note_seen(conn, digests, NOW) == set(digests[500:])


async def test_an_update_counts_the_deaths_it_was_in_hand_at(database: Database) -> None:
    async with database.writing() as conn:
        assert await updates.put_in_hand(conn, b"one", NOW) == 0
        assert await updates.put_in_hand(conn, b"one", NOW) == 1
        assert await updates.put_in_hand(conn, b"one", NOW) == 2
        assert await updates.put_in_hand(conn, b"two", NOW) == 0
        await updates.clear_in_hand(conn, [b"one", b"two"])
        assert await updates.put_in_hand(conn, b"one", NOW) == 0


async def test_an_update_set_aside_twice_is_kept_once(database: Database) -> None:
    async with database.writing() as conn:
        await updates.put_aside(conn, b"one", NOW, b"sealed", 1)
        await updates.put_aside(conn, b"one", NOW, b"sealed again")
        found = (await conn.execute(tables.set_aside.select())).all()
    assert found == [(b"one", 1, NOW, b"sealed")]


async def test_people_are_loaded_as_they_were_saved(database: Database) -> None:
    first = make_person(1)
    second = replace(
        make_person(2**52),
        zone="Europe/Vienna",
        unreachable_since=NOW,
        active_talk=3,
        newest_row=2**50,
        last_message=7,
    )
    async with database.writing() as conn:
        await people.save_people(conn, [first, second])
        await people.add_keys(conn, {1: b"key", 2**52: b"key"})
        changed = replace(first, active_talk=1, profile=b"other")
        await people.save_people(conn, [changed])
    async with database.reading() as conn:
        assert await people.load_people(conn, [1, 2**52, 5]) == {1: changed, 2**52: second}
        assert await people.load_people(conn, []) == {}


async def test_a_person_without_a_key_is_nobody(database: Database) -> None:
    async with database.writing() as conn:
        await people.save_people(conn, [make_person(1)])
        assert await people.load_people(conn, [1]) == {}


async def test_ties_come_by_person_in_number_order(database: Database) -> None:
    ties = [TieRow(1, 2, b"b"), TieRow(1, 1, b"a"), TieRow(2, 1, b"c")]
    async with database.writing() as conn:
        await people.save_ties(conn, ties)
        await people.save_ties(conn, [TieRow(1, 2, b"changed")])
        assert await people.load_ties(conn, [1, 2, 3]) == {
            1: [TieRow(1, 1, b"a"), TieRow(1, 2, b"changed")],
            2: [TieRow(2, 1, b"c")],
        }
        await people.delete_ties(conn, [(1, 2), (9, 9)])
        assert await people.load_ties(conn, [1]) == {1: [TieRow(1, 1, b"a")]}


async def test_talks_are_loaded_by_person_and_number(database: Database) -> None:
    one, two, other = (TalkRow(1, 1, NOW, b"a"), TalkRow(1, 2, NOW, b"b"), TalkRow(2, 1, NOW, b"c"))
    async with database.writing() as conn:
        await people.save_talks(conn, [two, one, other])
        assert await people.load_talks(conn, [(1, 2), (2, 1), (2, 2)]) == {
            (1, 2): two,
            (2, 1): other,
        }
        assert await people.load_all_talks(conn, 1) == [one, two]
        await people.delete_talks(conn, [(1, 1)])
        await people.save_talks(conn, [replace(two, body=b"changed", updated_at=NOW + 1)])
        assert await people.load_all_talks(conn, 1) == [TalkRow(1, 2, NOW + 1, b"changed")]


async def test_kept_words_come_in_their_persons_order(database: Database) -> None:
    kept = [
        KeptRow(1, 1, 10, 2.0, NOW, b"second"),
        KeptRow(2, 1, 10, 1.0, NOW, b"first"),
        KeptRow(3, 1, None, 1.5, NOW, b"between"),
        KeptRow(4, 2, 10, 0.0, NOW, b"somebody else's"),
    ]
    async with database.writing() as conn:
        await words.save_kept(conn, kept)
        assert [row.id for row in await words.load_kept(conn, 1)] == [2, 3, 1]
        assert [row.id for row in await words.find_kept(conn, 1, 10)] == [2, 1]
        await words.save_kept(conn, [replace(kept[0], position=0.5, body=b"now first")])
        assert (await words.load_kept(conn, 1))[0].body == b"now first"


async def test_nobody_can_delete_what_another_keeps(database: Database) -> None:
    async with database.writing() as conn:
        await words.save_kept(
            conn, [KeptRow(1, 1, None, 1, NOW, b""), KeptRow(2, 2, None, 1, NOW, b"")]
        )
        await words.delete_kept(conn, 1, [1, 2])
        assert await words.load_kept(conn, 1) == []
        assert [row.id for row in await words.load_kept(conn, 2)] == [2]


async def test_finished_talks_come_oldest_first(database: Database) -> None:
    done = [
        ReflectionRow(1, 2, NOW, b"b"),
        ReflectionRow(1, 1, NOW, b"a"),
        ReflectionRow(2, 1, 0, b""),
    ]
    async with database.writing() as conn:
        await words.save_reflections(conn, done)
        assert await words.load_reflections(conn, 1) == [done[1], done[0]]


async def test_appointments_are_due_from_their_very_moment_on(database: Database) -> None:
    late, now, soon, far = (
        AppointmentRow(number, 1, NOW + shift, f"slot {number}", b"", 4)
        for number, shift in enumerate((-5, 0, 1, 10**9), start=1)
    )
    async with database.writing() as conn:
        await appointments.save_appointments(conn, [far, soon, now, late])
        assert await appointments.due_appointments(conn, NOW, 10) == [late, now]
        assert await appointments.due_appointments(conn, NOW, 1) == [late]
        await appointments.save_appointments(conn, [replace(late, next_at=NOW + 5, slot="next")])
        await appointments.delete_appointments(conn, [2])
        assert await appointments.due_appointments(conn, NOW, 10) == []
        assert [row.slot for row in await appointments.load_appointments(conn, 1)] == [
            "slot 3",
            "next",
            "slot 4",
        ]


async def test_nothing_to_write_is_no_statement(database: Database) -> None:
    async with database.reading() as conn:  # which could not write
        await people.save_people(conn, [])
        await people.add_keys(conn, {})
        await people.save_ties(conn, [])
        await people.delete_ties(conn, [])
        await people.save_talks(conn, [])
        await people.delete_talks(conn, [])
        await words.save_kept(conn, [])
        await words.delete_kept(conn, 1, [])
        await words.save_reflections(conn, [])
        await appointments.save_appointments(conn, [])
        await appointments.delete_appointments(conn, [])
        await outbox.insert_outbox(conn, [])
        await outbox.mark_done(conn, [])
        await outbox.note_attempts(conn, [])
        await outbox.note_received(conn, [])
        await updates.clear_in_hand(conn, [])
        assert await people.load_ties(conn, []) == {}
        assert await people.load_talks(conn, []) == {}
        assert await outbox.message_of(conn, []) == {}


async def test_the_columns_a_turn_and_the_clock_look_things_up_by_have_an_index(
    database: Database,
) -> None:
    plain: list[tuple[Any, str]] = [
        (outbox._PENDING, "outbox_pending"),
        (appointments._ANY_DUE, "appointments_due"),
        (appointments._DUE, "appointments_due"),
        (appointments._LOAD, "appointments_person"),
        (words._LOAD_KEPT, "kept_person_message"),
        (words._FIND_KEPT, "kept_person_message"),
        (outbox._DELIVERED, "outbox_chat"),
        (outbox._UNOPENED, "outbox_unopened"),
        (people._LEFT, "talks_left"),
        (erasure._OLD[2].old, "received_at"),
        (erasure._OLD[3].old, "outbox_done"),
        (erasure._OLD[4].old, "appointments_due"),
    ]
    async with database.reading() as conn:
        for statement, index in plain:
            names = (
                "chat",
                "person",
                "message",
                "now",
                "at_most",
                "since",
                "rank",
                "before",
                "least",
            )
            given = statement.params(dict.fromkeys(names, 1))
            sql = given.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
            steps = (await conn.execute(text(f"EXPLAIN QUERY PLAN {sql}"))).all()
            assert any(index in step[3] for step in steps), (str(sql), steps)
            if "LIMIT" in str(sql):  # which would not save the sorting of all there is
                assert not any("TEMP B-TREE" in step[3] for step in steps), (str(sql), steps)


def test_every_statement_is_valid_for_postgresql_with_its_own_insert() -> None:
    code = """
import sqlalchemy.dialects.sqlite as sqlite
from sqlalchemy import ClauseElement
from sqlalchemy.dialects import postgresql
sqlite.insert, sqlite.Insert = postgresql.insert, postgresql.Insert
from sqlalchemy.schema import CreateIndex, CreateTable
from bot.storage import appointments, erasure, ids, keys, outbox, people, updates, words
from bot.storage.tables import metadata
statements = []
for room in (appointments, erasure, ids, keys, outbox, people, updates, words):
    for name, value in vars(room).items():
        if name.startswith("_") and name.isupper():
            statements += value if isinstance(value, list) else [value]
for table in metadata.sorted_tables:
    statements += [CreateTable(table), *map(CreateIndex, table.indexes)]
count = 0
for statement in statements:
    if isinstance(statement, ClauseElement):
        statement.compile(dialect=postgresql.dialect())
        count += 1
print(count)
"""
    counted = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True)
    assert int(counted) > 60
    assert len(metadata.tables) == 15
