"""Mentorships, loaded with all that deciding about them needs, by six statements for however many."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.facts import Facts
from bot.domain.meeting import SETTLED, Answer, Meeting, State
from bot.domain.mentorship import EndReason, Mentorship, Participant, Role, Status
from bot.domain.people import Person
from bot.domain.program import DEFAULTS, Program
from bot.domain.records import WIN, NoteKind, Said, Snooze, Touch, Win
from bot.domain.windows import NEWS_FOR
from bot.store.tables import (
    answers,
    goals,
    meetings,
    mentorships,
    notes,
    participants,
    people,
    profiles,
    programs,
    snoozes,
    touchpoints,
)
from bot.store.touches import SqlTouches
from bot.store.types import UtcDateTime

T = TypeVar("T")
_Row = sa.Row[Mentorship, Program | None]
_Found = sa.Select[Mentorship, Program | None]

LONG_OVER = timedelta(days=30)
"""How long after its end a mentorship is still loaded with the others."""

_SETTLED_SHOWN = 3
_AT_ONCE = 500
"""Mentorships loaded by one statement: a statement takes 32,766 parameters on SQLite, 65,535 on PostgreSQL."""

_organization = mentorships.c.organization_id == sa.bindparam("organization_id")
_not_long_over = sa.or_(mentorships.c.status != Status.ENDED, mentorships.c.status_at > sa.bindparam("since"))

_with_program: sa.Select[Mentorship, Program | None] = sa.select(Mentorship, Program).outerjoin(
    programs, programs.c.id == mentorships.c.program_id
)
_ONE = _with_program.where(_organization, mentorships.c.id == sa.bindparam("id")).with_for_update(of=mentorships)
_OF_MEETING = _with_program.where(
    _organization,
    mentorships.c.id
    == sa.select(meetings.c.mentorship_id).where(meetings.c.id == sa.bindparam("meeting_id")).scalar_subquery(),
).with_for_update(of=mentorships)
_OF_PERSON = (
    _with_program.where(
        mentorships.c.id.in_(
            sa.select(participants.c.mentorship_id).where(
                participants.c.person_id == sa.bindparam("person_id"),
                sa.or_(
                    participants.c.left_at.is_(None),
                    participants.c.left_at > sa.bindparam("gone_since", type_=UtcDateTime),
                ),
            )
        ),
        _not_long_over,
    )
    .order_by(mentorships.c.id)
    .with_for_update(of=mentorships)
)
_FORMER = (
    sa.select(mentorships.c.id)
    .join(participants, participants.c.mentorship_id == mentorships.c.id)
    .where(
        participants.c.person_id == sa.bindparam("person_id"),
        participants.c.left_at.is_(None),
        participants.c.role != Role.MENTOR,
        mentorships.c.end_reason.in_((EndReason.LEFT, EndReason.NEW_MATCH)),
        mentorships.c.status_at <= sa.bindparam("before", type_=UtcDateTime),
    )
    .order_by(mentorships.c.status_at.desc())
    .limit(1)
)
_OF_ORGANIZATION = _with_program.where(_organization, _not_long_over).order_by(
    mentorships.c.proposed_at, mentorships.c.id
)
_SOME = _with_program.where(_organization, mentorships.c.id.in_(sa.bindparam("ids", expanding=True)))

_ids: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
_has_goal = sa.exists().where(
    goals.c.mentorship_id == participants.c.mentorship_id, goals.c.owner_id == participants.c.person_id
)
_PARTICIPANTS = (
    sa.select(Participant, Person, _has_goal, sa.func.coalesce(profiles.c.manager_email, ""))
    .join_from(participants, people, people.c.id == participants.c.person_id)
    .outerjoin(profiles, profiles.c.person_id == participants.c.person_id)
    .where(participants.c.mentorship_id.in_(_ids))
    .order_by(participants.c.seq)
)
_over = meetings.c.state.in_(SETTLED)
_extra = meetings.c.number < 0
_ranked = (
    sa.select(
        meetings.c.id,
        sa.case((_over, 1), else_=0).label("over"),
        sa.func.row_number()
        .over(partition_by=(meetings.c.mentorship_id, _over, _extra), order_by=sa.func.abs(meetings.c.number).desc())
        .label("nth"),
        sa.func.max(sa.case((meetings.c.state == State.HELD, meetings.c.number)))
        .over(partition_by=meetings.c.mentorship_id)
        .label("last_held"),
    )
    .where(meetings.c.mentorship_id.in_(_ids))
    .subquery()
)
_MEETINGS = (
    sa.select(Meeting)
    .join_from(_ranked, meetings, meetings.c.id == _ranked.c.id)
    .where(
        sa.or_(
            _ranked.c.over == 0,
            _ranked.c.nth <= _SETTLED_SHOWN,
            meetings.c.number == _ranked.c.last_held,
            meetings.c.id == sa.bindparam("asked"),
        )
    )
    .order_by(meetings.c.number)
)
_ANSWERS = sa.select(Answer).where(answers.c.meeting_id.in_(_ids)).order_by(answers.c.answered_at)
_is_win = sa.and_(notes.c.kind == NoteKind.NOTE, notes.c.question == WIN)
_WRITTEN = (
    sa.select(
        notes.c.meeting_id,
        notes.c.author_id,
        notes.c.kind,
        sa.case((_is_win, notes.c.id)),
        sa.case((_is_win, notes.c.written_at)),
    )
    .where(notes.c.meeting_id.in_(_ids))
    .distinct()
)
"""Who wrote what kind of thing for which meeting; each win by itself, since others are told of it."""
_said = sa.select(
    touchpoints.c.mentorship_id,
    touchpoints.c.about,
    touchpoints.c.person_id,
    touchpoints.c.kind,
    touchpoints.c.occasion,
    touchpoints.c.ordinal,
    touchpoints.c.said_at,
    sa.func.coalesce(touchpoints.c.delivery_id, ""),
    touchpoints.c.unasked,
    touchpoints.c.dropped,
    snoozes.c.times,
    snoozes.c.until,
)
_SAID = (
    _said.outerjoin(
        snoozes,
        sa.and_(
            snoozes.c.about == touchpoints.c.about,
            snoozes.c.person_id == touchpoints.c.person_id,
            snoozes.c.kind == touchpoints.c.kind,
            snoozes.c.occasion == touchpoints.c.occasion,
        ),
    )
    .where(touchpoints.c.about.in_(_ids))
    .order_by(touchpoints.c.said_at)
)

_ANEW = {"populate_existing": True}
"""A row that was read before its mentorship was locked is read again."""


class SqlMentorships:
    """`bot.ports.Mentorships` by queries."""

    def __init__(self, session: Session, connection: sa.Connection, touches: SqlTouches) -> None:
        self._session = session
        self._connection = connection
        self._touches = touches

    def facts(self, organization_id: str, mentorship_id: str) -> Facts | None:
        """Load and lock one mentorship of a company."""
        found = self._locked(_ONE, organization_id=organization_id, id=mentorship_id)
        return next(self._facts(found), None)

    def of_meeting(self, organization_id: str, meeting_id: str) -> Facts | None:
        """Load and lock the mentorship of a meeting, and that meeting among the others however old it is."""
        found = self._locked(_OF_MEETING, organization_id=organization_id, meeting_id=meeting_id)
        return next(self._facts(found, asked=meeting_id), None)

    def of_person(self, person_id: str, now: datetime) -> Sequence[Facts]:
        """Load and lock all mentorships that a person is in and that are not long over, in the order of their ids."""
        self._touches.watch(person_id)
        keys = {"person_id": person_id, "since": now - LONG_OVER, "gone_since": now - NEWS_FOR}
        return list(self._facts(self._locked(_OF_PERSON, **keys)))

    def former(self, person_id: str, before: datetime) -> str | None:
        """Return the id of the mentorship that somebody who was guided in it may hand over, from before a moment.

        It is the last one that ended because another left it, or for a new match.
        """
        return self._connection.scalar(_FORMER, {"person_id": person_id, "before": before})

    def of_organization(self, organization_id: str, now: datetime) -> Sequence[Facts]:
        """Load all mentorships of a company that are not long over, without locks, oldest first."""
        keys = {"organization_id": organization_id, "since": now - LONG_OVER}
        found = self._session.execute(_OF_ORGANIZATION, keys).all()
        return [facts for chunk in _chunks(found) for facts in self._facts(chunk)]

    def at_a_glance(self, organization_id: str, now: datetime) -> Sequence[Facts]:
        """Load the same mentorships, but nothing of what was said, put off or written.

        Answers are loaded where they left a meeting unsettled.
        """
        keys = {"organization_id": organization_id, "since": now - LONG_OVER}
        found = self._session.execute(_OF_ORGANIZATION, keys).all()
        return [facts for chunk in _chunks(found) for facts in self._facts(chunk, glance=True)]

    def some_at_a_glance(self, organization_id: str, mentorship_ids: Collection[str]) -> Sequence[Facts]:
        """Load some mentorships of a company in the same way, however long they are over, in whatever order."""
        found = self._session.execute(_SOME, {"organization_id": organization_id, "ids": list(mentorship_ids)}).all()
        return [facts for chunk in _chunks(found) for facts in self._facts(chunk, glance=True)]

    def add(self, *rows: Mentorship | Participant | Meeting | Answer) -> None:
        """Save new rows."""
        self._session.add_all(rows)

    def _locked(self, statement: _Found, **keys: object) -> Sequence[_Row]:
        return self._session.execute(statement, keys, execution_options=_ANEW).all()

    def _facts(self, found: Sequence[_Row], asked: str = "", *, glance: bool = False) -> Iterator[Facts]:
        """Bring together what belongs to some mentorships, in their order; at a `glance` what tells how they do."""
        if not found:
            return
        ids = [mentorship.id for mentorship, _ in found]
        run, session = _ANEW, self._session
        seated = session.execute(_PARTICIPANTS, {"ids": ids}, execution_options=run).all()
        met = session.scalars(_MEETINGS, {"ids": ids, "asked": asked}, execution_options=run).all()
        home = {meeting.id: meeting.mentorship_id for meeting in met}
        asked_about = [meeting.id for meeting in met if not glance or meeting.state is State.UNSETTLED]
        told = session.scalars(_ANSWERS, {"ids": asked_about}, execution_options=run).all() if asked_about else []
        written = self._connection.execute(_WRITTEN, {"ids": list(home)}).all() if home and not glance else []
        wins = [(row[0], Win(row[3], row[1], row[4])) for row in written if row[3]]
        about = [*ids, *home, *(win.id for _, win in wins)]
        said = self._connection.execute(_SAID, {"ids": about}).all() if not glance else []

        parts = _grouped((row[0].mentorship_id, (row[0], row[1], row[2], row[3])) for row in seated)
        meetings_of = _grouped((meeting.mentorship_id, meeting) for meeting in met)
        answers_of = _grouped((home[answer.meeting_id], answer) for answer in told)
        wins_of = _grouped((home[meeting_id], win) for meeting_id, win in wins)
        written_of = _grouped((home[row[0]], (row[0], row[1], row[2])) for row in written)
        said_of = _grouped((row[0], (Touch(*row[1:6]), Said(*row[6:10]))) for row in said)
        put_off = _grouped((row[0], (Touch(*row[1:5]), Snooze(row[10], row[11]))) for row in said if row[10])
        for mentorship, program in found:
            key = mentorship.id
            yield Facts(
                mentorship,
                [participant for participant, *_ in parts[key]],
                {person.id: person for _, person, *_ in parts[key]},
                meetings_of[key],
                answers_of[key],
                set(written_of[key]),
                dict(said_of[key]),
                program or DEFAULTS,
                dict(put_off[key]),
                {person.id for _, person, has_goal, _ in parts[key] if has_goal},
                {person.id: manager for _, person, _, manager in parts[key] if manager},
                wins_of[key],
            )


def _chunks(found: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
    return (found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE))


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
