"""Programmes, goals, agreements, what was put off, and what was dropped unsaid.

Mentorships from before belong to one programme of their company, with the settings of a good one. The way down turns
what 0001 has no word for into what comes nearest, and deletes what it has no place for, words included.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import (
    add_check,
    add_within,
    check,
    choice,
    choose,
    company,
    day,
    drop_check,
    drop_within,
    flag,
    index,
    moment,
    number,
    settle,
    table,
    text,
    unique,
    within,
)

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SETTINGS = {
    "every_weeks": 2,
    "minutes": 45,
    "term_weeks": 26,
    "unasked_a_week": 2,
    "agenda_days": 2,
    "brief_days": 1,
    "remind_days": 3,
    "stuck_days": 5,
    "give_up_days": 13,
    "silence_days": 5,
    "not_started_days": 10,
    "review_every": 6,
}


def upgrade() -> None:
    _people()
    _mentorships(_programs())
    _touchpoints()
    _words()


def downgrade() -> None:
    _words_back()
    _touchpoints_back()
    _mentorships_back()
    _people_back()


def _people() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(text("away", null=True))
        people.add_column(number("unasked_a_week", null=True))
        people.add_column(text("zone_asked", null=True))
        people.add_column(day("digested_on", null=True))
    op.execute("UPDATE people SET away = '[]', zone_asked = ''")
    with op.batch_alter_table("people") as people:
        people.alter_column("away", nullable=False)
        people.alter_column("zone_asked", nullable=False)
    table("erased", [moment("at")], keys=["person_id"])


def _people_back() -> None:
    op.drop_table("erased")
    with op.batch_alter_table("people") as people:
        for column in ("away", "unasked_a_week", "zone_asked", "digested_on"):
            people.drop_column(column)


def _programs() -> sa.Table:
    positive = "every_weeks > 0 AND minutes > 0 AND term_weeks > 0 AND unasked_a_week > 0"
    return table(
        "programs",
        [
            text("name"),
            moment("created_at"),
            *map(number, SETTINGS),
            text("trusted_contact"),
            flag("aggregate_only"),
            day("holiday_from", null=True),
            day("holiday_until", null=True),
            company("programs"),
            unique("programs", "organization_id", "name"),
            check("programs", "positive", positive),
            check("programs", "holiday", "(holiday_from IS NULL) = (holiday_until IS NULL)"),
        ],
    )


def _mentorships(programs: sa.Table) -> None:
    with op.batch_alter_table("mentorships") as mentorships:
        mentorships.add_column(text("program_id", null=True))
        mentorships.add_column(day("resumes_on", null=True))
        mentorships.add_column(text("drafted_by", null=True))
        mentorships.add_column(moment("drafted_at", null=True))
        add_within(mentorships, "mentorships", "program_id", "programs")
        add_within(mentorships, "mentorships", "drafted_by", "people")
        add_check(mentorships, "mentorships", "drafted", "(drafted_by IS NULL) = (drafted_at IS NULL)")
        reasons = ("not_matched", "ended", "term", "new_match", "left")
        choose(mentorships, "mentorships", "end_reason", *reasons, name="endreason")
    with op.batch_alter_table("participants") as participants:
        participants.add_column(moment("agreed_at", null=True))
        participants.add_column(moment("prolongs_at", null=True))
    with op.batch_alter_table("meetings") as meetings:
        kinds = ("kickoff", "check_in", "review", "extra", "closing")
        choose(meetings, "meetings", "kind", *kinds, name="meetingkind")
    _enroll(programs)


def _enroll(programs: sa.Table) -> None:
    """Give each company that mentors a programme, as old as its first mentorship, with all mentorships in it."""
    mentorships = sa.table("mentorships", text("organization_id"), text("program_id"), moment("proposed_at"))
    first = sa.select(mentorships.c.organization_id, sa.func.min(mentorships.c.proposed_at))
    connection = op.get_bind()
    for organization_id, began in connection.execute(first.group_by(mentorships.c.organization_id)).all():
        program_id = uuid4().hex
        row = {"id": program_id, "organization_id": organization_id, "name": "Mentoring", "created_at": began}
        connection.execute(programs.insert().values(**row, **SETTINGS, trusted_contact="", aggregate_only=False))
        ours = mentorships.c.organization_id == organization_id
        connection.execute(mentorships.update().where(ours).values(program_id=program_id))
    settle()


def _mentorships_back() -> None:
    op.execute("UPDATE meetings SET kind = 'check_in' WHERE kind IN ('review', 'extra', 'closing')")
    op.execute("UPDATE mentorships SET end_reason = 'ended' WHERE end_reason IN ('new_match', 'left')")
    with op.batch_alter_table("meetings") as meetings:
        choose(meetings, "meetings", "kind", "kickoff", "check_in", name="meetingkind")
    with op.batch_alter_table("participants") as participants:
        participants.drop_column("prolongs_at")
        participants.drop_column("agreed_at")
    with op.batch_alter_table("mentorships") as mentorships:
        choose(mentorships, "mentorships", "end_reason", "not_matched", "ended", "term", name="endreason")
        drop_check(mentorships, "mentorships", "drafted")
        drop_within(mentorships, "mentorships", "drafted_by")
        drop_within(mentorships, "mentorships", "program_id")
        for column in ("program_id", "resumes_on", "drafted_by", "drafted_at"):
            mentorships.drop_column(column)
    op.drop_table("programs")


def _touchpoints() -> None:
    with op.batch_alter_table("touchpoints") as touchpoints:
        touchpoints.add_column(flag("unasked", null=True))
        touchpoints.add_column(text("dropped", null=True))
    op.execute("UPDATE touchpoints SET unasked = true, dropped = ''")
    with op.batch_alter_table("touchpoints") as touchpoints:
        touchpoints.alter_column("delivery_id", nullable=True)
        touchpoints.alter_column("unasked", nullable=False)
        touchpoints.alter_column("dropped", nullable=False)
        add_check(touchpoints, "touchpoints", "said_or_dropped", "(delivery_id IS NULL) = (dropped <> '')")
    index("touchpoints", "person_id", "said_at")
    table(
        "snoozes",
        [
            text("mentorship_id"),
            number("times"),
            moment("until"),
            within("snoozes", "person_id", "people"),
            within("snoozes", "mentorship_id", "mentorships"),
            check("snoozes", "times", "times > 0"),
        ],
        keys=["about", "person_id", "kind", "occasion"],
    )


def _touchpoints_back() -> None:
    op.drop_table("snoozes")
    op.drop_index("ix_touchpoints_person_id_said_at", "touchpoints")
    op.execute("DELETE FROM touchpoints WHERE delivery_id IS NULL")
    with op.batch_alter_table("touchpoints") as touchpoints:
        drop_check(touchpoints, "touchpoints", "said_or_dropped")
        touchpoints.drop_column("dropped")
        touchpoints.drop_column("unasked")
        touchpoints.alter_column("delivery_id", nullable=False)


def _words() -> None:
    with op.batch_alter_table("notes") as notes:
        choose(notes, "notes", "kind", "introduction", "topic", "reflection", "agreement", "note", name="notekind")
    with op.batch_alter_table("actions") as actions:
        actions.add_column(text("outcome_id", null=True))
        actions.add_column(moment("settled_at", null=True))
        add_within(actions, "actions", "outcome_id", "words")
        choose(actions, "actions", "state", "open", "done", "tried", "dropped", name="actionstate")
    table(
        "goals",
        [
            text("mentorship_id"),
            text("owner_id"),
            text("words_id"),
            moment("created_at"),
            day("due_on", null=True),
            choice("state", "open", "met", "dropped", name="goalstate"),
            moment("settled_at", null=True),
            within("goals", "mentorship_id", "mentorships"),
            within("goals", "owner_id", "people"),
            within("goals", "words_id", "words"),
            unique("goals", "words_id"),
        ],
        shared=False,
    )
    index("goals", "mentorship_id")


def _words_back() -> None:
    op.execute(
        "DELETE FROM words WHERE id IN (SELECT words_id FROM notes WHERE kind IN ('agreement', 'note')"
        " UNION SELECT outcome_id FROM actions UNION SELECT words_id FROM goals)"
    )
    op.execute("DELETE FROM notes WHERE kind IN ('agreement', 'note')")
    op.execute("DELETE FROM goals")
    op.execute("UPDATE actions SET outcome_id = NULL")
    op.execute("UPDATE actions SET state = 'done' WHERE state = 'tried'")
    settle()
    op.drop_table("goals")
    with op.batch_alter_table("actions") as actions:
        choose(actions, "actions", "state", "open", "done", "dropped", name="actionstate")
        drop_within(actions, "actions", "outcome_id")
        actions.drop_column("settled_at")
        actions.drop_column("outcome_id")
    with op.batch_alter_table("notes") as notes:
        choose(notes, "notes", "kind", "introduction", "topic", "reflection", name="notekind")
