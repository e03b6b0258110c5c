"""What a bot's files hold, read from a copy with the bot's own code and key while it is dead."""

import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.desk import opened_call
from bot.person import Keepsake
from bot.settings import StorageSettings
from bot.storage import outbox, people, words
from bot.storage.database import Database
from bot.storage.keys import open_keyring
from bot.storage.tables import people as people_table
from bot.storage.tables import set_aside
from conversations.turn import State

Call = tuple[int, str, dict[str, Any]]  # chat id, method, parameters


@dataclass(slots=True)
class Stored:
    """`people` have agreed; `owed` are calls not noted as done; the rest is by person, opened."""

    people: set[int] = field(default_factory=set)
    owed: list[Call] = field(default_factory=list)
    talks: dict[int, list[State]] = field(default_factory=lambda: defaultdict(list))
    reflections: dict[int, list[State]] = field(default_factory=lambda: defaultdict(list))
    kept: dict[int, list[Keepsake]] = field(default_factory=lambda: defaultdict(list))
    set_aside: int = 0


def copied(data: Path) -> Path:
    """A copy of the data folder of a bot that is dead."""
    copy = Path(tempfile.mkdtemp(dir=data.parent, prefix="copy-"))
    return Path(shutil.copytree(data, copy, dirs_exist_ok=True))


async def read(copy: Path) -> Stored:
    """Read such a copy, and throw it away."""
    settings = StorageSettings(data_dir=copy)
    database = await Database.open(settings)
    try:
        keyring = await open_keyring(settings, database)
        stored = Stored()
        async with database.reading() as conn:
            stored.people = set((await conn.execute(select(people_table.c.id))).scalars())
            rows = await people.load_people(conn, stored.people)
            keys = {chat: keyring.unwrap(chat, row.wrapped) for chat, row in rows.items()}
            for row in await outbox.pending(conn):
                assert row.person_id is not None
                assert row.body is not None
                method, call = opened_call(keys[row.person_id], row.body)
                stored.owed.append((row.chat_id, method, call))
            for chat, key in keys.items():
                for talk in await people.load_all_talks(conn, chat):
                    opened = key.open("talks.body", talk.body).decode()
                    stored.talks[chat].append(State.from_json(opened))
                for done in await words.load_reflections(conn, chat):
                    opened = key.open("reflections.body", done.body).decode()
                    stored.reflections[chat].append(State.from_json(opened))
                for kept in await words.load_kept(conn, chat):
                    stored.kept[chat].append(Keepsake.open(kept, key))
            count = select(func.count()).select_from(set_aside)
            stored.set_aside = (await conn.execute(count)).scalar_one()
        return stored
    finally:
        await database.close()
        shutil.rmtree(copy)
