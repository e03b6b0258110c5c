"""Brings an older database up to date: `python -m bot migrate`, and a child of the bot's start."""

import asyncio
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from bot.errors import StartError
from bot.settings import load_storage_settings
from bot.storage import sqlite
from bot.storage.database import take_database

_FOLDER = Path(__file__).with_name("migrations")


def main(*, locked: bool = False) -> int:
    """Migrate the database of the settings to this version; the exit code.

    `locked` says that the caller is a bot which holds the database already.
    """
    try:
        url = load_storage_settings().database
        lock = None if locked else asyncio.run(take_database(url))
        try:
            upgrade(url)
        finally:
            if lock:
                lock.release()
    except StartError as error:
        sys.stderr.write(error.message + "\n")
        return error.exit_code
    return 0


def upgrade(url: URL) -> None:
    """Run the migrations that are missing, all or none; the caller holds the database's lock."""
    engine = sqlite.writing_engine(url)
    try:
        with engine.begin() as connection:
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        raise sqlite.start_error(error, url) from None
    finally:
        engine.dispose()


def configuration() -> Config:
    """Alembic's configuration; it has no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config


if __name__ == "__main__":
    sys.exit(main(locked=True))
