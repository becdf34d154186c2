"""What revisions have in common, written short: columns, keys and constraints by the names that they have.

Types are written out here rather than taken from the code, and what stands here is never changed, so that each
revision stays what it was.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

Columns = list[Any]
"""Columns and constraints."""


def table(name: str, columns: Columns, keys: list[str] | None = None, shared: bool = True) -> sa.Table:
    """Make a table of a company's rows, with its primary key; one by `id` can be pointed to within the company."""
    given = [column.name for column in columns if isinstance(column, sa.Column)]
    made = [
        sequence() if k == "seq" else number(k) if k == "ordinal" else text(k)
        for k in keys or ["id"]
        if k not in given
    ]
    if keys is None and shared:
        columns = [*columns, unique(name, "organization_id", "id")]
    return op.create_table(name, *made, text("organization_id"), *columns, key(name, *(keys or ["id"])))


def text(name: str, null: bool = False) -> sa.Column[Any]:
    """Return a column of text."""
    return sa.Column(name, sa.Text, nullable=null)


def number(name: str, null: bool = False) -> sa.Column[Any]:
    """Return a column of a whole number."""
    return sa.Column(name, sa.Integer, nullable=null)


def flag(name: str, null: bool = False) -> sa.Column[Any]:
    """Return a column of yes or no."""
    return sa.Column(name, sa.Boolean, nullable=null)


def sequence() -> sa.Column[Any]:
    """Return a key that counts up."""
    return sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False)


def moment(name: str, null: bool = False) -> sa.Column[Any]:
    """Return a column of a moment in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def day(name: str, null: bool = False) -> sa.Column[Any]:
    """Return a column of a date."""
    return sa.Column(name, sa.Date, nullable=null)


def choice(column: str, *values: str, name: str = "", null: bool = False) -> sa.Column[Any]:
    """Return a column that holds one of some texts, and nothing else by a CHECK, which `name` is the end of."""
    kind = sa.Enum(*values, name=name or column, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=null)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """Return the primary key of a table."""
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """Return the constraint that no two rows of a table are equal in these columns."""
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    """Return the constraint that a rule holds for each row of a table."""
    return sa.CheckConstraint(rule, op.f(f"ck_{table}_{name}"))


def company(table: str) -> sa.ForeignKeyConstraint:
    """Return the foreign key of rows that belong to a company and to nothing else."""
    return sa.ForeignKeyConstraint(
        ["organization_id"],
        ["organizations.id"],
        op.f(f"fk_{table}_organization_id"),
        deferrable=True,
        initially="DEFERRED",
    )


def within(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    """Return a foreign key to a row of the same company, checked when the transaction ends."""
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{parent}.organization_id", f"{parent}.id"],
        op.f(f"fk_{table}_organization_id_{column}"),
        deferrable=True,
        initially="DEFERRED",
    )


def index(table: str, *columns: str) -> None:
    """Make an index over all rows of a table."""
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def partial(name: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    """Make an index of those rows only for which `where` holds."""
    op.create_index(name, table, columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


# Changes of a table that stands, within `op.batch_alter_table(table)`


def add_within(changes: BatchOperations, table: str, column: str, parent: str) -> None:
    """Add what `within` makes."""
    changes.create_foreign_key(
        op.f(f"fk_{table}_organization_id_{column}"),
        parent,
        ["organization_id", column],
        ["organization_id", "id"],
        deferrable=True,
        initially="DEFERRED",
    )


def drop_within(changes: BatchOperations, table: str, column: str) -> None:
    """Drop what `within` or `add_within` made."""
    changes.drop_constraint(op.f(f"fk_{table}_organization_id_{column}"), type_="foreignkey")


def add_check(changes: BatchOperations, table: str, name: str, rule: str) -> None:
    """Add what `check` makes."""
    changes.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.text(rule))


def drop_check(changes: BatchOperations, table: str, name: str) -> None:
    """Drop what `check` or `add_check` made."""
    changes.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")


def choose(changes: BatchOperations, table: str, column: str, *values: str, name: str) -> None:
    """Let a column that `choice` made hold one of these texts from now on."""
    drop_check(changes, table, name)
    add_check(changes, table, name, f"{column} IN ({', '.join(repr(value) for value in values)})")


def settle() -> None:
    """Check all foreign keys now on PostgreSQL, which alters no table while checks of its rows are outstanding."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
