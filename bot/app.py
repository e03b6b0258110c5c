"""The composition root: puts the rooms together, starts them, and ends them in order.

The tests use it too; what they change, they pass in as `Parts`.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot import logs
from bot.clock import Clock
from bot.command_table import MENU
from bot.desk import opened_call
from bot.errors import SETTINGS_FAULT, StartError
from bot.files.fetching import Fetcher
from bot.files.maker import Maker
from bot.house import House, Lengths, utc_now
from bot.intake import Poller, TokenRefused, check_token
from bot.lookup import Atlas, WholeAtlas
from bot.marks import write_marks
from bot.outbox import Draw, Outbox, Outgoing
from bot.person import epoch_ms
from bot.pictures.artist import Artist
from bot.routing import route
from bot.settings import Settings
from bot.storage import outbox as outbox_table
from bot.storage import people
from bot.storage.connection import Connection
from bot.storage.database import Database
from bot.storage.ids import IdSource
from bot.storage.keys import open_keyring
from bot.storage.replay import ErasureList, replay
from bot.storage.sealing import Keyring, Unsealable
from bot.transport import AiohttpRequest, Transport
from bot.turns import Route, Turns
from conversations.faults import ContentFaults
from conversations.helplines import Helplines, HelplinesError, read_helplines
from conversations.library import Library, read_library
from conversations.listening import Listener, ListeningError, read_listener

#: Seconds that what is in flight gets at the end.
GRACE = 3.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Parts:
    """What the rooms are made of: the real things, but where a test puts in another."""

    decide: Route = route
    transport: type[Transport] = Transport
    outbox: type[Outbox] = Outbox
    turns: type[Turns] = Turns
    atlas: Callable[[], Atlas] = WholeAtlas
    artist: Callable[[], Artist] = Artist


async def run(
    settings: Settings,
    parts: Parts | None = None,
    *,
    now: Callable[[], datetime] = utc_now,
    stop: asyncio.Event | None = None,
) -> int:
    """Run the bot until SIGINT, SIGTERM or `stop`; the exit code. Raises StartError."""
    parts, stop = parts or Parts(), stop or asyncio.Event()
    library, helplines, listener = read_content()
    database = await Database.open(settings)
    transport = parts.transport(settings.api_url, settings.bot_token.get_secret_value())
    atlas, artist = parts.atlas(), parts.artist()
    try:
        keyring = await open_keyring(settings, database)
        erased = ErasureList.of(settings)
        if again := await replay(database, keyring, erased):
            _log.warning("erased_again", people=again, help="a backup was put back")
        await database.scrub()  # a kill may have come between an erasure and its scrubbing
        await check_token(transport)
        async with database.reading() as conn:
            ids = await IdSource.read(conn, epoch_ms(now()))
        lengths = Lengths(settings.keep_talks_months, settings.keep_people_months)
        house = House(
            library,
            helplines,
            listener,
            keyring,
            ids,
            erased,
            now,
            atlas,
            lengths,
            Fetcher(transport).fetch,
        )
        return await _serve(
            settings,
            parts,
            house,
            database,
            transport,
            draw=Maker(artist.draw, house, database).make,
            stop=stop,
        )
    finally:
        await atlas.stop()
        await artist.stop()
        await transport.close()
        await database.close()


def read_content() -> tuple[Library, Helplines, Listener]:
    """The content, or a StartError with the first fault and how many there are."""
    try:
        return read_library(), read_helplines(), read_listener()
    except ContentFaults as error:
        more = len(error.faults) - 1
        rest = f" ({more} more: python -m conversations check)" if more else ""
        raise StartError(
            f"The content has a fault. {error.faults[0]}{rest}", SETTINGS_FAULT
        ) from None
    except HelplinesError as error:
        raise StartError(f"The helplines have a fault. {error}", SETTINGS_FAULT) from None
    except ListeningError as error:
        raise StartError(f"The listening rules have a fault. {error}", SETTINGS_FAULT) from None


async def _owed(conn: Connection, keyring: Keyring) -> list[Outgoing]:
    """What was committed before but not sent, or not noted as sent."""
    rows = await outbox_table.pending(conn)
    known = await people.load_people(conn, {row.person_id for row in rows if row.person_id})
    owed = []
    for row in rows:
        person = known.get(row.person_id or 0)
        if person is None or row.body is None:
            continue
        with suppress(Unsealable):
            method, body = opened_call(keyring.unwrap(person.id, person.wrapped), row.body)
            owed.append(
                Outgoing(
                    row.id,
                    row.chat_id,
                    method,
                    body,
                    row.priority,
                    row.not_before,
                    row.expires_at,
                    row.follows,
                    row.attempts,
                )
            )
    return owed


async def _serve(
    settings: Settings,
    parts: Parts,
    house: House,
    database: Database,
    transport: Transport,
    *,
    draw: Draw,
    stop: asyncio.Event,
) -> int:
    async with database.reading() as conn:
        owed = await _owed(conn, house.keyring)
    outbox = parts.outbox(
        transport,
        send_rate=settings.send_rate,
        write_marks=partial(write_marks, database),
        draw=draw,
        clock=lambda: epoch_ms(house.now()),
    )
    turns = parts.turns(house, database, outbox, parts.decide)
    clock = Clock(house, database, outbox)
    poller = Poller(transport, turns.handle, lambda: turns.lookups.unfinished)
    _on_signals(stop)
    outbox.send(owed)
    await outbox.start()
    clock.start()
    _log.info("started", owed=len(owed))
    menu = asyncio.create_task(_tell_telegram(settings, house, transport))
    polling = asyncio.create_task(poller.run(stop))
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((polling, outbox.fatal, stopped), return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await polling
        if outbox.fatal.done():
            raise StartError(outbox.fatal.result(), SETTINGS_FAULT)
    except TokenRefused:
        raise StartError(
            "The Bot API no longer accepts the bot token: please check THRESHOLD_BOT_TOKEN.",
            SETTINGS_FAULT,
        ) from None
    finally:
        menu.cancel()
        stopped.cancel()
        await clock.stop()
        await turns.finish()
        await outbox.stop(GRACE)
        _log.info("stopped")
    return 0


async def _tell_telegram(settings: Settings, house: House, transport: Transport) -> None:
    """Name, descriptions and menu, in neutral words, since someone may see the phone.

    What stands there already is not set again: Telegram allows few changes of a name.
    """
    request = AiohttpRequest(transport)
    bot = Bot(
        settings.bot_token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=request,
        get_updates_request=request,
    )
    phrases = house.library.phrases
    try:
        await bot.set_my_commands([(name, phrases(f"menu.{name}")) for name in MENU])
        if (name := phrases("profile.name")) != (await bot.get_my_name()).name:
            await bot.set_my_name(name)
        about, short = phrases("profile.description"), phrases("profile.short_description")
        if about != (await bot.get_my_description()).description:
            await bot.set_my_description(about)
        if short != (await bot.get_my_short_description()).short_description:
            await bot.set_my_short_description(short)
    except TelegramError as error:
        logs.log_failure("profile_not_set", error)


def _on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
