"""Mentorships, who is in them, their meetings, and what was answered about these."""

import sqlalchemy as sa

from bot.domain.meeting import MeetingKind, State
from bot.domain.mentorship import Consent, EndReason, Format, Role, Status
from bot.store.tables.base import key, metadata, number, of_company, owner, partial, shared, text, within
from bot.store.types import UtcDateTime, choice

programs = sa.Table(
    "programs",
    metadata,
    key(),
    owner(),
    text("name"),
    sa.Column("created_at", UtcDateTime, nullable=False),
    *(
        sa.Column(name, sa.Integer, nullable=False)
        for name in (
            *("every_weeks", "minutes", "term_weeks", "unasked_a_week", "agenda_days", "brief_days", "remind_days"),
            *("stuck_days", "give_up_days", "silence_days", "not_started_days", "review_every"),
        )
    ),
    *(
        sa.Column(name, sa.Integer, nullable=False, server_default=str(usual))
        for name, usual in (
            *(("briefs_a_week", 1), ("wraps_a_week", 1), ("gathered_minutes", 20), ("short_notice_hours", 24)),
            *(("wrap_days", 1), ("reflection_days", 3), ("rides_days", 12), ("asked_days", 10), ("warned_days", 3)),
            *(("ending_weeks", 4), ("decision_weekday", 4), ("answer_days", 2)),
        )
    ),
    text("trusted_contact"),
    sa.Column("aggregate_only", sa.Boolean, nullable=False),
    sa.Column("holiday_from", sa.Date),
    sa.Column("holiday_until", sa.Date),
    shared(),
    of_company(),
    sa.UniqueConstraint("organization_id", "name"),
    sa.CheckConstraint("every_weeks > 0 AND minutes > 0 AND term_weeks > 0 AND unasked_a_week > 0", "positive"),
    sa.CheckConstraint(
        "briefs_a_week > 0 AND wraps_a_week > 0 AND decision_weekday BETWEEN 0 AND 6",
        "calendar",
    ),
    sa.CheckConstraint("(holiday_from IS NULL) = (holiday_until IS NULL)", "holiday"),
)

mentorships = sa.Table(
    "mentorships",
    metadata,
    key(),
    owner(),
    sa.Column("format", choice(Format), nullable=False),
    sa.Column("status", choice(Status), nullable=False),
    sa.Column("proposed_at", UtcDateTime, nullable=False),
    sa.Column("decides_at", UtcDateTime, nullable=False),
    text("zone"),
    sa.Column("ends_on", sa.Date, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("started_at", UtcDateTime),
    sa.Column("status_at", UtcDateTime),
    sa.Column("end_reason", choice(EndReason)),
    sa.Column("anchor", sa.Date),
    sa.Column("at", sa.Time),
    sa.Column("every_weeks", sa.Integer, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("program_id", sa.Text),
    sa.Column("resumes_on", sa.Date),
    sa.Column("drafted_by", sa.Text),
    sa.Column("drafted_at", UtcDateTime),
    shared(),
    of_company(),
    within("program_id", "programs"),
    within("drafted_by", "people"),
    sa.CheckConstraint("every_weeks > 0", "every_weeks"),
    sa.CheckConstraint("minutes > 0", "minutes"),
    sa.CheckConstraint("(status = 'ended') = (end_reason IS NOT NULL)", "ended_with_reason"),
    sa.CheckConstraint('(anchor IS NULL) = ("at" IS NULL)', "anchor"),
    sa.CheckConstraint("status = 'proposed' OR status_at IS NOT NULL", "status_at"),
    sa.CheckConstraint("(drafted_by IS NULL) = (drafted_at IS NULL)", "drafted"),
    sa.Index(None, "organization_id", "status_at"),
)

participants = sa.Table(
    "participants",
    metadata,
    number(),
    owner(),
    text("mentorship_id"),
    text("person_id"),
    sa.Column("role", choice(Role), nullable=False),
    sa.Column("consent", choice(Consent), nullable=False),
    sa.Column("joined_at", UtcDateTime),
    sa.Column("left_at", UtcDateTime),
    sa.Column("agreed_at", UtcDateTime),
    sa.Column("prolongs_at", UtcDateTime),
    within("mentorship_id", "mentorships"),
    within("person_id", "people"),
    sa.UniqueConstraint("mentorship_id", "person_id"),
    sa.Index(None, "person_id"),
)
"""`seq` keeps the order in which they were paired."""

meetings = sa.Table(
    "meetings",
    metadata,
    key(),
    owner(),
    text("mentorship_id"),
    sa.Column("kind", choice(MeetingKind), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    text("lead_id"),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("state", choice(State), nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("place_id", sa.Text),
    sa.Column("moves", sa.Integer, nullable=False),
    sa.Column("starts_at", UtcDateTime),
    sa.Column("timed_at", UtcDateTime),
    sa.Column("proposed_by", sa.Text),
    sa.Column("settled_at", UtcDateTime),
    text("series_zone"),
    shared(),
    within("mentorship_id", "mentorships"),
    within("lead_id", "people"),
    within("proposed_by", "people"),
    within("place_id", "words"),
    sa.UniqueConstraint("mentorship_id", "number"),
    sa.CheckConstraint("minutes > 0", "minutes"),
    sa.CheckConstraint(
        "state NOT IN ('proposed', 'confirmed') OR (starts_at IS NOT NULL AND timed_at IS NOT NULL)", "has_an_hour"
    ),
    sa.CheckConstraint(
        "state NOT IN ('missed', 'held', 'unsettled', 'skipped') OR settled_at IS NOT NULL", "settled_at"
    ),
)

partial("ix_meetings_place_id", meetings.c.place_id, where=meetings.c.place_id.is_not(None))

answers = sa.Table(
    "answers",
    metadata,
    key("meeting_id"),
    key("person_id"),
    owner(),
    sa.Column("moves", sa.Integer, nullable=False),
    sa.Column("met", sa.Boolean, nullable=False),
    sa.Column("answered_at", UtcDateTime, nullable=False),
    within("meeting_id", "meetings"),
    within("person_id", "people"),
)
