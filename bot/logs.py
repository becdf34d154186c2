"""Logs: one line an event, as text or JSON, and never what people wrote.

Log lines carry an event in a few fixed words, and facts: ids, counts, states, times. Keys that could hold
content are withheld, so is every object that is not a plain fact, and exceptions are told by type and place
without their message, since messages quote what they were given. Libraries log through the same renderer,
from warnings on.
"""

import logging
import sys
import traceback
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from enum import Enum
from pathlib import PurePath
from typing import Literal, TextIO
from uuid import UUID

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

OURS = ("bot", "adapters", "scheduler", "migrations", "__main__")
CONTENT_KEYS = frozenset({"text", "words", "body", "values", "card", "cards", "form", "payload", "answer", "quotes"})
WITHHELD = "[withheld]"

Format = Literal["auto", "text", "json"]


def configure(level: str = "info", format: Format = "auto", stream: TextIO | None = None) -> None:
    """Send all logs to `stream` (standard error): the project's from `level` on, libraries' from warnings on.

    `format` "auto" is text where the stream is a terminal, else JSON. Called again, the last call holds.
    """
    stream = stream or sys.stderr
    as_text = format == "text" or (format == "auto" and stream.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        told_by_place,
        without_content,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if as_text:
        plain = structlog.dev.plain_traceback
        renderer = structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain)
    handler = logging.StreamHandler(stream)
    handler.set_name("mentronome")
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[first_line, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [other for other in root.handlers if other.name != handler.name] + [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
    logging.captureWarnings(True)


def without_content(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Withhold the keys that could hold content; of what is not a plain fact show the type only."""
    return {key: value if key.startswith("_") else _fact(key, value) for key, value in event.items()}


def told_by_place(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Tell an exception and its causes by type and place; the message is kept of an OSError only."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_told(error, set()))
    return event


def first_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep the first line of a library's message: asyncio, for one, prints whole tasks below it."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event


def _fact(key: object, value: object) -> object:
    if key in CONTENT_KEYS:
        return WITHHELD
    match value:
        case Enum():
            return _fact(None, value.value)
        case None | bool() | int() | float() | str():
            return value
        case date() | time():
            return value.isoformat()
        case UUID() | PurePath() | timedelta():
            return str(value)
        case Mapping():
            return {str(inner): _fact(inner, part) for inner, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_fact(None, part) for part in value]
    return f"<{type(value).__name__}>"


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    if id(error) in seen:
        return
    seen.add(id(error))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _told(cause, seen)
        yield "which led to"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    yield type(error).__qualname__ + (f": {error}" if isinstance(error, OSError) else "")
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _told(part, seen)
