"""How many mentees somebody has, and how many more they can take: counted over all programmes of their company."""

import sqlalchemy as sa

from bot.domain.mentorship import Role, Status
from bot.store.tables import mentorships, participants, profiles, round_pairs

_mentor, _mentee = participants.alias("mentor"), participants.alias("mentee")

TAKEN = (
    sa.select(_mentor.c.person_id, sa.func.count().label("taken"))
    .join_from(_mentor, mentorships, mentorships.c.id == _mentor.c.mentorship_id)
    .join(_mentee, _mentee.c.mentorship_id == _mentor.c.mentorship_id)
    .where(
        *(_mentor.c.role == Role.MENTOR, _mentor.c.left_at.is_(None)),
        *(_mentee.c.role == Role.MENTEE, _mentee.c.left_at.is_(None)),
        mentorships.c.status != Status.ENDED,
    )
    .group_by(_mentor.c.person_id)
)
"""The seats that mentors have given, in proposals too: who was asked and has not answered may say yes."""

BUSY = (
    sa.select(participants.c.person_id)
    .join_from(participants, mentorships, mentorships.c.id == participants.c.mentorship_id)
    .where(
        mentorships.c.program_id == sa.bindparam("program_id", type_=sa.Text),
        *(mentorships.c.status != Status.ENDED, participants.c.role != Role.MENTOR),
        participants.c.left_at.is_(None),
    )
)
"""Who is guided in an open mentorship of a programme, or was asked and has not answered."""

_whose = sa.bindparam("person_id", type_=sa.Text)
_taken = sa.select(TAKEN.where(_mentor.c.person_id == _whose).subquery().c.taken).scalar_subquery()
_to_be_taken = (
    sa.select(sa.func.count())
    .select_from(round_pairs)
    .where(
        round_pairs.c.round_id == sa.bindparam("round", type_=sa.Text),
        *(round_pairs.c.mentor_id == _whose, round_pairs.c.mentorship_id.is_(None), sa.not_(round_pairs.c.dropped)),
    )
    .scalar_subquery()
)
_some: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
_given = TAKEN.where(_mentor.c.person_id.in_(_some)).subquery()
LEFT = (
    sa.select(profiles.c.person_id, profiles.c.capacity - sa.func.coalesce(_given.c.taken, 0))
    .outerjoin_from(profiles, _given, _given.c.person_id == profiles.c.person_id)
    .where(profiles.c.person_id.in_(_some))
)
"""How many seats some mentors have left."""

SEATS = sa.select(profiles.c.capacity - sa.func.coalesce(_taken, 0) - _to_be_taken).where(
    profiles.c.person_id == _whose
)
"""How many seats a mentor has left beside those that a round gives."""
