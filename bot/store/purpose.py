"""Whose database this is: refused before anything is written to one that is not ours, or is for something else."""

from typing import Literal

import sqlalchemy as sa

from bot.store import migrate
from bot.store.engine import reading, writing
from bot.store.sealing import Sealer, Unsealable
from bot.store.tables import meta
from bot.store.upserts import insert_new

Purpose = Literal["demo", "platform"]
"""A playground's database never becomes that of real platforms, nor the reverse."""

_KEY = "key:"
_WITNESS = "mentronome"
_INSERT = insert_new(meta)
_CLASH = {
    "demo": "this database is used by real platforms; give the playground another data folder",
    "platform": "this database belongs to a playground; use another one for real platforms",
}


class WrongDatabase(Exception):
    """A database that must not be used; its text is one line with the mend, and names no secret."""


def prepare(engine: sa.Engine, purpose: Purpose, sealer: Sealer) -> None:
    """Check a database, bring it to the newest schema, and mark it with its purpose and the key that seals.

    Raises:
        WrongDatabase: it cannot be opened, is somebody else's, newer than this software, of the other purpose, or
            sealed with a key that is not among those given. Nothing was changed.
    """
    check_purpose(engine, purpose, sealer)
    migrate.upgrade(engine)
    claim_purpose(engine, purpose, sealer)


def check_purpose(engine: sa.Engine, purpose: Purpose, sealer: Sealer) -> None:
    """Raise WrongDatabase, as `prepare` does, and write nothing; an empty database is fine."""
    try:
        with reading(engine) as connection:
            names = set(sa.inspect(connection).get_table_names())
            if names and migrate.VERSION_TABLE not in names:
                raise WrongDatabase("this database holds tables of something else; give Mentronome one of its own")
            marks = _marks(connection) if meta.name in names else {}
        revision = migrate.revision(engine)
    except sa.exc.DBAPIError as error:
        raise WrongDatabase(f"the database cannot be opened ({_first_line(error)})") from error
    if revision and not migrate.known(revision):
        raise WrongDatabase("this database was used by a newer Mentronome; install that version or a later one")
    _compare(marks, purpose, sealer)


def claim_purpose(engine: sa.Engine, purpose: Purpose, sealer: Sealer) -> None:
    """Mark a migrated database with its purpose and the key that seals, unless it is marked so already.

    Raises:
        WrongDatabase: it is marked otherwise.
    """
    key = _KEY + sealer.key_id
    with writing(engine) as connection:
        insert = _INSERT[connection.dialect.name]
        connection.execute(insert, {"key": "purpose", "value": purpose.encode()})
        connection.execute(insert, {"key": key, "value": sealer.seal(_WITNESS, key)})
        _compare(_marks(connection), purpose, sealer)


def _marks(connection: sa.Connection) -> dict[str, bytes]:
    return {row.key: row.value for row in connection.execute(sa.select(meta))}


def _compare(marks: dict[str, bytes], purpose: Purpose, sealer: Sealer) -> None:
    if marks.get("purpose", purpose.encode()) != purpose.encode():
        raise WrongDatabase(_CLASH[purpose])
    try:
        for key in (key for key in marks if key.startswith(_KEY)):
            sealer.open(marks[key], key)
    except Unsealable as error:
        raise WrongDatabase(
            "this database was sealed with another secret key; bring that key back, or add it behind the new one"
        ) from error


def _first_line(error: sa.exc.DBAPIError) -> str:
    return next(iter(str(error.orig).splitlines()), type(error.orig).__name__)
