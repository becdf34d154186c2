"""What the rows say about the things that messages are about; nothing here asks the engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.meeting import State
from bot.domain.mentorship import Consent, EndReason, Status
from bot.store.engine import reading
from bot.store.tables import meetings, mentorships, participants, touchpoints

_m, _p = meetings.c, mentorships.c
_about: sa.BindParameter[str] = sa.bindparam("about")
_MEETING = (
    sa.select(
        *(_p.id.label("mentorship_id"), _p.status, _p.status_at, _p.decides_at, _p.end_reason, _p.version),
        *(_m.state, _m.number, _m.moves, _m.minutes, _m.starts_at, _m.timed_at),
    )
    .join_from(meetings, mentorships, _p.id == _m.mentorship_id)
    .where(_m.id == _about)
)
_MENTORSHIP = sa.select(
    _p.id.label("mentorship_id"), _p.status, _p.status_at, _p.decides_at, _p.end_reason, _p.version
).where(_p.id == _about)
_CONSENT = sa.select(participants.c.consent).where(
    participants.c.mentorship_id == _about, participants.c.person_id == sa.bindparam("person_id")
)
_MEMBERS = sa.select(participants.c.person_id).where(participants.c.mentorship_id == _about)
_LET_GO = (
    sa.select(_m.starts_at)
    .where(
        _m.mentorship_id == _about,
        _m.state == State.SKIPPED,
        _m.starts_at.is_not(None),
        _m.settled_at == _p.status_at,
    )
    .join_from(meetings, mentorships, _p.id == _m.mentorship_id)
)
_ALL = sa.select(_m.mentorship_id, _m.lead_id, _m.state, _m.number, _m.starts_at, _m.timed_at, _m.settled_at)
_STARTED = sa.select(_p.id, _p.started_at).where(_p.started_at.is_not(None))
_DROPPED = (
    sa.select(touchpoints.c.dropped, touchpoints.c.kind, sa.func.count())
    .where(touchpoints.c.dropped != "")
    .group_by(touchpoints.c.dropped, touchpoints.c.kind)
    .order_by(sa.func.count().desc())
)


@dataclass(frozen=True, slots=True)
class Matter:
    """A mentorship, and where the matter is one of its meetings, that meeting, as the rows have them now.

    Of a mentorship as a whole the parts of a meeting are None.
    """

    mentorship_id: str
    status: Status
    status_at: datetime | None
    decides_at: datetime
    end_reason: EndReason | None
    version: int
    state: State | None = None
    number: int | None = None
    moves: int | None = None
    minutes: int = 0
    starts_at: datetime | None = None
    timed_at: datetime | None = None

    @property
    def ends_at(self) -> datetime | None:
        """When the meeting is over."""
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None


class Ledger:
    """Looks things up, each in a short transaction that only reads."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def matter(self, about: str) -> Matter | None:
        """Return what an id of a meeting or mentorship stands for."""
        for statement in (_MEETING, _MENTORSHIP):
            if rows := self._rows(statement, about=about):
                return Matter(*rows[0])
        return None

    def consent(self, mentorship_id: str, person_id: str) -> Consent | None:
        """Return what somebody has answered to an invitation."""
        rows = self._rows(_CONSENT, about=mentorship_id, person_id=person_id)
        return rows[0][0] if rows else None

    def members(self, mentorship_id: str) -> set[str]:
        """Return everybody who is or was in a mentorship."""
        return {row[0] for row in self._rows(_MEMBERS, about=mentorship_id)}

    def let_go(self, mentorship_id: str) -> list[datetime]:
        """Return the hours of the meetings that the last change of a mentorship's status has cancelled."""
        return [row[0] for row in self._rows(_LET_GO, about=mentorship_id)]

    def meetings(self) -> Iterator[Any]:
        """Yield mentorship, lead, state, number, hour, and when it was set and settled, of all meetings."""
        yield from self._rows(_ALL)

    def started(self) -> dict[str, datetime]:
        """Return when each mentorship began that did."""
        return {row[0]: row[1] for row in self._rows(_STARTED)}

    def dropped(self) -> list[tuple[str, str, int]]:
        """Return (reason, kind, how many) of all that was due and not said."""
        return [(row[0], row[1], row[2]) for row in self._rows(_DROPPED)]

    def _rows(self, statement: sa.Select[Any], **keys: object) -> Sequence[Any]:
        with reading(self._database) as connection:
            return connection.execute(statement, keys).all()
