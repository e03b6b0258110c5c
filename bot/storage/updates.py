"""Queries about updates: which were seen, which is in hand, which were set aside."""

from collections.abc import Collection

from sqlalchemy import bindparam, delete, select

from bot.storage.connection import Connection
from bot.storage.dialect import insert_new, insert_or
from bot.storage.tables import in_hand, seen_updates, set_aside

_NOTE_SEEN = insert_new(seen_updates).returning(seen_updates.c.digest)
_IN_HAND = insert_or(
    in_hand, lambda given: {"deaths": in_hand.c.deaths + 1, "at": given.at}
).returning(in_hand.c.deaths)
_CLEAR_IN_HAND = delete(in_hand).where(in_hand.c.digest.in_(bindparam("digests", expanding=True)))
_LOAD_IN_HAND = select(in_hand.c.digest)
_SET_ASIDE = insert_new(set_aside)
_TAKE_BACK = delete(seen_updates).where(
    seen_updates.c.digest.in_(bindparam("digests", expanding=True))
)


async def note_seen(conn: Connection, digests: Collection[bytes], at: int) -> set[bytes]:
    """Note updates as seen and give back those that are new; a digest given twice is new once.

    Digests go in sorted, so that several workers can never wait for each other in a ring.
    """
    if not digests:
        return set()
    rows = [{"digest": digest, "at": at} for digest in sorted(set(digests))]
    return set((await conn.execute(_NOTE_SEEN, rows)).scalars())


async def take_back_seen(conn: Connection, digests: Collection[bytes]) -> None:
    """These are not seen yet after all: their replies are stored nowhere and have to go first."""
    if digests:
        await conn.execute(_TAKE_BACK, {"digests": list(digests)})


async def load_in_hand(conn: Connection) -> set[bytes]:
    """What was in hand when the process last died."""
    return set((await conn.execute(_LOAD_IN_HAND)).scalars())


async def put_in_hand(conn: Connection, digest: bytes, at: int) -> int:
    """Note that an update is about to be handled alone, in a transaction of its own beforehand.

    Gives back how often the process died with it in hand: 0 the first time.
    """
    row = {"digest": digest, "deaths": 0, "at": at}
    deaths: int = (await conn.execute(_IN_HAND, row)).scalar_one()
    return deaths


async def clear_in_hand(conn: Connection, digests: Collection[bytes]) -> None:
    """Note that these were handled and the process lives."""
    if digests:
        await conn.execute(_CLEAR_IN_HAND, {"digests": list(digests)})


async def put_aside(
    conn: Connection, digest: bytes, at: int, body: bytes, person_id: int | None = None
) -> None:
    """Keep an update that nobody could handle, sealed under the keyring's `system` key.

    `person_id` is the chat it came from where that could be read, so that erasing finds it.
    """
    row = {"digest": digest, "person_id": person_id, "at": at, "body": body}
    await conn.execute(_SET_ASIDE, row)
