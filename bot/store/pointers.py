"""What points to what, as the tables themselves say it: so that no table which is new is forgotten."""

import sqlalchemy as sa

from bot.store.tables import metadata

IDS: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
"""The ids that statements are about which take several."""


def pointers(to: sa.Column[str]) -> list[sa.Column[str]]:
    """Return the columns, of whatever table, that point to a column."""
    return [link.parent for table in metadata.tables.values() for link in table.foreign_keys if link.column is to]


def let_go(pointer: sa.Column[str]) -> sa.Executable:
    """Return the statement that empties a pointer to any of `IDS`; where it may not be empty, its row is deleted."""
    if pointer.nullable:
        return sa.update(pointer.table).where(pointer.in_(IDS)).values({pointer: None})
    return sa.delete(pointer.table).where(pointer.in_(IDS))
