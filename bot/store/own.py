"""What people are asked about no mentorship."""

from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.mentorship import Status
from bot.domain.own import Enrolment, Own, Tie
from bot.domain.people import Person, Workspace
from bot.domain.records import Said, Touch
from bot.store.tables import enrolments, mentorships, participants, people, places, profiles, ties, touchpoints
from bot.store.upserts import insert_new

_person_id = sa.bindparam("person_id", type_=sa.Text)

_ENROLMENT = sa.select(Enrolment).where(enrolments.c.person_id == _person_id)
_IN_ONE = sa.select(
    sa.exists().where(
        participants.c.person_id == _person_id,
        participants.c.left_at.is_(None),
        participants.c.mentorship_id == mentorships.c.id,
        mentorships.c.status != Status.ENDED,
    )
)
_HAS_JOINED = sa.select(sa.exists().where(profiles.c.person_id == _person_id, profiles.c.joined_at.is_not(None)))
_KEEP_PLACE = insert_new(places)
_HAS_PLACE = sa.select(
    sa.exists().where(
        places.c.workspace_id == sa.bindparam("workspace_id"), places.c.external_id == sa.bindparam("external_id")
    )
)
_TIE = (
    sa.select(Tie)
    .where(ties.c.organization_id == sa.bindparam("organization_id"), ties.c.id == sa.bindparam("id"))
    .with_for_update()
)
_TIES = (
    sa.select(Tie)
    .where(sa.or_(ties.c.known_id == _person_id, ties.c.new_id == _person_id))
    .order_by(ties.c.opened_at, ties.c.id)
)
_IS_ASKED = sa.select(
    sa.or_(
        sa.exists().where(enrolments.c.person_id == _person_id),
        sa.exists().where(sa.or_(ties.c.known_id == _person_id, ties.c.new_id == _person_id)),
    )
)
_other = participants.alias("other")
_BOTH = (
    sa.select(people.c.id)
    .where(people.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(people.c.id)
    .with_for_update()
)
_SHARED = sa.select(
    sa.exists().where(
        participants.c.person_id == sa.bindparam("one", type_=sa.Text),
        _other.c.person_id == sa.bindparam("two", type_=sa.Text),
        _other.c.mentorship_id == participants.c.mentorship_id,
    )
)
_SAID = sa.select(
    *(touchpoints.c.about, touchpoints.c.person_id, touchpoints.c.kind, touchpoints.c.occasion),
    *(touchpoints.c.ordinal, touchpoints.c.said_at, sa.func.coalesce(touchpoints.c.delivery_id, "")),
    *(touchpoints.c.unasked, touchpoints.c.dropped),
).where(touchpoints.c.person_id == _person_id, touchpoints.c.mentorship_id.is_(None))
_LOCKED = (
    sa.select(mentorships.c.id)
    .where(
        mentorships.c.id.in_(
            sa.select(participants.c.mentorship_id).where(
                participants.c.person_id.in_(sa.bindparam("ids", expanding=True))
            )
        )
    )
    .order_by(mentorships.c.id)
    .with_for_update()
)


class SqlEnrolments:
    """`bot.ports.Enrolments` by queries."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, person_id: str) -> Enrolment | None:
        """Return somebody's enrolment."""
        return self._session.scalar(_ENROLMENT, {"person_id": person_id})

    def add(self, enrolment: Enrolment) -> None:
        """Save a new enrolment."""
        self._session.add(enrolment)

    def takes_part(self, person_id: str) -> bool:
        """Tell whether somebody is in a mentorship that has not ended, or has joined by themselves."""
        keys = {"person_id": person_id}
        return bool(self._session.scalar(_IN_ONE, keys) or self._session.scalar(_HAS_JOINED, keys))

    def keep_place(self, workspace: Workspace, place: str, now: datetime) -> None:
        """Note a place whose people are asked from now on; twice changes nothing."""
        self._session.flush()
        connection = self._session.connection()
        row = {"workspace_id": workspace.id, "external_id": place, "organization_id": workspace.organization_id}
        connection.execute(_KEEP_PLACE[connection.dialect.name], row | {"enrolled_at": now})

    def has_place(self, workspace: Workspace, place: str) -> bool:
        """Tell whether whoever joins a place is asked."""
        return bool(self._session.scalar(_HAS_PLACE, {"workspace_id": workspace.id, "external_id": place}))


class SqlTies:
    """`bot.ports.Ties` by queries. `join` is told which person's rows become another's when all is committed.

    What is asked of a person is loaded once, since each turn wants to know it, and most find nothing.
    """

    def __init__(self, session: Session, join: Callable[[str, str], None]) -> None:
        self._session = session
        self._join = join
        self._own: dict[str, Own] = {}

    def get(self, organization_id: str, tie_id: str) -> Tie | None:
        """Load and lock one tie of a company."""
        keys = {"organization_id": organization_id, "id": tie_id}
        return self._session.scalar(_TIE, keys, execution_options={"populate_existing": True})

    def of_person(self, person_id: str) -> Sequence[Tie]:
        """Return all ties of a person, ended ones too."""
        return self._session.scalars(_TIES, {"person_id": person_id}).all()

    def add(self, tie: Tie) -> None:
        """Save a new tie."""
        self._own.clear()
        self._session.add(tie)

    def share_a_mentorship(self, one: str, other: str) -> bool:
        """Tell whether two people are or were in the same mentorship; nothing can point to either until this ends."""
        self._session.execute(_BOTH, {"ids": [one, other]}).all()
        return bool(self._session.scalar(_SHARED, {"one": one, "two": other}))

    def join(self, keep: Person, gone: Person) -> None:
        """Make two people one when this unit of work is committed; their mentorships are locked from now on."""
        self._session.execute(_LOCKED, {"ids": [keep.id, gone.id]}).all()
        self._join(keep.id, gone.id)

    def own(self, person_id: str) -> Own:
        """Return what is asked of somebody about no mentorship, and what of it was said."""
        if person_id not in self._own:
            self._own[person_id] = self._load_own(person_id)
        return self._own[person_id]

    def _load_own(self, person_id: str) -> Own:
        keys = {"person_id": person_id}
        if not self._session.scalar(_IS_ASKED, keys):
            return Own()
        rows = self._session.execute(_SAID, keys)
        said = {Touch(*row[:5]): Said(*row[5:]) for row in rows}
        return Own(self._session.scalar(_ENROLMENT, keys), self.of_person(person_id), said)
