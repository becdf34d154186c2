"""What was erased leaves traces in an SQLite file, in pages no longer used and in the log beside it: they go too."""

import sqlalchemy as sa

from bot.store.engine import reading, turnstile, writing
from bot.store.tables import meta
from bot.store.upserts import insert_new

_TRACES = "traces"
_MARK = insert_new(meta)
_MARKED = sa.select(meta.c.key).where(meta.c.key == _TRACES)
_UNMARK = sa.delete(meta).where(meta.c.key == _TRACES)


def mark(connection: sa.Connection) -> None:
    """Note, in the transaction that erases something, that its traces are to be scrubbed off."""
    connection.execute(_MARK[connection.dialect.name], {"key": _TRACES, "value": b""})


def scrub(engine: sa.Engine) -> bool:
    """Write an SQLite file anew without the traces of what was erased, if any are there; tell whether some are left.

    While somebody reads the file for longer than the busy time-out it cannot be done; the note stays then, for the
    next time. PostgreSQL reuses the room of deleted rows by itself.
    """
    if engine.dialect.name != "sqlite":
        return False
    with reading(engine) as connection:
        if connection.scalar(_MARKED) is None:
            return False
    with turnstile(engine):
        raw = engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("VACUUM")
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            raw.close()
    if not busy:
        with writing(engine) as connection:
            connection.execute(_UNMARK)
    return bool(busy)
