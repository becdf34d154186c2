"""Who is mentored by their own manager by now: looked at soon, so that they are parted, whoever changed profiles."""

from datetime import datetime

import sqlalchemy as sa

from bot.domain.mentorship import Role, Status
from bot.store.engine import writing
from bot.store.tables import looks, mentorships, participants, people, profiles

_mentored = participants.alias()
_MANAGED = (
    sa.select(_mentored.c.person_id)
    .join(mentorships, mentorships.c.id == _mentored.c.mentorship_id)
    .join(profiles, profiles.c.person_id == _mentored.c.person_id)
    .join(participants, participants.c.mentorship_id == _mentored.c.mentorship_id)
    .join(people, people.c.id == participants.c.person_id)
    .where(
        mentorships.c.status == Status.ACTIVE,
        _mentored.c.left_at.is_(None),
        _mentored.c.role != Role.MENTOR,
        participants.c.left_at.is_(None),
        participants.c.role != Role.MENTEE,
        participants.c.person_id != _mentored.c.person_id,
        profiles.c.manager_email != "",
        sa.func.lower(people.c.email) == sa.func.lower(profiles.c.manager_email),
    )
)
_now = sa.bindparam("now", type_=looks.c.look_at.type)
_LOOK = (
    sa.update(looks)
    .where(looks.c.person_id.in_(_MANAGED), sa.or_(looks.c.look_at.is_(None), looks.c.look_at > _now))
    .values(look_at=_now, changes=looks.c.changes + 1)
)


def look_at_the_managed(engine: sa.Engine, now: datetime) -> int:
    """Let everybody be looked at who is mentored by their own manager, and return how many that are."""
    with writing(engine) as connection:
        return connection.execute(_LOOK, {"now": now}).rowcount
