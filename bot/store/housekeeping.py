"""Deleting what nobody needs any more: a few rows in each transaction, so that nobody waits for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.matching.criteria import ENOUGH_ROUNDS
from bot.rounds.round import RoundStatus
from bot.store.engine import writing
from bot.store.entering import APPROVED
from bot.store.pointers import IDS, let_go, pointers
from bot.store.tables import (
    audit,
    deliveries,
    drafts,
    inbox,
    round_left_out,
    round_pairs,
    round_words,
    rounds,
    seen,
    words,
)
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
    - what matching rounds proposed, whom they left out and what was said of two people, 30 days after a round was
      discarded, or a year after everybody had heard of it. Who was left out stays as long as later rounds look at it;
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
                deleted = connection.execute(statement, {**keys, "ids": [row[1] for row in rows]}).rowcount
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


def _of_rounds(key: sa.Column[str], status: RoundStatus, kept: timedelta, *more: sa.ColumnElement[bool]) -> _Chore:
    """Rows of the rounds that came into a state long ago. Several may have the same key: they go together."""
    rows, before = key.table, rounds.c.status_at <= sa.bindparam("before", type_=UtcDateTime)
    gone = sa.select(rounds.c.id).where(rounds.c.status == status, before, *more)
    old = (
        sa.select(rounds.c.status_at, key)
        .join_from(rows, rounds, rounds.c.id == rows.c.round_id)
        .where(rounds.c.id.in_(gone), sa.tuple_(rounds.c.status_at, key) > _behind)
        .order_by(rounds.c.status_at, key)
        .limit(sa.bindparam("limit", type_=sa.Integer))
        .with_for_update(skip_locked=True, of=rows)
    )
    return _Chore(kept, old, (sa.delete(rows).where(key.in_(IDS), rows.c.round_id.in_(gone)),))


_later = rounds.alias()
_looked_at_no_more = (
    sa.select(sa.func.count())
    .where(
        _later.c.program_id == rounds.c.program_id,
        _later.c.status.in_(APPROVED),
        sa.tuple_(_later.c.started_at, _later.c.id) > sa.tuple_(rounds.c.started_at, rounds.c.id),
    )
    .scalar_subquery()
) >= ENOUGH_ROUNDS

_A_MONTH, _A_YEAR = timedelta(days=30), timedelta(days=365)

_CHORES = (
    _chore(seen.c.key, seen.c.at, timedelta(days=14)),
    _chore(inbox.c.id, inbox.c.given_up_at, timedelta(days=30)),
    _chore(drafts.c.account_id, drafts.c.saved_at, timedelta(days=30)),
    _chore(audit.c.id, audit.c.at, timedelta(days=730)),
    *(
        _of_rounds(key, RoundStatus.DISCARDED, _A_MONTH)
        for key in (round_pairs.c.id, round_left_out.c.person_id, round_words.c.mentor_id)
    ),
    *(_of_rounds(key, RoundStatus.DONE, _A_YEAR) for key in (round_pairs.c.id, round_words.c.mentor_id)),
    _of_rounds(round_left_out.c.person_id, RoundStatus.DONE, _A_YEAR, _looked_at_no_more),
    _chore(words.c.id, words.c.erase_after, timedelta(), first=map(let_go, pointers(words.c.id))),
    _chore(deliveries.c.id, deliveries.c.finished_at, timedelta(days=180), unless=_pointed_to(deliveries.c.id)),
)
