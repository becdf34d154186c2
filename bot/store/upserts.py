"""INSERT … ON CONFLICT, which SQLAlchemy writes per database."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

Either = Mapping[str, sa.Executable]
"""One statement for each database, by the dialect's name."""


def insert_new(table: sa.Table) -> Either:
    """Return the statement that inserts a row and returns its key, or nothing where that key is taken."""
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing().returning(*table.primary_key),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing().returning(*table.primary_key),
    }


def insert_or_update(table: sa.Table, keys: Sequence[str], values: Callable[[Any], Mapping[str, Any]]) -> Either:
    """Return the statement that inserts a row, or sets `values(excluded)` where `keys` are taken.

    `excluded` is the row that would have been inserted.
    """
    lite, post = sqlite.insert(table), postgresql.insert(table)
    return {
        "sqlite": lite.on_conflict_do_update(index_elements=keys, set_=dict(values(lite.excluded))),
        "postgresql": post.on_conflict_do_update(index_elements=keys, set_=dict(values(post.excluded))),
    }
