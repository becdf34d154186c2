"""What was said, and when to look at whom again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.budget import Told
from bot.domain.records import Said, Snooze, Touch
from bot.store.tables import looks, people, snoozes, touchpoints
from bot.store.types import UtcDateTime
from bot.store.upserts import insert_or_update

_ADD = sa.insert(touchpoints)
_CHANGES = sa.select(looks.c.changes).where(looks.c.person_id == sa.bindparam("person_id"))
_ORGANIZATION = sa.select(people.c.organization_id).where(people.c.id == sa.bindparam("person_id"))

LOOK_BY = insert_or_update(
    looks,
    ["person_id"],
    lambda new: {
        "look_at": sa.case(
            (sa.or_(looks.c.look_at.is_(None), looks.c.look_at > new.look_at), new.look_at), else_=looks.c.look_at
        ),
        "changes": looks.c.changes + 1,
    },
)
"""Lets a person be looked at no later than a moment."""

_told = touchpoints.c
_TOLD = (
    sa.select(_told.said_at, _told.kind, _told.delivery_id)
    .where(
        _told.person_id == sa.bindparam("person_id"),
        _told.said_at >= sa.bindparam("since", type_=UtcDateTime),
        _told.unasked,
        _told.delivery_id.is_not(None),
    )
    .order_by(_told.said_at)
)
_last = (
    sa.select(_told.delivery_id)
    .where(_told.person_id == sa.bindparam("person_id"), _told.unasked, _told.delivery_id.is_not(None))
    .order_by(_told.said_at.desc())
    .limit(1)
    .scalar_subquery()
)
_LATEST = sa.select(
    _told.mentorship_id, _told.about, _told.person_id, _told.kind, _told.occasion, _told.ordinal
).where(_told.person_id == sa.bindparam("person_id"), _told.delivery_id == _last)
_SNOOZE = insert_or_update(
    snoozes,
    ["about", "person_id", "kind", "occasion"],
    lambda new: {"times": new.times, "until": new.until},
)

_at = sa.bindparam("at", type_=UtcDateTime)
_seen = sa.bindparam("seen", type_=sa.Integer)
_LOOK_NEXT = (
    sa.update(looks)
    .where(looks.c.person_id == sa.bindparam("person"))
    .values(
        look_at=sa.case(
            (
                sa.or_(_seen.is_(None), looks.c.changes == _seen, looks.c.look_at.is_(None), looks.c.look_at > _at),
                _at,
            ),
            else_=looks.c.look_at,
        ),
        leased_until=None,
    )
)


@dataclass(slots=True)
class _Wish:
    """When somebody is to be looked at: no later than `at`, or in place of what stood."""

    at: datetime | None
    replaces: bool


class SqlTouches:
    """`bot.ports.Touches` by statements.

    Looks are written when the unit of work is committed, in the order of the persons' ids, so that no two units wait
    for each other. A look that was asked for by somebody else after this unit had read the person's mentorships
    stands beside what this unit planned: the earlier of the two is kept.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._wishes: dict[str, _Wish] = {}
        self._organizations: dict[str, str] = {}
        self._changes: dict[str, int] = {}

    def add(self, organization_id: str, mentorship_id: str, said: Mapping[Touch, Said]) -> None:
        """Note what was said about a mentorship, or about none where its id is '', or dropped."""
        rows = [
            {
                "organization_id": organization_id,
                "mentorship_id": mentorship_id or None,
                "about": touch.about,
                "person_id": touch.person_id,
                "kind": str(touch.kind),
                "occasion": touch.occasion,
                "ordinal": touch.ordinal,
                "delivery_id": one.delivery_id or None,
                "said_at": one.at,
                "unasked": one.unasked,
                "dropped": one.dropped,
            }
            for touch, one in said.items()
        ]
        if rows:
            self._connection.execute(_ADD, rows)

    def told_since(self, person_id: str, since: datetime) -> Sequence[Told]:
        """Return what was said to a person unasked from a moment on, the oldest first."""
        return [Told(*row) for row in self._connection.execute(_TOLD, {"person_id": person_id, "since": since})]

    def latest(self, person_id: str) -> Sequence[tuple[str, Touch]]:
        """Return what the last unasked message to a person said, each with its mentorship's id."""
        rows = self._connection.execute(_LATEST, {"person_id": person_id})
        return [(row[0] or "", Touch(*row[1:])) for row in rows]

    def snooze(self, organization_id: str, mentorship_id: str, touch: Touch, snooze: Snooze) -> None:
        """Put off what a touch says, in place of an earlier putting off."""
        row = {
            "about": touch.about,
            "person_id": touch.person_id,
            "kind": str(touch.kind),
            "occasion": touch.occasion,
            "organization_id": organization_id,
            "mentorship_id": mentorship_id,
            "times": snooze.times,
            "until": snooze.until,
        }
        self._connection.execute(_SNOOZE[self._connection.dialect.name], row)

    def look_by(self, organization_id: str, person_id: str, at: datetime) -> None:
        """Let a person be looked at no later than `at`."""
        self._organizations[person_id] = organization_id
        wish = self._wishes.setdefault(person_id, _Wish(at, replaces=False))
        wish.at = min(wish.at, at) if wish.at else at

    def look_next(self, person_id: str, at: datetime | None) -> None:
        """Set when a person is looked at next, in place of what stood; None is never."""
        self._wishes[person_id] = _Wish(at, replaces=True)

    def watch(self, person_id: str) -> None:
        """Remember how often an earlier look at a person had been asked for before the mentorships were read."""
        self._changes[person_id] = self._connection.scalar(_CHANGES, {"person_id": person_id}) or 0

    def flush(self) -> None:
        """Write the looks that were wished for."""
        for person_id, wish in sorted(self._wishes.items()):
            if not (wish.replaces and self._replaced(person_id, wish.at)) and wish.at is not None:
                self._asked(person_id, wish.at)
        self._wishes.clear()

    def _replaced(self, person_id: str, at: datetime | None) -> bool:
        keys = {"person": person_id, "at": at, "seen": self._changes.get(person_id)}
        return self._connection.execute(_LOOK_NEXT, keys).rowcount == 1

    def _asked(self, person_id: str, at: datetime) -> None:
        organization_id = self._organizations.get(person_id) or self._connection.scalar(
            _ORGANIZATION, {"person_id": person_id}
        )
        row = {"person_id": person_id, "organization_id": organization_id, "look_at": at, "changes": 1}
        self._connection.execute(LOOK_BY[self._connection.dialect.name], row)
