"""Events that were stored before they are handled, so that a crash loses none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.ids import new_id
from bot.messages import Event
from bot.store.codec import event_from_json, event_to_json
from bot.store.engine import reading, writing
from bot.store.queues.counting import counted
from bot.store.queues.lease import LEASE_END, is_free
from bot.store.sealing import Sealer
from bot.store.tables import inbox

_row = inbox.c
_first = inbox.alias("first")
_HEAD = (
    sa.select(sa.func.min(_first.c.seq))
    .where(_first.c.conversation == _row.conversation, _first.c.given_up_at.is_(None))
    .correlate(inbox)
    .scalar_subquery()
)
_PUT = sa.insert(inbox)
_WAITING = (
    sa.select(inbox)
    .where(_row.given_up_at.is_(None), is_free(_row.leased_until), _row.seq == _HEAD)
    .order_by(_row.seq)
    .limit(sa.bindparam("limit", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    sa.update(inbox)
    .where(_row.id.in_(sa.bindparam("ids", expanding=True)))
    .values(token=sa.bindparam("claim"), attempts=_row.attempts + 1, leased_until=LEASE_END)
)
_mine = sa.and_(_row.id == sa.bindparam("row_id"), _row.token == sa.bindparam("claim"))
_DONE = sa.delete(inbox).where(_mine)
_AGAIN = sa.update(inbox).where(_mine).values(token=None, leased_until=LEASE_END)
_GIVE_UP = sa.update(inbox).where(_mine).values(token=None, leased_until=None, sealed=None)
_COUNTS = sa.select(
    counted(sa.select(_row.seq).where(_row.given_up_at.is_(None)).order_by(_row.seq)).label("waiting"),
    counted(sa.select(_row.seq).where(_row.given_up_at.is_not(None)).order_by(_row.given_up_at)).label("given_up"),
)


@dataclass(frozen=True, slots=True)
class Received:
    """One event that is this process's to handle until the lease ends; `attempts` counts this one too."""

    id: str
    event: Event
    token: str
    attempts: int


class Inbox:
    """The queue of events, handled one at a time within a conversation, in the order in which they came."""

    def __init__(self, engine: sa.Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer

    def put_many(self, events: Iterable[Event], now: datetime) -> None:
        """Store some events by one commit; when this returns, they are safe."""
        rows = [self._sealed(event, now) for event in events]
        if rows:
            with writing(self._engine) as connection:
                connection.execute(_PUT, rows)

    def claim(self, limit: int, lease: timedelta) -> list[Received]:
        """Claim up to `limit` events, at most one a conversation, the oldest first."""
        token = new_id()
        with writing(self._engine) as connection:
            rows = connection.execute(_WAITING, {"limit": limit}).all()
            if rows:
                ids = [row.id for row in rows]
                connection.execute(_CLAIM, {"ids": ids, "claim": token, "lease": lease.total_seconds()})
        return [
            Received(row.id, event_from_json(self._sealer.open(row.sealed, row.id)), token, row.attempts + 1)
            for row in rows
        ]

    def done(self, event_id: str, token: str) -> bool:
        """Forget an event that was handled; False where the lease had passed to somebody else."""
        with writing(self._engine) as connection:
            return connection.execute(_DONE, {"row_id": event_id, "claim": token}).rowcount == 1

    def failed(self, event_id: str, token: str, reason: str, again_in: timedelta) -> bool:
        """Let an event be tried again after a while of real time; `reason` is a short code without content."""
        values = {"row_id": event_id, "claim": token, "reason": reason, "lease": again_in.total_seconds()}
        with writing(self._engine) as connection:
            return connection.execute(_AGAIN, values).rowcount == 1

    def give_up(self, event_id: str, token: str, reason: str, now: datetime) -> bool:
        """Keep of an event only that it could not be handled, and erase what it said."""
        values = {"row_id": event_id, "claim": token, "reason": reason, "given_up_at": now}
        with writing(self._engine) as connection:
            return connection.execute(_GIVE_UP, values).rowcount == 1

    def counts(self) -> dict[str, int]:
        """Return how many events wait or are being handled, and how many were given up, each up to `MOST`."""
        with reading(self._engine) as connection:
            return dict(connection.execute(_COUNTS).one()._mapping)

    def _sealed(self, event: Event, now: datetime) -> dict[str, object]:
        row_id, sender = new_id(), event.sender
        return {
            "id": row_id,
            "conversation": conversation(sender.platform, sender.workspace, sender.user),
            "sealed": self._sealer.seal(event_to_json(event), row_id),
            "received_at": now,
        }


def conversation(platform: str, workspace: str, user: str) -> str:
    """Return what events of one account have in common: its names on the platform."""
    return f"{platform}:{workspace}:{user}"
