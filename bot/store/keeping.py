"""Who and what is to go: whom a restored backup has brought back, who left long ago, words of what has long ended."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.mentorship import Status
from bot.domain.people import PersonStatus
from bot.store.engine import reading, writing
from bot.store.pointers import IDS
from bot.store.tables import erased, mentorships, people, words
from bot.store.types import UtcDateTime

Found = Sequence[tuple[str, str]]
"""People, as (organization id, person id)."""

_AT_ONCE = 500

_someone = sa.select(people.c.organization_id, people.c.id)
_ERASED = sa.select(erased.c.person_id)
_BROUGHT_BACK = _someone.where(people.c.id.in_(IDS), people.c.id.not_in(_ERASED))
_LEAVERS = _someone.where(
    people.c.status == PersonStatus.LEFT, people.c.left_at <= sa.bindparam("before", type_=UtcDateTime)
)
_BY_EMAIL = _someone.where(sa.func.lower(people.c.email) == sa.bindparam("email"))

_undated = sa.and_(words.c.mentorship_id == mentorships.c.id, words.c.erase_after.is_(None))
_ENDED = (
    sa.select(mentorships.c.id, mentorships.c.status_at)
    .where(mentorships.c.status == Status.ENDED, sa.exists().where(_undated))
    .limit(_AT_ONCE)
)
_DATE = (
    sa.update(words)
    .where(words.c.mentorship_id == sa.bindparam("ended"), words.c.erase_after.is_(None))
    .values(erase_after=sa.bindparam("moment", type_=UtcDateTime))
)


def erased_ids(engine: sa.Engine) -> Sequence[str]:
    """Return the ids of all whose data were erased from this database."""
    with reading(engine) as connection:
        return connection.scalars(_ERASED).all()


def brought_back(engine: sa.Engine, ids: Collection[str]) -> Found:
    """Return who of `ids` is in the database as if nothing had been erased, as after a backup was restored."""
    wanted = sorted(ids)
    with reading(engine) as connection:
        chunks = (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
        return [(row[0], row[1]) for chunk in chunks for row in connection.execute(_BROUGHT_BACK, {"ids": chunk})]


def leavers(engine: sa.Engine, before: datetime) -> Found:
    """Return who left the company before a moment and whose data are still there."""
    with reading(engine) as connection:
        return [(row[0], row[1]) for row in connection.execute(_LEAVERS, {"before": before})]


def by_email(engine: sa.Engine, email: str) -> Found:
    """Return who has an e-mail address, in any case, of whatever company."""
    with reading(engine) as connection:
        return [(row[0], row[1]) for row in connection.execute(_BY_EMAIL, {"email": email.strip().lower()})]


def date_words(engine: sa.Engine, kept: timedelta) -> int:
    """Let what was written in mentorships that have ended be erased so long after their end; return how many words.

    Those of some hundred mentorships at a time; more are left for the next time.
    """
    with writing(engine) as connection:
        rows = [{"ended": row.id, "moment": row.status_at + kept} for row in connection.execute(_ENDED)]
        return connection.execute(_DATE, rows).rowcount if rows else 0
