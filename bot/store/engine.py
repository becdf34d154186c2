"""Connecting to SQLite or PostgreSQL, and the two ways of using a connection: to write, and to read."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

_PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000")
"""FULL, since NORMAL under WAL may lose the last commits when the power fails. WAL itself is kept in the file, and
set when it is migrated: a file that is not ours is not changed by looking at it."""


def connect(url: str) -> sa.Engine:
    """Return an engine for `sqlite:////folder/file.db` or `postgresql+psycopg://…`; nothing is opened yet.

    On SQLite a transaction that may write takes the write lock at its beginning (BEGIN IMMEDIATE), so that what it
    reads first cannot change before it writes; writers of one process queue for it in memory.
    """
    if sa.make_url(url).get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    engine = sa.create_engine(url, execution_options={"turnstile": threading.RLock()})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    sa.event.listen(engine, "checkin", _leave)
    return engine


def turnstile(engine: sa.Engine) -> AbstractContextManager[Any]:
    """Return what lets one writer of this process in at a time on SQLite, and everybody on PostgreSQL."""
    lock: AbstractContextManager[Any] = engine.get_execution_options().get("turnstile", nullcontext())
    return lock


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a transaction that writes; it is committed unless an error leaves the block."""
    with turnstile(engine), engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a transaction that only reads, and on SQLite waits for no writer."""
    with engine.execution_options(reading=True).connect() as connection:
        yield connection


def _prepare(connection: Any, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    read_only = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _leave(connection: Any, entry: ConnectionPoolEntry) -> None:
    """Undo what a refused COMMIT left open: with keys checked at its end, a transaction outlives it on SQLite."""
    if connection is not None and connection.in_transaction:
        connection.rollback()
