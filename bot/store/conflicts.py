"""Errors by which a database undid one transaction because of another, so that it may be run again."""

import sqlite3

import sqlalchemy as sa

_UNDONE = frozenset({"40001", "40P01"})
"""serialization_failure and deadlock_detected: PostgreSQL's manual, Appendix A, class 40, 'Transaction Rollback'."""


def may_be_tried_again(error: Exception) -> bool:
    """Tell whether a transaction was undone as a whole for another's sake, so that it may be run again.

    On PostgreSQL these are deadlocks and serialization failures; on SQLite a write lock that another process kept for
    longer than the busy time-out. An error that leaves in doubt whether the transaction was committed is none.
    """
    if not isinstance(error, sa.exc.DBAPIError):
        return False
    busy = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
    return busy or getattr(error.orig, "sqlstate", None) in _UNDONE
