"""The outbox as the sender sees it: rows claimed in the order of their conversations, sent, and settled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.ids import new_id
from bot.domain.people import Account, Workspace
from bot.ports import Parcel
from bot.store.codec import card_from_json
from bot.store.engine import reading, turnstile, writing
from bot.store.queues.counting import counted
from bot.store.queues.lease import LEASE_END, is_free
from bot.store.sealing import Sealer
from bot.store.tables import accounts, deliveries, workspaces
from bot.store.types import UtcDateTime

_now = sa.bindparam("now", type_=UtcDateTime)
_row = deliveries.c
_first = deliveries.alias("first")
_LOOKED_THROUGH = 1_000
_original = deliveries.alias("original")


def _head(account_id: sa.ColumnElement[str]) -> sa.ScalarSelect[int]:
    """Return which row a conversation waits for: the oldest unfinished one that has been due already."""
    return (
        sa.select(sa.func.min(_first.c.seq))
        .where(
            _first.c.account_id == account_id,
            _first.c.finished_at.is_(None),
            sa.or_(_first.c.due_at <= _now, _first.c.attempts > 0),
        )
        .correlate_except(_first)
        .scalar_subquery()
    )


_DUE = (
    sa.select(deliveries, Account, Workspace, _original.c.external_id.label("replaces"))
    .join_from(deliveries, accounts, accounts.c.id == _row.account_id)
    .join(workspaces, workspaces.c.id == accounts.c.workspace_id)
    .outerjoin(_original, _original.c.id == _row.redraws)
    .where(
        _row.finished_at.is_(None),
        _row.due_at <= _now,
        is_free(_row.leased_until),
        _row.seq == _head(_row.account_id),
    )
    .order_by(_row.due_at, _row.seq)
    .limit(sa.bindparam("limit", type_=sa.Integer))
    .with_for_update(of=deliveries, skip_locked=True)
)
_ids: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
_CLAIM = (
    sa.update(deliveries)
    .where(_row.id.in_(_ids))
    .values(state="sending", token=sa.bindparam("claim"), attempts=_row.attempts + 1, leased_until=LEASE_END)
)
_MOOT = (
    sa.update(deliveries)
    .where(_row.id.in_(_ids))
    .values(state="expired", reason="original_not_sent", sealed=None, finished_at=_now)
)
_SETTLE = (
    sa.update(deliveries)
    .where(_row.id == sa.bindparam("row_id"), _row.token == sa.bindparam("claim"), _row.finished_at.is_(None))
    .values(token=None, leased_until=None)
)
_EARLIEST = sa.select(sa.func.min(_row.due_at)).where(_row.finished_at.is_(None))
_NEXT_DUE = _EARLIEST.where(_row.due_at > _now)
_waiting = sa.select(_row.seq).where(_row.finished_at.is_(None)).order_by(_row.due_at, _row.seq)
_due = _waiting.where(_row.due_at <= _now)
_longest_due = _due.add_columns(_row.due_at, _row.account_id).limit(_LOOKED_THROUGH).subquery()
_LATE_SINCE = sa.select(sa.func.min(_longest_due.c.due_at)).where(
    _longest_due.c.seq == _head(_longest_due.c.account_id)
)
_is_dead = _row.state == sa.literal_column("'dead'")
_DEAD = (
    sa.select(
        _row.id, _row.organization_id, _row.account_id, _row.reason, _row.attempts, _row.due_at, _row.finished_at
    )
    .where(_is_dead)
    .order_by(_row.finished_at.desc())
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
_COUNTS = sa.select(
    counted(_waiting).label("waiting"),
    counted(_due).label("due"),
    counted(sa.select(_row.seq).where(_is_dead).order_by(_row.finished_at)).label("dead"),
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery that is this sender's until the lease ends.

    `attempts` counts this one too. `in_doubt` says that an earlier attempt may have arrived. `sections` are (kind,
    about) of the card's sections, empty where it was not asked for by the plan.
    """

    parcel: Parcel
    token: str
    attempts: int
    in_doubt: bool
    valid_until: datetime | None
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A delivery that no attempt could bring, as an operator may see it: ids, a code and dates."""

    id: str
    organization_id: str
    account_id: str
    reason: str
    attempts: int
    due_at: datetime
    finished_at: datetime


class Deliveries:
    """The queue of the sender.

    A conversation waits for its oldest unfinished row that has been due: while that is sent, or backs off, nothing
    overtakes it. A row that waits for a later hour holds nobody up. Settling with a token that is no longer the
    row's changes nothing and returns False.
    """

    def __init__(self, engine: sa.Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer

    def claim(self, now: datetime, limit: int, lease: timedelta) -> list[Claimed]:
        """Claim up to `limit` due rows, at most one a conversation, the longest due first.

        A row that redraws a message that was never sent is moot, and finished here.
        """
        token = new_id()
        with turnstile(self._engine), Session(self._engine, expire_on_commit=False) as session:
            rows = session.execute(_DUE, {"now": now, "limit": limit}).all()
            moot = [row.id for row in rows if row.redraws and row.replaces is None]
            due = [row for row in rows if row.id not in moot]
            connection = session.connection()
            if moot:
                connection.execute(_MOOT, {"ids": moot, "now": now})
            if due:
                ids = [row.id for row in due]
                connection.execute(_CLAIM, {"ids": ids, "claim": token, "lease": lease.total_seconds()})
            session.commit()
        return [self._claimed(row, token) for row in due]

    def sent(self, delivery_id: str, token: str, external_id: str, now: datetime) -> bool:
        """Note that a message arrived, under the platform's id, and erase its body."""
        return self._finish(delivery_id, token, now, state="sent", external_id=external_id, reason="")

    def dead(self, delivery_id: str, token: str, reason: str, now: datetime) -> bool:
        """Give a row up, by a short code without content, and erase its body."""
        return self._finish(delivery_id, token, now, state="dead", reason=reason)

    def expired(self, delivery_id: str, token: str, now: datetime, reason: str = "too_late") -> bool:
        """Drop a row that came too late, or that nothing asks for any more, and erase its body."""
        return self._finish(delivery_id, token, now, state="expired", reason=reason)

    def retry(self, delivery_id: str, token: str, due_at: datetime, reason: str) -> bool:
        """Let a row that was refused be tried again from `due_at`; its conversation waits for it."""
        return self._settle(delivery_id, token, state="pending", due_at=due_at, reason=reason)

    def doubt(self, delivery_id: str, token: str, due_at: datetime, reason: str) -> bool:
        """Let a row that may have arrived be looked up from `due_at`; its conversation waits for it."""
        return self._settle(delivery_id, token, state="sending", due_at=due_at, reason=reason)

    def postpone(self, delivery_id: str, token: str, due_at: datetime) -> bool:
        """Put a row that was not tried off to a better hour; its conversation does not wait for it."""
        return self._settle(delivery_id, token, state="pending", due_at=due_at, attempts=0)

    def earliest(self) -> datetime | None:
        """Return when the next row is due, on whatever day; None where nothing waits."""
        with reading(self._engine) as connection:
            moment: datetime | None = connection.scalar(_EARLIEST)
        return moment

    def next_due(self, now: datetime) -> datetime | None:
        """Return when after `now` the next row becomes due; None where none will."""
        with reading(self._engine) as connection:
            moment: datetime | None = connection.scalar(_NEXT_DUE, {"now": now})
        return moment

    def dead_letters(self, limit: int = 100) -> list[DeadLetter]:
        """Return the rows that were given up, the newest first."""
        with reading(self._engine) as connection:
            return [DeadLetter(*row) for row in connection.execute(_DEAD, {"limit": limit})]

    def late_since(self, now: datetime) -> datetime | None:
        """Return since when that row is due which waits longest for a sender; None where none does.

        Rows behind one that backs off are no sender's fault. Only the longest due are looked through.
        """
        with reading(self._engine) as connection:
            moment: datetime | None = connection.scalar(_LATE_SINCE, {"now": now})
        return moment

    def counts(self, now: datetime) -> dict[str, int]:
        """Return how many rows are waiting, how many of these are due, and how many are dead, each up to `MOST`."""
        with reading(self._engine) as connection:
            return dict(connection.execute(_COUNTS, {"now": now}).one()._mapping)

    def _claimed(self, row: Any, token: str) -> Claimed:
        card = card_from_json(self._sealer.open(row.sealed, row.id))
        parcel = Parcel(row.id, row.Account, row.Workspace, card, row.replaces)
        in_doubt = row.state == "sending"
        return Claimed(parcel, token, row.attempts + 1, in_doubt, row.valid_until, row.sections)

    def _finish(self, delivery_id: str, token: str, now: datetime, **values: str) -> bool:
        return self._settle(delivery_id, token, sealed=None, finished_at=now, **values)

    def _settle(self, delivery_id: str, token: str, **values: object) -> bool:
        with writing(self._engine) as connection:
            result = connection.execute(_SETTLE, {"row_id": delivery_id, "claim": token, **values})
            return result.rowcount == 1
