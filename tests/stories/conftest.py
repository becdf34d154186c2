"""Stories run on SQLite, each in a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store import connect
from tests.databases import sqlite_file


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = connect(sqlite_file(tmp_path))
    yield engine
    engine.dispose()
