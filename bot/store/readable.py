"""The one rule of who may read what somebody wrote; every query that brings out words asks it."""

import sqlalchemy as sa

from bot.domain.mentorship import Format, Role
from bot.domain.records import Visibility
from bot.store.tables import mentorships, participants, words


def may_read(written: sa.FromClause = words) -> sa.ColumnElement[bool]:
    """Return the condition that `:reader_id` may read rows of `written`, the table of words or an alias of it.

    The author always may. Of the others only those may who take part in the mentorship now: all of them what is for
    the group or for a pair, but in a group what is for the pair only those who mentor it. What is for its author
    alone is read by nobody else, whatever their role.
    """
    row = written.c
    reader: sa.BindParameter[str] = sa.bindparam("reader_id")
    in_a_group = sa.exists().where(mentorships.c.id == row.mentorship_id, mentorships.c.format == Format.GROUP)
    shared_with_them = sa.or_(
        row.visibility == Visibility.GROUP,
        sa.and_(row.visibility == Visibility.PAIR, sa.or_(participants.c.role != Role.MENTEE, ~in_a_group)),
    )
    seat = sa.exists().where(
        participants.c.mentorship_id == row.mentorship_id,
        participants.c.person_id == reader,
        participants.c.left_at.is_(None),
        shared_with_them,
    )
    return sa.or_(row.author_id == reader, seat)
