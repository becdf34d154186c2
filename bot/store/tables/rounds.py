"""Matching rounds: what they propose, who was left out, what was said of two people, and who is kept apart."""

import sqlalchemy as sa

from bot.domain.mentorship import Format
from bot.matching.outcome import Stage, Why
from bot.rounds.round import RoundStatus, Word
from bot.store.found import Alternatives, Found, Reasons, Weighing
from bot.store.tables.base import key, metadata, of_company, owner, partial, shared, text, within
from bot.store.types import UtcDateTime, choice

rounds = sa.Table(
    "rounds",
    metadata,
    key(),
    owner(),
    text("program_id"),
    text("started_by"),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("format", choice(Format), nullable=False),
    sa.Column("weights", Weighing, nullable=False),
    sa.Column("status", choice(RoundStatus), nullable=False),
    sa.Column("status_at", UtcDateTime),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("stage", choice(Stage)),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("of", sa.Integer, nullable=False),
    sa.Column("beside", sa.Text),
    sa.Column("fills", sa.Text),
    sa.Column("report", Found),
    text("reason", ""),
    sa.Column("told", sa.Integer, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("token", sa.Text),
    sa.Column("leased_until", UtcDateTime),
    shared(),
    of_company(),
    within("program_id", "programs"),
    within("started_by", "people"),
    within("beside", "rounds"),
    within("fills", "rounds"),
    sa.CheckConstraint('done >= 0 AND done <= "of"', "progress"),
    sa.CheckConstraint("(status = 'failed') = (reason <> '')", "failed_with_reason"),
    sa.CheckConstraint("status NOT IN ('ready', 'inviting', 'invited', 'done') OR report IS NOT NULL", "report"),
    sa.Index(None, "organization_id", "program_id", "started_at"),
    sa.Index(None, "status", "status_at"),
)

round_pairs = sa.Table(
    "round_pairs",
    metadata,
    key(),
    owner(),
    text("round_id"),
    sa.Column("place", sa.Integer, nullable=False),
    text("mentor_id"),
    text("seeker_id"),
    sa.Column("score", sa.Integer, nullable=False),
    sa.Column("reasons", Reasons, nullable=False),
    sa.Column("alternatives", Alternatives, nullable=False),
    sa.Column("pinned", sa.Boolean, nullable=False),
    sa.Column("dropped", sa.Boolean, nullable=False),
    sa.Column("mentorship_id", sa.Text),
    shared(),
    within("round_id", "rounds"),
    within("mentor_id", "people"),
    within("seeker_id", "people"),
    within("mentorship_id", "mentorships"),
    sa.UniqueConstraint("round_id", "mentor_id", "seeker_id"),
    sa.CheckConstraint("mentor_id <> seeker_id", "two"),
    sa.CheckConstraint("place >= 0 AND score >= 0", "not_negative"),
    sa.CheckConstraint("NOT dropped OR mentorship_id IS NULL", "dropped"),
    sa.Index(None, "round_id", "place"),
    sa.Index(None, "mentor_id"),
    sa.Index(None, "seeker_id"),
)
"""A pair is there once in a round; whoever seeks may be in several only while one of them takes another's place."""

partial("ix_round_pairs_mentorship_id", round_pairs.c.mentorship_id, where=round_pairs.c.mentorship_id.is_not(None))

round_left_out = sa.Table(
    "round_left_out",
    metadata,
    key("round_id"),
    key("person_id"),
    owner(),
    sa.Column("why", choice(Why), nullable=False),
    sa.Column("told", sa.Boolean, nullable=False, server_default=sa.false()),
    within("round_id", "rounds"),
    within("person_id", "people"),
    sa.Index(None, "person_id"),
)

round_words = sa.Table(
    "round_words",
    metadata,
    key("round_id"),
    key("mentor_id"),
    key("seeker_id"),
    owner(),
    sa.Column("word", choice(Word), nullable=False),
    within("round_id", "rounds"),
    within("mentor_id", "people"),
    within("seeker_id", "people"),
    sa.CheckConstraint("mentor_id <> seeker_id", "two"),
    sa.Index(None, "mentor_id"),
    sa.Index(None, "seeker_id"),
)
"""Pins and forbidden pairs. Among peers the two stand in the order of their ids."""

blocks = sa.Table(
    "blocks",
    metadata,
    key("one_id"),
    key("other_id"),
    owner(),
    within("one_id", "people"),
    within("other_id", "people"),
    sa.CheckConstraint("one_id <> other_id", "two"),
    sa.Index(None, "other_id"),
    sa.Index(None, "organization_id"),
)
"""Who is never to be proposed to each other, as those who run mentoring have said; no reason is kept, and it is told
to nobody else."""
