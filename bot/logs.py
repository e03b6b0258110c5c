"""Logs without words: events, counts, classes and code places, to standard error.

What this bot logs goes through `redact`. What libraries log is reduced further, because their
messages may hold a request's body, a statement's parameters or the token: only the logger, the
constant part of the message, the class of an exception and its place in the code remain.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict

_TOKEN = re.compile(r"\d{5,}:[\w-]{20,}")
_HIDDEN = "[token]"
_HOME = Path(__file__).resolve().parent.parent
_PLAIN = (bool, int, float, type(None))
_LOUD = ("telegram", "httpx", "aiohttp", "sqlalchemy", "aiosqlite", "apscheduler", "asyncio")


def configure(level: str = "info") -> None:
    """Send every log of the process to standard error, redacted; also what nobody caught.

    `level` is for the bot's own events; libraries speak up from warnings only.
    """
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redact,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
            if terminal
            else structlog.processors.JSONRenderer(serializer=_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [Foreign()]
    root.setLevel(logging.WARNING)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda caught: _log_class("uncaught in a thread", caught.exc_value)
    sys.unraisablehook = lambda caught: _log_class("uncaught while cleaning up", caught.exc_value)


def log_failure(event: str, exc: BaseException, **fields: object) -> None:
    """Log an error by class and place; its message is left out, for it may hold words."""
    _logger().error(event, **describe(exc), **fields)


def describe(exc: BaseException) -> dict[str, str]:
    """What may be said of an exception: `error`, its class; `at`, the code places it came through.

    `at` names the innermost place of this bot, and the place where it was raised if that is
    elsewhere; `because` is the class of the exception behind it.
    """
    found = {"error": type(exc).__qualname__}
    places = _places(exc.__traceback__)
    if places:
        ours = [place for place in places if place.startswith(("bot/", "conversations/"))]
        found["at"] = " < ".join(dict.fromkeys([places[-1], *ours[-1:]]))
    behind = exc.__cause__ or exc.__context__
    if behind is not None:
        found["because"] = type(behind).__qualname__
    return found


def redact(_: object, __: str, event: EventDict) -> EventDict:
    """Take tokens out of every text, and replace what is not plain data by its class.

    An exception, also the one under `exc_info`, becomes what `describe` says of it.
    """
    clean: dict[str, Any] = {}
    for key, value in event.items():
        if key == "exc_info":
            caught = sys.exc_info()[1] if value is True else value
            caught = caught[1] if isinstance(caught, tuple) else caught
            if isinstance(caught, BaseException):
                clean |= describe(caught)
        elif key != "stack_info":
            clean[key] = _plain(value)
    return clean


def without_token(text: str) -> str:
    """The text with everything that looks like a bot token taken out."""
    return _TOKEN.sub(_HIDDEN, text)


class Foreign(logging.Handler):
    """Passes on what libraries log, reduced to what cannot hold words."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the record's logger, place, constant message and the class of its exception."""
        fields = {"logger": record.name, "at": _place(record.pathname, record.lineno)}
        fields["at"] += f" {record.funcName}"
        # Without arguments a message may have been put together already, words and all.
        if record.args and isinstance(record.msg, str):
            fields["message"] = record.msg
        if record.exc_info and record.exc_info[1]:
            fields |= describe(record.exc_info[1])
        _logger().log(record.levelno, "library", **fields)


def _logger() -> Any:
    return structlog.get_logger()


def _log_class(event: str, exc: BaseException | None) -> None:
    if exc is not None:
        log_failure(event, exc)


def _uncaught(kind: type[BaseException], exc: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log_failure("uncaught", exc.with_traceback(trace))


def _plain(value: object) -> Any:
    if isinstance(value, str):
        return without_token(value)
    if isinstance(value, BaseException):
        return " ".join(describe(value).values())
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    return type(value).__qualname__


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{_place(code.co_filename, trace.tb_lineno)} {code.co_name}")
        trace = trace.tb_next
    return places


def _place(filename: str, line: int) -> str:
    """A short name of a source file: no path of the machine belongs in a log."""
    path = Path(filename)
    if path.is_relative_to(_HOME) and "site-packages" not in path.parts:
        path = path.relative_to(_HOME)
    elif "site-packages" in path.parts:
        path = Path(*path.parts[path.parts.index("site-packages") + 1 :])
    else:
        path = Path(path.name)
    return f"{path.as_posix()}:{line}"


def _json(event: EventDict, **_: object) -> str:
    return json.dumps(event, ensure_ascii=False)
