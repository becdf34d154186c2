"""What the tables have in common: names of constraints, ids, and keys that hold a company's rows together."""

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key(name: str = "id") -> sa.Column[str]:
    """Return the column of a primary key; ids are made by us, since buttons carry them before a row is saved."""
    return sa.Column(name, sa.Text, primary_key=True)


def number(name: str = "seq") -> sa.Column[int]:
    """Return a primary key that counts up, where the order in which rows came matters."""
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)


def owner() -> sa.Column[str]:
    """Return the column that says to which company a row belongs; `within` or `of_company` ties it down."""
    return sa.Column("organization_id", sa.Text, nullable=False)


def of_company() -> sa.ForeignKeyConstraint:
    """Return the foreign key of a row that belongs to a company and to nothing else."""
    return sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], deferrable=True, initially="DEFERRED")


def text(name: str, default: str | None = None) -> sa.Column[str]:
    """Return a column of text that is never NULL."""
    return sa.Column(name, sa.Text, nullable=False, default=default)


def within(column: str, table: str, circular: bool = False) -> sa.ForeignKeyConstraint:
    """Return a foreign key to a row of the same company, checked when the transaction ends.

    Checked then, rows that point to each other may be saved in any order. `circular` marks one of two tables that
    point to each other.
    """
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{table}.organization_id", f"{table}.id"],
        deferrable=True,
        initially="DEFERRED",
        use_alter=circular,
    )


def shared() -> sa.UniqueConstraint:
    """Return the constraint that lets `within` point to a table."""
    return sa.UniqueConstraint("organization_id", "id")


def partial(name: str, *columns: sa.Column[Any], where: sa.ColumnElement[bool], unique: bool = False) -> sa.Index:
    """Return an index of those rows only for which `where` holds."""
    return sa.Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
