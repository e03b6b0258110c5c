"""What people would use instead for a line every morning: a scheduler's job for each person.

`run_daily` is python-telegram-bot's `JobQueue.run_daily`, added for everyone at the start since it
lives in memory; `job_store` is APScheduler with its SQLAlchemy store, filled before the start.
Both as their pages show them; `--mended` with the settings that are known to help. They read the
same settings as the bot beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import BaseScheduler
from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes
from telegram.request import HTTPXRequest

from benchmarks import peer_line
from benchmarks.mornings_people import due_times

#: A job may be late, and as many may be sent at once as there are connections.
LATE = {"misfire_grace_time": None, "coalesce": True}
CONNECTIONS, PATIENCE = 64, 600.0

Context = ContextTypes.DEFAULT_TYPE


async def send_from_queue(context: Context) -> None:
    """A job of the `JobQueue`."""
    assert context.job is not None
    assert context.job.chat_id is not None
    await context.bot.send_message(context.job.chat_id, peer_line.LINE)


async def about(update: Update, _: Context) -> None:
    """What those who chat meanwhile are answered."""
    assert update.message is not None
    await update.message.reply_text("Three essays.")


def _application(*, mended: bool) -> Application[Any, Any, Any, Any, Any, Any]:
    builder = (
        Application.builder()
        .token(os.environ["THRESHOLD_BOT_TOKEN"])
        .base_url(f"{os.environ['THRESHOLD_API_URL']}/bot")
    )
    if mended:
        request = HTTPXRequest(connection_pool_size=CONNECTIONS, pool_timeout=PATIENCE)
        builder = builder.request(request)
    application = builder.build()
    application.add_handler(CommandHandler("about", about))
    return application


def run_daily(stored: int, due: int, at: datetime, *, mended: bool) -> None:
    """One `run_daily` a person, then poll."""
    application = _application(mended=mended)
    queue = application.job_queue
    assert queue is not None
    for chat, when in due_times(stored, due, at):
        options = LATE if mended else {}
        queue.run_daily(send_from_queue, when.timetz(), chat_id=chat, job_kwargs=options)
    application.run_polling()


def job_store(*, mended: bool) -> None:
    """A scheduler whose jobs are in the store already, then poll."""
    application = _application(mended=mended)
    peer_line.bots.append(application.bot)

    async def begin(_: object) -> None:
        scheduler = AsyncIOScheduler(
            jobstores={"default": _store()}, job_defaults=LATE if mended else {}, timezone="UTC"
        )
        scheduler.start()

    application.post_init = begin
    application.run_polling()


def fill(stored: int, due: int, at: datetime, *, mended: bool) -> None:
    """Put a job for each person into the store."""
    asyncio.run(_fill(stored, due, at, mended=mended))


async def _fill(stored: int, due: int, at: datetime, *, mended: bool) -> None:
    scheduler: BaseScheduler = AsyncIOScheduler(
        jobstores={"default": _store()}, job_defaults=LATE if mended else {}, timezone="UTC"
    )
    scheduler.start(paused=True)
    for chat, when in due_times(stored, due, at):
        fields = {"hour": when.hour, "minute": when.minute, "second": when.second}
        scheduler.add_job(peer_line.send, "cron", args=[chat], id=str(chat), **fields)
    scheduler.shutdown()


def _store() -> SQLAlchemyJobStore:
    return SQLAlchemyJobStore(f"sqlite:///{Path(os.environ['THRESHOLD_DATA_DIR']) / 'jobs.db'}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=("run_daily", "job_store", "fill"))
    parser.add_argument("--mended", action="store_true")
    parser.add_argument("--stored", type=int, required=True)
    parser.add_argument("--due", type=int, required=True)
    parser.add_argument("--at", type=float, required=True)
    given = parser.parse_args()
    at = datetime.fromtimestamp(given.at, UTC)
    if given.way == "job_store":
        job_store(mended=given.mended)
    else:
        way = run_daily if given.way == "run_daily" else fill
        way(given.stored, given.due, at, mended=given.mended)


if __name__ == "__main__":
    main()
