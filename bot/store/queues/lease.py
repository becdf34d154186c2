"""Leases: they compare the database's real time with itself, so that no moved or wrong clock breaks them.

A claim marks rows with a token and the end of its lease. Whoever settles a row shows the token; after the lease
somebody else may have claimed the row, and then the old token settles nothing.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot.store.types import UtcDateTime


class RealTime(FunctionElement[Any]):
    """The database's real time, some seconds from now; it takes no part in a moved clock."""

    type = UtcDateTime()
    name = "real_time"
    inherit_cache = True


@compiles(RealTime, "sqlite")
def _on_sqlite(element: RealTime, compiler: SQLCompiler, **options: Any) -> str:
    seconds = compiler.process(element.clauses, **options)
    return f"strftime('%Y-%m-%d %H:%M:%f000', 'now', ({seconds}) || ' seconds')"


@compiles(RealTime, "postgresql")
def _on_postgresql(element: RealTime, compiler: SQLCompiler, **options: Any) -> str:
    return f"(clock_timestamp() + ({compiler.process(element.clauses, **options)}) * interval '1 second')"


def is_free(leased_until: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Tell, in SQL, whether nobody holds a lease on a row."""
    return sa.or_(leased_until.is_(None), leased_until < RealTime(sa.literal_column("0")))


LEASE_END = RealTime(sa.bindparam("lease", type_=sa.Float))
"""When a lease of `:lease` seconds that begins now ends."""
