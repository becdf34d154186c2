"""Who is never to be proposed to each other."""

from collections.abc import Collection

import sqlalchemy as sa

from bot.store.tables import blocks
from bot.store.upserts import insert_new

_ADD = insert_new(blocks)
_both = (sa.bindparam("one", type_=sa.Text), sa.bindparam("other", type_=sa.Text))
_REMOVE = sa.delete(blocks).where(
    blocks.c.organization_id == sa.bindparam("company"), blocks.c.one_id.in_(_both), blocks.c.other_id.in_(_both)
)
_ALL = sa.select(blocks.c.one_id, blocks.c.other_id).where(blocks.c.organization_id == sa.bindparam("company"))


class SqlBlocks:
    """`bot.ports.Blocks` by statements."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, organization_id: str, one_id: str, other_id: str) -> None:
        """Keep two people apart from now on."""
        first, second = sorted((one_id, other_id))
        row = {"one_id": first, "other_id": second, "organization_id": organization_id}
        self._connection.execute(_ADD[self._connection.dialect.name], row)

    def remove(self, organization_id: str, one_id: str, other_id: str) -> None:
        """Keep two people apart no longer."""
        self._connection.execute(_REMOVE, {"company": organization_id, "one": one_id, "other": other_id})

    def all(self, organization_id: str) -> Collection[frozenset[str]]:
        """Return all who are kept apart, two by two."""
        return {frozenset(row) for row in self._connection.execute(_ALL, {"company": organization_id})}
