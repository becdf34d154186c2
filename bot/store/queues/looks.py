"""Whose look has come: claimed by one ticker at a time."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.engine import reading, writing
from bot.store.queues.counting import counted
from bot.store.queues.lease import LEASE_END, is_free
from bot.store.tables import looks

_DUE = (
    sa.select(looks.c.organization_id, looks.c.person_id)
    .where(looks.c.look_at <= sa.bindparam("now"), is_free(looks.c.leased_until))
    .order_by(looks.c.look_at)
    .limit(sa.bindparam("limit", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    sa.update(looks).where(looks.c.person_id.in_(sa.bindparam("ids", expanding=True))).values(leased_until=LEASE_END)
)
_EARLIEST = sa.select(sa.func.min(looks.c.look_at)).where(looks.c.look_at.is_not(None))
_OVERDUE = sa.select(
    counted(sa.select(looks.c.person_id).where(looks.c.look_at <= sa.bindparam("now")).order_by(looks.c.look_at))
)


class Looks:
    """The persons to be looked at. The unit of work that looks sets the next look, which ends the lease."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def claim(self, now: datetime, limit: int, lease: timedelta) -> list[tuple[str, str]]:
        """Return (organization id, person id) of up to `limit` persons whose look has come, and lease them."""
        with writing(self._engine) as connection:
            due = [(row[0], row[1]) for row in connection.execute(_DUE, {"now": now, "limit": limit})]
            if due:
                ids = [person_id for _, person_id in due]
                connection.execute(_LEASE, {"ids": ids, "lease": lease.total_seconds()})
        return due

    def earliest(self) -> datetime | None:
        """Return when the next look is due, on whatever day; None where nobody is to be looked at."""
        with reading(self._engine) as connection:
            moment: datetime | None = connection.scalar(_EARLIEST)
        return moment

    def overdue(self, now: datetime) -> int:
        """Return how many people are to be looked at and were not yet, up to `MOST`."""
        with reading(self._engine) as connection:
            return connection.scalar(_OVERDUE, {"now": now}) or 0
