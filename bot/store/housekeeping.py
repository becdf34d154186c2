"""Deleting what nobody needs any more: a few rows in each transaction, so that nobody waits for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.store.engine import writing
from bot.store.pointers import IDS, let_go, pointers
from bot.store.tables import audit, deliveries, drafts, inbox, seen, words
from bot.store.types import UtcDateTime

BATCH = 500
"""Rows looked at in one transaction: a few milliseconds."""

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_behind = sa.tuple_(sa.bindparam("moment", type_=UtcDateTime), sa.bindparam("key", type_=sa.Text))


@dataclass(frozen=True, slots=True)
class Place:
    """How far housekeeping has come: the number of the chore, and the row behind which it goes on."""

    chore: int = 0
    moment: datetime = _BEGINNING
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Chore:
    """Rows that go some time after the moment at which they had done their duty; `deletes` ends with the rows."""

    kept: timedelta
    old: sa.Select[datetime, str]
    deletes: tuple[sa.Executable, ...]


class Housekeeping:
    """Deletes what nobody needs any more.

    - the ids of events, 14 days after these were handled: no platform brings an event again after so long;
    - events that could not be handled, 30 days after they were given up;
    - what people wrote, once it is past the moment for which it was to be kept, and what was noted of it;
    - forms that somebody has begun and left, 30 days after they were last touched;
    - the notes of grave deeds, two years after these;
    - messages, 180 days after they were sent or given up, unless the record of what was said points to one, or a
      later message that draws it anew. That one goes first, and the earlier one the next time.
    """

    def __init__(self, engine: sa.Engine, batch: int = BATCH) -> None:
        self._engine = engine
        self._batch = batch

    def sweep(self, now: datetime, place: Place | None = None) -> tuple[int, Place | None]:
        """Go on at a place, or begin; return how many rows were deleted, and where to go on, None at the end.

        A row that somebody else holds is left for the next day.
        """
        place = place or Place()
        chore = _CHORES[place.chore]
        keys = {"before": now - chore.kept, "moment": place.moment, "key": place.key, "limit": self._batch}
        deleted = 0
        with writing(self._engine) as connection:
            rows = connection.execute(chore.old, keys).all()
            for statement in chore.deletes if rows else ():
                deleted = connection.execute(statement, {"ids": [row[1] for row in rows]}).rowcount
        if len(rows) == self._batch:
            return deleted, Place(place.chore, *rows[-1])
        following = place.chore + 1
        return deleted, Place(following) if following < len(_CHORES) else None


def _chore(
    key: sa.Column[str],
    moment: sa.Column[datetime],
    kept: timedelta,
    *,
    first: Iterable[sa.Executable] = (),
    unless: Iterable[sa.ColumnElement[bool]] = (),
) -> _Chore:
    old = (
        sa.select(moment, key)
        .where(moment <= sa.bindparam("before", type_=UtcDateTime), sa.tuple_(moment, key) > _behind)
        .order_by(moment, key)
        .limit(sa.bindparam("limit", type_=sa.Integer))
        .with_for_update(skip_locked=True)
    )
    return _Chore(kept, old, (*first, sa.delete(key.table).where(key.in_(IDS), *map(sa.not_, unless))))


def _pointed_to(row: sa.Column[str]) -> list[sa.ColumnElement[bool]]:
    """Return for each column that points to a column whether any row of its table points to this one."""
    others = [(pointer.table.alias(), pointer.name) for pointer in pointers(row)]
    return [sa.exists().where(other.c[name] == row) for other, name in others]


_CHORES = (
    _chore(seen.c.key, seen.c.at, timedelta(days=14)),
    _chore(inbox.c.id, inbox.c.given_up_at, timedelta(days=30)),
    _chore(drafts.c.account_id, drafts.c.saved_at, timedelta(days=30)),
    _chore(audit.c.id, audit.c.at, timedelta(days=730)),
    _chore(words.c.id, words.c.erase_after, timedelta(), first=map(let_go, pointers(words.c.id))),
    _chore(deliveries.c.id, deliveries.c.finished_at, timedelta(days=180), unless=_pointed_to(deliveries.c.id)),
)
