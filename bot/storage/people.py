"""Queries about people: who they are, their keys, ties and unfinished talks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    bindparam,
    delete,
    select,
    tuple_,
    update,
)

from bot.storage.connection import Connection
from bot.storage.dialect import insert_or, upsert
from bot.storage.rows import PersonRow, TalkRow, TieRow, parameters
from bot.storage.tables import keys, people, talks, ties

_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_PAIRS: BindParameter[list[tuple[int, int]]] = bindparam("pairs", expanding=True)

_LOAD_PEOPLE: Select[Any] = (
    select(*people.columns, keys.c.wrapped)
    .join_from(people, keys, people.c.id == keys.c.person_id)
    .where(people.c.id.in_(_IDS))
)
_SAVE_PEOPLE = upsert(people)
_UNREACHABLE = (
    update(people)
    .where(people.c.id == bindparam("person"))
    .values(unreachable_since=bindparam("since"))
)
_ADD_KEYS = upsert(keys)
_SEEN = (
    select(people.c.id, people.c.seen_at)
    .where(people.c.id > bindparam("after"))
    .order_by(people.c.id)
    .limit(bindparam("at_most", type_=Integer))
)
_FIRST_SEEN = _SEEN.with_only_columns(people.c.id, people.c.created_at)
_DELETE_OLD_TALKS = delete(talks).where(
    talks.c.person_id.in_(_IDS), talks.c.updated_at < bindparam("before")
)
_WRAPPED = (
    select(keys)
    .where(keys.c.person_id > bindparam("after"))
    .order_by(keys.c.person_id)
    .limit(bindparam("at_most", type_=Integer))
)
_LOAD_TIES = (
    select(ties).where(ties.c.person_id.in_(_IDS)).order_by(ties.c.person_id, ties.c.number)
)
_SAVE_TIES = upsert(ties)
_DELETE_TIES = delete(ties).where(
    ties.c.person_id == bindparam("person"), ties.c.number == bindparam("tie")
)
_LOAD_TALKS = select(talks).where(tuple_(talks.c.person_id, talks.c.number).in_(_PAIRS))
_LOAD_ALL_TALKS = select(talks).where(talks.c.person_id == bindparam("person"))
_LOAD_ALL_TALKS = _LOAD_ALL_TALKS.order_by(talks.c.number)
# Going on with a talk does not make it one that may be reminded of again.
_SAVE_TALKS = insert_or(
    talks, lambda given: {"updated_at": given["updated_at"], "body": given["body"]}
)
_LEFT = (
    select(talks)
    .where(talks.c.nudged.is_(False), talks.c.updated_at <= bindparam("before"))
    .order_by(talks.c.updated_at)
    .limit(bindparam("at_most", type_=Integer))
)
_NUDGED = (
    update(talks)
    .where(talks.c.person_id == bindparam("person"), talks.c.number == bindparam("talk"))
    .values(nudged=True)
)
_DELETE_TALKS = delete(talks).where(
    talks.c.person_id == bindparam("person"), talks.c.number == bindparam("talk")
)
_ANYBODY = select(people.c.id).limit(1)


async def anybody(conn: Connection) -> bool:
    """Whether the database knows any person."""
    return (await conn.execute(_ANYBODY)).first() is not None


async def load_people(conn: Connection, ids: Collection[int]) -> dict[int, PersonRow]:
    """Those of `ids` who are known, by id."""
    if not ids:
        return {}
    found = await conn.execute(_LOAD_PEOPLE, {"ids": list(ids)})
    return {row[0]: PersonRow(*row) for row in found.all()}


async def save_people(conn: Connection, rows: Collection[PersonRow]) -> None:
    """Write new and changed people; their keys are not touched (see `add_keys`)."""
    if rows:
        await conn.execute(_SAVE_PEOPLE, parameters(PersonRow, rows))


async def note_unreachable(conn: Connection, since: Mapping[int, int]) -> None:
    """Nothing reaches these people (by id) since a time; until they write again."""
    rows = [{"person": person, "since": at} for person, at in since.items()]
    if rows:
        await conn.execute(_UNREACHABLE, rows)


async def add_keys(conn: Connection, wrapped: Mapping[int, bytes]) -> None:
    """Write wrapped keys by person id, replacing any that are there."""
    if wrapped:
        await conn.execute(
            _ADD_KEYS, [{"person_id": person, "wrapped": key} for person, key in wrapped.items()]
        )


async def last_seen(conn: Connection, after: int, limit: int) -> dict[int, int]:
    """When people were last seen, by id: up to `limit` of those whose ids come after that one."""
    found = await conn.execute(_SEEN, {"after": after, "at_most": limit})
    return {row[0]: row[1] for row in found}


async def first_seen(conn: Connection, after: int, limit: int) -> dict[int, int]:
    """When people agreed, by id: up to `limit` of those whose ids come after that one."""
    found = await conn.execute(_FIRST_SEEN, {"after": after, "at_most": limit})
    return {row[0]: row[1] for row in found}


async def delete_old_talks(conn: Connection, ids: Collection[int], before: int) -> None:
    """Delete the unfinished talks of these people that nobody touched since `before`."""
    if ids:
        await conn.execute(_DELETE_OLD_TALKS, {"ids": list(ids), "before": before})


async def wrapped_keys(conn: Connection, after: int, limit: int) -> dict[int, bytes]:
    """Up to `limit` wrapped keys by person id, of people whose ids come next after that one."""
    found = await conn.execute(_WRAPPED, {"after": after, "at_most": limit})
    return {row[0]: row[1] for row in found}


async def load_ties(conn: Connection, ids: Collection[int]) -> dict[int, list[TieRow]]:
    """The ties of these people by person id, in number order; who has none is absent."""
    if not ids:
        return {}
    found: dict[int, list[TieRow]] = defaultdict(list)
    for row in (await conn.execute(_LOAD_TIES, {"ids": list(ids)})).all():
        found[row[0]].append(TieRow(*row))
    return dict(found)


async def save_ties(conn: Connection, rows: Collection[TieRow]) -> None:
    """Write new and changed ties."""
    if rows:
        await conn.execute(_SAVE_TIES, parameters(TieRow, rows))


async def delete_ties(conn: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """Delete ties by (person id, number)."""
    if gone := [{"person": person, "tie": number} for person, number in pairs]:
        await conn.execute(_DELETE_TIES, gone)


async def load_talks(
    conn: Connection, pairs: Collection[tuple[int, int]]
) -> dict[tuple[int, int], TalkRow]:
    """Talks by (person id, number); those that are gone are absent."""
    if not pairs:
        return {}
    found = await conn.execute(_LOAD_TALKS, {"pairs": list(pairs)})
    return {(row[0], row[1]): TalkRow(*row) for row in found.all()}


async def load_all_talks(conn: Connection, person: int) -> list[TalkRow]:
    """Every unfinished talk of a person, the oldest number first."""
    found = await conn.execute(_LOAD_ALL_TALKS, {"person": person})
    return [TalkRow(*row) for row in found]


async def save_talks(conn: Connection, rows: Collection[TalkRow]) -> None:
    """Write new and changed talks."""
    if rows:
        await conn.execute(_SAVE_TALKS, parameters(TalkRow, rows))


async def left_talks(conn: Connection, before: int, limit: int) -> list[TalkRow]:
    """Unfinished talks nobody touched since `before` nor was reminded of, the oldest first."""
    found = await conn.execute(_LEFT, {"before": before, "at_most": limit})
    return [TalkRow(*row) for row in found]


async def note_nudged(conn: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """Nobody is to be reminded of these talks, by (person id, number), from now on."""
    if told := [{"person": person, "talk": number} for person, number in pairs]:
        await conn.execute(_NUDGED, told)


async def delete_talks(conn: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """Delete talks by (person id, number)."""
    if gone := [{"person": person, "talk": number} for person, number in pairs]:
        await conn.execute(_DELETE_TALKS, gone)
