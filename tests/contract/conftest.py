"""Each test of the store runs twice: on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store import Sealer, SqlStore, connect
from tests.contract.company import Company
from tests.databases import copy_of, postgres_server, sqlite_file


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with postgres_server() as template:
        yield template


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    if request.param == "sqlite":
        engine = connect(sqlite_file(tmp_path))
        yield engine
        engine.dispose()
    else:
        with copy_of(request.getfixturevalue("postgres")) as url:
            engine = connect(url)
            yield engine
            engine.dispose()


@pytest.fixture
def sealer() -> Sealer:
    return Sealer([b"k" * 32])


@pytest.fixture
def store(database: sa.Engine, sealer: Sealer) -> SqlStore:
    return SqlStore(database, sealer)


@pytest.fixture
def acme(store: SqlStore) -> Company:
    return Company.founded(store, "acme")
